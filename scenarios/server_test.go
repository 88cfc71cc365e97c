package scenarios

import (
	"bufio"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/netip"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"ftpdiag/probe"
	"ftpdiag/probe/neterr"
)

// rawClient speaks to a server as a person with a terminal does: it knows
// nothing of FTP but lines, so that it shares no mistake with the prober.
type rawClient struct {
	t    *testing.T
	run  *Running
	conn net.Conn
	in   *bufio.Reader
	own  netip.Addr
}

// stage starts a scenario made of the given sections in memory, inside a
// bubble, and hands the test a function that connects to it.
func stage(t *testing.T, sections string, play func(connect func() *rawClient)) {
	s, err := parse("1-x.txtar", []byte(smallest+sections))
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		run, err := s.StartInMemory()
		if err != nil {
			t.Fatal(err)
		}
		var clients []*rawClient
		play(func() *rawClient {
			server := netip.AddrPortFrom(s.network.servers[0], 21)
			conn, err := run.Network.DialTCP(t.Context(), netip.Addr{}, server, probe.SocketOptions{})
			if err != nil {
				t.Fatal(err)
			}
			c := &rawClient{t: t, run: run, conn: conn, in: bufio.NewReader(conn), own: addrPortOf(conn.LocalAddr()).Addr()}
			clients = append(clients, c)
			return c
		})
		for _, c := range clients {
			c.conn.Close()
		}
		run.Close()
		if n := run.Open(); n != 0 {
			t.Errorf("%d sockets are still open after Close", n)
		}
	})
}

// send sends a line.
func (c *rawClient) send(format string, args ...any) {
	c.t.Helper()
	if _, err := fmt.Fprintf(c.conn, format+"\r\n", args...); err != nil {
		c.t.Errorf("send: %v", err)
	}
}

// expect reads lines until one that ends a reply, which must begin with want,
// and returns it.
func (c *rawClient) expect(want string) string {
	c.t.Helper()
	for {
		text, err := c.in.ReadString('\n')
		if err != nil {
			c.t.Errorf("want %q, got %q and %v", want, text, err)
			return ""
		}
		if len(text) > 3 && text[3] == ' ' && text[0] >= '1' && text[0] <= '5' {
			if !strings.HasPrefix(text, want) {
				c.t.Errorf("got %q, want %q", text, want)
			}
			return text
		}
	}
}

// login logs in.
func (c *rawClient) login() *rawClient {
	c.t.Helper()
	c.expect("220 ")
	c.send("USER anonymous")
	c.expect("331 ")
	c.send("PASS x")
	c.expect("230 ")
	return c
}

// pasv asks for a passive port and connects to it.
func (c *rawClient) pasv() net.Conn {
	c.t.Helper()
	c.send("EPSV")
	reply := c.expect("229 ")
	var port uint16
	if _, err := fmt.Sscanf(reply[strings.Index(reply, "(")+4:], "%d", &port); err != nil {
		c.t.Fatalf("%q: %v", reply, err)
	}
	server := netip.AddrPortFrom(addrPortOf(c.conn.RemoteAddr()).Addr(), port)
	conn, err := c.run.Network.DialTCP(c.t.Context(), c.own, server, probe.SocketOptions{})
	if err != nil {
		c.t.Fatal(err)
	}
	return conn
}

// port announces an address nobody listens on, unless one does.
func (c *rawClient) port(a netip.AddrPort) { c.send("PORT %s", tuple(a)) }

func TestControlConnectionIsFrozenWhileTheServerConnects(t *testing.T) {
	for _, tt := range []struct {
		style string
		wait  time.Duration
		reply string
	}{
		{"vsftpd", 60 * time.Second, "425 Failed to establish connection."},
		{"proftpd", 134 * time.Second, "425 Unable to build data connection: Connection timed out"},
		{"inetutils", 134 * time.Second, "425 Can't build data connection: Connection timed out."},
	} {
		t.Run(tt.style, func(t *testing.T) {
			stage(t, "-- network --\nactive: drop\n-- server --\nstyle: "+tt.style+"\n", func(connect func() *rawClient) {
				c := connect().login()
				c.port(netip.AddrPortFrom(c.own, 5000))
				c.expect("200 ")
				began := time.Now()
				c.send("LIST")
				c.send("NOOP")
				c.expect(tt.reply)
				// The network's own patience ends 3 s before Linux's.
				if waited := time.Since(began); waited < tt.wait-4*time.Second || waited > tt.wait+time.Second {
					t.Errorf("425 came after %v, want about %v", waited, tt.wait)
				}
				c.expect("200 ")
			})
		})
	}
}

