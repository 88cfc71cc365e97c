package simnet

import (
	"net/netip"
	"testing"
	"time"

	"ftpdiag/probe"
	"ftpdiag/probe/neterr"
)

// control is a control connection from behind a NAT through a helper, past the
// greeting and the first command, which a helper cannot read.
type control struct {
	*world
	home           *Host
	client, server *Conn
}

func inControl(t *testing.T, h *Helper, test func(c *control)) {
	t.Helper()
	inWorld(t, func(w *world) {
		home, _ := w.behindNAT()
		w.Rule(Rule{Ports: Port(21), Do: Through, Through: h.Through})
		l := w.listen(w.server, 21)
		c := &control{world: w, home: home, client: w.dial(home, netip.AddrPortFrom(w.serverAddr, 21))}
		c.server = w.accept(l)
		w.writes(c.server, "220 ready\r\n")
		w.reads(c.client, "220 ready\r\n")
		w.writes(c.client, "NOOP\r\n")
		w.reads(c.server, "NOOP\r\n")
		test(c)
	})
}

// fromPort20 tells why the server cannot connect to the outside address.
func (c *control) fromPort20(port uint16) (cause neterr.Cause) {
	conn, err := c.world.server.DialFrom(c.Context(), netip.AddrPortFrom(c.serverAddr, 20),
		netip.AddrPortFrom(outsideAddr, port), probe.SocketOptions{})
	if err == nil {
		conn.Close()
	}
	return neterr.Of(err)
}

func TestHelperReadsCommands(t *testing.T) {
	const dead = "\x00dead"
	tests := []struct{ name, sent, arrives string }{
		{"PORT", "PORT 192,168,1,5,195,80\r\n", "PORT 198,51,100,99,195,80\r\n"},
		{"lower case", "port 192,168,1,5,195,80\r\n", "port 198,51,100,99,195,80\r\n"},
		{"leading zeros", "PORT 192,168,001,005,195,080\r\n", "PORT 198,51,100,99,195,80\r\n"},
		{"EPRT", "EPRT |1|192.168.1.5|50000|\r\n", "EPRT |1|198.51.100.99|50000|\r\n"},
		{"EPRT with another delimiter", "EPRT !1!192.168.1.5!50000!\r\n", "EPRT |1|198.51.100.99|50000|\r\n"},
		{"line behind it", "PORT 192,168,1,5,195,80\r\nLIST\r\n", "PORT 198,51,100,99,195,80\r\nLIST\r\n"},

		{"foreign address", "PORT 1,2,3,4,5,6\r\n", "PORT 1,2,3,4,5,6\r\n"},
		{"hidden second line", "NOOP\r\nPORT 192,168,1,5,195,80\r\n", "NOOP\r\nPORT 192,168,1,5,195,80\r\n"},
		{"leading blank", " PORT 192,168,1,5,195,80\r\n", " PORT 192,168,1,5,195,80\r\n"},
		{"another command", "PWD\r\n", "PWD\r\n"},
		{"TLS", "\x17\x03\x03\x00\x05PORT ", "\x17\x03\x03\x00\x05PORT "},
		{"reply from a client", "227 x\r\n", "227 x\r\n"},

		{"junk", "PORT x\r\n", dead},
		{"bare", "PORT\r\n", dead},
		{"bare EPRT", "EPRT\r\n", dead},
		{"longer word", "PORTX\r\n", dead},
		{"two blanks", "PORT  192,168,1,5,195,80\r\n", dead},
		{"tab", "PORT\t192,168,1,5,195,80\r\n", dead},
		{"line feed only", "PORT 192,168,1,5,195,80\n", dead},
		{"five numbers", "PORT 192,168,1,5,195\r\n", dead},
		{"seventh number", "PORT 192,168,1,5,195,80,1\r\n", dead},
		{"port zero", "PORT 192,168,1,5,0,0\r\n", dead},
		{"IPv6 on IPv4", "EPRT |2|2001:db8::7|50000|\r\n", dead},
		{"first letter in a segment of its own", "P", dead},
		{"without its end", "PORT 192,168,1,5,195,80", dead},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			inControl(t, Netfilter(), func(c *control) {
				c.writes(c.client, test.sent)
				if test.arrives != dead {
					c.reads(c.server, test.arrives)
					return
				}
				c.writes(c.client, "NOOP\r\n")
				c.silent(c.server)
				// The other direction lives on.
				c.writes(c.server, "421 timeout\r\n")
				c.reads(c.client, "421 timeout\r\n")
			})
		})
	}
}

func TestHelperNeverReadsTheFirstLine(t *testing.T) {
	inWorld(t, func(w *world) {
		w.Rule(Rule{Do: Through, Through: Netfilter().Through})
		client, server := w.pair()
		w.writes(client, "PORT x\r\n")
		w.reads(server, "PORT x\r\n")
		w.writes(client, "PORT x\r\n")
		w.silent(server)
	})
}

