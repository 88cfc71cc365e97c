package scenarios_test

import (
	"bytes"
	"context"
	"net"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"ftpdiag/probe"
	"ftpdiag/probe/ftp"
	"ftpdiag/scenarios"
)

// wire is a network that writes down what the examination asks of it.
type wire struct {
	probe.Network
	control []uint16 // ports of the control connections

	mu      sync.Mutex
	writes  [][]byte // on control connections
	dials   []dial   // to other ports
	listens []netip.AddrPort
}

// dial is one connection that was asked for.
type dial struct {
	from   netip.Addr
	to     netip.AddrPort
	shared bool // from the port of a listener of ours: the simultaneous open
}

func (w *wire) DialTCP(ctx context.Context, local netip.Addr, remote netip.AddrPort, opt probe.SocketOptions) (net.Conn, error) {
	if !slices.Contains(w.control, remote.Port()) {
		w.mu.Lock()
		w.dials = append(w.dials, dial{local, remote, opt.FromPort != 0})
		w.mu.Unlock()
		return w.Network.DialTCP(ctx, local, remote, opt)
	}
	conn, err := w.Network.DialTCP(ctx, local, remote, opt)
	if err != nil {
		return nil, err
	}
	return &written{conn, w}, nil
}

func (w *wire) ListenTCP(ctx context.Context, local netip.AddrPort, opt probe.SocketOptions) (net.Listener, error) {
	w.mu.Lock()
	w.listens = append(w.listens, local)
	w.mu.Unlock()
	return w.Network.ListenTCP(ctx, local, opt)
}

// written is a control connection.
type written struct {
	net.Conn
	wire *wire
}

func (c *written) Write(p []byte) (int, error) {
	c.wire.mu.Lock()
	c.wire.writes = append(c.wire.writes, bytes.Clone(p))
	c.wire.mu.Unlock()
	return c.Conn.Write(p)
}

// TestManners: whatever the situation, the examination keeps the rules that
// spare servers, helpers and itself.
func TestManners(t *testing.T) {
	for _, s := range scenarios.All() {
		t.Run(s.Name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				run, err := s.StartInMemory()
				if err != nil {
					t.Fatal(err)
				}
				w := &wire{Network: run.Network, control: []uint16{run.Target.Port, run.Plan.OtherPort}}
				p := probe.Prober{Network: w, Plan: run.Plan}
				e := p.Run(t.Context(), run.Target)
				run.Close()
				wholeLines(t, w)
				noForbiddenCommand(t, e)
				ownAddress(t, w, e)
				everyPortOnce(t, w, e)
				notAtOnce(t, e)
			})
		})
	}
}

// wholeLines: a command line is never divided between two writes, each of
// which is a segment. Linux's helper swallows the parts for good (measured).
func wholeLines(t *testing.T, w *wire) {
	t.Helper()
	for _, b := range w.writes {
		tls := b[0] >= 20 && b[0] <= 23 // content types of TLS records (RFC 8446 section 5.1)
		if !tls && !bytes.HasSuffix(b, []byte("\r\n")) {
			t.Errorf("wrote %q, which is no whole line", b)
		}
	}
}

// noForbiddenCommand: never EPSV ALL, which ends every other method of a
// session (RFC 2428 section 4), and never LIST after a PORT or EPRT that was
// refused: the server would connect to a port of its own choice (RFC 959
// section 3.2).
func noForbiddenCommand(t *testing.T, e *probe.Examination) {
	t.Helper()
	for _, v := range e.Events {
		if v.Direction == probe.Send && strings.HasPrefix(strings.ToUpper(v.Text), "EPSV ALL") {
			t.Errorf("sent %q", v.Text)
		}
	}
	for _, a := range e.AllAttempts() {
		if !a.Setup.Reply.Code.Completion() && a.Transfer.Command != "" {
			t.Errorf("%v was answered with %d, and LIST was sent", a.Method, a.Setup.Reply.Code)
		}
	}
}

