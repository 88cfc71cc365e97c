package probe_test

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"ftpdiag/probe"
	"ftpdiag/scenarios"
)

// scanned is a Network to whose listeners many strangers connect, one each
// millisecond, before anybody else does.
type scanned struct{ probe.Network }

func (n scanned) ListenTCP(ctx context.Context, local netip.AddrPort, opt probe.SocketOptions) (net.Listener, error) {
	ln, err := n.Network.ListenTCP(ctx, local, opt)
	if err != nil {
		return nil, err
	}
	return &scannedListener{Listener: ln}, nil
}

type scannedListener struct {
	net.Listener
	accepted int
}

const scanners = 30

// Accept lets our own connection through, and then the strangers.
func (l *scannedListener) Accept() (net.Conn, error) {
	l.accepted++
	if l.accepted == 1 || l.accepted > scanners+1 {
		return l.Listener.Accept()
	}
	time.Sleep(time.Millisecond)
	near, far := net.Pipe()
	_ = far.Close()
	return strangerConn{near, l.accepted}, nil
}

type strangerConn struct {
	net.Conn
	number int
}

func (c strangerConn) RemoteAddr() net.Addr {
	return net.TCPAddrFromAddrPort(netip.AddrPortFrom(netip.MustParseAddr("192.0.2.66"), uint16(4000+c.number)))
}

// TestManyStrangers: a scan of our port fills neither the record nor the place of the
// server's call.
func TestManyStrangers(t *testing.T) {
	for name, works := range map[string]bool{"all-good": true, "port-answers-after-connect": true, "active-syn-dropped": false} {
		t.Run(name, func(t *testing.T) {
			s, ok := scenarios.Find(name)
			if !ok {
				t.Fatal("there is no such scenario")
			}
			synctest.Test(t, func(t *testing.T) {
				run, err := s.StartInMemory()
				if err != nil {
					t.Fatal(err)
				}
				defer run.Close()
				p := probe.Prober{Network: scanned{run.Network}, Plan: run.Plan}
				e := p.Run(context.Background(), run.Target)
				tried, noted := 0, 0
				for _, a := range e.AllAttempts() {
					if a.Method.Mode() != probe.Active {
						continue
					}
					tried++
					if a.Delivered() != works || !a.Listening || len(a.Strangers) != 8 {
						t.Errorf("%v delivered: %v, listening: %v, %d strangers", a.Method, a.Delivered(), a.Listening, len(a.Strangers))
					}
					if call, known := a.Call(); known != works || call.From != a.Caller {
						t.Errorf("%v was called by %v: %v", a.Method, a.Caller, call)
					}
				}
				for _, ev := range e.Events {
					if strings.Contains(ev.Text, "which is not the server's address") {
						noted++
					}
				}
				if tried == 0 || noted != 8*tried {
					t.Errorf("%d lines about strangers in %d attempts", noted, tried)
				}
				if t.Failed() {
					var b strings.Builder
					for _, ev := range e.Events {
						fmt.Fprintf(&b, "\n%v #%d %s", ev.At, ev.Session, ev.Text)
					}
					t.Log(b.String())
				}
			})
		})
	}
}
