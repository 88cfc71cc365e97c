package scenarios

import (
	"context"
	"io"
	"net"
	"net/netip"
	"sync"
	"time"

	"github.com/miekg/dns"

	"ftpdiag/probe"
	"ftpdiag/scenarios/simnet"
)

// resolver is where the client's name server is.
var resolver = netip.MustParseAddrPort("192.0.2.53:53")

// StartInMemory starts the scenario on a network in memory. Its times are true
// to life; in a synctest bubble they pass at once. Within a bubble it must be
// closed there.
func (s *Scenario) StartInMemory() (*Running, error) {
	n := simnet.New()
	spec := &s.network
	client, host := s.build(n)
	run := &Running{
		Network: client, Target: s.target, Plan: s.plan(), Stop: s.stop,
		held: func() int {
			conns, listeners := n.Open()
			return conns + listeners
		},
	}
	g := &memory{host: host, addrs: spec.servers, ports: s.controlPorts()}
	if wall := (&ownFirewall{Host: client, began: time.Now(), noise: spec.noise}); spec.firewall || spec.noise > 0 {
		run.Network = wall
		if spec.firewall {
			g.wall = wall
		}
	}
	run.closed = func() {
		n.Close()
		g.strangers.Wait()
	}
	if spec.stranger.IsValid() {
		g.stranger = n.Host("stranger", spec.stranger)
	}
	run.Target.Host = spec.name
	if run.Target.Host == "" {
		run.Target.Host = spec.servers[0].String()
	}
	run.Target.Input = run.Target.Host
	cert, err := newPKI(s.server.tls.cert, run.Target.Host, ips(spec.servers))
	if err != nil {
		n.Close()
		return nil, err
	}
	if spec.inside.IsValid() {
		g.addrs = []netip.Addr{spec.inside}
	}
	run.server, _, err = serve(context.Background(), &s.server, g, cert, 1)
	if err != nil {
		n.Close()
		return nil, err
	}
	// The server's sockets are on the network and are counted there.
	held := run.held
	run.held = func() int { return held() - run.server.held() }
	return run, nil
}

// build makes the hosts, the NATs, the names and the rules.
func (s *Scenario) build(n *simnet.Network) (client, server *simnet.Host) {
	spec := &s.network
	n.Latency(spec.latency)
	client = n.Host("client", spec.client...)
	own := append([]netip.Addr(nil), spec.servers...)
	if spec.inside.IsValid() {
		own = []netip.Addr{spec.inside}
	}
	if s.server.dialFrom.IsValid() {
		own = append(own, s.server.dialFrom)
	}
	server = n.Host("server", own...)

	if spec.deaf {
		client.Deaf()
	}
	client.InTurn()
	if spec.outside.IsValid() {
		var nat *simnet.NAT
		if spec.nat64.IsValid() {
			nat = n.NAT64(client, spec.nat64, spec.outside)
		} else {
			nat = n.NAT(client, spec.outside)
		}
		if spec.nat != simnet.Pass {
			nat.Unsolicited(spec.nat)
		}
	}
	if spec.inside.IsValid() {
		nat := n.NAT(server, spec.servers[0])
		if spec.nat != simnet.Pass {
			nat.Unsolicited(spec.nat)
		}
		for _, port := range s.controlPorts() {
			nat.Forward(port, netip.AddrPortFrom(spec.inside, port))
		}
		for _, r := range spec.forwards {
			for port := int(r[0]); port <= int(r[1]); port++ {
				nat.Forward(uint16(port), netip.AddrPortFrom(spec.inside, uint16(port)))
			}
		}
	}
	s.setNames(n, client)
	s.setRules(n)
	return client, server
}

// controlPorts are those on which the server takes control connections.
func (s *Scenario) controlPorts() []uint16 {
	if s.server.also == 0 {
		return []uint16{s.target.Port}
	}
	return []uint16{s.target.Port, s.server.also}
}

