package report

import (
	"strings"

	"ftpdiag/probe"
)

// badge is the closed list of what stands in the corner of the frame.
func (c *story) badge() string {
	switch {
	case c.e.Interrupted:
		return "STOPPED"
	case c.has(probe.PathDenied) && c.primary().Code == probe.PathDenied:
		if notListed(c, c.primary()) {
			return "FOLDER NOT LISTED"
		}
		return "FOLDER NOT ALLOWED"
	}
	switch c.verdict.ID {
	case Either:
		return "EITHER MODE WORKS"
	case PassiveRequired:
		if c.onlyEPSV() {
			return "USE PASSIVE MODE (EPSV)"
		}
		return "USE PASSIVE MODE"
	case ActiveRequired:
		return "USE ACTIVE MODE"
	case Neither:
		return "NEITHER MODE WORKS"
	case Unreliable:
		return "UNRELIABLE"
	case Undetermined:
	}
	switch {
	case c.verdict.Mode == probe.Passive:
		return "PASSIVE MODE WORKS"
	case c.verdict.Mode == probe.Active:
		return "ACTIVE MODE WORKS"
	case c.loggedIn():
		return "NO VERDICT"
	default:
		return c.earlyBadge()
	}
}

// earlyBadge names what ended the run before the modes.
func (c *story) earlyBadge() string {
	switch c.primary().Code {
	case probe.LoginRejected, probe.LoginPolicy, probe.LoginHomeUnusable:
		return "LOGIN REFUSED"
	case probe.TLSRequired, probe.PortExpectsTLS:
		return "ENCRYPTION REQUIRED"
	case probe.TLSUnavailable, probe.TLSHandshakeFailed, probe.TLSBlockedByMiddlebox, probe.TLSCertificate:
		return "ENCRYPTION FAILED"
	case probe.SessionRefused:
		return "CONNECTION REFUSED"
	case probe.DNSNoSuchHost:
		return "NAME NOT FOUND"
	case probe.DNSFailure: // whether the name exists nobody knows
		return "NAME LOOKUP FAILED"
	case probe.NotFTP:
		return "NOT AN FTP SERVER"
	case probe.ControlRefused, probe.ControlFiltered, probe.ControlUnreachable, probe.ControlIntercepted,
		probe.GreetingMissing, probe.AddressDead:
		return "SERVER NOT REACHABLE"
	default:
		return "NO VERDICT"
	}
}

// Question is the question that the answer answers.
const Question = "Passive mode required?"

// answer is the closed list of answers to it.
func (c *story) answer() string {
	certain := c.verdict.Confidence == probe.ConfidenceCertain
	switch {
	case c.verdict.PassiveRequired == True && !certain:
		return "YES, LIKELY"
	case c.verdict.PassiveRequired == True && c.onlyEPSV():
		return "YES, WITH EPSV"
	case c.verdict.PassiveRequired == True:
		return "YES"
	case c.verdict.PassiveRequired == False && !certain:
		return "NO, LIKELY"
	case c.verdict.ID == ActiveRequired:
		return "NO, ACTIVE IS"
	case c.verdict.PassiveRequired == False:
		return "NO"
	case c.verdict.ID == Neither && c.modeHelpsNot():
		return "UNKNOWN, NOT THE CAUSE"
	case c.verdict.ID == Neither:
		return "UNKNOWN, BOTH BLOCKED"
	case c.verdict.ID == Unreliable:
		return "UNKNOWN, RESULTS VARY"
	default:
		return "UNKNOWN, NOT TESTED"
	}
}

// onlyEPSV tells whether passive mode works with EPSV and not with PASV.
func (c *story) onlyEPSV() bool {
	worked, failed := c.worked(probe.Passive), c.failed(probe.Passive)
	return len(worked) == 1 && worked[0] == probe.EPSV && len(failed) == 1
}

// modeHelpsNot tells whether the primary finding has nothing to do with the
// mode.
func (c *story) modeHelpsNot() bool { return neutral(c.primary().Code) && modeOf(c.primary()) == 0 }

// notTheMode is said wherever people would try the other mode in vain.
const notTheMode = "Changing the mode will not help."

