package simnet

import (
	"errors"
	"net"
	"net/netip"
	"sync/atomic"
	"time"

	"ftpdiag/probe/neterr"
)

// Conn is one end of a connection. It behaves like a *net.TCPConn: buffered in
// both directions, with deadlines, half close and reset. Its addresses are
// *net.TCPAddr; those of a UDP connection to a DNS server are *net.UDPAddr.
type Conn struct {
	net           *Network
	link          *link
	end           int
	local, remote net.Addr
	release       func() // Gives the port back; nil: there is nothing to give.
	abortive      atomic.Bool
	held          bool // A host holds it; guarded by Network.mu.
}

// newConn makes the Conn of one end of a link.
func (n *Network) newConn(l *link, end int, local, remote netip.AddrPort) *Conn {
	return &Conn{
		net: n, link: l, end: end,
		local: net.TCPAddrFromAddrPort(local), remote: net.TCPAddrFromAddrPort(remote),
	}
}

// Read returns the bytes of at most one segment.
func (c *Conn) Read(p []byte) (int, error) {
	n, cause := c.link.read(c.end, p)
	return n, c.fail("read", cause)
}

// Write sends p. It waits only while 256 KiB are under way or unread.
func (c *Conn) Write(p []byte) (int, error) {
	n, cause := c.link.write(c.end, p)
	return n, c.fail("write", cause)
}

// CloseWrite ends the stream towards the peer; reading goes on.
func (c *Conn) CloseWrite() error { return c.fail("close", c.link.finish(c.end)) }

// Close ends the connection. The peer reads the end of the stream after all
// data, or a reset when data were left unread here.
func (c *Conn) Close() error { return c.close(time.Now(), c.abortive.Load()) }

// Abort ends the connection with a reset.
func (c *Conn) Abort() error { return c.close(time.Now(), true) }

// SetLinger(0) makes Close send a reset; any other value undoes that. Waiting
// for data to be sent, as a positive value asks, is not needed here.
func (c *Conn) SetLinger(seconds int) error {
	c.abortive.Store(seconds == 0)
	return nil
}

// LocalAddr is the address of this end, as this end knows it.
func (c *Conn) LocalAddr() net.Addr { return c.local }

// RemoteAddr is the address of the peer, as this end sees it: behind a NAT it
// is not what the peer itself calls its address.
func (c *Conn) RemoteAddr() net.Addr { return c.remote }

// SetDeadline sets both deadlines; the zero time is none.
func (c *Conn) SetDeadline(t time.Time) error {
	return c.fail("set", c.link.setDeadlines(c.end, t, true, true))
}

// SetReadDeadline ends reads, also those that wait already, at t.
func (c *Conn) SetReadDeadline(t time.Time) error {
	return c.fail("set", c.link.setDeadlines(c.end, t, true, false))
}

// SetWriteDeadline ends writes, also those that wait already, at t.
func (c *Conn) SetWriteDeadline(t time.Time) error {
	return c.fail("set", c.link.setDeadlines(c.end, t, false, true))
}

func (c *Conn) close(now time.Time, abort bool) error {
	if !c.link.close(c.end, now, abort) {
		return c.fail("close", neterr.Local)
	}
	c.dispose()
	return nil
}

// dispose gives back what the connection took from its host.
func (c *Conn) dispose() {
	c.net.forget(c)
	if c.release != nil {
		c.release()
	}
}

// fail is the system's error for the cause; nil for none.
func (c *Conn) fail(op string, cause neterr.Cause) error {
	return named(c.local.Network(), neterr.NewAt(op, cause, c.local, c.remote))
}

// named puts the name of the network ("tcp" or "udp") into a *net.OpError.
func named(network string, err error) error {
	var opErr *net.OpError
	if errors.As(err, &opErr) {
		opErr.Net = network
	}
	return err
}