// setRules says what the way does to connections. The scenario's own rules come
// first; then the helper, which reads what they let pass.
func (s *Scenario) setRules(n *simnet.Network) {
	spec := &s.network
	one := func(a netip.Addr) netip.Prefix {
		if !a.IsValid() {
			return netip.Prefix{}
		}
		return netip.PrefixFrom(a, a.BitLen())
	}
	add := func(w wayRule, r simnet.Rule) {
		r.Do, r.After, r.Large, r.Delay, r.Times, r.Crowd = w.do, w.after, int(w.after), w.delay, w.first, w.beside
		if w.unexpected {
			r.Helper = spec.helper
		}
		if w.ports[0] != 0 {
			r.Ports = simnet.PortRange(w.ports[0], w.ports[1])
		}
		if w.to.IsValid() {
			r.To = one(w.to)
		}
		n.Rule(r)
	}
	servers := append([]netip.Addr{spec.inside}, spec.servers...)
	for _, w := range spec.control {
		add(w, simnet.Rule{Ports: simnet.Port(s.target.Port)})
	}
	for _, w := range spec.active {
		for _, a := range append(servers, s.server.dialFrom) {
			if a.IsValid() {
				add(w, simnet.Rule{From: one(a)})
			}
		}
	}
	for _, w := range spec.passive {
		for _, a := range spec.client {
			add(w, simnet.Rule{From: one(a), Ports: simnet.PortRange(1024, 65535)})
		}
	}
	if from, to := spec.sabotage[0], spec.sabotage[1]; from != "" {
		n.Rule(simnet.Rule{Ports: simnet.PortRange(1024, 65535), Do: simnet.Through, Through: simnet.Sabotage(from, to)})
	}
	if spec.middlebox != nil {
		n.Rule(simnet.Rule{Ports: simnet.Port(s.target.Port), Do: simnet.Through, Through: spec.middlebox})
	}
	if spec.helper != nil {
		n.Rule(simnet.Rule{Ports: simnet.Port(s.target.Port), Do: simnet.Through, Through: spec.helper.Through})
	}
}

// setNames fills the resolver and the name server behind it, so that both say
// the same.
func (s *Scenario) setNames(n *simnet.Network, client *simnet.Host) {
	spec := &s.network
	addrs := append(append([]netip.Addr(nil), spec.unclaimed...), spec.servers...)
	if spec.nat64.IsValid() {
		for i, a := range addrs {
			addrs[i] = simnet.Embed(spec.nat64, a)
		}
	}
	setup := probe.NameSetup{Servers: []netip.AddrPort{resolver}, Search: spec.search}
	if spec.hosts {
		setup.Hosts = addrs
	}
	if s.resolver {
		setup.Servers = nil
	}
	client.SetNames(setup)
	switch {
	case s.resolver:
		n.NameError(spec.name, &net.DNSError{Err: "server misbehaving", Name: spec.name, IsTemporary: true})
	case spec.dns == dnsFine, spec.dns == dnsTruncated, spec.hosts:
		n.Name(spec.name, addrs...)
	case spec.dns == dnsNoSuchName, spec.dns == dnsNoData:
		n.NameError(spec.name, &net.DNSError{Err: "no such host", Name: spec.name, IsNotFound: true})
	case spec.dns == dnsServFail, spec.dns == dnsRefused: // the system says the same of both
		n.NameError(spec.name, &net.DNSError{Err: "server misbehaving", Name: spec.name, Server: resolver.String(), IsTemporary: true})
	case spec.dns == dnsTimeout, spec.dns == dnsTCPOnly: // the system asks over UDP
		n.NameError(spec.name, &net.DNSError{Err: "i/o timeout", Name: spec.name, Server: resolver.String(), IsTimeout: true, IsTemporary: true})
	}
	full := spec.name
	if len(spec.search) > 0 {
		full += "." + spec.search[0]
	}
	if spec.dns == dnsTimeout {
		return // nobody is there, over TCP neither
	}
	n.DNS(resolver, func(q *dns.Msg, proto string) *dns.Msg {
		if spec.dns == dnsTCPOnly && proto == "udp" {
			return nil
		}
		reply := new(dns.Msg).SetReply(q)
		if q.Question[0].Name != dns.Fqdn(full) {
			reply.Rcode = dns.RcodeNameError
			return reply
		}
		switch {
		case spec.dns == dnsTruncated && proto == "udp":
			reply.Truncated = true
			return reply
		case spec.dns == dnsFine, spec.dns == dnsTruncated, spec.dns == dnsTCPOnly, spec.dns == dnsNoData:
			answerAliases(reply, spec.aliases)
		}
		switch spec.dns {
		case dnsFine, dnsTruncated, dnsTCPOnly:
			answerAddrs(reply, addrs)
		case dnsNoSuchName:
			reply.Rcode = dns.RcodeNameError
		case dnsNoData, dnsTimeout: // no error, and no address; nobody is there to ask
		case dnsRefused:
			reply.Rcode = dns.RcodeRefused
		case dnsServFail:
			reply.Rcode = dns.RcodeServerFailure
		}
		return reply
	})
}

