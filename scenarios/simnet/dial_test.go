package simnet

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"syscall"
	"testing"
	"time"

	"ftpdiag/probe"
	"ftpdiag/probe/neterr"
)

func TestDialOutcomes(t *testing.T) {
	tests := []struct {
		name  string
		rule  Rule
		port  uint16
		cause neterr.Cause
		after time.Duration
	}{
		{"accepted", Rule{}, 21, neterr.None, 100 * ms},
		{"nobody listens", Rule{}, 22, neterr.Refused, 100 * ms},
		{"dropped", Rule{Do: Drop}, 21, neterr.Timeout, 10 * time.Second},
		{"refused", Rule{Do: Refuse}, 21, neterr.Refused, 100 * ms},
		{"host unreachable", Rule{Do: RejectHost}, 21, neterr.HostUnreachable, 100 * ms},
		{"net unreachable", Rule{Do: RejectNet}, 21, neterr.NetUnreachable, 100 * ms},
		{"prohibited", Rule{Do: RejectProhibited}, 21, neterr.Prohibited, 100 * ms},
		{"delayed", Rule{Delay: 3 * time.Second}, 21, neterr.None, 3100 * ms},
		{"refused late", Rule{Do: Refuse, Delay: time.Second}, 21, neterr.Refused, 1100 * ms},
		{"accepted for a dead server", Rule{Do: AcceptSilent}, 22, neterr.None, 100 * ms},
		{"other port", Rule{Do: Drop, Ports: Port(22, 23)}, 21, neterr.None, 100 * ms},
		{"port range", Rule{Do: Refuse, Ports: PortRange(20, 21)}, 21, neterr.Refused, 100 * ms},
		{"from another", Rule{Do: Drop, From: netip.MustParsePrefix("203.0.113.0/24")}, 21, neterr.None, 100 * ms},
		{"from us", Rule{Do: Refuse, From: netip.MustParsePrefix("198.51.100.0/24")}, 21, neterr.Refused, 100 * ms},
		{"to another", Rule{Do: Drop, To: netip.MustParsePrefix("198.51.100.0/24")}, 21, neterr.None, 100 * ms},
		{"to it", Rule{Do: Refuse, To: netip.MustParsePrefix("203.0.113.1/32")}, 21, neterr.Refused, 100 * ms},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			inWorld(t, func(w *world) {
				w.listen(w.server, 21)
				w.Rule(test.rule)
				w.Rule(Rule{Do: Pass})
				w.Rule(Rule{Do: Drop}) // Never reached.
				equal(w, "cause", w.dialCause(w.client, netip.AddrPortFrom(w.serverAddr, test.port)), test.cause)
				w.at(test.after)
				w.open(0, 1)
			})
		})
	}
}

func TestDroppedDialEndsAsPackageNetSays(t *testing.T) {
	inWorld(t, func(w *world) {
		w.Rule(Rule{Do: Drop})
		to := netip.AddrPortFrom(w.serverAddr, 21)

		ctx, cancel := context.WithTimeout(w.Context(), 8*time.Second)
		defer cancel()
		_, err := w.client.DialTCP(ctx, netip.Addr{}, to, probe.SocketOptions{})
		w.at(8 * time.Second)
		var opErr *net.OpError
		if !errors.As(err, &opErr) || opErr.Op != "dial" || !opErr.Timeout() {
			w.Errorf("error is %#v, want the timeout of a dial", err)
		}
		isErr(w, err, context.DeadlineExceeded)
		equal(w, "text", err.Error(), "dial tcp 198.51.100.7:49152->203.0.113.1:21: i/o timeout")

		ctx, cancel = context.WithCancel(w.Context())
		time.AfterFunc(time.Second, cancel)
		_, err = w.client.DialTCP(ctx, netip.Addr{}, to, probe.SocketOptions{})
		w.at(9 * time.Second)
		equal(w, "cause of a cancelled dial", neterr.Of(err), neterr.Canceled)

		_, err = w.client.DialTCP(w.Context(), netip.Addr{}, to, probe.SocketOptions{})
		w.at(9*time.Second + synPatience)
		equal(w, "cause of the system's patience", neterr.Of(err), neterr.Timeout)
	})
}

func TestDialGivenUpWhileTheAnswerIsUnderWay(t *testing.T) {
	inWorld(t, func(w *world) {
		l := w.listen(w.server, 21)
		ctx, cancel := context.WithTimeout(w.Context(), 80*ms)
		defer cancel()
		_, err := w.client.DialTCP(ctx, netip.Addr{}, netip.AddrPortFrom(w.serverAddr, 21), probe.SocketOptions{})
		equal(w, "cause", neterr.Of(err), neterr.Timeout)
		w.at(80 * ms)
		w.open(0, 1)
		equal(w, "what the server accepts", w.readCause(w.accept(l)), neterr.Reset)
	})
}

func TestRuleForTheFirstTimesOnly(t *testing.T) {
	inWorld(t, func(w *world) {
		w.listen(w.server, 21)
		w.Rule(Rule{Do: Refuse, Times: 2})
		to := netip.AddrPortFrom(w.serverAddr, 21)
		for i, want := range []neterr.Cause{neterr.Refused, neterr.Refused, neterr.None, neterr.None} {
			if got := w.dialCause(w.client, to); got != want {
				w.Errorf("attempt %d: %q, want %q", i+1, got, want)
			}
		}
	})
}

