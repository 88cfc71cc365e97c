package simnet

import (
	"net"
	"net/netip"
	"strings"
	"testing"

	"ftpdiag/probe"
	"ftpdiag/probe/neterr"
)

// through makes a client and a server that speak through a middlebox on port
// 21, the client behind NAT.
func (w *world) through(middlebox func(client, server net.Conn)) (client, server *Conn) {
	w.Helper()
	w.NAT(w.client, outside)
	w.Rule(Rule{Ports: Port(21), Do: Through, Through: middlebox})
	return w.pair()
}

// outside is the address of the NAT in front of the client.
var outside = netip.MustParseAddr("192.0.2.9")

// TestProxyRewritesEveryLine: what a helper does not see, because another
// command precedes it in the segment, a proxy does; and whatever address the
// client wrote, the server's connection comes to it.
func TestProxyRewritesEveryLine(t *testing.T) {
	inWorld(t, func(w *world) {
		client, server := w.through(Proxy)
		l := w.listen(w.client, 5000)
		w.writes(client, "NOOP\r\nPORT 10,9,8,7,19,136\r\n")
		w.reads(server, "NOOP\r\nPORT 192,0,2,9,19,136\r\n")
		w.dial(w.server, netip.AddrPortFrom(outside, 5000)).Close()
		w.accept(l).Close()
		w.writes(client, "EPRT |1|10.9.8.7|5000|\r\n")
		w.reads(server, "EPRT |1|192.0.2.9|5000|\r\n")
		w.dial(w.server, netip.AddrPortFrom(outside, 5000)).Close()
		equal(w, "a second connection", w.dialCause(w.server, netip.AddrPortFrom(outside, 5000)), neterr.Refused)
	})
}

// TestProxyWaitsForTheLine: a command in two segments is one command.
func TestProxyWaitsForTheLine(t *testing.T) {
	inWorld(t, func(w *world) {
		client, server := w.through(Proxy)
		w.writes(client, "PORT 10,9,8,7,")
		w.writes(client, "19,136\r\nNO")
		w.reads(server, "PORT 192,0,2,9,19,136\r\n")
		w.writes(server, "200 ok\r\n")
		w.reads(client, "200 ok\r\n")
	})
}

// TestProxyEnds: what it cannot read ends both connections.
func TestProxyEnds(t *testing.T) {
	for name, sent := range map[string]string{
		"PORT without an address": "PORT 1\r\n",
		"a port of a service":     "PORT 198,51,100,7,0,22\r\n",
		"TLS":                     "\x16\x03\x01\x00\x05hello",
		"a line without an end":   strings.Repeat("x", longestProxied+1),
	} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, func(w *world) {
				client, server := w.through(Proxy)
				w.writes(client, sent)
				equal(w, "the client's end", w.readCause(client), neterr.Reset)
				equal(w, "the server's end", w.readCause(server), neterr.Reset)
			})
		})
	}
}

// TestStrict: one command at a time passes, masked at SYST; two at once, and a
// PORT that is none, end the connection.
func TestStrict(t *testing.T) {
	inWorld(t, func(w *world) {
		client, server := w.through(Strict)
		w.writes(client, "SYST\r\n")
		w.reads(server, "SYST\r\n")
		w.writes(server, "215 UNIX Type: L8\r\n")
		w.reads(client, "215 XXXX XXXXX XX\r\n")
		w.writes(client, "PORT 198,51,100,7,19,136\r\n")
		w.reads(server, "PORT 198,51,100,7,19,136\r\n")
		w.writes(client, "NOOP\r\nNOOP\r\n")
		equal(w, "the client's end", w.readCause(client), neterr.Reset)
	})
	inWorld(t, func(w *world) {
		client, _ := w.through(Strict)
		w.writes(client, "port 1\r\n")
		equal(w, "the client's end", w.readCause(client), neterr.Reset)
	})
}

func TestSabotage(t *testing.T) {
	inWorld(t, func(w *world) {
		client, server := w.through(Sabotage("10.0.0.1", "192.0.2.9"))
		w.writes(server, "from 10.0.0.1 to 10.0.0.2")
		w.reads(client, "from 192.0.2.9 to 10.0.0.2")
		w.writes(client, "10.0.0.1")
		w.reads(server, "192.0.2.9")
	})
}

// TestNAT64: a host with IPv6 alone reaches an IPv4 one through the prefix, is
// seen with the router's address, and cannot be called back.
func TestNAT64(t *testing.T) {
	inWorld(t, func(w *world) {
		own, prefix := netip.MustParseAddr("2001:db8::64"), netip.MustParsePrefix("64:ff9b::/96")
		six := w.Host("six", own)
		w.NAT64(six, prefix, outside)
		l := w.listen(w.server, 21)
		server := Embed(prefix, w.serverAddr)
		equal(w, "the embedded address", server, netip.MustParseAddr("64:ff9b::cb00:7101"))
		conn := w.dial(six, netip.AddrPortFrom(server, 21))
		equal(w, "the server as the client sees it", conn.RemoteAddr().String(), "[64:ff9b::cb00:7101]:21")
		equal(w, "the client as it sees itself", conn.LocalAddr().(*net.TCPAddr).AddrPort().Addr(), own)
		seen := w.accept(l).RemoteAddr().(*net.TCPAddr).AddrPort()
		equal(w, "the client as the server sees it", seen.Addr(), outside)
		equal(w, "calling back", w.dialCause(w.server, netip.AddrPortFrom(outside, 5000)), neterr.Refused)
		equal(w, "IPv4 itself", w.dialCause(six, netip.AddrPortFrom(w.serverAddr, 21)), neterr.NetUnreachable)
		equal(w, "nobody there", w.dialCause(six, netip.AddrPortFrom(Embed(prefix, netip.MustParseAddr("203.0.113.99")), 21)), neterr.Timeout)
	})
}

// TestInTurn: what is not bound leaves from each address in turn, what is bound
// from the one asked for.
func TestInTurn(t *testing.T) {
	inWorld(t, func(w *world) {
		first, second := netip.MustParseAddr("198.51.100.30"), netip.MustParseAddr("198.51.100.31")
		h := w.Host("two", first, second)
		h.InTurn()
		to := netip.AddrPortFrom(w.serverAddr, 21)
		w.listen(w.server, 21)
		for _, want := range []netip.Addr{first, second, first} {
			equal(w, "source", w.dial(h, to).LocalAddr().(*net.TCPAddr).AddrPort().Addr(), want)
		}
	})
}

// TestDeaf: the system forbids to listen, except on loopback.
func TestDeaf(t *testing.T) {
	inWorld(t, func(w *world) {
		w.client.Deaf()
		_, err := w.client.ListenTCP(w.Context(), netip.AddrPortFrom(w.clientAddr, 0), probe.SocketOptions{})
		equal(w, "listening", neterr.Of(err), neterr.Local)
		l, err := w.client.ListenTCP(w.Context(), netip.MustParseAddrPort("127.0.0.1:0"), probe.SocketOptions{})
		if err != nil {
			w.Fatal(err)
		}
		l.Close()
	})
}
