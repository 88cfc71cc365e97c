package report

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"ftpdiag/probe"
)

// Change is what became of something between two checks. Zero: not known.
type Change uint8

const (
	ChangeUnknown Change = iota // one of the checks did not find it out
	Same
	Better
	Worse
)

var changeNames = [...]string{"unknown", "same", "better", "worse"}

// String is the word for it.
func (c Change) String() string {
	if int(c) < len(changeNames) {
		return changeNames[c]
	}
	return fmt.Sprintf("change(%d)", c)
}

// Comparison is what changed between two checks, and whether that helps.
type Comparison struct {
	Before, After *Report
	Change        Change   // of the whole
	Headline      string   // what became better or worse, and from what
	Doubts        []string // why the two may not be comparable: sentences; empty if they are

	rows []contrast
}

// Compare compares two reports. It is pure. Both are judged by this version of
// the program, so that a newer classifier alone changes nothing.
func Compare(before, after *Report) *Comparison {
	b, a := before.story, after.story
	c := &Comparison{Before: before, After: after, Change: b.changeTo(a), Doubts: doubts(b, a)}
	c.Headline = c.headline()
	c.rows = c.contrasts()
	return c
}

// ExitCode is 0 if the result is the same or better, 1 if it is worse, and 3 if
// nobody knows.
func (c *Comparison) ExitCode() int {
	switch c.Change {
	case Same, Better:
		return ExitWorks
	case Worse:
		return ExitNoData
	default:
		return ExitNoVerdict
	}
}

// changeTo judges the whole: how far it got at all, then the verdict, then the
// modes and their commands.
func (c *story) changeTo(after *story) Change {
	if change := c.stageChange(after); change != Same {
		return change
	}
	if !c.loggedIn() {
		return Same // both ended before anything that could differ
	}
	if b, a := verdictRank[c.verdict.ID], verdictRank[after.verdict.ID]; b > 0 && a > 0 && a != b {
		return change(b, a)
	}
	passive, active := c.modeChange(after, probe.Passive), c.modeChange(after, probe.Active)
	switch {
	case passive == Better, passive == Worse: // the mode to repair first
		return passive
	case active == ChangeUnknown && passive == ChangeUnknown:
		return ChangeUnknown
	default:
		return max(active, Same)
	}
}

// verdictRank orders the verdicts by how much works. Passive mode crosses more
// networks than active mode (RFC 1579). 0: the modes were not both tested.
var verdictRank = [...]int{Undetermined: 0, Neither: 1, Unreliable: 2, ActiveRequired: 3, PassiveRequired: 4, Either: 5}

// stageChange compares how far the checks got: to a greeting, to a login.
func (c *story) stageChange(after *story) Change {
	b, a := c.stage(), after.stage()
	const login = 2
	if c.e.Interrupted && b < login || after.e.Interrupted && a < login {
		return ChangeUnknown // stopped before it got there
	}
	return change(b, a)
}

func (c *story) stage() int {
	switch {
	case c.loggedIn():
		return 2
	case c.greeted():
		return 1
	default:
		return 0
	}
}

// modeChange compares a mode.
func (c *story) modeChange(after *story, m probe.Mode) Change {
	b, a := c.modeRank(m), after.modeRank(m)
	if b == 0 || a == 0 {
		return ChangeUnknown
	}
	return change(b, a)
}

// modeRank orders the states of a mode. From rankSome on, folders open.
func (c *story) modeRank(m probe.Mode) int {
	switch status := c.mode(m).Status; {
	case status == probe.Untested:
		return 0
	case status == probe.Fails:
		return 1
	case status == probe.Unreliable:
		return 2
	case len(c.failed(m)) > 0:
		return rankSome
	default:
		return rankSome + 1
	}
}

const rankSome = 3

func change(before, after int) Change {
	switch {
	case after > before:
		return Better
	case after < before:
		return Worse
	default:
		return Same
	}
}

// doubts are the differences that make a comparison say little about a change.
func doubts(b, a *story) []string {
	var all []string
	differ := func(what, before, after string) {
		if !strings.EqualFold(before, after) {
			all = append(all, fmt.Sprintf("Different %s: %s and %s.", what, before, after))
		}
	}
	differ("servers", b.plainly("{host} port {port}"), a.plainly("{host} port {port}"))
	differ("users", b.plainly("{user}"), a.plainly("{user}"))
	differ("folders", folder(b), folder(a))
	differ("settings of TLS", b.e.Target.TLS.String(), a.e.Target.TLS.String())
	differ("methods tried", wanted(b), wanted(a))
	differ("questions", asked(b), asked(a))
	if b.client().IsValid() && a.client().IsValid() && !sameNetwork(b.client(), a.client()) {
		differ("networks", addrText(b.client()), addrText(a.client()))
	}
	switch {
	case b.e.Interrupted && a.e.Interrupted:
		all = append(all, "Both checks were stopped early.")
	case b.e.Interrupted:
		all = append(all, "The first check was stopped early.")
	case a.e.Interrupted:
		all = append(all, "The second check was stopped early.")
	}
	return all
}

func folder(c *story) string {
	if c.e.Target.Path == "" {
		return "the one after login"
	}
	return *text(c.e.Target.Path)
}

// wanted are the methods that the person asked for.
func wanted(c *story) string {
	if len(c.e.Plan.Methods) == 0 {
		return "all"
	}
	return join(verbs(c.e.Plan.Methods))
}

// asked are the options, as typed, that change which questions are asked, and so what
// can be found.
func asked(c *story) string {
	p := c.e.Plan
	var all []string
	say := func(is bool, format string, args ...any) {
		if is {
			all = append(all, fmt.Sprintf(format, args...))
		}
	}
	say(p.Deep, "--deep")
	say(p.Gentle, "--gentle")
	say(p.Serial, "--serial")
	say(p.Samples > 0, "--samples %d", p.Samples)
	say(p.OtherPort != 0, "--other-port %d", p.OtherPort)
	chosen := slices.Clone(p.Ask)
	for _, name := range p.Without {
		chosen = append(chosen, "-"+name)
	}
	say(len(chosen) > 0, "--experiments %s", strings.Join(chosen, ","))
	if len(all) == 0 {
		return "the usual ones"
	}
	return strings.Join(all, " ")
}

// sameNetwork guesses whether two addresses of this computer are of one
// network: how long its prefix is, no examination knows. 24 bits of IPv4 are
// what most networks of homes and offices have, 64 of IPv6 are those of any
// (RFC 4291 section 2.5.4).
func sameNetwork(a, b netip.Addr) bool {
	bits := 64
	if a.Is4() {
		bits = 24
	}
	prefix, err := a.WithZone("").Prefix(bits)
	return err == nil && prefix.Contains(b.WithZone(""))
}
