package probe_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"ftpdiag/probe"
	"ftpdiag/probe/ftp"
	"ftpdiag/scenarios"
	"ftpdiag/scenarios/simnet"
)

// counting is a Network that counts the control connections open at a time.
type counting struct {
	probe.Network
	port uint16

	mu        sync.Mutex
	now, most int
}

type countedConn struct {
	net.Conn
	once func()
}

func (c *countedConn) Close() error { c.once(); return c.Conn.Close() }

func (n *counting) DialTCP(ctx context.Context, local netip.Addr, remote netip.AddrPort, opt probe.SocketOptions) (net.Conn, error) {
	conn, err := n.Network.DialTCP(ctx, local, remote, opt)
	if err != nil || remote.Port() != n.port {
		return conn, err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.now++
	n.most = max(n.most, n.now)
	return &countedConn{conn, sync.OnceFunc(func() {
		n.mu.Lock()
		defer n.mu.Unlock()
		n.now--
	})}, nil
}

// TestFewConnections: never more than four control connections at a time, and
// one where the person asked for it; and not more than one failed login.
func TestFewConnections(t *testing.T) {
	for _, s := range scenarios.All() {
		for _, serial := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/serial=%v", s.Name, serial), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					run, err := s.StartInMemory()
					if err != nil {
						t.Fatal(err)
					}
					defer run.Close()
					n := &counting{Network: run.Network, port: run.Target.Port}
					run.Plan.Serial = serial
					p := probe.Prober{Network: n, Plan: run.Plan}
					e := p.Run(context.Background(), run.Target)
					limit := 4
					if serial && e.Resolution.Literal && !e.Sessions[0].SpeaksTLS {
						limit = 1
					}
					if n.most > limit {
						t.Errorf("%d control connections at a time", n.most)
					}
					if n.now != 0 {
						t.Errorf("%d control connections left open", n.now)
					}
					refused, in := 0, false
					for _, s := range e.Sessions {
						in = in || s.LoggedIn
						// Who was let in before is one too many; who never was has given a password in vain.
						if n := len(s.Login); n > 1 && !s.LoggedIn && s.Login[n-1].Stop.Cause != probe.Canceled && !(in && oneTooMany(s.Login[n-1].Reply)) && !demandsTLS(s.Login[n-1].Reply) {
							refused++
						}
					}
					if refused > 1 {
						t.Errorf("%d logins failed", refused)
					}
				})
			})
		}
	}
}

// oneTooMany tells whether a login was refused for a limit, not for its password.
func oneTooMany(r ftp.Reply) bool {
	switch ftp.Recognise(r) {
	case ftp.LimitPerAddress, ftp.LimitPerUser, ftp.LimitTotal:
		return true
	default:
		return r.Code == 421
	}
}

// demandsTLS tells whether a login was refused for being in clear.
func demandsTLS(r ftp.Reply) bool { return ftp.Recognise(r) == ftp.TLSRequired || r.Code == 534 }

// TestPasswordStaysHere: a server that repeats the password in its replies
// does not get it into the record, the events or the saved file, whatever else
// is in the line.
func TestPasswordStaysHere(t *testing.T) {
	for _, canary := range []string{"c4n4ry-Passw0rd", "c4n4ry-Pässwörd"} {
		t.Run(canary, func(t *testing.T) { testPasswordStaysHere(t, canary) })
	}
}

func testPasswordStaysHere(t *testing.T, canary string) {
	latin1 := make([]rune, len(canary)) // as who takes its bytes for Latin-1 reads it
	for i := range len(canary) {
		latin1[i] = rune(canary[i])
	}
	synctest.Test(t, func(t *testing.T) {
		network := simnet.New()
		defer network.Close()
		server := network.Host("server", netip.MustParseAddr("198.51.100.20"))
		client := network.Host("client", netip.MustParseAddr("203.0.113.40"))
		ln, err := server.ListenTCP(t.Context(), netip.MustParseAddrPort("198.51.100.20:21"), probe.SocketOptions{})
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			for {
				conn, err := ln.Accept()
				if err != nil {
					return
				}
				go parrot(conn)
			}
		}()
		var seen strings.Builder
		p := probe.Prober{Network: client, Observe: func(ev probe.Event) { fmt.Fprintln(&seen, ev) }}
		e := p.Run(t.Context(), probe.Target{Host: "198.51.100.20", Port: 21, User: "maria", Password: probe.Secret(canary), TLS: probe.TLSOff})
		_ = ln.Close()
		var file bytes.Buffer
		if err := e.Save(&file); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&seen, "%v %+v %#v %s", e.Target, e.Target, e.Target, file.String())
		for i := range e.Sessions {
			for _, x := range e.Sessions[i].Login {
				fmt.Fprintf(&seen, "%s %q", x.Reply, x.Reply.Raw)
			}
		}
		if strings.Contains(seen.String(), canary) || strings.Contains(seen.String(), string(latin1)) {
			t.Error("the password shows")
		}
		if !strings.Contains(seen.String(), "********") {
			t.Error("nothing shows that a password was sent")
		}
	})
}

