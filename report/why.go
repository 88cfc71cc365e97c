package report

import (
	"slices"

	"ftpdiag/probe"
)

// Mark is the sign before a reason. Zero: it works.
type Mark uint8

const (
	MarkGood Mark = iota
	MarkBad
	MarkCaution // works, but will bite somebody
	MarkNone    // was not tested
)

// Reason is one line of "Why".
type Reason struct {
	Mark Mark
	Lead string // the result in a few words
	Text string // the evidence, with numbers and quotes

	aside bool // stops nothing by itself: the lead will do where there is no room
}

// mostReasons is how many lines of "Why" fit on the first screen.
const mostReasons = 3

// why gives the reasons for the verdict: a line per mode, then what else
// should be known.
func (c *story) why() []Reason {
	if !c.loggedIn() {
		return c.whyNotLoggedIn()
	}
	lines, _ := c.reasons()
	return lines
}

// reasons are the lines of "Why", and the findings that they speak of.
func (c *story) reasons() (lines []Reason, used map[probe.Code]bool) {
	used = map[probe.Code]bool{}
	if f := c.primary(); c.verdict.ID == Neither && c.modeHelpsNot() {
		lines = append(lines, Reason{Mark: MarkGood, Lead: "Login works.", Text: c.loginFacts()}, c.failing(f, true, used))
	} else {
		for _, m := range []probe.Mode{probe.Passive, probe.Active} {
			lines = append(lines, c.whyMode(m, used)...)
		}
	}
	for _, f := range c.shownFindings() {
		remark := f.Severity == probe.SeverityWarning || f.Severity == probe.SeverityError || f.Code == probe.PathDenied ||
			f.Code == probe.ToolLimited && c.crowded()
		if !used[f.Code] && remark && (c.concerns(f) || c.verdict.ID == Either) && len(lines) < mostReasons {
			lines = append(lines, c.remark(f, len(lines) < mostReasons-1))
			used[f.Code] = true
		}
	}
	lines = c.withPrimary(lines, used)
	// An expired certificate is warned of by every careful program: one more line.
	for _, f := range c.shownFindings() {
		if s := c.session(f); f.Code == probe.TLSCertificate && !used[f.Code] && c.verdict.ID == Either && s != nil && s.TLS != nil && s.TLS.Certificate.Expired {
			lines, used[f.Code] = append(lines, c.remark(f, false)), true
		}
	}
	return append(lines, c.whyOtherPort()...), used
}

// crowded tells whether data connections failed only beside other connections of
// this program's: FTP programs that use several at a time will fail as well.
func (c *story) crowded() bool {
	return slices.ContainsFunc(c.all, func(a *probe.Attempt) bool { return a.Crowded })
}

// withPrimary makes room for the line about the primary finding: no advice and
// no headline without its evidence. What works gives way first, the last of it
// before the rest. That both modes work is said by their own lines, and
// that the check was stopped by its headline.
func (c *story) withPrimary(lines []Reason, used map[probe.Code]bool) []Reason {
	f := c.primary()
	lead := c.say(f).title
	is := func(r Reason) bool { return r.Lead == lead }
	told := f.Code == 0 || f.Code == probe.BothModesWork || f.Code == probe.Stopped
	if !told && !slices.ContainsFunc(lines, is) {
		lines = append(lines, c.remark(f, false))
		used[f.Code] = true
	}
	for i := len(lines) - 1; i > 0 && len(lines) > mostReasons; i-- {
		if lines[i].Mark == MarkGood {
			lines = slices.Delete(lines, i, i+1)
		}
	}
	for i := len(lines) - 1; i > 0 && len(lines) > mostReasons; i-- {
		if !is(lines[i]) {
			lines = slices.Delete(lines, i, i+1)
		}
	}
	return lines
}

// whyNotLoggedIn says how far the run got.
func (c *story) whyNotLoggedIn() []Reason {
	var lines []Reason
	if c.greeted() && c.primary().Code != probe.NotFTP {
		text := c.fill("Port {port} greets with {greeting}[ after {greeted}].", probe.Finding{})
		lines = append(lines, Reason{Mark: MarkGood, Lead: "The server answers.", Text: text})
	}
	for _, f := range c.shownFindings() {
		if len(lines) == mostReasons {
			break
		}
		switch {
		case f.Severity == probe.SeverityError:
			lines = append(lines, c.failing(f, true, nil))
		case f.Severity == probe.SeverityWarning, f.Code == probe.Stopped, f.Code == probe.ToolLimited:
			lines = append(lines, c.remark(f, true))
		}
	}
	return lines
}

