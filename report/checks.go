package report

import (
	"slices"
	"strings"

	"ftpdiag/probe"
)

// result is how a check ended for a program that runs tests. Zero: passed.
type result uint8

const (
	passed   result = iota
	excused         // the mode does not work and need not, because the other one does
	skipped         // was not tested, because of what went before
	failed          // does not work, and should
	noResult        // nobody knows whether it works
)

// check is one of the four steps that a program that runs tests is told of.
type check struct {
	name    string
	result  result
	message string // in a few words; empty if passed
	detail  string // the sentences about it
	seconds float64
	finding probe.Finding  // that explains it; the zero finding if none does
	attempt *probe.Attempt // that stands for a mode; nil if there is none
}

// checks are always the same four, in this order.
func (r *Report) checks() []check {
	return []check{r.reachable(), r.login(), r.modeCheck(probe.Passive), r.modeCheck(probe.Active)}
}

// early words a check that the whole run ended with.
func (r *Report) early(k check) check {
	k.result = failed
	switch r.ExitCode() {
	case ExitNoVerdict, ExitInterrupted:
		k.result = noResult
	}
	k.message, k.detail, k.finding = r.Result(), r.Headline, r.story.primary()
	return k
}

// reachable is everything up to the greeting.
func (r *Report) reachable() check {
	c := r.story
	k := check{name: "reachable", seconds: connectTime(c).Seconds()}
	if c.greeted() || c.loggedIn() {
		return k
	}
	return r.early(k)
}

// login is everything from the greeting to the end of the login.
func (r *Report) login() check {
	c := r.story
	k := check{name: "login", seconds: c.loginTime().Seconds()}
	switch {
	case c.loggedIn():
		return k
	case !c.greeted():
		k.result, k.message = skipped, "the server was not reached"
		return k
	default:
		return r.early(k)
	}
}

// modeCheck is a folder list over a data connection of one mode.
func (r *Report) modeCheck(m probe.Mode) check {
	c := r.story
	k := check{name: m.String(), attempt: c.modeAttempt(m)}
	if k.attempt != nil {
		k.seconds = k.attempt.Took.Seconds()
	}
	status, other := c.mode(m).Status, c.mode(otherMode(m)).Status
	wanted := slices.Contains(r.Wanted, m)
	if status != probe.Works {
		k.finding, _ = c.findingFor(m, 0)
	}
	switch {
	case status == probe.Works:
		return k
	case status == probe.Untested && !c.loggedIn():
		k.result, k.message = skipped, "there was no login"
	case status == probe.Untested:
		k.result, k.message = skipped, strings.TrimPrefix("not tested"+c.becauseUntested(), ": ")
		undecided := r.ExitCode() == ExitNoVerdict || r.ExitCode() == ExitInterrupted
		if wanted || undecided {
			k.result = noResult
		}
	case !wanted && (other == probe.Works || len(r.Wanted) > 0):
		k.result, k.message = excused, otherMode(m).String()+" mode is enough"
		if other != probe.Works {
			k.message = "not demanded"
		}
	default:
		k.result = failed
		k.message = m.String() + " mode " + map[bool]string{true: "is unreliable", false: "does not work"}[status == probe.Unreliable]
	}
	if k.finding.Code != 0 {
		w := c.say(k.finding)
		k.detail = sentences(w.title, w.seen, w.means)
	}
	return k
}

func otherMode(m probe.Mode) probe.Mode {
	if m == probe.Active {
		return probe.Passive
	}
	return probe.Active
}

// modeAttempt is the attempt that stands for a mode: one that delivered, else
// that of the method to prefer; nil if none was made.
func (c *story) modeAttempt(m probe.Mode) *probe.Attempt {
	var first *probe.Attempt
	for _, method := range methodsOf(m) {
		a := c.shown(method)
		if a != nil && a.Delivered() {
			return a
		}
		if first == nil {
			first = a
		}
	}
	return first
}