// TestAccountCalledFTP: a name that is usually the public login's, with a password of
// a person's own, is an account. Nothing is said in clear, and the password shows
// nowhere.
func TestAccountCalledFTP(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		run := starting(t, "account-called-ftp")
		defer run.Close()
		run.Plan.Insecure = true // so that the server gets the password, and repeats it
		var seen strings.Builder
		p := probe.Prober{Network: run.Network, Plan: run.Plan, Observe: func(ev probe.Event) { fmt.Fprintln(&seen, ev) }}
		e := p.Run(t.Context(), run.Target)
		if s := e.Sessions[0]; len(s.Login) != 2 || !s.Protection.Encrypted() || s.Auth.Events[0] > s.Login[0].Events[0] {
			t.Errorf("AUTH %v, login %v", s.Auth.Events, s.Login)
		}
		if err := e.Save(&seen); err != nil {
			t.Fatal(err)
		}
		for _, s := range e.Sessions {
			for _, x := range s.Login {
				fmt.Fprintf(&seen, "%s %q", x.Reply, x.Reply.Raw)
			}
		}
		if strings.Contains(seen.String(), string(run.Target.Password)) {
			t.Error("the password shows")
		}
		var file bytes.Buffer
		if err := e.Save(&file); err != nil {
			t.Fatal(err)
		}
		if back, err := probe.ReadExamination(&file); err != nil || back.Target.Anonymous() {
			t.Errorf("read back, it is the public login (%v)", err)
		}
	})
}

// TestPublicLogin: what makes a login the public one.
func TestPublicLogin(t *testing.T) {
	for _, c := range []struct {
		user     string
		password probe.Secret
		public   bool
	}{
		{"anonymous", "", true},
		{"anonymous", probe.PublicPassword, true},
		{"ftp", probe.PublicPassword, true},
		{"ftp", "", true}, // also what an old saved result says
		{"anonymous", "guest", true},
		{"anonymous", "anonymous", true},
		{"anonymous", "none", true},
		{"ftp", "ftp", true},
		{"anonymous", "me@example.org", true},
		{"anonymous", "mozilla@", true},
		{"anonymous", "S3cret", false},
		{"anonymous", "p@ss w@rd", false},
		{"ftp", "S3cret", false},
		{"ftp", "me@example.org", false},
		{"maria", "", false},
		{"maria", probe.PublicPassword, false},
	} {
		if got := (probe.Target{User: c.user, Password: c.password}).Anonymous(); got != c.public {
			t.Errorf("%s with %q: public %v", c.user, string(c.password), got)
		}
	}
	old, err := probe.ReadExamination(strings.NewReader(`{"schema": 1, "target": {"input": "h", "host": "h", "port": 21, "user": "ftp", "path": "", "tls": "auto"}}`))
	if err != nil || !old.Target.Anonymous() {
		t.Errorf("an old saved result: %v, %+v", err, old)
	}
}

// parrot is a server that repeats whatever it is told.
func parrot(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	_, _ = fmt.Fprint(conn, "220 parrot\r\n")
	lines := bufio.NewScanner(conn)
	for lines.Scan() {
		code := 530
		if strings.HasPrefix(lines.Text(), "USER") {
			code = 331
		}
		_, _ = fmt.Fprintf(conn, "%d-you said\r\n %s\r\n \xff%s\r\n%d %s\r\n", code, lines.Text(), lines.Text(), code, lines.Text())
	}
}
