package simnet

import (
	"context"
	"net"
	"net/netip"
	"os"
	"sync"
	"syscall"
	"time"

	"ftpdiag/probe"
	"ftpdiag/probe/neterr"
)

// Listener accepts connections to one port of a host. It behaves like a
// *net.TCPListener; what arrives before Accept is called waits without limit.
type Listener struct {
	host  *Host
	local netip.AddrPort
	small int // SocketOptions.SmallSegments

	mu       sync.Mutex
	changed  chan struct{} // Closed and replaced whenever anything changes.
	queue    []arrival
	deadline time.Time
	closed   bool
}

// arrival is a connection that waits to be accepted, from the time on when the
// third packet of its handshake has come.
type arrival struct {
	conn  *Conn
	ready time.Time
}

// ListenTCP listens on one of the host's addresses, or on all of them when the
// address is zero or unspecified. Port 0 takes the host's next free port. It
// fails as bind does: with EADDRINUSE for a port that is taken, with
// EADDRNOTAVAIL for an address that is not the host's.
func (h *Host) ListenTCP(ctx context.Context, local netip.AddrPort, opt probe.SocketOptions) (net.Listener, error) {
	if err := ctx.Err(); err != nil {
		return nil, &net.OpError{Op: "listen", Net: "tcp", Addr: tcpAddr(local), Err: err}
	}
	addr := plain(local.Addr())
	n := h.net
	n.mu.Lock()
	defer n.mu.Unlock()
	switch {
	case n.closed:
		return nil, &net.OpError{Op: "listen", Net: "tcp", Addr: tcpAddr(local), Err: net.ErrClosed}
	case addr.IsValid() && !addr.IsUnspecified() && !addr.IsLoopback() && !h.owns(addr):
		return nil, &net.OpError{Op: "listen", Net: "tcp", Addr: tcpAddr(local), Err: errNotOurs}
	}
	if h.deaf && !addr.IsLoopback() {
		return nil, &net.OpError{Op: "listen", Net: "tcp", Addr: tcpAddr(local), Err: errForbidden}
	}
	port := local.Port()
	if port == 0 {
		port = h.freePort()
	}
	if port == 0 || h.bound[port] > 0 || h.listensOn(addr, port) {
		return nil, neterr.NewAt("listen", neterr.Local, tcpAddr(local), nil)
	}
	if !addr.IsValid() {
		addr = netip.IPv6Unspecified()
	}
	l := &Listener{
		host: h, local: netip.AddrPortFrom(addr, port), small: opt.SmallSegments,
		changed: make(chan struct{}),
	}
	n.listeners[l] = struct{}{}
	return l, nil
}

// errNotOurs is what bind returns for an address the host does not have.
var errNotOurs = os.NewSyscallError("bind", syscall.EADDRNOTAVAIL)

// errForbidden is what bind returns where the system forbids it.
var errForbidden = os.NewSyscallError("bind", syscall.EACCES)

// Accept waits for the next connection.
func (l *Listener) Accept() (net.Conn, error) {
	for {
		c, cause, changed, until := l.tryAccept()
		switch {
		case c != nil:
			l.host.net.hold(c)
			return c, nil
		case cause != neterr.None:
			return nil, neterr.NewAt("accept", cause, l.Addr(), nil)
		}
		await(changed, until)
	}
}

// tryAccept is one look of Accept. Without a result it asks to wait for
// changed, at most until the given time.
func (l *Listener) tryAccept() (c *Conn, cause neterr.Cause, changed <-chan struct{}, until time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	switch {
	case l.closed:
		return nil, neterr.Local, nil, until
	case passed(l.deadline, now):
		return nil, neterr.Timeout, nil, until
	}
	until = l.deadline
	for i, a := range l.queue {
		if !a.ready.After(now) {
			l.queue = append(l.queue[:i:i], l.queue[i+1:]...)
			return a.conn, neterr.None, nil, until
		}
		until = earliest(until, a.ready)
	}
	return nil, neterr.None, l.changed, until
}

// offer queues a connection. It tells false when the listener is closed.
func (l *Listener) offer(c *Conn, ready time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return false
	}
	l.queue = append(l.queue, arrival{c, ready})
	l.wake()
	return true
}

// SetDeadline ends every Accept, also one that waits already, at t; the zero
// time is none.
func (l *Listener) SetDeadline(t time.Time) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.deadline = t
	l.wake()
	return nil
}

// Close stops listening. Connections that nobody accepted are reset.
func (l *Listener) Close() error {
	l.mu.Lock()
	if l.closed {
		l.mu.Unlock()
		return neterr.NewAt("close", neterr.Local, l.Addr(), nil)
	}
	l.closed = true
	waiting := l.queue
	l.queue = nil
	l.wake()
	l.mu.Unlock()

	for _, a := range waiting {
		a.conn.Abort()
	}
	l.host.net.mu.Lock()
	defer l.host.net.mu.Unlock()
	delete(l.host.net.listeners, l)
	return nil
}

// Addr is the address listened on, a *net.TCPAddr.
func (l *Listener) Addr() net.Addr { return tcpAddr(l.local) }

// wake lets everybody who waits look again. The caller holds mu.
func (l *Listener) wake() {
	close(l.changed)
	l.changed = make(chan struct{})
}

// covers tells whether the listener's address includes addr. The unspecified
// IPv6 address includes IPv4, as it does for package net.
func (l *Listener) covers(addr netip.Addr) bool {
	own := l.local.Addr()
	switch {
	case own == netip.IPv6Unspecified():
		return true
	case own.IsUnspecified():
		return addr.Is4()
	default:
		return own == addr
	}
}

func tcpAddr(a netip.AddrPort) net.Addr { return net.TCPAddrFromAddrPort(a) }
