package simnet

import (
	"net/netip"
	"testing"
	"time"

	"ftpdiag/probe/neterr"
)

var (
	homeAddr    = netip.MustParseAddr("192.168.1.5")
	outsideAddr = netip.MustParseAddr("198.51.100.99")
)

// behindNAT puts a host in a home network.
func (w *world) behindNAT() (*Host, *NAT) {
	h := w.Host("home", homeAddr, netip.MustParseAddr("2001:db8:1::5"))
	return h, w.NAT(h, outsideAddr)
}

func TestNATViews(t *testing.T) {
	inWorld(t, func(w *world) {
		home, _ := w.behindNAT()
		l := w.listen(w.server, 21)
		c := w.dial(home, netip.AddrPortFrom(w.serverAddr, 21))
		s := w.accept(l)
		equal(w, "own address", c.LocalAddr().String(), "192.168.1.5:49152")
		equal(w, "server as the client sees it", c.RemoteAddr().String(), "203.0.113.1:21")
		equal(w, "client as the server sees it", s.RemoteAddr().String(), "198.51.100.99:49152")
		w.writes(c, "through")
		w.reads(s, "through")

		// IPv6 is not translated.
		w.dial(home, netip.MustParseAddrPort("[2001:db8::1]:21"))
		equal(w, "client over IPv6", w.accept(l).RemoteAddr().String(), "[2001:db8:1::5]:49153")
	})
}

func TestNATSharesPorts(t *testing.T) {
	inWorld(t, func(w *world) {
		first, _ := w.behindNAT()
		second := w.Host("second", netip.MustParseAddr("192.168.1.6"))
		w.NAT(second, outsideAddr)
		l := w.listen(w.server, 21)
		to := netip.AddrPortFrom(w.serverAddr, 21)
		c := w.dial(first, to)
		equal(w, "first", w.accept(l).RemoteAddr().String(), "198.51.100.99:49152")
		w.dial(second, to)
		equal(w, "second, whose port is taken", w.accept(l).RemoteAddr().String(), "198.51.100.99:49153")
		c.Close()
		first.NextPort(49152)
		w.dial(first, to)
		equal(w, "port given back", w.accept(l).RemoteAddr().String(), "198.51.100.99:49152")
	})
}

func TestNATKeepsOutsidersOut(t *testing.T) {
	inWorld(t, func(w *world) {
		home, router := w.behindNAT()
		w.listen(home, 2000)
		outside, private := netip.AddrPortFrom(outsideAddr, 2000), netip.AddrPortFrom(homeAddr, 2000)
		equal(w, "outside address", w.dialCause(w.server, outside), neterr.Refused)
		w.at(100 * ms)
		router.Unsolicited(Drop)
		equal(w, "outside address, dropped", w.dialCause(w.server, outside), neterr.Timeout)
		equal(w, "private address", w.dialCause(w.server, private), neterr.Timeout)

		neighbour := w.Host("neighbour", netip.MustParseAddr("192.168.1.6"))
		w.NAT(neighbour, outsideAddr)
		equal(w, "private address from behind the same router", w.dialCause(neighbour, private), neterr.None)
		router.Forward(2000, private)
		equal(w, "forwarded port", w.dialCause(w.server, outside), neterr.None)
	})
}

func TestServerBehindNAT(t *testing.T) {
	inWorld(t, func(w *world) {
		home, router := w.behindNAT()
		router.Forward(21, netip.AddrPortFrom(homeAddr, 2121))
		l := w.listen(home, 2121)
		c := w.dial(w.client, netip.AddrPortFrom(outsideAddr, 21))
		s := w.accept(l)
		equal(w, "server as the client sees it", c.RemoteAddr().String(), "198.51.100.99:21")
		equal(w, "server's own address", s.LocalAddr().String(), "192.168.1.5:2121")
		equal(w, "client as the server sees it", s.RemoteAddr().String(), "198.51.100.7:49152")
	})
}

func TestSamePrivateAddressTwice(t *testing.T) {
	inWorld(t, func(w *world) {
		w.Host("the same address without a router", netip.MustParseAddr("192.168.1.9"))
		home, _ := w.behindNAT()
		other := w.Host("the same address elsewhere", netip.MustParseAddr("192.168.1.9"))
		w.NAT(other, netip.MustParseAddr("203.0.113.77"))
		local := w.Host("the same address here", netip.MustParseAddr("192.168.1.9"))
		w.NAT(local, outsideAddr)
		w.listen(other, 21)
		to := netip.MustParseAddrPort("192.168.1.9:21")
		equal(w, "only the other one listens", w.dialCause(home, to), neterr.Refused)
		w.listen(local, 21)
		equal(w, "the one here listens", w.dialCause(home, to), neterr.None)
	})
}

func TestRulesSeeBothFormsOfAnAddress(t *testing.T) {
	for _, form := range []netip.Addr{homeAddr, outsideAddr} {
		inWorld(t, func(w *world) {
			home, router := w.behindNAT()
			w.listen(w.server, 21)
			w.listen(home, 2000)
			router.Forward(2000, netip.AddrPortFrom(homeAddr, 2000))
			w.Rule(Rule{From: netip.PrefixFrom(form, 32), Do: RejectNet})
			w.Rule(Rule{To: netip.PrefixFrom(form, 32), Do: RejectHost})
			equal(w, "from", w.dialCause(home, netip.AddrPortFrom(w.serverAddr, 21)), neterr.NetUnreachable)
			equal(w, "to", w.dialCause(w.server, netip.AddrPortFrom(outsideAddr, 2000)), neterr.HostUnreachable)
		})
	}
}

func TestNATPortIsFreeAfterAFailedDial(t *testing.T) {
	inWorld(t, func(w *world) {
		home, router := w.behindNAT()
		w.dialCause(home, netip.AddrPortFrom(w.serverAddr, 22))
		w.dialCause(home, netip.MustParseAddrPort("192.0.2.99:21"))
		time.Sleep(time.Second)
		equal(w, "outside ports in use", len(router.mapped), 0)
		equal(w, "ports in use", len(home.bound), 0)
	})
}
