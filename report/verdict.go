package report

import (
	"fmt"
	"slices"

	"ftpdiag/probe"
)

// VerdictID names the outcome. Zero: undetermined.
type VerdictID uint8

const (
	Undetermined    VerdictID = iota // the modes could not be tested, or only one was
	Either                           // at least one active and one passive method delivered
	PassiveRequired                  // passive delivered, every active method properly tried failed
	ActiveRequired                   // active delivered, every passive method properly tried failed
	Neither                          // login is fine, no method delivered
	Unreliable                       // the mode to recommend delivers only sometimes
)

var verdictNames = [...]string{"undetermined", "either", "passive-required", "active-required", "neither", "unreliable"}

// String is the name that scripts rely on.
func (v VerdictID) String() string {
	if int(v) < len(verdictNames) {
		return verdictNames[v]
	}
	return fmt.Sprintf("verdict(%d)", v)
}

// MarshalText writes the name.
func (v VerdictID) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// Verdict is the answer to the question, without words.
type Verdict struct {
	ID              VerdictID
	Usable          Tri              // at least one mode transfers data; unknown if that was not found out
	PassiveRequired Tri              // the question itself
	Mode            probe.Mode       // the mode to use; zero: none
	Method          probe.Method     // the command within it to prefer; zero: none
	Confidence      probe.Confidence // of PassiveRequired, or of the verdict where that is unknown
}

// decide applies the two-by-two of the modes. Where a mode was not tested, or
// the run was stopped, only what no further test could change is said.
func decide(c *story) Verdict {
	active, passive := c.active.Status, c.passive.Status
	v := Verdict{Mode: recommend(active, passive)}
	if active == probe.Works && c.passivePastForeignAddress() {
		v.Mode = probe.Active
	}
	v.Method = c.preferred(v.Mode)
	v.Usable = usable(c, active, passive)
	v.ID = classify(active, passive)
	if c.e.Interrupted && v.ID != Either { // that both deliver, no further test can change
		v.ID = Undetermined
	}
	switch v.ID {
	case Either:
		v.PassiveRequired, v.Confidence = False, probe.ConfidenceCertain
	case ActiveRequired:
		v.PassiveRequired, v.Confidence = False, failureConfidence(c, probe.Passive)
	case PassiveRequired:
		v.PassiveRequired, v.Confidence = True, passiveConfidence(c)
	case Unreliable:
		v.PassiveRequired, v.Confidence = unreliableAnswer(active, passive), probe.ConfidenceLikely
	case Neither:
		v.Confidence = min(failureConfidence(c, probe.Active), failureConfidence(c, probe.Passive))
	case Undetermined:
	}
	return v
}

// classify is the two-by-two.
func classify(active, passive probe.Status) VerdictID {
	switch {
	case active == probe.Untested || passive == probe.Untested:
		return Undetermined
	case active == probe.Fails && passive == probe.Fails:
		return Neither
	case active != probe.Works && passive != probe.Works: // one at least delivers sometimes, none always
		return Unreliable
	case active == probe.Fails:
		return PassiveRequired
	case passive == probe.Fails:
		return ActiveRequired
	default:
		return Either
	}
}

// recommend picks the mode to use: passive before active, because it crosses
// the firewalls and NAT of most networks (RFC 1579), but a steady mode before
// one that delivers only sometimes.
func recommend(active, passive probe.Status) probe.Mode {
	switch {
	case passive == probe.Works:
		return probe.Passive
	case active == probe.Works:
		return probe.Active
	case passive == probe.Unreliable:
		return probe.Passive
	case active == probe.Unreliable:
		return probe.Active
	default:
		return 0
	}
}

// usable tells whether data can be transferred with what was given. A server
// that cannot be reached or refuses the login is not usable; where a mode is
// untested and the other fails, nobody knows.
func usable(c *story, active, passive probe.Status) Tri {
	switch {
	case delivers(active) || delivers(passive):
		return True
	case c.e.Interrupted:
		return Unknown
	case active == probe.Fails && passive == probe.Fails:
		return False
	case !c.loggedIn() && c.earlyExit() != ExitNoVerdict:
		return False
	default:
		return Unknown
	}
}

// delivers tells the statuses of a mode that transferred data at least once.
func delivers(s probe.Status) bool { return s == probe.Works || s == probe.Unreliable }

// passiveConfidence lowers the answer where active mode failed for a reason
// that says little about other programs or other moments.
func passiveConfidence(c *story) probe.Confidence {
	proven := false
	for _, a := range c.all {
		if a.Method.Mode() == probe.Active && a.Proper() && (a.Listening || a.Stop.Cause != probe.Timeout) {
			proven = true
		}
	}
	if !proven {
		return probe.ConfidenceLikely
	}
	for _, f := range c.findings {
		if f.Code == probe.ActiveLocalFirewall { // other programs may have an exception
			return probe.ConfidenceLikely
		}
	}
	return failureConfidence(c, probe.Active)
}

// failureConfidence is how sure it is that a mode fails, where it failed: less
// where the reason may pass, or where it may have been us who did not wait.
func failureConfidence(c *story, m probe.Mode) probe.Confidence {
	if c.e.OneRefusal(m) || slices.ContainsFunc(c.e.Sessions, func(s probe.Session) bool { return s.Unexamined }) {
		return probe.ConfidenceLikely
	}
	reason := false
	for _, f := range c.findings {
		if f.Mode == m || f.Mode == 0 {
			reason = reason || f.Severity > probe.SeverityInfo
		}
		if f.Folded || f.Mode != m && f.Mode != 0 {
			continue
		}
		switch f.Code {
		case probe.ResultsVary, probe.ControlLost, probe.ServerLocalError:
			return probe.ConfidenceLikely
		case probe.ALGSwallowsControl, probe.PassiveAcceptClosed, probe.DataStalled, probe.PassiveDisabled,
			probe.PassivePortFiltered, probe.PassivePortRefused, probe.PassivePortsExhausted, probe.ALGNoPinhole,
			probe.ActiveServerCannotConnect:
			if f.Confidence != probe.ConfidenceCertain {
				return probe.ConfidenceLikely
			}
		}
	}
	if !reason {
		return probe.ConfidenceLikely // it fails, and nobody can say why
	}
	return probe.ConfidenceCertain
}

// unreliableAnswer is what the two-by-two says when sometimes counts as yes.
func unreliableAnswer(active, passive probe.Status) Tri {
	switch {
	case active == probe.Unreliable && passive == probe.Fails, delivers(active) && delivers(passive):
		return False
	case passive == probe.Unreliable && active == probe.Fails:
		return True
	default:
		return Unknown
	}
}