// headline is the result and its main reason, in one or two sentences.
func (c *story) headline() string {
	head := c.say(c.primary()).head
	switch c.verdict.ID {
	case Either:
		return c.eitherHeadline()
	case PassiveRequired:
		return c.requiredHeadline(probe.Passive)
	case ActiveRequired:
		return c.requiredHeadline(probe.Active)
	case Unreliable:
		return sentences(modeName(c.verdict.Mode)+" mode works only sometimes.", c.reason(c.verdict.Mode))
	case Neither:
		if c.modeHelpsNot() {
			return sentences(head, notTheMode)
		}
		return "Login works, but folder lists and files are blocked in both modes."
	case Undetermined:
	}
	switch {
	case c.e.Interrupted && c.verdict.Mode != 0:
		return sentences("Stopped early.", modeName(c.verdict.Mode)+" mode works; the other mode is not fully tested.")
	case c.e.Interrupted:
		return "Stopped before the modes were tested."
	case c.verdict.Mode != 0:
		return sentences(modeName(c.verdict.Mode)+" mode works.", c.untestedReason())
	case c.loggedIn() && c.active.Status != probe.Untested:
		return sentences(c.reason(probe.Active), c.untestedReason())
	case c.loggedIn() && c.passive.Status != probe.Untested:
		return sentences(c.reason(probe.Passive), c.untestedReason())
	case head != "":
		return head
	default:
		return "The modes could not be tested."
	}
}

// eitherHeadline says that both work, and what is wrong all the same.
func (c *story) eitherHeadline() string {
	switch f := c.primary(); {
	case f.Code == probe.PathDenied && nameMisread(c, f):
		return "Both modes work, but the server refuses the folder: a permission or its name, not the network."
	case f.Code == probe.PathDenied:
		return "Both modes work, but the server refuses the folder: a permission, not the network."
	}
	for _, f := range c.shownFindings() {
		if f.Severity != probe.SeverityInfo && c.concerns(f) {
			return "FTP works in both modes. " + c.say(f).head
		}
	}
	return "FTP works from this computer in both modes."
}

// requiredHeadline says which mode is needed and why the other does not work.
func (c *story) requiredHeadline(m probe.Mode) string {
	if m == probe.Active {
		return sentences("Active mode is required here.", c.reason(probe.Passive))
	}
	if c.onlyEPSV() {
		if f, ok := c.findingFor(probe.Passive, probe.PASV); ok {
			return "Passive mode is required, with EPSV: " + lowerFirst(c.say(f).head)
		}
	}
	likely := ""
	if c.verdict.Confidence != probe.ConfidenceCertain {
		likely = "likely "
	}
	return sentences("Passive mode is "+likely+"required from this computer.", c.reason(probe.Active))
}

// reason is the sentence that says why a mode does not work.
func (c *story) reason(m probe.Mode) string {
	if f, ok := c.findingFor(m, 0); ok {
		if head := c.say(f).head; head != "" {
			return head
		}
	}
	return modeName(m) + " mode does not work."
}

// untestedReason says which mode was not tested, and why.
func (c *story) untestedReason() string {
	var modes []string
	for _, m := range []probe.Mode{probe.Active, probe.Passive} {
		if c.mode(m).Status == probe.Untested {
			modes = append(modes, strings.ToLower(modeName(m)))
		}
	}
	if len(modes) != 1 {
		return ""
	}
	return upperFirst(modes[0]) + " mode was not tested" + c.becauseUntested() + "."
}

// becauseUntested is the reason why a mode was not tested, as the end of a
// sentence; empty if it is not known.
func (c *story) becauseUntested() string {
	switch {
	case c.e.Interrupted:
		return ": the check was stopped"
	case len(c.e.Plan.Methods) > 0:
		return ": only one mode was asked for"
	case c.has(probe.NoListener):
		return ": this computer could not listen"
	case c.has(probe.ToolLimited):
		return ": the server allows too few connections"
	default:
		return ""
	}
}

// tone is the colour of the whole report.
func (c *story) tone() Tone {
	switch {
	case c.verdict.Usable == False || c.verdict.ID == Neither:
		return ToneBad
	case c.verdict.Usable == Unknown, c.e.Interrupted, c.verdict.ID == Unreliable, c.verdict.ID == ActiveRequired, c.verdict.ID == Undetermined:
		return ToneCaution
	}
	for _, f := range c.shownFindings() {
		if f.Severity == probe.SeverityWarning && c.concerns(f) || f.Code == probe.PathDenied {
			return ToneCaution
		}
	}
	return ToneGood
}
