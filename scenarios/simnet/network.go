package simnet

import (
	"net"
	"net/netip"
	"strings"
	"sync"
	"time"
)

// Network is one internet. It is made by [New]. All its methods may be called
// at any time and from any goroutine; what is changed applies to connections
// opened afterwards.
type Network struct {
	// mu guards everything below, and the ports of all hosts. It is held for
	// bookkeeping only: never while waiting, never while calling functions
	// that others gave us, never together with the lock of a connection.
	mu        sync.Mutex
	latency   time.Duration
	hosts     []*Host
	nats      map[netip.Addr]*NAT
	names     map[string]answer
	dns       map[netip.AddrPort]DNSHandler
	rules     []*rule
	expected  []*expectation
	conns     map[*Conn]struct{}
	listeners map[*Listener]struct{}
	closed    bool

	// done is closed by Close; every wait watches it.
	done chan struct{}
	// running counts the goroutines of middleboxes and DNS servers.
	running sync.WaitGroup
}

// answer is what the resolvers say about one name.
type answer struct {
	addrs []netip.Addr
	err   error
}

// New makes a network without hosts, names, rules or latency.
func New() *Network {
	return &Network{
		nats:      make(map[netip.Addr]*NAT),
		names:     make(map[string]answer),
		dns:       make(map[netip.AddrPort]DNSHandler),
		conns:     make(map[*Conn]struct{}),
		listeners: make(map[*Listener]struct{}),
		done:      make(chan struct{}),
	}
}

// Latency sets how long a packet is under way in one direction. A connection
// keeps the latency with which it was opened.
func (n *Network) Latency(d time.Duration) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.latency = d
}

// Name makes every resolver answer the name with these addresses in this
// order, and no longer with an error. Names are compared without regard to
// case or a final dot.
func (n *Network) Name(name string, addrs ...netip.Addr) {
	n.setAnswer(name, answer{addrs: addrs})
}

// NameError makes every resolver fail for the name with err, which ought to be
// a *net.DNSError. A name that was never set fails with "no such host".
func (n *Network) NameError(name string, err error) {
	n.setAnswer(name, answer{err: err})
}

func (n *Network) setAnswer(name string, a answer) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.names[canonicalName(name)] = a
}

func (n *Network) resolve(name string) ([]netip.Addr, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	a, found := n.names[canonicalName(name)]
	if !found {
		return nil, &net.DNSError{Err: "no such host", Name: name, IsNotFound: true}
	}
	if a.err != nil {
		return nil, a.err
	}
	return append([]netip.Addr(nil), a.addrs...), nil
}

func canonicalName(name string) string {
	return strings.ToLower(strings.TrimSuffix(name, "."))
}

// Open counts the connections and listeners that hosts hold and have not
// closed: a test that leaves any behind has found a leak. Connections that
// wait to be accepted, and the inner ends that middleboxes and DNS servers
// hold, do not count.
func (n *Network) Open() (conns, listeners int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for c := range n.conns {
		if c.held {
			conns++
		}
	}
	return conns, len(n.listeners)
}

// Close ends everything: listeners and connections are closed as if their
// holder had closed them, attempts to connect fail, middleboxes and DNS
// servers come to their end. Close returns when they have; whatever is dialled
// or listened on later fails with net.ErrClosed. A second Close does nothing.
func (n *Network) Close() {
	n.mu.Lock()
	if n.closed {
		n.mu.Unlock()
		return
	}
	n.closed = true
	close(n.done)
	conns := make([]*Conn, 0, len(n.conns))
	for c := range n.conns {
		conns = append(conns, c)
	}
	listeners := make([]*Listener, 0, len(n.listeners))
	for l := range n.listeners {
		listeners = append(listeners, l)
	}
	n.mu.Unlock()

	// Connections first: closing a listener resets those that wait in it, and
	// their peers must not see a reset that belongs to no experiment.
	for _, c := range conns {
		c.link.shut()
		c.dispose()
	}
	for _, l := range listeners {
		l.Close()
	}
	n.running.Wait()
}

// start runs f on a goroutine that Close waits for. It does nothing and tells
// so once the network is closed.
func (n *Network) start(f func()) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.closed {
		return false
	}
	n.running.Go(f)
	return true
}

// register makes Close end the connection. It tells false, and registers
// nothing, once the network is closed.
func (n *Network) register(conns ...*Conn) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.closed {
		return false
	}
	for _, c := range conns {
		n.conns[c] = struct{}{}
	}
	return true
}

// hold marks a connection as handed to a host, so that Open counts it.
func (n *Network) hold(c *Conn) {
	n.mu.Lock()
	defer n.mu.Unlock()
	c.held = true
}

func (n *Network) forget(c *Conn) {
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.conns, c)
}
