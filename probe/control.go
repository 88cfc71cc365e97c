package probe

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"ftpdiag/probe/ftp"
)

// control is one open control connection. Its methods are called by one
// goroutine at a time.
type control struct {
	x      *examiner
	s      *Session
	conn   net.Conn // what is spoken over: TCP, or TLS over it
	rd     *ftp.Reader
	tls    *tls.Config // for data connections: same name, same session cache; nil in clear
	dead   bool        // no further command is possible; written by whoever reads replies at the moment
	lost   bool        // nor is one here, whatever may still be read: written by the owner alone
	pret   bool        // the server wants PRET before PASV, without saying so in FEAT
	broken bool        // likewise, and because the server said that it is broken
	free   func()      // gives the slot back; callable once
	stop   func() bool // ends the watch on the context

	heard   time.Time    // when a reply was last read, or waited for in vain
	owed    []string     // commands whose replies were not waited for long enough: they come before that of the next one
	asked   string       // the verb of the last command; empty: none was sent
	before  answered     // the command before that one
	raw     ftp.Reply    // the last reply as it came: a short password may stand among the numbers of a 227
	unheard bool         // no reply has come since the TLS handshake
	offered ftp.Reply    // the reply to PASV or EPSV, likewise
	alone   *atomic.Bool // its route is on one control connection at a time; nil before there is a route
}

// longAgo is a deadline that ends every wait at once.
var longAgo = time.Unix(1, 0)

// newControl wraps a fresh TCP connection. Its slot is freed by close.
func (x *examiner) newControl(ctx context.Context, conn net.Conn, s *Session, free func()) *control {
	leave := x.company.take(conn)
	c := &control{x: x, s: s, conn: conn, rd: ftp.NewReader(conn), free: sync.OnceFunc(func() { leave(); free() })}
	c.stop = context.AfterFunc(ctx, func() { _ = conn.SetDeadline(longAgo) })
	return c
}

// peer is the server's address as the control connection has it.
func (c *control) peer() netip.AddrPort { return c.s.Remote }

// local is our address on the control connection. Everything else of this
// session is bound to it.
func (c *control) local() netip.Addr { return c.s.Local.Addr() }

// lastEvent is the number of the newest event.
func (x *examiner) lastEvent() int {
	x.mu.Lock()
	defer x.mu.Unlock()
	return len(x.exam.Events)
}

// usable tells whether the next command may be sent.
func (c *control) usable() bool { return c != nil && !c.dead && !c.lost }

// goodbye is how long the server has to answer QUIT. The slot it holds for us
// is free only when it has seen the end; a healthy server needs one round trip.
const goodbye = 500 * time.Millisecond

// quit ends the session politely. wait: until the server has closed too, so
// that a limit on connections is respected by the next one.
func (c *control) quit(ctx context.Context, wait bool) {
	if c == nil {
		return
	}
	if c.usable() && ctx.Err() == nil {
		if sent := c.send(ctx, 0, ftp.Command{Verb: "QUIT"}); !sent.Stop.Stopped() && wait {
			_ = c.conn.SetReadDeadline(time.Now().Add(goodbye))
			_, _ = io.Copy(io.Discard, io.LimitReader(c.conn, 1<<16))
		}
	}
	c.close()
}

// close ends the connection at once and gives its slot back.
func (c *control) close() {
	if c == nil {
		return
	}
	if tcp, ok := c.conn.(interface{ SetLinger(int) error }); ok && (c.dead || c.lost) {
		// A session that hangs ends with a reset: the devices on the way
		// then stop counting it at once.
		_ = tcp.SetLinger(0)
	}
	c.dead = true
	c.stop()
	_ = c.conn.Close()
	c.free()
}