// whyMode gives the lines about one mode: what works, what does not, or that
// it was not tested.
func (c *story) whyMode(m probe.Mode, used map[probe.Code]bool) []Reason {
	worked, failed := c.worked(m), c.failed(m)
	status := c.mode(m).Status
	switch {
	case status == probe.Untested:
		return []Reason{{Mark: MarkNone, Lead: modeName(m) + " was not tested.", Text: c.whyUntested(m)}}
	case len(worked) == 0 && delivers(status): // only past a wrong address
		partly := slices.DeleteFunc(failed, func(x probe.Method) bool { return c.delivered(x) == nil })
		return append([]Reason{c.workingPast(m, partly[0])}, c.whyMethods(m, partly, used)...)
	case len(worked) == 0:
		f, ok := c.findingFor(m, 0)
		if !ok {
			return []Reason{c.unexplained(m)}
		}
		room := c.verdict.ID == PassiveRequired && len(c.failed(probe.Passive)) == 0
		lines := []Reason{c.failing(f, room, used)}
		// The address says nothing about EPSV, which names none. Where
		// active mode fails too, the screen has no room for this line.
		if wrongAddress(f.Code) && c.verdict.ID != Neither {
			lines = append(lines, c.besideWrongAddress()...)
		}
		return lines
	case len(failed) == 0:
		return []Reason{c.working(m, worked, modeName(m))}
	default:
		lines := []Reason{c.working(m, worked, join(verbs(worked)))}
		return append(lines, c.whyMethods(m, failed, used)...)
	}
}

// besideWrongAddress is the line about EPSV where PASV fails for its address:
// EPSV names none, so that it has a reason of its own.
func (c *story) besideWrongAddress() []Reason {
	a := c.shown(probe.EPSV)
	if a == nil || !a.Proper() || a.Delivered() {
		return nil
	}
	return []Reason{{Mark: MarkBad, Lead: "EPSV fails too.", Text: outcome(a, []*probe.Attempt{a})}}
}

// whyMethods says why some methods of a mode fail while it works.
func (c *story) whyMethods(m probe.Mode, failed []probe.Method, used map[probe.Code]bool) []Reason {
	var lines []Reason
	for _, method := range failed {
		if f, ok := c.findingFor(m, method); ok && !used[f.Code] {
			lines = append(lines, c.failing(f, false, used))
		}
	}
	return lines
}

// failing is the line about a finding that stops something; room tells whether
// what it means may be said too.
func (c *story) failing(f probe.Finding, room bool, used map[probe.Code]bool) Reason {
	if used != nil {
		used[f.Code] = true
		for _, x := range f.Explains {
			used[x] = true
		}
	}
	w := c.say(f)
	if !room {
		w.means = ""
	}
	if f.Code == probe.ActiveBlocked || f.Code == probe.ActiveRejectedEnRoute {
		w.means = sentences(w.means, c.portsOffered()) // calls to others may pass
	}
	return Reason{Mark: MarkBad, Lead: w.title, Text: sentences(w.seen, w.means)}
}

// remark is the line about a finding that stops nothing by itself.
func (c *story) remark(f probe.Finding, room bool) Reason {
	w := c.say(f)
	if !room {
		w.means = ""
	}
	mark := MarkCaution
	switch {
	case f.Severity == probe.SeverityInfo:
		mark = MarkNone
	case f.Severity == probe.SeverityError && f.Code != probe.PathDenied:
		mark = MarkBad
	}
	return Reason{Mark: mark, Lead: w.title, Text: sentences(w.seen, w.means), aside: mark == MarkCaution && f.Code != c.primary().Code}
}

// unexplained is the line about a mode that fails for a reason no finding
// names.
func (c *story) unexplained(m probe.Mode) Reason {
	return Reason{Mark: MarkBad, Lead: modeName(m) + " does not work.", Text: c.fill("{outcome}", probe.Finding{Mode: m})}
}

// whyUntested says what kept a mode from being tested.
func (c *story) whyUntested(m probe.Mode) string {
	switch {
	case c.e.Interrupted && c.waiting(m):
		if m == probe.Active {
			return "The check was stopped while it waited for the server to connect."
		}
		return "The check was stopped while it waited for an answer."
	case c.e.Interrupted:
		return "The check was stopped before that."
	case len(c.e.Plan.Methods) > 0:
		return "Only the other mode was asked for."
	case m == probe.Active && c.has(probe.NoListener):
		return "This computer could not listen for the server's connection."
	case c.has(probe.ToolLimited):
		for _, f := range c.findings {
			if f.Code == probe.ToolLimited {
				return c.say(f).seen
			}
		}
	}
	return "The check ended before that."
}

// waiting tells whether a mode's test had begun when the check was stopped.
func (c *story) waiting(m probe.Mode) bool {
	return slices.ContainsFunc(c.all, func(a *probe.Attempt) bool {
		return a.Method.Mode() == m && a.Stop.Cause == probe.Canceled && a.Reached >= probe.StageOffered
	})
}

// loginFacts is what is known to be fine when no data comes.
func (c *story) loginFacts() string {
	return c.fill("Port {port} of {server} answers, and {user} is logged in.", probe.Finding{})
}
