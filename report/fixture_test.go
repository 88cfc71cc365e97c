package report

import (
	"fmt"
	"net/netip"
	"strings"
	"time"

	"ftpdiag/probe"
	"ftpdiag/probe/ftp"
)

// canary is the password of every fixture with a login; it must not appear in
// any output.
const canary = "canary-Xa9-secret"

// fixture is one written examination with the findings given for it.
type fixture struct {
	name     string
	exam     *probe.Examination
	findings []probe.Finding
	verdict  VerdictID
	exit     int
}

func (f fixture) report() *Report { return build(f.exam, f.findings) }

// maker writes an examination step by step.
type maker struct {
	e       *probe.Examination
	session *probe.Session
	local   netip.Addr
	remote  netip.Addr
}

const (
	public  = "203.0.113.40"
	private = "192.168.1.50"
	server  = "198.51.100.20"
)

// start begins an examination of ftp.example.com from a local address.
func start(local string, took time.Duration) *maker {
	m := &maker{local: netip.MustParseAddr(local), remote: netip.MustParseAddr(server)}
	m.e = &probe.Examination{
		Schema: probe.SchemaVersion, ToolVersion: "1.0.0", OS: "linux", Arch: "amd64",
		Started: time.Date(2026, 5, 4, 7, 12, 31, 204_000_000, time.UTC), Took: took,
		Target:     probe.Target{Input: "ftp.example.com", Host: "ftp.example.com", Port: 21, User: "anonymous"},
		Resolution: probe.Resolution{Addresses: []netip.Addr{m.remote}, Resolver: "system", Took: 12 * time.Millisecond},
	}
	m.note(probe.Note, probe.DNS, "looked up ftp.example.com: "+server)
	return m
}

func (m *maker) note(d probe.Direction, ch probe.Channel, text string) int {
	ev := probe.Event{N: len(m.e.Events) + 1, At: time.Duration(len(m.e.Events)) * 25 * time.Millisecond, Direction: d, Channel: ch, Text: text}
	if m.session != nil {
		ev.Session = m.session.ID
	}
	if d == probe.Receive {
		_, _ = fmt.Sscanf(text, "%d", &ev.Code) // a line without a code leaves zero
	}
	m.e.Events = append(m.e.Events, ev)
	return ev.N
}

// reply makes a reply of one line.
func reply(line string) ftp.Reply {
	r := ftp.Reply{Raw: []byte(line + "\r\n")}
	code, text := 0, line
	if n, _ := fmt.Sscanf(line, "%3d", &code); n == 1 && len(line) > 3 {
		text = line[4:]
	}
	r.Code, r.Lines = ftp.Code(code), []string{text}
	return r
}

func (m *maker) exchange(command, answer string) probe.Exchange {
	x := probe.Exchange{Command: command, Took: 24 * time.Millisecond}
	if command != "" {
		x.Events = append(x.Events, m.note(probe.Send, probe.Control, command))
	}
	if answer != "" {
		x.Reply = reply(answer)
		x.Events = append(x.Events, m.note(probe.Receive, probe.Control, answer))
	}
	return x
}

// connect opens a control connection without a greeting.
func (m *maker) connect(p probe.Protection) *maker {
	remote := netip.AddrPortFrom(m.remote, m.e.Target.Port)
	local := netip.AddrPortFrom(m.local, uint16(40000+len(m.e.Sessions)))
	k := probe.Connect{Remote: remote, Local: local, Took: 23 * time.Millisecond}
	k.Events = []int{m.note(probe.Send, probe.Control, "connect "+remote.Addr().String())}
	if len(m.e.Connects) == 0 {
		m.e.Connects = append(m.e.Connects, k)
	}
	m.e.Sessions = append(m.e.Sessions, probe.Session{ID: len(m.e.Sessions) + 1, Purpose: probe.ForPassive, Remote: remote, Local: local, Protection: p, Connect: k})
	m.session = &m.e.Sessions[len(m.e.Sessions)-1]
	return m
}

// greet opens a control connection up to the greeting.
func (m *maker) greet(p probe.Protection, greeting string) *maker {
	m.connect(p)
	m.session.Greeting = m.exchange("", greeting)
	m.session.Greeting.Took = 24 * time.Millisecond
	return m
}

// login goes on to the end of the login.
func (m *maker) login(p probe.Protection) *maker {
	m.greet(p, "220 (vsFTPd 3.0.5)")
	m.session.Login = []probe.Exchange{
		m.exchange("USER "+m.e.Target.User, "331 Please specify the password."),
		m.exchange("PASS ********", "230 Login successful."),
	}
	m.session.LoggedIn = true
	return m
}

