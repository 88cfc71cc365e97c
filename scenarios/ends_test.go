package scenarios

import (
	"net/netip"
	"testing"

	"ftpdiag/probe"
)

// TestESTP: Pure-FTPd names the client's end of a passive data connection as it sees it,
// and other servers do not know the question.
func TestESTP(t *testing.T) {
	const behindNAT = "-- network --\nclient: 192.168.1.50 behind 203.0.113.9\n-- server --\nstyle: "
	stage(t, behindNAT+"pure-ftpd\n", func(connect func() *rawClient) {
		c := connect().login()
		c.send("ESTP")
		c.expect("520 Unable to open a passive connection")
		c.pasv()
		c.send("ESTA")
		c.expect("520 Active mode is disabled")
		c.send("ESTP")
		c.expect("225 Connected to (|1|203.0.113.9|")
	})
	stage(t, behindNAT+"vsftpd\n", func(connect func() *rawClient) {
		c := connect().login()
		c.pasv()
		c.send("ESTP")
		c.expect("500 Unknown command.")
	})
}

// TestESTA: Pure-FTPd calls the client, and names its own end of the connection.
func TestESTA(t *testing.T) {
	stage(t, "-- server --\nstyle: pure-ftpd\n", func(connect func() *rawClient) {
		c := connect().login()
		l, err := c.run.Network.ListenTCP(t.Context(), netip.AddrPortFrom(c.own, 0), probe.SocketOptions{})
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		c.port(addrPortOf(l.Addr()))
		c.expect("200 ")
		c.send("ESTA")
		conn, err := l.Accept()
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		c.expect("225 Connected from (|1|198.51.100.20|20|)")
		c.send("ESTA")
		c.expect("520 ")
	})
	stage(t, "-- network --\nactive: refuse\n-- server --\nstyle: pure-ftpd\n", func(connect func() *rawClient) {
		c := connect().login()
		c.port(netip.AddrPortFrom(c.own, 5000))
		c.expect("200 ")
		c.send("ESTA")
		c.expect("425 Can't create the data socket")
	})
}
