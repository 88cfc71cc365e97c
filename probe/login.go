package probe

import (
	"context"
	"net/netip"
	"strings"
	"time"
	"unicode/utf8"

	"ftpdiag/probe/ftp"
)

// courtesy is the head start of the first family's login, less than anybody
// notices.
const courtesy = 5 * time.Millisecond

// giveWay lets the first family go ahead where two are ready at the same moment:
// before the turn is taken, and once more when it is, for the first family goes on
// in that moment. A report then does not depend on who is quicker.
func (c *control) giveWay(ctx context.Context) {
	if c.s.ID == 1 || c.s.Purpose != ForPassive || c.s.Extra {
		return
	}
	select {
	case <-time.After(courtesy):
	case <-ctx.Done():
	}
}

// login logs in with one try, when nobody else does (RFC 959 section 5.4: USER, and PASS after 331).
// A second control connection repeats a login that was accepted; one that was
// refused is never repeated, because servers lock accounts and ban addresses.
// The reply to PASS gets the time of a greeting: PAM, LDAP and SQL behind a
// server take 10 s and more where one of their own servers is dead.
func (c *control) login(ctx context.Context) bool {
	c.giveWay(ctx)
	done, ok := c.x.login.pass(ctx, c.peer())
	if !ok {
		return false
	}
	defer func() { done(c.s) }()
	c.giveWay(ctx)
	if took := c.x.slowLogin(); c.s.Purpose == ForPassive && !c.s.Extra && took > 0 && took > c.x.left() {
		// It would be the same once more, and leave no time for anything.
		c.s.Unexamined = true
		c.x.note(Event{Session: c.s.ID, Step: StepLogin, Direction: Note, Channel: Control,
			Text: "a login takes " + seconds(took) + " here: this address is not examined"})
		return false
	}
	began := time.Now()
	defer func() { c.x.loginTook(time.Since(began)) }()
	limit := c.furtherReply(c.x.plan.Timeouts.Reply)
	user := c.ask(ctx, StepLogin, ftp.Command{Verb: "USER", Arg: c.x.target.User}, limit)
	c.s.Login = append(c.s.Login, user)
	if !user.Stop.Stopped() {
		c.x.replyTook(user.Took)
	}
	code := user.Reply.Code
	if unheardOf(user) && c.usable() {
		c.getSystem(ctx) // a mail server does not know this one either
	}
	if code == 331 {
		limit = max(limit, c.x.plan.Timeouts.Greeting)
		if c.further() {
			limit = c.x.furtherLogin(limit)
		}
		pass := c.ask(ctx, StepLogin, ftp.Command{Verb: "PASS", Arg: string(c.x.target.Password)}, limit)
		c.s.Login = append(c.s.Login, pass)
		code = pass.Reply.Code
	}
	// Any 2yz is success: 230, 202 of servers that need no password, 232.
	c.s.LoggedIn = code.Completion()
	if c.s.LoggedIn {
		c.x.enteredNow() // before the other family looks at the time
	} else {
		c.namedUs()
	}
	if c.s.LoggedIn && (c.dead || c.rd.Buffered() > 0) {
		c.resync(ctx, StepLogin)
	}
	return c.s.LoggedIn
}

// unheardOf tells whether USER was answered as a command that does not exist, or
// does not belong there (503). To FTP servers there is none that is older, to mail
// servers it is nonsense.
func unheardOf(user Exchange) bool {
	switch m := meaning(user.Reply); user.Reply.Code {
	case 500, 502:
		return m == ftp.NotUnderstood
	case 503:
		return m == ftp.Unrecognised
	default:
		return false
	}
}

// featTime is how long the reply to FEAT may take. Some servers never answer a command
// that they do not know; the check then still ends in time. What comes later is known
// for what it is.
const featTime = 10 * time.Second

// getFeatures asks what the server can do (RFC 2389).
func (c *control) getFeatures(ctx context.Context) {
	c.s.Feat = c.ask(ctx, StepLogin, ftp.Command{Verb: "FEAT"}, min(featTime, c.x.plan.Timeouts.Reply))
	c.takeFeatures(c.s.Feat.Reply)
}

// takeFeatures reads what the server can do out of its reply to FEAT.
func (c *control) takeFeatures(r ftp.Reply) {
	c.s.Features = ftp.ParseFEAT(r)
	for i, f := range c.s.Features {
		c.s.Features[i] = ftp.CleanLimit(f, shownRunes)
	}
}

// getSystem asks SYST (RFC 959 section 4.1.3): server software, and a row of
// X where a Cisco ASA masks the reply.
func (c *control) getSystem(ctx context.Context) {
	c.s.Syst = c.ask(ctx, StepLogin, ftp.Command{Verb: "SYST"}, c.x.plan.Timeouts.Reply)
}