func TestAcceptReturnsWhenTheHandshakeIsComplete(t *testing.T) {
	inWorld(t, func(w *world) {
		l := w.listen(w.server, 21)
		accepted := make(chan time.Duration, 1)
		go func() {
			c := w.accept(l)
			accepted <- time.Since(w.start)
			c.Close()
		}()
		c := w.dial(w.client, netip.AddrPortFrom(w.serverAddr, 21))
		w.at(100 * ms)
		equal(w, "accepted after", <-accepted, 150*ms)
		c.Close()
	})
}

func TestListenerOpenedWhileThePacketIsUnderWay(t *testing.T) {
	inWorld(t, func(w *world) {
		time.AfterFunc(49*ms, func() { w.listen(w.server, 21) })
		equal(w, "cause", w.dialCause(w.client, netip.AddrPortFrom(w.serverAddr, 21)), neterr.None)
	})
}

func TestAcceptCloseAndAcceptSilent(t *testing.T) {
	inWorld(t, func(w *world) {
		w.Rule(Rule{Do: AcceptClose, Ports: Port(21)})
		w.Rule(Rule{Do: AcceptSilent})
		c := w.dial(w.client, netip.AddrPortFrom(w.serverAddr, 21))
		equal(w, "end", w.readCause(c), neterr.Closed)
		w.at(200 * ms)
		c.Close()

		c = w.dial(w.client, netip.AddrPortFrom(w.serverAddr, 22))
		w.writes(c, "USER anonymous\r\n")
		w.silent(c)
		c.Close()
		w.open(0, 0)
	})
}

func TestSourceAddress(t *testing.T) {
	inWorld(t, func(w *world) {
		second := netip.MustParseAddr("198.51.100.8")
		h := w.Host("two addresses", w.clientAddr.Next().Next(), second)
		l := w.listen(w.server, 21)
		to := netip.AddrPortFrom(w.serverAddr, 21)

		c, err := h.DialTCP(w.Context(), second, to, probe.SocketOptions{})
		if err != nil {
			w.Fatal(err)
		}
		equal(w, "peer", w.accept(l).RemoteAddr().String(), "198.51.100.8:49152")
		equal(w, "own", c.LocalAddr().String(), "198.51.100.8:49152")

		_, err = h.DialTCP(w.Context(), w.clientAddr, to, probe.SocketOptions{})
		isErr(w, err, syscall.EADDRNOTAVAIL)
		equal(w, "cause", neterr.Of(err), neterr.Local)

		_, err = h.DialTCP(w.Context(), second, netip.MustParseAddrPort("[2001:db8::1]:21"), probe.SocketOptions{})
		equal(w, "cause of the wrong family", neterr.Of(err), neterr.Local)
		_, err = h.DialTCP(w.Context(), netip.Addr{}, netip.MustParseAddrPort("[2001:db8::1]:21"), probe.SocketOptions{})
		equal(w, "cause without IPv6", neterr.Of(err), neterr.NetUnreachable)
	})
}

func TestChosenSourcePort(t *testing.T) {
	inWorld(t, func(w *world) {
		from := netip.AddrPortFrom(w.serverAddr, 20)
		first, second := w.listen(w.client, 0), w.listen(w.client, 0)
		for _, l := range []net.Listener{first, second} {
			to := netip.AddrPortFrom(w.clientAddr, l.Addr().(*net.TCPAddr).AddrPort().Port())
			if _, err := w.server.DialFrom(w.Context(), from, to, probe.SocketOptions{}); err != nil {
				w.Fatal(err)
			}
			equal(w, "peer", w.accept(l).RemoteAddr().String(), "203.0.113.1:20")
			_, err := w.server.DialFrom(w.Context(), from, to, probe.SocketOptions{})
			equal(w, "cause of the same connection again", neterr.Of(err), neterr.Local)
		}
	})
}

func TestHostReachesItself(t *testing.T) {
	inWorld(t, func(w *world) {
		w.Rule(Rule{Do: Drop})
		l := w.listen(w.client, 21)
		for _, to := range []string{"127.0.0.1", "127.8.9.10", "::1", "198.51.100.7", "2001:db8::7", "0.0.0.0"} {
			c := w.dial(w.client, netip.AddrPortFrom(netip.MustParseAddr(to), 21))
			w.writes(c, "hello")
			w.reads(w.accept(l), "hello")
		}
		w.at(0)
		equal(w, "cause where only the client listens", w.dialCause(w.server, netip.MustParseAddrPort("127.0.0.1:21")), neterr.Refused)
	})
}

func TestAddressOfNobodyIsSilent(t *testing.T) {
	inWorld(t, func(w *world) {
		equal(w, "cause", w.dialCause(w.client, netip.MustParseAddrPort("192.0.2.99:21")), neterr.Timeout)
		w.at(10 * time.Second)
	})
}

func TestNetworkEndsDial(t *testing.T) {
	inWorld(t, func(w *world) {
		w.Rule(Rule{Do: Drop})
		time.AfterFunc(time.Second, w.Network.Close)
		_, err := w.client.DialTCP(w.Context(), netip.Addr{}, netip.AddrPortFrom(w.serverAddr, 21), probe.SocketOptions{})
		isErr(w, err, net.ErrClosed)
		w.at(time.Second)
	})
}
