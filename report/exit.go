package report

import "ftpdiag/probe"

// Exit codes, the same for every output format. Wrong use (2), a bug (70) and
// SIGTERM (143) are no results of an examination; the command decides those.
const (
	ExitWorks       = 0   // at least one mode transfers data
	ExitNoData      = 1   // login is fine, no data connection works, or not reliably
	ExitNoVerdict   = 3   // incomplete or contradictory
	ExitLogin       = 4   // login refused or needed
	ExitUnreachable = 5   // name, port, not FTP, TLS failed
	ExitInterrupted = 130 // stopped by the person (128 + SIGINT)
	ExitPassive     = 10  // detailed: passive mode is required
	ExitActive      = 11  // detailed: active mode is required
	ExitWorkAround  = 12  // detailed: works only with a work-around
)

// ExitCode is what the process leaves with.
func (r *Report) ExitCode() int {
	c := r.story
	switch {
	case c.e.Interrupted:
		return ExitInterrupted
	case r.Verdict.ID == Unreliable, r.Verdict.ID == Neither:
		return ExitNoData
	case r.Verdict.Usable == True:
		return ExitWorks
	case c.loggedIn():
		return ExitNoVerdict
	default:
		return c.earlyExit()
	}
}

// earlyExit is the code where the run ended before a login.
func (c *story) earlyExit() int {
	switch c.primary().Code {
	case probe.LoginRejected, probe.LoginPolicy, probe.LoginHomeUnusable, probe.TLSRequired:
		return ExitLogin
	case probe.SessionRefused:
		if c.greeted() {
			return ExitLogin
		}
		return ExitUnreachable
	case probe.DNSNoSuchHost, probe.DNSFailure, probe.AddressDead, probe.ControlRefused, probe.ControlFiltered,
		probe.ControlUnreachable, probe.ControlIntercepted, probe.GreetingMissing, probe.PortExpectsTLS, probe.NotFTP,
		probe.TLSUnavailable, probe.TLSHandshakeFailed, probe.TLSBlockedByMiddlebox, probe.TLSCertificate:
		return ExitUnreachable
	default:
		return ExitNoVerdict
	}
}

// DetailedExitCode tells the ways of working apart: 0 either mode, 10 passive
// required, 11 active required, 12 works only with a work-around. Everything
// else leaves as ExitCode says.
func (r *Report) DetailedExitCode() int {
	code := r.ExitCode()
	switch {
	case code != ExitWorks:
		return code
	case r.story.workAround():
		return ExitWorkAround
	case r.Verdict.ID == PassiveRequired:
		return ExitPassive
	case r.Verdict.ID == ActiveRequired:
		return ExitActive
	default:
		return ExitWorks
	}
}

// workAround tells whether the recommended mode works only for programs that
// know how: one of its commands fails, or the address must be ignored.
func (c *story) workAround() bool {
	return c.verdict.ID != Either && c.verdict.Mode != 0 && len(c.failed(c.verdict.Mode)) > 0
}