// user makes the login a personal one.
func (m *maker) user(name string) *maker {
	m.e.Target.User, m.e.Target.Password = name, canary
	return m
}

// passive adds a passive attempt that names an address and a port.
func (m *maker) passive(method probe.Method, addr string, port uint16) *probe.Attempt {
	a := m.attempt(method)
	if method == probe.PASV {
		ap := netip.AddrPortFrom(netip.MustParseAddr(addr), port)
		a.Setup = m.exchange("PASV", "227 "+ftp.FormatPASV(ap))
		a.Offer = ftp.Endpoint{Addr: ap.Addr(), Port: port}
	} else {
		a.Setup = m.exchange("EPSV", "229 "+ftp.FormatEPSV(port))
		a.Offer = ftp.Endpoint{Port: port}
	}
	a.Reached = probe.StageConnecting
	a.Dialled = netip.AddrPortFrom(netip.MustParseAddr(addr), port)
	a.Events = append(a.Events, a.Setup.Events...)
	return a
}

// active adds an active attempt that the server accepted.
func (m *maker) active(method probe.Method, port uint16) *probe.Attempt {
	a := m.attempt(method)
	a.Announced = netip.AddrPortFrom(m.local, port)
	a.Listening = true
	command := ftp.EPRT(a.Announced)
	if method == probe.PORT {
		command = ftp.PORT(a.Announced)
	}
	a.Setup = m.exchange(command.String(), "200 "+command.Verb+" command successful. Consider using EPSV.")
	a.Reached = probe.StageConnecting
	a.Events = append(a.Events, a.Setup.Events...)
	return a
}

var allMethods = []probe.Method{probe.EPSV, probe.PASV, probe.EPRT, probe.PORT}

// offered adds an attempt whose command the server accepted.
func (m *maker) offered(method probe.Method) *probe.Attempt {
	if method.Mode() == probe.Active {
		return m.active(method, 51040+uint16(method))
	}
	return m.passive(method, server, 50112+uint16(method))
}

// attempt adds an attempt of which nothing is known yet.
func (m *maker) attempt(method probe.Method) *probe.Attempt {
	m.session.Attempts = append(m.session.Attempts, probe.Attempt{Method: method, Session: m.session.ID, Protection: m.session.Protection})
	return &m.session.Attempts[len(m.session.Attempts)-1]
}

// delivers lets an attempt end well, with 14 entries.
func (m *maker) delivers(a *probe.Attempt, took time.Duration) *maker {
	a.Transfer = m.exchange("LIST", "150 Here comes the directory listing.")
	answered := m.e.Events[len(m.e.Events)-1].At
	a.Final = m.exchange("", "226 Directory send OK.")
	a.Reached, a.EOF, a.Bytes, a.Entries, a.Opened, a.Took = probe.StageDone, true, 912, 14, 23*time.Millisecond, took
	if a.Method.Mode() == probe.Active {
		a.Caller = netip.AddrPortFrom(m.remote, 20)
		a.Calls = []probe.Call{{From: a.Caller, At: answered - time.Millisecond, Called: probe.BeforeListReply}}
	}
	return m
}

// silent lets an attempt end in 8 s of silence, with a late reply if there was
// one.
func (m *maker) silent(a *probe.Attempt, late string) *maker {
	a.Stop, a.Waited, a.Took = probe.Stop{Cause: probe.Timeout, Text: "i/o timeout"}, 8*time.Second, 8*time.Second
	a.Events = append(a.Events, m.note(probe.Note, probe.Data, "nothing arrived in 8.0 s"))
	if a.Method.Mode() == probe.Active {
		a.Transfer = m.exchange("LIST", late)
	}
	return m
}

// finding makes a finding with a code's usual values, certain, with the last
// event as its evidence.
func (m *maker) finding(code probe.Code, s probe.Severity, p probe.Party, mode probe.Mode, methods ...probe.Method) probe.Finding {
	return probe.Finding{Code: code, Severity: s, Confidence: probe.ConfidenceCertain, Party: p, Mode: mode, Methods: methods, Evidence: []int{len(m.e.Events)}}
}

const (
	info    = probe.SeverityInfo
	warning = probe.SeverityWarning
	severe  = probe.SeverityError
)

// fixtures are the six situations of the design and more.
func fixtures() []fixture {
	return append(modeFixtures(), earlyFixtures()...)
}

// hostile is a greeting that tries to take over the terminal.
var hostile = "220 \x1b[2J\x1b]0;owned\x07[ EITHER MODE WORKS ]\r\u202e " + strings.Repeat("A", 150)