func TestPinholeLetsOneConnectionIn(t *testing.T) {
	inControl(t, Netfilter(), func(c *control) {
		l := c.listen(c.home, 50000)
		equal(c.world, "before PORT", c.fromPort20(50000), neterr.Refused)
		c.writes(c.client, "PORT 192,168,1,5,195,80\r\n")
		c.reads(c.server, "PORT 198,51,100,99,195,80\r\n")

		stranger := c.Host("stranger", netip.MustParseAddr("192.0.2.66"))
		equal(c.world, "a stranger", c.dialCause(stranger, netip.AddrPortFrom(outsideAddr, 50000)), neterr.Refused)
		equal(c.world, "the server", c.fromPort20(50000), neterr.None)
		data := c.accept(l)
		equal(c.world, "peer", data.RemoteAddr().String(), "203.0.113.1:20")
		equal(c.world, "own end", data.LocalAddr().String(), "192.168.1.5:50000")
		equal(c.world, "a second time", c.fromPort20(50000), neterr.Refused)
	})
}

func TestOnlyTheLastPinholeIsOpen(t *testing.T) {
	inControl(t, Netfilter(), func(c *control) {
		c.listen(c.home, 50000)
		c.listen(c.home, 50001)
		c.writes(c.client, "PORT 192,168,1,5,195,80\r\n")
		c.writes(c.client, "EPRT |1|192.168.1.5|50001|\r\n")
		time.Sleep(time.Second)
		equal(c.world, "first", c.fromPort20(50000), neterr.Refused)
		equal(c.world, "last", c.fromPort20(50001), neterr.None)

		c.writes(c.client, "PORT 192,168,1,5,195,80\r\n")
		time.Sleep(pinholeLife)
		equal(c.world, "after its life", c.fromPort20(50000), neterr.Refused)
	})
}

func TestHelperMovesAPortThatIsExpected(t *testing.T) {
	inControl(t, Netfilter(), func(c *control) {
		second := c.Host("second", netip.MustParseAddr("192.168.1.6"))
		c.NAT(second, outsideAddr)
		l := c.listen(second, 50000)
		control := c.listen(c.world.server, 2121)
		c.Rule(Rule{Ports: Port(2121), Do: Through, Through: Netfilter().Through})
		other := c.dial(second, netip.AddrPortFrom(c.serverAddr, 2121))
		server := c.accept(control)
		c.writes(c.client, "PORT 192,168,1,5,195,80\r\n")
		c.reads(c.server, "PORT 198,51,100,99,195,80\r\n")
		c.writes(other, "NOOP\r\n")
		c.reads(server, "NOOP\r\n")
		c.writes(other, "PORT 192,168,1,6,195,80\r\n")
		c.reads(server, "PORT 198,51,100,99,195,81\r\n")
		equal(c.world, "second host", c.fromPort20(50001), neterr.None)
		equal(c.world, "led to", c.accept(l).LocalAddr().String(), "192.168.1.6:50000")
	})
}

func TestHelperOptions(t *testing.T) {
	const port, eprt = "PORT 192,168,1,5,195,80\r\n", "EPRT |1|192.168.1.5|50000|\r\n"
	const rewritten = "PORT 198,51,100,99,195,80\r\n"
	tests := []struct {
		name          string
		helper        Helper
		sent, arrives string
		data          neterr.Cause
	}{
		{"rewrites and lets in", Helper{Rewrite: true, Pinhole: true}, port, rewritten, neterr.None},
		{"rewrites only", Helper{Rewrite: true}, port, rewritten, neterr.Refused},
		{"lets in only", Helper{Pinhole: true}, port, port, neterr.None},
		{"nothing", Helper{}, port, port, neterr.Refused},
		{"passes junk", Helper{Rewrite: true, Pinhole: true}, "PORT x\r\n", "PORT x\r\n", neterr.Refused},
		{"older than EPRT", Helper{Rewrite: true, Pinhole: true, ClassicOnly: true}, eprt, eprt, neterr.Refused},
		{"at the server, where this address is foreign",
			Helper{Rewrite: true, Pinhole: true, ServerSide: true}, port, port, neterr.Refused},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			inControl(t, &test.helper, func(c *control) {
				c.listen(c.home, 50000)
				c.writes(c.client, test.sent)
				c.reads(c.server, test.arrives)
				equal(c.world, "data connection", c.fromPort20(50000), test.data)
			})
		})
	}
}

