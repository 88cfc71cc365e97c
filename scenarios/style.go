package scenarios

import (
	"strings"
	"time"
)

// phrase names a text that every daemon words in its own way.
type phrase uint8

const (
	sayGreeting phrase = iota
	saySyst
	sayStat
	sayUserOK
	sayLoggedIn
	sayNotLoggedIn
	sayUnknown
	sayNoop
	sayCwdOK
	sayNoFolder
	sayOptsOK
	sayPwd
	sayType
	sayHelp
	sayQuit
	sayAborted      // ABOR, and there was a transfer
	sayNothingAbort // ABOR, and there was none

	sayPortOK
	sayEprtOK
	sayPortSyntax
	sayPortForeign // the address in PORT is not the client's
	sayEprtForeign
	sayPortLow // the port in PORT is below 1024
	sayFamily  // EPRT or EPSV for a family the server does not offer
	sayEprtSix // EPRT with an IPv6 address on an IPv4 session
	sayActiveOff
	sayPasvOK
	sayEpsvOK
	sayPassiveOff
	sayPortsBusy // no passive port is free
	sayPasvIPv6  // PASV on an IPv6 connection

	sayOpening
	sayOpened125 // the data connection existed already
	sayComplete
	sayNoData // LIST without PORT or PASV
	sayActiveFailed
	sayActiveTimeout  // where it differs from sayActiveFailed
	sayPassiveTimeout // nobody came to the passive port
	sayForeignPeer    // somebody else came
	sayDataBroken     // the data connection broke

	sayTLSOff
	sayAuthOK
	sayPbszOK
	sayProtOK
	sayReuse   // the data connection did not resume the control connection's TLS session
	sayTooMany // too many connections from this address
)

// style is how a daemon behaves, as far as a client can see it. The zero value
// of a field is the most common behaviour.
type style struct {
	name  string
	texts map[phrase]string // missing: plain's

	replyFirst    bool // 150 goes out before the data connection is there
	dialAtPort    bool // it connects before it answers PORT
	responsive    bool // ABOR and NOOP are answered while a data connection is awaited
	dieOnFailure  bool // it ends the session when its connect fails
	passiveTimer  bool // awaitClient runs from PASV on and ends in a reply nobody asked for
	codePage      bool // names are read in the computer's code page until OPTS UTF8 ON
	limitAtLogin  bool // the limit of connections is told after PASS, not at once
	hangsUp       bool // without a client certificate that it demands it ends the connection, and sends no alert
	keepListening bool // a foreign peer at the passive port is turned away, and the client is still awaited
	addresses     addressPolicy
	absent        absence
	sourcePort    uint16 // of active data connections; 0 is any

	dial        time.Duration // how long it tries to connect to the client
	awaitClient time.Duration // how long it waits for the client at a passive port
	features    []string      // lines of FEAT beside those that depend on the scenario
}

// addressPolicy is what a server does about an address in PORT or EPRT that is
// not the client's.
type addressPolicy uint8

const (
	addressStrict     addressPolicy = iota // refuse it
	addressSubstitute                      // a private one is replaced by the client's, others are refused (ProFTPD)
	addressIgnore                          // always connect to the client (BusyBox)
	addressAny                             // connect wherever it says (FileZilla Server 1.x)
)

// say returns the style's text for the phrase.
func (st *style) say(p phrase) string {
	if text, own := st.texts[p]; own {
		return text
	}
	return plain.texts[p]
}

// fill puts values into a text: {tuple} and the like, given in pairs.
func fill(text string, pairs ...string) string {
	return strings.NewReplacer(pairs...).Replace(text)
}

// styles lists every daemon that a scenario can name.
var styles = []*style{
	plain, vsftpd, proftpd, pureftpd, pyftpdlib, inetutils, filezilla, filezilla09, iis, goftp, busybox, apache,
}

// styleNamed finds a style; nil if there is none of that name.
func styleNamed(name string) *style {
	for _, st := range styles {
		if st.name == name {
			return st
		}
	}
	return nil
}
