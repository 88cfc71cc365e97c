package main

import (
	"context"
	"errors"

	"ftpdiag/probe"
	"ftpdiag/report"
)

// exitCode is the code for a result. It depends on the options of scripts, and
// not on the output format, except that monitoring has codes of its own.
func (a *app) exitCode(ctx context.Context, rep *report.Report) int {
	var signal stopped
	code := rep.ExitCode()
	switch {
	case errors.As(context.Cause(ctx), &signal):
		return signal.exitCode()
	case a.opts.format == report.FormatNagios:
		return int(rep.NagiosState())
	case code == report.ExitInterrupted:
		return code
	case a.opts.expect == nil && a.opts.detailed:
		return rep.DetailedExitCode()
	case a.opts.expect == nil:
		return code
	}
	switch met(*a.opts.expect, rep.Examination) {
	case report.True:
		return report.ExitWorks
	case report.False:
		return report.ExitNoData
	default:
		if code == report.ExitWorks || code == report.ExitNoData {
			return report.ExitNoVerdict // on what was expected, nothing is known
		}
		return code
	}
}

// met tells whether the result is what was expected; unknown, if what matters
// was not tested. A mode that works only sometimes does not work.
func met(want expectation, e *probe.Examination) report.Tri {
	active, passive := works(e, probe.Active), works(e, probe.Passive)
	switch want {
	case expectEither:
		if active == report.False || passive == report.False {
			return report.False
		}
		return min(active, passive) // both yes, or one unknown
	case expectPassive:
		return passive
	case expectActive:
		return active
	default:
		if active == report.True || passive == report.True {
			return report.True
		}
		if active == report.False && passive == report.False {
			return report.False
		}
		return report.Unknown
	}
}

// modes are those that must work. Without an expectation, and where any mode
// will do, none is named.
func (want *expectation) modes() []probe.Mode {
	if want == nil {
		return nil
	}
	switch *want {
	case expectEither:
		return []probe.Mode{probe.Passive, probe.Active}
	case expectPassive:
		return []probe.Mode{probe.Passive}
	case expectActive:
		return []probe.Mode{probe.Active}
	default:
		return nil
	}
}

func works(e *probe.Examination, m probe.Mode) report.Tri {
	switch e.Mode(m).Status {
	case probe.Works:
		return report.True
	case probe.Untested:
		return report.Unknown
	default:
		return report.False
	}
}
