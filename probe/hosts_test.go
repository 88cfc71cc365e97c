package probe_test

import (
	"context"
	"net"
	"net/netip"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/miekg/dns"

	"ftpdiag/probe"
	"ftpdiag/scenarios"
)

// hosts is a network whose system knows names in its own way.
type hosts struct {
	probe.Network
	addr  netip.Addr
	setup probe.NameSetup // beside the DNS servers of Network
}

func (h hosts) LookupAddrs(context.Context, string) ([]netip.Addr, error) {
	return []netip.Addr{h.addr}, nil
}

func (h hosts) NameSetup(host string) probe.NameSetup {
	setup := h.setup
	setup.Servers = h.Network.NameSetup(host).Servers
	return setup
}

// TestDeepComparesNames: where the system's answer is not the DNS server's, the
// dialogue says so, and why where that is known; where they agree, it is silent.
func TestDeepComparesNames(t *testing.T) {
	right, wrong := netip.MustParseAddr("198.51.100.20"), netip.MustParseAddr("198.51.100.99")
	for _, tt := range []struct {
		name   string
		addr   netip.Addr
		setup  probe.NameSetup
		target string // "": the scenario's
		says   string // "": nothing
	}{
		{"same", right, probe.NameSetup{}, "", ""},
		{"other", wrong, probe.NameSetup{}, "", "the DNS server 192.0.2.53 has other addresses: the system's come elsewhere than from the DNS server"},
		{"hosts file", wrong, probe.NameSetup{Hosts: []netip.Addr{wrong}}, "", "the DNS server 192.0.2.53 has other addresses: the system's come from the hosts file"},
		{"short", right, probe.NameSetup{Search: []string{"example.org", "example.com."}}, "ftp", "ftp is short for ftp.example.com"},
		{"complete", right, probe.NameSetup{Search: []string{"example.com"}}, "ftp.", "the DNS server 192.0.2.53 has no address: the system's come elsewhere than from the DNS server"},
		{"many dots", right, probe.NameSetup{Search: []string{"com"}, Dots: 2}, "ftp.example", "ftp.example is short for ftp.example.com"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				run, err := find(t, "all-good").StartInMemory()
				if err != nil {
					t.Fatal(err)
				}
				defer run.Close()
				run.Plan.Deep = true
				if tt.target != "" {
					run.Target.Host = tt.target
				}
				p := probe.Prober{Network: hosts{run.Network, tt.addr, tt.setup}, Plan: run.Plan}
				var said []string
				for _, ev := range p.Run(context.Background(), run.Target).Events {
					if ev.Channel == probe.DNS && ev.Direction == probe.Note && !strings.HasPrefix(ev.Text, "this computer's hosts file") {
						said = append(said, ev.Text)
					}
				}
				if got := strings.Join(said, "; "); got != tt.says {
					t.Errorf("it says %q, want %q", got, tt.says)
				}
			})
		})
	}
}

// twoServers is a network with a second DNS server, which has an address of its own
// for every name, or is silent.
type twoServers struct {
	probe.Network
	other netip.Addr // not valid: silence
}

var secondServer = netip.MustParseAddrPort("192.0.2.54:53")

func (n twoServers) NameSetup(host string) probe.NameSetup {
	setup := n.Network.NameSetup(host)
	setup.Servers = append(setup.Servers, secondServer)
	return setup
}

func (n twoServers) DialDNS(ctx context.Context, proto string, server netip.AddrPort) (net.Conn, error) {
	if server != secondServer || !n.other.IsValid() {
		return n.Network.DialDNS(ctx, proto, server)
	}
	ours, theirs := net.Pipe()
	go func() {
		defer func() { _ = theirs.Close() }()
		stream := &dns.Conn{Conn: theirs}
		for {
			q, err := stream.ReadMsg()
			if err != nil {
				return
			}
			reply := new(dns.Msg).SetReply(q)
			if q.Question[0].Qtype == dns.TypeA {
				head := dns.RR_Header{Name: q.Question[0].Name, Rrtype: dns.TypeA, Class: dns.ClassINET, Ttl: 300}
				reply.Answer = append(reply.Answer, &dns.A{Hdr: head, A: n.other.AsSlice()})
			}
			if stream.WriteMsg(reply) != nil {
				return
			}
		}
	}()
	return ours, nil
}

// TestDeepComparesEachServer: the deep examination compares the system's answer
// with that of each configured DNS server, and gives up on none for another; the
// usual one, where the system knows the name, asks none.
func TestDeepComparesEachServer(t *testing.T) {
	right, wrong := netip.MustParseAddr("198.51.100.20"), netip.MustParseAddr("198.51.100.99")
	for _, tt := range []struct {
		name  string
		other netip.Addr
		deep  bool
		asked int // questions to the second server: of each type, or by UDP and by TCP
		says  string
	}{
		{"same", right, true, 2, ""},
		{"other", wrong, true, 2, "the DNS server 192.0.2.54 has other addresses: the system's come elsewhere than from the DNS server"},
		{"silent", netip.Addr{}, true, 2, ""},
		{"usual", wrong, false, 0, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				run, err := find(t, "all-good").StartInMemory()
				if err != nil {
					t.Fatal(err)
				}
				defer run.Close()
				run.Plan.Deep = tt.deep
				p := probe.Prober{Network: twoServers{run.Network, tt.other}, Plan: run.Plan}
				exam := p.Run(context.Background(), run.Target)
				var said []string
				for _, ev := range exam.Events {
					if ev.Channel == probe.DNS && ev.Direction == probe.Note {
						said = append(said, ev.Text)
					}
				}
				if got := strings.Join(said, "; "); got != tt.says {
					t.Errorf("it says %q, want %q", got, tt.says)
				}
				asked := 0
				for _, a := range exam.Resolution.Servers {
					if a.Server == secondServer {
						asked++
					}
				}
				if asked != tt.asked {
					t.Errorf("the second server was asked %d times, want %d", asked, tt.asked)
				}
				if list := exam.Resolution.Addresses; len(list) != 1 || list[0] != right {
					t.Errorf("addresses %v: what a DNS server says otherwise is no way in", list)
				}
			})
		})
	}
}

func find(t *testing.T, name string) *scenarios.Scenario {
	t.Helper()
	for _, s := range scenarios.All() {
		if s.Name == name {
			return s
		}
	}
	t.Fatalf("no scenario %s", name)
	return nil
}