func TestHelperReadsReplies(t *testing.T) {
	const dead = "\x00dead"
	tests := []struct{ name, sent, arrives string }{
		{"PASV", "227 Entering Passive Mode (192,168,1,5,195,80)\r\n", "227 Entering Passive Mode (198,51,100,99,195,80)\r\n"},
		{"PASV without parentheses", "227 at 192,168,1,5,195,80\r\n", "227 at 198,51,100,99,195,80\r\n"},
		{"EPSV", "229 Entering (!!!50000!)\r\n", "229 Entering (|||50000|)\r\n"},
		{"public address", "227 OK (198,51,100,99,195,80)\r\n", "227 OK (198,51,100,99,195,80)\r\n"},
		{"in several lines", "227-OK\r\n227 OK (192,168,1,5,195,80)\r\n", "227-OK\r\n227 OK (192,168,1,5,195,80)\r\n"},
		{"command from a server", "PORT x\r\n", "PORT x\r\n"},
		{"PASV without digits", "227 ok\r\n", dead},
		{"digits before the address", "227 Passive 1 ok (192,168,1,5,195,80)\r\n", dead},
		{"blank behind a comma", "227 OK (192, 168,1,5,195,80)\r\n", dead},
		{"split", "227 Entering Passive Mode (192,168", dead},
		{"EPSV without parentheses", "229 |||50000|\r\n", dead},
		{"EPSV with an address", "229 OK (|1|192.168.1.5|50000|)\r\n", dead},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			inWorld(t, func(w *world) {
				helper := Netfilter()
				helper.ServerSide = true
				home, router := w.behindNAT()
				router.Forward(21, netip.AddrPortFrom(homeAddr, 21))
				w.Rule(Rule{Ports: Port(21), Do: Through, Through: helper.Through})
				control, data := w.listen(home, 21), w.listen(home, 50000)
				client := w.dial(w.client, netip.AddrPortFrom(outsideAddr, 21))
				server := w.accept(control)
				w.writes(server, "220 ready\r\n")
				w.reads(client, "220 ready\r\n")
				w.writes(server, test.sent)
				if test.arrives == dead {
					w.silent(client)
					return
				}
				w.reads(client, test.arrives)
				want := neterr.Refused
				if test.arrives != test.sent {
					want = neterr.None
				}
				equal(w, "data connection", w.dialCause(w.client, netip.AddrPortFrom(outsideAddr, 50000)), want)
				if want == neterr.None {
					equal(w, "led to", w.accept(data).LocalAddr().String(), "192.168.1.5:50000")
				}
			})
		})
	}
}

// TestStatefulFirewall has no NAT: the firewall in front of the client lets in
// what its helper expects, and a second one does not, whose own helper has not
// seen the control connection.
func TestStatefulFirewall(t *testing.T) {
	for _, second := range []bool{false, true} {
		inWorld(t, func(w *world) {
			helper := &Helper{Pinhole: true, Swallow: true}
			w.Rule(Rule{Ports: Port(21), Do: Through, Through: helper.Through})
			w.Rule(Rule{To: netip.PrefixFrom(w.clientAddr, 32), Do: Drop, Helper: helper})
			if second {
				w.Rule(Rule{To: netip.PrefixFrom(w.clientAddr, 32), Do: Refuse, Helper: Netfilter()})
			}
			client, server := w.pair()
			l := w.listen(w.client, 50000)
			to := netip.AddrPortFrom(w.clientAddr, 50000)
			equal(w, "before PORT", w.dialCause(w.server, to), neterr.Timeout)

			w.writes(client, "NOOP\r\nPORT 198,51,100,7,195,80\r\n")
			w.reads(server, "NOOP\r\nPORT 198,51,100,7,195,80\r\n")
			equal(w, "after a hidden PORT", w.dialCause(w.server, to), neterr.Timeout)

			w.writes(client, "PORT 198,51,100,7,195,80\r\n")
			w.reads(server, "PORT 198,51,100,7,195,80\r\n")
			if second {
				equal(w, "after PORT, at the second firewall", w.dialCause(w.server, to), neterr.Refused)
				return
			}
			equal(w, "after PORT", w.dialCause(w.server, to), neterr.None)
			w.accept(l)
			equal(w, "a second time", w.dialCause(w.server, to), neterr.Timeout)
		})
	}
}

func TestHelperOverIPv6(t *testing.T) {
	inWorld(t, func(w *world) {
		helper := Netfilter()
		w.Rule(Rule{Ports: Port(21), Do: Through, Through: helper.Through})
		w.Rule(Rule{To: netip.MustParsePrefix("2001:db8::7/128"), Do: Drop, Helper: helper})
		control, _ := w.listen(w.server, 21), w.listen(w.client, 50000)
		client := w.dial(w.client, netip.MustParseAddrPort("[2001:db8::1]:21"))
		server := w.accept(control)
		w.writes(client, "NOOP\r\n")
		w.reads(server, "NOOP\r\n")
		w.writes(client, "EPRT |2|2001:db8::7|50000|\r\n")
		w.reads(server, "EPRT |2|2001:db8::7|50000|\r\n")
		equal(w, "data connection", w.dialCause(w.server, netip.MustParseAddrPort("[2001:db8::7]:50000")), neterr.None)
	})
}