func TestServerConnectsBeforeItAnswersPORT(t *testing.T) {
	stage(t, "-- server --\nstyle: pyftpdlib\n", func(connect func() *rawClient) {
		c := connect().login()
		l, err := c.run.Network.ListenTCP(t.Context(), netip.AddrPortFrom(c.own, 0), probe.SocketOptions{})
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		c.port(addrPortOf(l.Addr()))
		conn, err := l.Accept() // before the reply was read, and without LIST
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		c.expect("200 Active data connection established.")
		c.send("LIST")
		c.expect("125 ")
		if b, err := io.ReadAll(conn); err != nil || string(b) != defaultListing {
			t.Errorf("listing %q, %v", b, err)
		}
		c.expect("226 ")
	})
}

func TestABORFreesAServerThatDoesNotBlock(t *testing.T) {
	stage(t, "-- server --\nstyle: pyftpdlib\n", func(connect func() *rawClient) {
		c := connect().login()
		c.send("PASV")
		c.expect("227 ")
		c.send("LIST")
		c.expect("150 ")
		c.send("NOOP")
		c.send("SYST")
		c.send("ABOR")
		c.expect("200 ") // at once
		c.expect("225 ABOR command successful")
		c.expect("215 ") // in its turn
	})
}

// TestEPSVALLIsKept: vsftpd refuses PASV and PORT after it (measured).
func TestEPSVALLIsKept(t *testing.T) {
	stage(t, "-- server --\nstyle: vsftpd\n", func(connect func() *rawClient) {
		c := connect().login()
		c.send("EPSV ALL")
		c.expect("200 ")
		c.send("PASV")
		c.expect("550 ")
		c.port(netip.AddrPortFrom(c.own, 5000))
		c.expect("550 ")
		c.send("EPSV")
		c.expect("229 ")
	})
}

// TestScriptForAWhile: what a server says for a second it says again within
// that second, and not afterwards.
func TestScriptForAWhile(t *testing.T) {
	stage(t, "-- server --\non NOOP for 1s: 450 Busy.\n", func(connect func() *rawClient) {
		c := connect().login()
		time.Sleep(5 * time.Second) // it begins with the first time, not with the session
		for range 2 {
			c.send("NOOP")
			c.expect("450 ")
		}
		time.Sleep(2 * time.Second)
		c.send("NOOP")
		c.expect("200 ")
	})
}

func TestTimerOfAPassivePortGoesOffUnasked(t *testing.T) {
	stage(t, "-- server --\nstyle: pyftpdlib\n", func(connect func() *rawClient) {
		c := connect().login()
		c.send("PASV")
		c.expect("227 ")
		began := time.Now()
		c.expect("421 Passive data channel timed out.")
		if waited := time.Since(began); waited < 29*time.Second || waited > 31*time.Second {
			t.Errorf("421 came after %v, want 30 s", waited)
		}
		c.send("NOOP")
		c.expect("200 ") // the session survives
	})
}

func TestAddressPolicies(t *testing.T) {
	own, behind := "client: 203.0.113.40\n", "client: 192.168.1.50 behind 203.0.113.9\n"
	for _, tt := range []struct{ name, style, client, arg, want string }{
		{"own address", "vsftpd", own, "203,0,113,40,19,136", "200 "},
		{"foreign address", "vsftpd", own, "192,0,2,77,19,136", "500 Illegal PORT command."},
		{"private behind NAT", "vsftpd", behind, "192,168,1,50,19,136", "500 Illegal PORT command."},
		{"both are named", "pure-ftpd", behind, "192,168,1,50,19,136", "500 I won't open a connection to 192.168.1.50 (only to 203.0.113.9)"},
		{"private is replaced", "proftpd", behind, "192,168,1,50,19,136", "200 "},
		{"foreign is not replaced", "proftpd", behind, "192,0,2,77,19,136", "500 Illegal PORT command"},
		{"anything goes", "filezilla", own, "192,0,2,77,19,136", "200 "},
		{"services are protected", "pure-ftpd", own, "203,0,113,40,0,25", "501 Sorry, but I won't connect to ports < 1024"},
		{"five numbers", "vsftpd", own, "203,0,113,40,19", "500 Illegal PORT command."},
		{"octet too large", "proftpd", own, "300,0,113,40,19,136", "501 Illegal PORT command"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			stage(t, "-- network --\n"+tt.client+"-- server --\nstyle: "+tt.style+"\n", func(connect func() *rawClient) {
				c := connect().login()
				c.send("PORT %s", tt.arg)
				c.expect(tt.want)
			})
		})
	}
}