// namedUs takes our address out of the last reply, a refusal that may name it.
func (c *control) namedUs() {
	if a, ok := ftp.SeenAddress(c.raw); ok {
		c.s.SeenAs = a
	}
}

// getStatus asks STAT without an argument: vsftpd, ProFTPD, inetutils and Apache
// FtpServer name the client's address as they see it. Pure-FTPd does so of a data
// connection. own are addresses that are known to be the server's.
func (c *control) getStatus(ctx context.Context, own []netip.Addr) {
	c.s.Stat = c.ask(ctx, StepFollowUp, ftp.Command{Verb: "STAT"}, c.x.plan.Timeouts.Reply)
	if a, ok := ftp.SeenAddress(c.raw, own...); ok && c.s.Stat.Reply.Code != 0 {
		c.s.SeenAs = a
	}
	if !c.s.SeenAs.IsValid() && c.usable() && ftp.HasFeature(c.s.Features, "ESTP") {
		c.getPeer(ctx)
	}
}

// getPeer opens a passive data connection and asks Pure-FTPd what its far end is
// (ESTP). The connection carries nothing: Pure-FTPd opens another for a transfer. Its
// "Connected to" is English in every build, while the refusal of a PORT, which names
// the address as well, is in the language that the server was built with (messages_*.h).
//
// ESTA, which goes with it, is not asked. It calls the client as LIST does after PORT,
// and then names the server's own end of that connection (ftpd.c, doesta): before any
// NAT at the server's side, and only if the call came through. Then its far end is seen
// here already, and if not, ESTA waits as long as LIST would. SeenAddress would take its
// "Connected from" for the client.
func (c *control) getPeer(ctx context.Context) {
	if x := c.ask(ctx, StepFollowUp, ftp.EPSV(), c.x.plan.Timeouts.Reply); !x.Reply.Code.Completion() {
		return
	}
	offer, err := ftp.ParsePassive(c.raw)
	if err != nil {
		return
	}
	limited, cancel := context.WithTimeout(ctx, briefDial)
	defer cancel()
	conn, err := c.x.net.DialTCP(limited, c.local(), netip.AddrPortFrom(c.peer().Addr(), offer.Port), SocketOptions{})
	if err != nil {
		return
	}
	defer func() { _ = conn.Close() }()
	c.s.Peer = c.ask(ctx, StepFollowUp, ftp.Command{Verb: "ESTP"}, c.x.plan.Timeouts.Reply)
	if a, ok := ftp.SeenAddress(c.raw); ok && c.s.Peer.Reply.Code.Completion() {
		c.s.SeenAs = a
	}
}

// enterFolder changes to the wanted folder. It comes before any data
// connection, so that a refusal is known for what it is: a permission.
func (c *control) enterFolder(ctx context.Context, features []string) {
	if c.x.target.Path == "" {
		return
	}
	if !ascii(c.x.target.Path) && ftp.HasFeature(features, "UTF8") {
		c.askForUTF8(ctx)
	}
	c.s.Folder = c.ask(ctx, StepLogin, ftp.Command{Verb: "CWD", Arg: c.x.target.Path}, c.x.plan.Timeouts.Reply)
}

// askForUTF8 asks for names in UTF-8, in which they are sent here. IIS lists UTF8 and
// reads names in the computer's code page until it is told; for other servers that list
// it the list is enough (RFC 2640 section 3), and some do not know the command.
func (c *control) askForUTF8(ctx context.Context) {
	c.s.UTF8 = c.ask(ctx, StepLogin, ftp.Command{Verb: "OPTS", Arg: "UTF8 ON"}, min(aliveTime, c.x.plan.Timeouts.Reply))
}

// ascii tells whether a text is the same bytes in UTF-8 and in the code pages of
// servers.
func ascii(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// resync reads replies that nobody waited for, such as the second final reply
// of a BusyBox server, so that the next command gets its own reply.
func (c *control) resync(ctx context.Context, step Step) {
	for i := 0; i < 8 && !c.dead && c.rd.Buffered() > 0; i++ {
		c.receive(ctx, step, c.x.plan.Timeouts.Reply)
	}
}

// meaning is what a reply's text says, where the text is one we know.
func meaning(r ftp.Reply) ftp.Meaning { return ftp.Recognise(r) }

// refusedForLimit tells whether a reply to a further connection or to its
// login means that too many are open: then it was our own doing.
func refusedForLimit(r ftp.Reply) bool {
	switch meaning(r) {
	case ftp.LimitPerAddress, ftp.LimitTotal, ftp.LimitPerUser:
		return true
	default: // every other text leaves it to the code
	}
	return r.Code == 421 || strings.HasPrefix(r.Text(), "Too many")
}
