package simnet

import (
	"context"
	"errors"
	"io"
	"net"
	"net/netip"
	"testing"
	"testing/synctest"
	"time"

	"ftpdiag/probe"
	"ftpdiag/probe/neterr"
)

const ms = time.Millisecond

// world is what most tests need: a client and a server 50 ms apart.
type world struct {
	*testing.T
	*Network
	client, server         *Host
	clientAddr, serverAddr netip.Addr
	start                  time.Time
}

// inWorld runs a test in a bubble. In the end it closes what the test left to
// the network, so that goroutines that do not end fail the test.
func inWorld(t *testing.T, test func(w *world)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := &world{
			T: t, Network: New(), start: time.Now(),
			clientAddr: netip.MustParseAddr("198.51.100.7"),
			serverAddr: netip.MustParseAddr("203.0.113.1"),
		}
		w.Latency(50 * ms)
		w.client = w.Host("client", w.clientAddr, netip.MustParseAddr("2001:db8::7"))
		w.server = w.Host("server", w.serverAddr, netip.MustParseAddr("2001:db8::1"))
		defer w.Network.Close()
		test(w)
	})
}

// at fails unless exactly so much fake time has passed since the start.
func (w *world) at(want time.Duration) {
	w.Helper()
	if got := time.Since(w.start); got != want {
		w.Errorf("at %v, want %v", got, want)
	}
}

// listen makes the host listen on all addresses.
func (w *world) listen(h *Host, port uint16) net.Listener {
	w.Helper()
	l, err := h.ListenTCP(w.Context(), netip.AddrPortFrom(netip.Addr{}, port), probe.SocketOptions{})
	if err != nil {
		w.Fatal(err)
	}
	return l
}

// dial connects and fails the test if that fails.
func (w *world) dial(h *Host, to netip.AddrPort) *Conn {
	w.Helper()
	c, err := h.DialTCP(w.Context(), netip.Addr{}, to, probe.SocketOptions{})
	if err != nil {
		w.Fatal(err)
	}
	return c.(*Conn)
}

// dialCause tells why connecting within ten seconds fails.
func (w *world) dialCause(h *Host, to netip.AddrPort) neterr.Cause {
	ctx, cancel := context.WithTimeout(w.Context(), 10*time.Second)
	defer cancel()
	c, err := h.DialTCP(ctx, netip.Addr{}, to, probe.SocketOptions{})
	if err == nil {
		c.Close()
	}
	return neterr.Of(err)
}

// accept accepts one connection.
func (w *world) accept(l net.Listener) *Conn {
	w.Helper()
	c, err := l.Accept()
	if err != nil {
		w.Fatal(err)
	}
	return c.(*Conn)
}

// pair connects the client to port 21 of the server, which accepts.
func (w *world) pair() (client, server *Conn) {
	w.Helper()
	l := w.listen(w.server, 21)
	client = w.dial(w.client, netip.AddrPortFrom(w.serverAddr, 21))
	server = w.accept(l)
	l.Close()
	return client, server
}

// reads fails unless the next Read of c returns exactly this text.
func (w *world) reads(c net.Conn, want string) {
	w.Helper()
	buffer := make([]byte, 1<<17)
	n, err := c.Read(buffer)
	if err != nil || string(buffer[:n]) != want {
		w.Errorf("read %q, %v; want %q", buffer[:n], err, want)
	}
}

// readCause tells why the next Read fails.
func (w *world) readCause(c net.Conn) neterr.Cause {
	w.Helper()
	n, err := c.Read(make([]byte, 1<<17))
	if n > 0 {
		w.Errorf("read %d bytes, want an error", n)
	}
	return neterr.Of(err)
}

// writes fails unless writing succeeds.
func (w *world) writes(c net.Conn, text string) {
	w.Helper()
	if _, err := io.WriteString(c, text); err != nil {
		w.Errorf("write %.40q: %v", text, err)
	}
}

// silent fails if anything arrives or ends within a minute.
func (w *world) silent(c net.Conn) {
	w.Helper()
	c.SetReadDeadline(time.Now().Add(time.Minute))
	defer c.SetReadDeadline(time.Time{})
	if cause := w.readCause(c); cause != neterr.Timeout {
		w.Errorf("read ended with %q, want silence", cause)
	}
}

// open fails unless the hosts hold so many connections and listeners.
func (w *world) open(conns, listeners int) {
	w.Helper()
	if c, l := w.Open(); c != conns || l != listeners {
		w.Errorf("%d connections and %d listeners open, want %d and %d", c, l, conns, listeners)
	}
}

func equal[T comparable](w *world, what string, got, want T) {
	w.Helper()
	if got != want {
		w.Errorf("%s is %v, want %v", what, got, want)
	}
}

func isErr(w *world, err, want error) {
	w.Helper()
	if !errors.Is(err, want) {
		w.Errorf("error %v, want %v", err, want)
	}
}
