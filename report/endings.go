package report

import (
	"slices"

	"ftpdiag/probe"
	"ftpdiag/probe/ftp"
)

// ending is where an attempt stopped, and the word for it.
func (c *story) ending(a *probe.Attempt) (place, string) {
	passive := a.Method.Mode() == probe.Passive
	refused := attemptRefusal(a) != ""
	f, _ := c.findingFor(a.Method.Mode(), a.Method)
	switch {
	case works(a) && fromElsewhere(a):
		return nowhere, wordOtherAddr
	case works(a):
		return nowhere, wordWorks
	case f.Code == probe.PathDenied && a.Reached >= probe.StageConnected:
		return atServer, wordDenied
	case f.Code == probe.PathDenied:
		return unborn, wordDenied
	case passive && a.Method == probe.PASV && wrongAddress(f.Code):
		return atWall, wordWrongAddr
	case a.Stop.Cause == probe.WrongPeer:
		return atClient, wordWrongAddr
	case a.Setup.Reply.Code.Negative():
		return unborn, wordRefused
	case passive && a.Reached < probe.StageOffered && !a.Setup.Reply.Empty():
		return unborn, wordUnreadable
	case a.Final.Reply.Code == aborted || a.Transfer.Reply.Code == aborted:
		return midway, wordCutOff
	case a.Reached < probe.StageConnected && refused && !cannotConnect(a):
		return unborn, refusedList(a)
	case a.Reached >= probe.StageConnected && refused:
		return atServer, refusedList(a)
	case a.Reached >= probe.StageConnected:
		return midway, wordCutOff
	case !passive && f.Code == probe.ActiveLocalFirewall && f.Confidence == probe.ConfidenceCertain:
		return atClient, wordBlocked
	case !passive && f.Code == probe.ActiveServerCannotConnect:
		return unborn, wordError
	case !passive:
		return atWall, wordBlocked
	case a.Reached < probe.StageOffered:
		return atServer, wordNoAnswer
	case a.Stop.Cause == probe.Refused:
		return atServer, wordRefused
	case a.Stop.Cause.Unanswered() && a.Stop.Cause != probe.Timeout:
		return atWall, wordBlocked
	case refused:
		return atServer, wordRefused
	default:
		return atWall, wordNoAnswer
	}
}

// aborted is the reply to a transfer that was cut (RFC 959 section 5.4).
const aborted = 426

// cannotConnect tells whether the server says that it could not open the data
// connection (425, RFC 959 section 5.4): then it stopped on the way, not at the
// server's rules. 421 is what pyftpdlib says when its connection times out.
func cannotConnect(a *probe.Attempt) bool {
	code := a.Transfer.Reply.Code
	if !code.Negative() {
		code = a.Final.Reply.Code
	}
	return code == 425 || code == 421
}

// refusedList is the word for a LIST that was refused while the connection, or
// what prepared it, was fine: whether it is the server's rule or its trouble is
// in the class of the reply (RFC 959 section 4.2.1). 425 is about the connection
// itself.
func refusedList(a *probe.Attempt) string {
	for _, x := range []probe.Exchange{a.Transfer, a.Final} {
		switch code := x.Reply.Code; {
		case !code.Negative():
		case cannotConnect(a):
			return wordRefused
		case code < 500 || ftp.Recognise(x.Reply) == ftp.ServerBroken:
			return wordError
		default:
			return wordDenied
		}
	}
	return wordRefused
}

// fromElsewhere tells whether the data came from another address than the
// server's.
func fromElsewhere(a *probe.Attempt) bool {
	return a.Caller.IsValid() && slices.Contains(a.Strangers, a.Caller)
}

func wrongAddress(code probe.Code) bool {
	return code == probe.PASVAddressPrivate || code == probe.PASVAddressZero || code == probe.PASVAddressWrong
}

// loginRow draws the control connection.
func (c *story) loginRow() row {
	r := row{label: "Login", port: port(c.e.Target.Port)}
	switch {
	case c.loggedIn():
		r.word = wordOK
	case c.greeted():
		r.stop, r.word = c.loginEnding()
	default:
		r.stop, r.word = c.connectEnding()
	}
	return r
}

// loginEnding is where a login stopped after a greeting.
func (c *story) loginEnding() (place, string) {
	switch c.primary().Code {
	case probe.NotFTP:
		return atServer, wordNotFTP
	case probe.TLSHandshakeFailed:
		return c.handshakeEnding()
	case probe.ControlLost:
		return c.lostEnding()
	case probe.TLSBlockedByMiddlebox, probe.ControlIntercepted:
		return midway, wordCutOff
	case probe.Stopped, probe.ToolLimited, 0:
		return untried, wordNotTested
	case probe.TLSCertificate:
		if c.primary().Party == probe.PartyTool { // nobody refused anything
			return untried, wordNotTested
		}
		return atServer, wordRefused
	default:
		return atServer, wordRefused
	}
}

// handshakeEnding is where a TLS handshake stopped: an alert is the other
// side's own word, and what is missing for the server's question as well, while
// a cut may come from anywhere.
func (c *story) handshakeEnding() (place, string) {
	if f := c.primary(); alerted(c, f) || wantsCertificate(c, f) {
		return atServer, wordRefused
	}
	return midway, wordCutOff
}

// lostEnding is where a login stopped that got no reply. The login is what the
// server was busy with, so that nothing speaks for a firewall between.
func (c *story) lostEnding() (place, string) {
	if slowToLogIn(c, c.primary()) {
		return atServer, wordNoAnswer
	}
	return atServer, wordCutOff
}

// connectEnding is where the connection to the control port stopped.
func (c *story) connectEnding() (place, string) {
	switch c.primary().Code {
	case probe.ControlRefused, probe.SessionRefused:
		return atServer, wordRefused
	case probe.ControlUnreachable:
		return atWall, wordBlocked
	case probe.GreetingMissing, probe.PortExpectsTLS:
		return atServer, wordNoAnswer
	case probe.NotFTP:
		return atServer, wordNotFTP
	case probe.TLSHandshakeFailed:
		return c.handshakeEnding()
	case probe.ControlLost:
		return c.lostEnding()
	case probe.TLSBlockedByMiddlebox, probe.ControlIntercepted:
		return midway, wordCutOff
	case probe.TLSCertificate, probe.TLSUnavailable:
		return atServer, wordRefused
	case probe.ControlFiltered, probe.AddressDead:
		return atWall, wordNoAnswer
	default:
		return untried, wordNotTested
	}
}
