package scenarios

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"sync"
	"time"

	"ftpdiag/probe"
	"ftpdiag/probe/neterr"
	"ftpdiag/scenarios/simnet"
)

// localhost is where scenarios on real sockets take place.
var localhost = netip.AddrFrom4([4]byte{127, 0, 0, 1})

// OnLoopback tells whether Start can show the scenario on this system: it is
// free of NAT, private addresses, names and IPv6, and if ports in it swallow
// connections, the system can be brought to do that.
func (s *Scenario) OnLoopback() bool {
	if !s.loopback {
		return false
	}
	for _, rules := range [][]wayRule{s.network.control, s.network.passive} {
		for _, w := range rules {
			if w.do == simnet.Drop && !canSwallow {
				return false
			}
		}
	}
	return true
}

// fitsLoopback tells whether the scenario asks of its network only what the
// ground below can do.
func (s *Scenario) fitsLoopback() bool {
	n := &s.network
	if n.dns != dnsFine || len(n.aliases) > 0 || s.resolver || n.outside.IsValid() || n.inside.IsValid() || n.helper != nil ||
		len(n.servers) > 1 || len(n.unclaimed) > 0 || len(n.client) > 1 || n.nat64.IsValid() || n.deaf || n.firewall || n.noise > 0 ||
		n.middlebox != nil || n.sabotage[0] != "" || n.stranger.IsValid() || s.server.advertise.IsValid() || s.server.dialFrom.IsValid() || s.server.also != 0 || s.other != 0 {
		return false
	}
	for _, rules := range [][]wayRule{n.control, n.active, n.passive} {
		if len(rules) > 1 {
			return false
		}
		for _, w := range rules {
			if w.ports[0] != 0 || w.to.IsValid() || w.unexpected || w.first > 0 {
				return false
			}
		}
	}
	return showable(n.control, simnet.Drop, simnet.Refuse) &&
		showable(n.passive, simnet.Drop, simnet.Refuse, simnet.AcceptClose, simnet.AcceptSilent) &&
		showable(n.active, simnet.Drop, simnet.Refuse, simnet.RejectHost, simnet.RejectNet, simnet.RejectProhibited)
}

func showable(rules []wayRule, can ...simnet.Action) bool {
	for _, w := range rules {
		found := false
		for _, a := range can {
			found = found || a == w.do
		}
		if !found {
			return false
		}
	}
	return true
}

// Start starts the scenario on real sockets of 127.0.0.1, on ports that are
// free. Its server waits a tenth of what it would wait in life, and the plan's
// timeouts are as short. It fails for a scenario that OnLoopback excludes.
func (s *Scenario) Start(ctx context.Context) (*Running, error) {
	if !s.OnLoopback() {
		return nil, &net.OpError{Op: "listen", Net: "tcp", Err: errNotOnLoopback}
	}
	g := &loopback{spec: &s.network}
	run := &Running{
		Network: probe.System{}, Target: s.target, Plan: s.plan(),
		closed: g.close, held: func() int { return 0 },
	}
	run.Plan.Timeouts = shortened
	run.Stop = time.Duration(float64(s.stop) * realTime)
	run.Target.Host = localhost.String()
	cert, err := newPKI(s.server.tls.cert, run.Target.Host, ips([]netip.Addr{localhost}))
	if err != nil {
		return nil, err
	}
	spec := s.server
	spec.ports = [2]uint16{} // whatever the system has free
	srv, listeners, err := serve(ctx, &spec, g, cert, realTime)
	if err != nil {
		g.close()
		return nil, err
	}
	run.server = srv
	run.Target.Port = addrPortOf(listeners[0].Addr()).Port()
	run.Target.Input = netip.AddrPortFrom(localhost, run.Target.Port).String()
	return run, nil
}

// errNotOnLoopback is why Start refuses a scenario.
var errNotOnLoopback = errors.New("the scenario needs a network that real sockets of one computer cannot show")

// loopback is the ground of a server on real sockets. Loopback passes
// everything, so that what the network would do is done here: a dial that is
// dropped is not made, a passive port that refuses is not listened on.
type loopback struct {
	spec *networkSpec

	mu    sync.Mutex
	decoy []func() // end what stands in for passive ports
}

