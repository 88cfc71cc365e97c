package scenarios

import (
	"bufio"
	"crypto/tls"
	"errors"
	"net"
	"net/netip"
	"strings"
	"time"

	"ftpdiag/probe"
)

// session is one control connection of a server, served by one goroutine:
// while it waits for a data connection nothing else is read, as in vsftpd,
// ProFTPD, Pure-FTPd and inetutils (measured: commands sent meanwhile are
// answered afterwards).
type session struct {
	srv   *server
	style *style
	raw   net.Conn // the TCP connection
	conn  net.Conn // raw, or TLS over it
	in    *bufio.Reader
	lines chan line // what the reader goroutine has read
	asked bool      // the reader goroutine is at work, or its line not taken yet

	always string   // reply to every command from now on; empty: none
	queued []string // commands that came while a data connection was awaited

	peer, own netip.AddrPort // as the server sees them
	user      string
	loggedIn  bool
	crowded   bool // there are more connections from this address than allowed
	tls       *tls.Config
	protected bool // PROT P
	utf8      bool // OPTS UTF8 ON came
	mute      bool // what is said now goes nowhere
	folder    string
	epsvAll   bool
	announced bool         // PRET came since the last transfer
	data      *dataChannel // what PORT or PASV prepared; nil: nothing
	idle      []net.Conn   // data connections that were opened for a question, and carry nothing
}

// line is one command line, or why there is none.
type line struct {
	text string
	err  error
}

// errEnded means that the session is over: whoever gets it returns.
var errEnded = errors.New("session ended")

// maxCommand bounds a command line, as daemons do (vsftpd 4096, ProFTPD 1023).
const maxCommand = 4096

func newSession(srv *server, conn net.Conn) *session {
	return &session{
		srv: srv, style: srv.spec.style, raw: conn, conn: conn,
		in: bufio.NewReaderSize(conn, maxCommand), lines: make(chan line, 1),
		peer: addrPortOf(conn.RemoteAddr()), own: addrPortOf(conn.LocalAddr()), folder: "/",
	}
}

// addrPortOf reads the address of a TCP connection; IPv4 in its own form.
func addrPortOf(a net.Addr) netip.AddrPort {
	ap, _ := netip.ParseAddrPort(a.String())
	return netip.AddrPortFrom(ap.Addr().Unmap(), ap.Port())
}

// run serves the control connection to its end.
func (s *session) run() {
	n := s.srv.enter(s.peer.Addr())
	defer s.srv.leave(s.peer.Addr())
	defer s.dropIdle()
	defer s.discard()
	defer func() { s.conn.Close() }()
	s.crowded = s.srv.spec.limit > 0 && n > s.srv.spec.limit

	if s.srv.spec.tls.implicit && s.startTLS() != nil {
		return
	}
	if s.greet() != nil {
		return
	}
	for {
		text, err := s.next()
		if err != nil || s.obey(text) != nil {
			return
		}
	}
}

// greet says what a client hears first.
func (s *session) greet() error {
	if s.crowded && !s.style.limitAtLogin {
		return s.farewell(sayTooMany)
	}
	return s.play(s.srv.spec.greeting, func() error { return s.say(sayGreeting) })
}

// next waits for a command line. Meanwhile the timer of a passive port may go
// off and send a reply that nobody asked for (pyftpdlib, 30 s after PASV).
func (s *session) next() (string, error) {
	if len(s.queued) > 0 {
		text := s.queued[0]
		s.queued = s.queued[1:]
		return text, nil
	}
	s.ask()
	var expired <-chan time.Time
	if s.data != nil && s.data.expiry != nil {
		expired = s.data.expiry.C
	}
	for {
		select {
		case l := <-s.lines:
			s.asked = false
			return l.text, l.err
		case <-expired:
			expired = nil
			s.discard()
			if err := s.say(sayPassiveTimeout); err != nil {
				return "", err
			}
		}
	}
}

// ask makes the reader goroutine read one line, unless it does so already. It
// reads only when asked, so that nothing is taken from a connection that is
// about to become a TLS connection.
func (s *session) ask() {
	if s.asked {
		return
	}
	s.asked = true
	s.srv.tasks.Go(func() {
		b, err := s.in.ReadSlice('\n')
		s.lines <- line{strings.TrimRight(string(b), "\r\n"), err}
	})
}

// telnetLowest is the lowest of the Telnet commands (RFC 854: SE is 240). No
// command of FTP begins with a byte above it.
const telnetLowest = 240

// obey carries out one command. An error ends the session.
func (s *session) obey(text string) error {
	// Telnet's interrupt and synch may precede ABOR (RFC 959 section 4.1.3).
	for text != "" && text[0] >= telnetLowest {
		text = text[1:]
	}
	verb, arg, _ := strings.Cut(text, " ")
	verb = strings.ToUpper(verb)
	if s.always != "" {
		return s.send(s.always + "\r\n")
	}
	if play, cued := s.srv.cued(verb, s.fits); cued {
		if (verb == "USER" || verb == "PASS") && play.welcomes() {
			s.loggedIn = true
		}
		return s.play(play, func() error { return s.usual(verb, arg) })
	}
	return s.usual(verb, arg)
}

// fits tells whether the conditions of a cue hold now.
func (s *session) fits(w moment) bool {
	_, secured := s.conn.(*tls.Conn)
	mode := probe.Mode(0)
	if s.data != nil {
		mode = s.data.mode
	}
	return (w.mode == 0 || w.mode == mode) &&
		(!w.tls || secured) && (!w.clear || !secured) &&
		(!w.in || s.loggedIn) && (!w.out || !s.loggedIn) && (!w.unannounced || !s.announced) && (!w.also || s.own.Port() == s.srv.spec.also)
}

// say sends the style's text for the phrase. The pairs add values to those that
// every text may use.
func (s *session) say(p phrase, pairs ...string) error {
	return s.send(fill(s.style.say(p), append(pairs, s.values()...)...) + "\r\n")
}

// farewell says the phrase and ends the session.
func (s *session) farewell(p phrase) error {
	if err := s.say(p); err != nil {
		return err
	}
	return errEnded
}

// values are what the placeholders in a text stand for at any time.
func (s *session) values() []string {
	v := []string{"{client}", s.peer.Addr().String(), "{server}", s.own.Addr().String(), "{user}", s.user, "{path}", s.folder}
	if s.data != nil {
		v = append(v, s.data.values()...)
	}
	return v
}

// send writes to the control connection.
func (s *session) send(text string) error {
	if s.mute {
		return nil
	}
	if _, err := s.conn.Write([]byte(text)); err != nil {
		return errEnded
	}
	return nil
}