// answerAliases puts a chain of aliases into the reply, as name servers do for
// every type (RFC 1034 section 4.3.2).
func answerAliases(reply *dns.Msg, aliases []string) {
	owner := reply.Question[0].Name
	for _, a := range aliases {
		head := dns.RR_Header{Name: owner, Rrtype: dns.TypeCNAME, Class: dns.ClassINET, Ttl: 300}
		reply.Answer = append(reply.Answer, &dns.CNAME{Hdr: head, Target: dns.Fqdn(a)})
		owner = dns.Fqdn(a)
	}
}

// answerAddrs puts the addresses of the family asked for into the reply.
func answerAddrs(reply *dns.Msg, addrs []netip.Addr) {
	q := reply.Question[0]
	owner := q.Name
	if n := len(reply.Answer); n > 0 { // an alias
		owner = reply.Answer[n-1].(*dns.CNAME).Target
	}
	head := dns.RR_Header{Name: owner, Rrtype: q.Qtype, Class: dns.ClassINET, Ttl: 300}
	for _, a := range addrs {
		switch {
		case q.Qtype == dns.TypeA && a.Is4():
			reply.Answer = append(reply.Answer, &dns.A{Hdr: head, A: a.AsSlice()})
		case q.Qtype == dns.TypeAAAA && a.Is6():
			reply.Answer = append(reply.Answer, &dns.AAAA{Hdr: head, AAAA: a.AsSlice()})
		}
	}
}

// memory is the ground of a server in memory. What happens to its connections
// is the network's business.
type memory struct {
	host  *simnet.Host
	addrs []netip.Addr
	ports []uint16

	wall      *ownFirewall // the client's own; nil: it has none
	stranger  *simnet.Host // nil: there is none
	strangers sync.WaitGroup
}

func (m *memory) listenControl(ctx context.Context) ([]net.Listener, error) {
	var all []net.Listener
	for _, port := range m.ports {
		for _, a := range m.addrs {
			l, err := m.host.ListenTCP(ctx, netip.AddrPortFrom(a, port), probe.SocketOptions{})
			if err != nil {
				return nil, err
			}
			all = append(all, l)
		}
	}
	return all, nil
}

func (m *memory) listenData(ctx context.Context, local netip.AddrPort) (net.Listener, error) {
	return m.host.ListenTCP(ctx, local, probe.SocketOptions{})
}

func (m *memory) dialData(ctx context.Context, local, remote netip.AddrPort) (net.Conn, error) {
	if m.stranger != nil {
		m.strangers.Go(func() { m.intrude(ctx, remote) })
	}
	if m.wall != nil {
		defer m.wall.called()()
	}
	conn, err := m.host.DialFrom(ctx, local, remote, probe.SocketOptions{})
	time.Sleep(behind)
	return conn, err
}

// behind is how long after the last packet of a handshake a server sends the next
// one, at least: what it says once it has connected never arrives in the same instant
// as the connection, as it could under a fake clock.
const behind = time.Microsecond

// intrude connects to the client's port as somebody who scans for open ones
// does, and stays until the client or the network ends the connection.
func (m *memory) intrude(ctx context.Context, remote netip.AddrPort) {
	conn, err := m.stranger.DialTCP(ctx, netip.Addr{}, remote, probe.SocketOptions{})
	if err != nil {
		return
	}
	defer conn.Close()
	io.Copy(io.Discard, conn) //nolint:errcheck // whatever ends it, the stranger is gone
}

// ips are the addresses in the form that certificates take.
func ips(addrs []netip.Addr) []net.IP {
	var all []net.IP
	for _, a := range addrs {
		all = append(all, a.AsSlice())
	}
	return all
}