func TestLimitOfConnections(t *testing.T) {
	stage(t, "-- server --\nstyle: vsftpd\nlimit: 1\n", func(connect func() *rawClient) {
		first := connect().login()
		connect().expect("421 There are too many connections")
		first.send("QUIT")
		first.expect("221 ")
		time.Sleep(time.Second)
		connect().login() // the place is free again
	})
	stage(t, "-- server --\nstyle: proftpd\nlimit: 1\n", func(connect func() *rawClient) {
		connect().login()
		second := connect()
		second.expect("220 ")
		second.send("USER anonymous")
		second.expect("331 ")
		second.send("PASS x")
		second.expect("530 Sorry, the maximum number of clients")
	})
}

// TestSessionReuse: a data connection must resume the TLS session of its own
// control connection; neither none nor another one's will do.
func TestSessionReuse(t *testing.T) {
	stage(t, "-- server --\nstyle: vsftpd\ntls: offered reuse\n", func(connect func() *rawClient) {
		secure := func(cache tls.ClientSessionCache) *rawClient {
			c := connect()
			c.expect("220 ")
			c.send("AUTH TLS")
			c.expect("234 ")
			conn := tls.Client(c.conn, &tls.Config{InsecureSkipVerify: true, ServerName: "x", ClientSessionCache: cache})
			c.conn, c.in = conn, bufio.NewReader(conn)
			c.send("USER anonymous")
			c.expect("331 ")
			c.send("PASS x")
			c.expect("230 ")
			c.send("PROT P")
			c.expect("200 ")
			return c
		}
		list := func(c *rawClient, cache tls.ClientSessionCache) (listing string) {
			data := c.pasv()
			defer data.Close()
			c.send("LIST")
			c.expect("150 ")
			b, err := io.ReadAll(tls.Client(data, &tls.Config{InsecureSkipVerify: true, ServerName: "x", ClientSessionCache: cache}))
			if err != nil {
				t.Errorf("data: %v", err)
			}
			return string(b)
		}
		own, other := tls.NewLRUClientSessionCache(4), tls.NewLRUClientSessionCache(4)
		c := secure(own)
		if got := list(c, own); got != defaultListing {
			t.Errorf("with the session resumed: listing %q", got)
		}
		c.expect("226 ")
		if got := list(c, nil); got != "" {
			t.Errorf("without a session: listing %q", got)
		}
		c.expect("522 ")
		secure(other)
		if got := list(c, other); got != "" {
			t.Errorf("with another connection's session: listing %q", got)
		}
		c.expect("522 ")
	})
}

// TestEndlessStreamEndsWithItsClient: the server's goroutine must not outlive
// the connection, which the bubble would notice.
func TestEndlessStreamEndsWithItsClient(t *testing.T) {
	stage(t, "-- server --\ngreeting: endless 220-Welcome\\r\\n\n", func(connect func() *rawClient) {
		c := connect()
		if n, err := io.CopyN(io.Discard, c.in, 1<<20); err != nil {
			t.Errorf("%d bytes, %v", n, err)
		}
	})
}

// TestSwallowingPort: where the system can do it, a port of loopback that
// answers nothing, as if a firewall dropped what is sent to it.
func TestSwallowingPort(t *testing.T) {
	if !canSwallow {
		t.Skip("this system cannot make a port that swallows connections")
	}
	addr, end, err := swallow()
	if err != nil {
		t.Fatal(err)
	}
	defer end()
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	conn, err := probe.System{}.DialTCP(ctx, localhost, addr, probe.SocketOptions{})
	if err == nil {
		conn.Close()
		t.Fatal("the port answered")
	}
	if neterr.Of(err) != neterr.Timeout {
		t.Errorf("the port answered with %v", err)
	}
}

// TestPatience: the scenario's own patience takes the place of the style's.
func TestPatience(t *testing.T) {
	stage(t, "-- server --\nstyle: pyftpdlib\npatience: 3s\n", func(connect func() *rawClient) {
		c := connect().login()
		c.send("EPSV")
		c.expect("229 ")
		asked := time.Now()
		c.expect("421 Passive data channel timed out.")
		if waited := time.Since(asked); waited != 3*time.Second {
			t.Errorf("421 after %v, want 3s", waited)
		}
		c.send("NOOP")
		c.expect("200 ")
	})
}