func (g *loopback) close() {
	g.mu.Lock()
	decoys := g.decoy
	g.decoy = nil
	g.mu.Unlock()
	for _, end := range decoys {
		end()
	}
}

// fate is what happens to connections of a kind.
func fate(rules []wayRule) simnet.Action {
	if len(rules) == 0 {
		return simnet.Pass
	}
	return rules[0].do
}

func (g *loopback) listenControl(ctx context.Context) ([]net.Listener, error) {
	l, err := g.listenAs(ctx, fate(g.spec.control))
	return []net.Listener{l}, err
}

func (g *loopback) listenData(ctx context.Context, _ netip.AddrPort) (net.Listener, error) {
	return g.listenAs(ctx, fate(g.spec.passive))
}

// listenAs opens a port that treats its clients as the network would.
func (g *loopback) listenAs(ctx context.Context, do simnet.Action) (net.Listener, error) {
	switch do {
	case simnet.Drop:
		port, end, err := swallow()
		if err != nil {
			return nil, err
		}
		return g.silent(port, end), nil
	case simnet.Refuse:
		l, err := listenReal(ctx)
		if err != nil {
			return nil, err
		}
		// Nobody else gets the port within the moments it matters: systems
		// give out ephemeral ports in turn or at random.
		port := addrPortOf(l.Addr())
		return g.silent(port, func() {}), l.Close()
	case simnet.AcceptClose, simnet.AcceptSilent:
		l, err := listenReal(ctx)
		if err != nil {
			return nil, err
		}
		return g.silent(addrPortOf(l.Addr()), acceptFor(l, do == simnet.AcceptClose)), nil
	default:
		return listenReal(ctx)
	}
}

func listenReal(ctx context.Context) (net.Listener, error) {
	return probe.System{}.ListenTCP(ctx, netip.AddrPortFrom(localhost, 0), probe.SocketOptions{})
}

// acceptFor takes connections in the server's place and closes them at once or
// never says anything. The function it returns ends that.
func acceptFor(l net.Listener, hangUp bool) (end func()) {
	var tasks sync.WaitGroup
	tasks.Go(func() {
		var kept []net.Conn
		for {
			conn, err := l.Accept()
			if err != nil {
				break
			}
			if hangUp {
				conn.Close()
				continue
			}
			kept = append(kept, conn)
		}
		for _, conn := range kept {
			conn.Close()
		}
	})
	return func() {
		l.Close()
		tasks.Wait()
	}
}

// silent makes the listener that the server sees in place of a port which its
// clients cannot reach: it accepts nobody. end runs once, with the listener or
// with the ground.
func (g *loopback) silent(addr netip.AddrPort, end func()) net.Listener {
	l := &silentListener{addr: net.TCPAddrFromAddrPort(addr), done: make(chan struct{}), end: sync.OnceFunc(end)}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.decoy = append(g.decoy, l.end)
	return l
}

// dialData connects to the client as far as the network would let it.
func (g *loopback) dialData(ctx context.Context, _, remote netip.AddrPort) (net.Conn, error) {
	switch fate(g.spec.active) {
	case simnet.Drop:
		<-ctx.Done()
		return nil, neterr.New("dial", neterr.Timeout)
	case simnet.Refuse:
		return nil, neterr.New("dial", neterr.Refused)
	case simnet.RejectHost:
		return nil, neterr.New("dial", neterr.HostUnreachable)
	case simnet.RejectNet:
		return nil, neterr.New("dial", neterr.NetUnreachable)
	case simnet.RejectProhibited:
		return nil, neterr.New("dial", neterr.Prohibited)
	default:
		// Port 20 needs a privilege, and a name for the source is not needed.
		return probe.System{}.DialTCP(ctx, localhost, remote, probe.SocketOptions{})
	}
}

// silentListener is a port on which nobody arrives.
type silentListener struct {
	addr net.Addr
	once sync.Once
	done chan struct{}
	end  func()
}

func (l *silentListener) Accept() (net.Conn, error) {
	<-l.done
	return nil, net.ErrClosed
}

func (l *silentListener) Close() error {
	l.once.Do(func() { close(l.done) })
	l.end()
	return nil
}

func (l *silentListener) Addr() net.Addr { return l.addr }
