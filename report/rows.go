package report

import (
	"cmp"
	"slices"

	"ftpdiag/probe"
)

// place is where a connection stopped, no more precisely than the evidence
// allows. Zero: it did not.
type place uint8

const (
	nowhere  place = iota // it got through
	atClient              // this computer
	atWall                // somewhere between
	midway                // it opened, then stopped
	atServer              // an error reply, or a refused connection
	unborn                // the server refused the command: no connection was opened
	untried               // was not tested
)

// row is one connection of the picture.
type row struct {
	label string
	back  bool // the server connects to this computer
	stop  place
	port  string
	word  string // the result, at most 10 letters
	skip  bool   // not tested: neither good nor bad
}

// good tells whether the connection works.
func (r row) good() bool { return r.stop == nowhere }

// mark is what the row comes to.
func (r row) mark() Mark {
	switch {
	case r.skip || r.word == wordNotTested:
		return MarkNone
	case !r.good():
		return MarkBad
	case r.word == wordSometimes:
		return MarkCaution
	default:
		return MarkGood
	}
}

// The result words, a closed list.
const (
	wordOK         = "OK"
	wordWorks      = "WORKS"
	wordSometimes  = "SOMETIMES"
	wordBlocked    = "BLOCKED"   // nothing arrived, or an ICMP answer said that nothing will
	wordNoAnswer   = "NO ANSWER" // silence
	wordRefused    = "REFUSED"   // a reset, or an error reply to the login or to what prepares a connection
	wordWrongAddr  = "WRONG ADDR"
	wordCutOff     = "CUT OFF"    // opened, then stopped
	wordDenied     = "DENIED"     // LIST was refused for good (5yz): a permission, a rule
	wordError      = "ERROR"      // LIST was refused for the moment (4yz), or the server broke down
	wordOtherAddr  = "OTHER ADDR" // it works, but from another address than the server's
	wordNotFTP     = "NOT FTP"
	wordUnreadable = "UNREADABLE" // an answer that is none
	wordNotTested  = "NOT TESTED"
)

// rows lists the connections to draw: login, passive, active. A mode has one
// row per method where they differ, and one per protection where TLS makes a
// difference.
func (c *story) rows() []row {
	rows := []row{c.loginRow()}
	for _, m := range []probe.Mode{probe.Passive, probe.Active} {
		clear, tls, differ := c.byProtection(m)
		if differ {
			rows = append(rows, c.modeRows(m, clear, modeName(m))...)
			rows = append(rows, c.modeRows(m, tls, modeName(m)+" TLS")...)
			continue
		}
		rows = append(rows, c.modeRows(m, c.all, modeName(m))...)
	}
	return rows
}

// byProtection splits the attempts with a mode, and tells whether the mode
// works in one protection and fails in the other.
func (c *story) byProtection(m probe.Mode) (clear, tls []*probe.Attempt, differ bool) {
	works, proper := [2]bool{}, [2]bool{}
	for _, a := range c.all {
		i := 0
		if a.Protection.Encrypted() {
			i = 1
			tls = append(tls, a)
		} else {
			clear = append(clear, a)
		}
		if a.Method.Mode() == m && a.Proper() {
			proper[i] = true
			works[i] = works[i] || a.Delivered()
		}
	}
	return clear, tls, proper[0] && proper[1] && works[0] != works[1]
}

// modeRows draws a mode from some of the attempts.
func (c *story) modeRows(m probe.Mode, attempts []*probe.Attempt, label string) []row {
	var worked, failed []*probe.Attempt
	for _, method := range methodsOf(m) {
		a := standsFor(attempts, method)
		switch {
		case a == nil:
		case works(a):
			worked = append(worked, a)
		default:
			failed = append(failed, a)
		}
	}
	switch {
	case len(worked)+len(failed) == 0:
		return []row{{label: label, back: m == probe.Active, stop: untried, word: wordNotTested, skip: true}}
	case len(worked) == 0 && c.sameEnding(failed):
		return []row{c.attemptRow(failed[0], label)}
	case len(failed) == 0:
		r := c.attemptRow(worked[0], label)
		if r.word == wordWorks && c.mode(m).Status == probe.Unreliable {
			r.word = wordSometimes
		}
		return []row{r}
	}
	suffix := ""
	if label != modeName(m) {
		suffix = " TLS"
	}
	var rows []row
	for _, method := range methodsOf(m) {
		for _, a := range slices.Concat(worked, failed) {
			if a.Method == method {
				rows = append(rows, c.attemptRow(a, verbs([]probe.Method{method})[0]+suffix))
			}
		}
	}
	return rows
}

// sameEnding tells whether attempts look alike in the picture.
func (c *story) sameEnding(attempts []*probe.Attempt) bool {
	at, word := c.ending(attempts[0])
	for _, a := range attempts[1:] {
		if otherAt, otherWord := c.ending(a); otherAt != at || otherWord != word {
			return false
		}
	}
	return true
}

// works tells whether an attempt shows that its method works as it is.
func works(a *probe.Attempt) bool { return a.Delivered() && a.Variant != probe.ControlAddress }

// standsFor picks the attempt to draw for a method: one that works as it is,
// else the plain one; nil if the method was not properly tried.
func standsFor(attempts []*probe.Attempt, method probe.Method) *probe.Attempt {
	var best *probe.Attempt
	for _, a := range attempts {
		if a.Method != method || !a.Proper() {
			continue
		}
		if best == nil || works(a) && !works(best) || !works(best) && best.Variant != probe.Plain && a.Variant == probe.Plain {
			best = a
		}
	}
	return best
}

// attemptRow draws one attempt.
func (c *story) attemptRow(a *probe.Attempt, label string) row {
	r := row{label: label, back: a.Method.Mode() == probe.Active, port: port(dataPort(a))}
	if r.back {
		r.port = port(cmp.Or(a.Caller.Port(), c.usualDataPort()))
	}
	r.stop, r.word = c.ending(a)
	return r
}

// usualDataPort is the port that a server connects from: one below its control
// port (RFC 959 section 3.2). It is drawn only where the control port is the
// usual one; elsewhere nobody knows. 0: not known.
func (c *story) usualDataPort() uint16 {
	if c.e.Target.Port == 21 {
		return 20
	}
	return 0
}
