package simnet

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"time"

	"ftpdiag/probe"
	"ftpdiag/probe/neterr"
)

// synPatience is when the system itself gives up an attempt to connect that
// nobody answers: 131 s on Linux with tcp_syn_retries at its default of 6 and
// tcp_syn_linear_timeouts at 4 (Documentation/networking/ip-sysctl.rst).
const synPatience = 131 * time.Second

// DialTCP connects to remote from the address local, which must be the host's
// own; the zero Addr chooses the host's first address of the family. The port
// is the host's next free one.
func (h *Host) DialTCP(ctx context.Context, local netip.Addr, remote netip.AddrPort, opt probe.SocketOptions) (net.Conn, error) {
	if opt.FromPort != 0 {
		return nil, neterr.New("dial", neterr.Local) // ports are not shared here: no simultaneous open
	}
	return h.DialFrom(ctx, netip.AddrPortFrom(local, 0), remote, opt)
}

// DialFrom is DialTCP from a chosen port, as servers do that send data from
// port 20; port 0 is the next free one. Several connections may leave from one
// port, and a listener may be on it; a second one to the same address and port
// fails with EADDRNOTAVAIL.
func (h *Host) DialFrom(ctx context.Context, local, remote netip.AddrPort, opt probe.SocketOptions) (net.Conn, error) {
	d, err := h.prepare("tcp", local, remote)
	if err != nil {
		return nil, err
	}
	c, err := d.connect(ctx, opt)
	if err != nil {
		d.release()
		return nil, err
	}
	h.net.hold(c)
	return c, nil
}

// dial is one attempt to connect.
type dial struct {
	*packet
	net     *Network
	network string // "tcp" or "udp"
	release func() // Gives ports back.
}

// connect follows the packet. Its error is that of connect(2); the caller then
// releases the ports, which otherwise belong to the connection.
func (d *dial) connect(ctx context.Context, opt probe.SocketOptions) (*Conn, error) {
	n := d.net
	if err := ctx.Err(); err != nil {
		return nil, d.failContext(err)
	}
	rule, latency := n.judge(d.packet), n.delay(d.packet)
	start := time.Now()
	arrival := start.Add(rule.Delay + latency)
	answered := arrival.Add(latency)

	if rule.Do == Drop {
		return nil, d.silence(ctx, start)
	}
	if err := n.sleep(ctx, arrival); err != nil {
		return nil, d.failContext(err)
	}
	if cause := rule.Do.answer(); cause != neterr.None {
		return nil, d.refusal(ctx, answered, cause)
	}
	c, taken, cause := d.establish(rule, latency, opt)
	switch {
	case cause == neterr.Timeout:
		return nil, d.silence(ctx, start)
	case cause != neterr.None:
		return nil, d.refusal(ctx, answered, cause)
	case !taken:
		return nil, d.failContext(net.ErrClosed)
	}
	if err := n.sleep(ctx, answered); err != nil {
		c.Abort()
		return nil, d.failContext(err)
	}
	return c, nil
}

// establish makes the connection at the moment when the packet arrives. The
// cause tells why there is none: Timeout where nobody is, Refused where nobody
// listens. taken is false when the network is closed.
func (d *dial) establish(r Rule, latency time.Duration, opt probe.SocketOptions) (c *Conn, taken bool, cause neterr.Cause) {
	n := d.net
	ready := time.Now().Add(2 * latency)
	if r.Do == AcceptClose || r.Do == AcceptSilent {
		l := newLink(latency, r, opt.SmallSegments)
		if r.Do == AcceptClose {
			l.close(1, ready, false)
		}
		c = d.conn(l)
		return c, n.register(c), neterr.None
	}
	server, small, cause := d.server(ready)
	if cause != neterr.None {
		return nil, false, cause
	}
	if r.Do != Through {
		l := newLink(latency, r, opt.SmallSegments, small)
		c = d.conn(l)
		return c, n.register(c) && server(n.newConn(l, 1, d.target, d.seen)), neterr.None
	}
	// The middlebox stands beside the end that connects: the whole latency
	// lies behind it.
	near, far := newLink(0, Rule{}, opt.SmallSegments, small), newLink(latency, Rule{}, opt.SmallSegments, small)
	c = d.conn(near)
	toClient, toServer := n.newConn(near, 1, d.dialled, d.own), n.newConn(far, 0, d.seen, d.target)
	taken = n.register(c, toClient, toServer) && server(n.newConn(far, 1, d.target, d.seen)) &&
		n.start(func() {
			r.Through(toClient, toServer)
			toClient.Close()
			toServer.Close()
		})
	return c, taken, neterr.None
}

// conn is the end of the host that connects; it owns the reserved ports.
func (d *dial) conn(l *link) *Conn {
	c := d.net.newConn(l, 0, d.own, d.dialled)
	c.release = d.release
	return c
}

// server finds who takes the connection: the function gives the server its end
// at the time ready and tells whether it did. small is the segment size that
// the server asks for.
func (d *dial) server(ready time.Time) (take func(*Conn) bool, small int, cause neterr.Cause) {
	n := d.net
	n.mu.Lock()
	defer n.mu.Unlock()
	if handler := n.dns[d.target]; handler != nil {
		return func(c *Conn) bool { return n.serveDNS(c, handler, d.network) }, 0, neterr.None
	}
	if d.host == nil {
		return nil, 0, neterr.Timeout
	}
	l := d.host.listener(d.target)
	if l == nil {
		return nil, 0, neterr.Refused
	}
	take = func(c *Conn) bool {
		if !n.register(c) {
			return false
		}
		if !l.offer(c, ready) {
			c.Abort() // The listener closed this instant.
		}
		return true
	}
	return take, l.small, neterr.None
}

// silence waits in vain: until ctx ends, or until the system gives up.
func (d *dial) silence(ctx context.Context, start time.Time) error {
	if err := d.net.sleep(ctx, start.Add(synPatience)); err != nil {
		return d.failContext(err)
	}
	return d.fail(neterr.Timeout)
}

// refusal waits for the answer and fails with its cause.
func (d *dial) refusal(ctx context.Context, answered time.Time, cause neterr.Cause) error {
	if err := d.net.sleep(ctx, answered); err != nil {
		return d.failContext(err)
	}
	return d.fail(cause)
}

func (d *dial) fail(cause neterr.Cause) error {
	return named(d.network, neterr.NewAt("dial", cause, tcpAddr(d.own), tcpAddr(d.dialled)))
}

// failContext is the error of a dial that ended for a reason of ours: the
// context's end, which package net's dialer reports in these forms, or the end
// of the network.
func (d *dial) failContext(err error) error {
	switch {
	case errors.Is(err, context.Canceled):
		return d.fail(neterr.Canceled)
	case errors.Is(err, context.DeadlineExceeded):
		err = dialTimeout{}
	}
	return &net.OpError{Op: "dial", Net: d.network, Source: tcpAddr(d.own), Addr: tcpAddr(d.dialled), Err: err}
}

// dialTimeout is what package net makes of a context's deadline: a timeout
// with the text of an I/O deadline that is context.DeadlineExceeded too.
type dialTimeout struct{}

func (dialTimeout) Error() string   { return "i/o timeout" }
func (dialTimeout) Timeout() bool   { return true }
func (dialTimeout) Temporary() bool { return true }
func (dialTimeout) Is(target error) bool {
	return target == context.DeadlineExceeded
}