// ownAddress: data connections leave from, and are awaited at, the address of
// their control connection. Servers refuse others (measured: vsftpd,
// Pure-FTPd, ProFTPD).
func ownAddress(t *testing.T, w *wire, e *probe.Examination) {
	t.Helper()
	for _, a := range e.AllAttempts() {
		own := e.Session(a.Session).Local.Addr()
		if a.Announced.IsValid() && a.Variant != probe.SeenAddress && a.Announced.Addr() != own {
			t.Errorf("%v announced %v on a session of %v", a.Method, a.Announced, own)
		}
		if a.Reached < probe.StageConnecting || !a.Dialled.IsValid() {
			continue
		}
		from := map[netip.Addr]bool{}
		for _, d := range w.dials {
			if d.to == a.Dialled {
				from[d.from] = true
			}
		}
		if !from[own] {
			t.Errorf("%v connected to %v from %v, on a session of %v", a.Method, a.Dialled, from, own)
		}
	}
	for _, d := range w.dials {
		if !d.from.IsValid() {
			t.Errorf("connected to %v from whatever address the system chose", d.to)
		}
	}
	for _, l := range w.listens {
		if l.Addr().IsUnspecified() || !l.Addr().IsValid() {
			t.Errorf("listened on %v", l)
		}
	}
}

// everyPortOnce: nothing touches a passive port before the one connection that
// is meant for it. The first packet uses up a helper's pinhole and the server's
// only accept.
func everyPortOnce(t *testing.T, w *wire, e *probe.Examination) {
	t.Helper()
	asked, made := map[netip.AddrPort]int{}, map[netip.AddrPort]int{}
	for _, a := range e.AllAttempts() {
		if a.Dialled.IsValid() && a.Reached >= probe.StageConnecting {
			asked[a.Dialled]++
		}
	}
	for _, s := range e.Sessions {
		if s.Peer.Asked() { // on a data connection that was opened for it
			asked[lastOffer(t, e, s)]++
		}
	}
	for _, d := range w.dials {
		if d.to.Addr() != d.from && !d.shared { // the others prove our own listener, or meet the server's call
			made[d.to]++
		}
	}
	for to, n := range made {
		if n != asked[to] {
			t.Errorf("%d connections to %v, which was offered %d times", n, to, asked[to])
		}
	}
}

// lastOffer is what the server of a session offered before it was asked ESTP.
func lastOffer(t *testing.T, e *probe.Examination, s probe.Session) netip.AddrPort {
	t.Helper()
	var port uint16
	for _, v := range e.Events {
		if v.Session != s.ID || v.N > s.Peer.Events[0] || v.Direction != probe.Receive || !strings.HasPrefix(v.Text, "229 ") {
			continue
		}
		offer, err := ftp.ParsePassive(ftp.Reply{Code: 229, Lines: []string{v.Text}})
		if err != nil {
			t.Fatal(err)
		}
		port = offer.Port
	}
	return netip.AddrPortFrom(s.Remote.Addr(), port)
}

// notAtOnce: what failed is repeated a moment later, and every PORT and EPRT
// announces another port. A helper expects one connection for each address and
// port, and the server's port 20 may still remember the last (TIME_WAIT).
func notAtOnce(t *testing.T, e *probe.Examination) {
	t.Helper()
	announced := map[netip.AddrPort]bool{}
	type kind struct {
		probe.Method
		probe.Protection
	}
	failed := map[kind]*probe.Attempt{} // the last attempt, unless it delivered
	for _, a := range e.AllAttempts() {
		if a.Announced.IsValid() && a.Variant != probe.SeenAddress {
			if announced[a.Announced] {
				t.Errorf("%v was announced twice", a.Announced)
			}
			announced[a.Announced] = true
		}
		k := kind{a.Method, a.Protection}
		if before := failed[k]; a.Variant == probe.Retry && before != nil && a.Began-(before.Began+before.Took) < time.Second {
			t.Errorf("%v was repeated %v after it had failed", a.Method, a.Began-(before.Began+before.Took))
		}
		failed[k] = a
		if a.Delivered() {
			failed[k] = nil
		}
	}
}
