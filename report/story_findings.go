package report

import (
	"slices"

	"ftpdiag/probe"
)

// modeOf is the mode a finding speaks of; zero: none or both. Its methods know
// best; where neither they nor the finding say, the family of its number does.
func modeOf(f probe.Finding) probe.Mode {
	for _, m := range f.Methods {
		if m.Mode() != f.Methods[0].Mode() {
			return 0
		}
	}
	switch {
	case len(f.Methods) > 0:
		return f.Methods[0].Mode()
	case f.Mode != 0:
		return f.Mode
	case f.Code/100 == 2:
		return probe.Active
	case f.Code/100 == 3:
		return probe.Passive
	default:
		return 0
	}
}

// neutral tells the findings about data connections that have nothing to do
// with the mode: changing it will not help.
func neutral(code probe.Code) bool {
	switch code {
	case probe.DataTLSReuseRequired, probe.DataProtectionRequired, probe.DataTLSFailed, probe.DataMTUBlackhole,
		probe.DataStalled, probe.DataReset, probe.PathDenied, probe.ControlLost, probe.ServerLocalError,
		probe.ALGCorruptsData, probe.TLSRequired, probe.CompletionMissing, probe.ListingEmpty:
		return true
	default:
		return false
	}
}

// shownFindings are those that stand for themselves, the primary one first.
func (c *story) shownFindings() []probe.Finding {
	return slices.DeleteFunc(slices.Clone(c.findings), func(f probe.Finding) bool { return f.Folded })
}

// has tells whether a finding stands for itself.
func (c *story) has(code probe.Code) bool {
	return slices.ContainsFunc(c.findings, func(f probe.Finding) bool { return f.Code == code && !f.Folded })
}

// primary is the finding whose repair helps most; the zero finding if there is
// none.
func (c *story) primary() probe.Finding {
	if len(c.findings) == 0 {
		return probe.Finding{}
	}
	return c.findings[0]
}

// findingFor is the finding that explains why a mode, or one method of it
// (zero: all), does not work.
func (c *story) findingFor(m probe.Mode, method probe.Method) (probe.Finding, bool) {
	best, rank := probe.Finding{}, 0
	for _, f := range c.findings {
		of := modeOf(f)
		if of != m && (of != 0 || !neutral(f.Code) && f.Code/100 != 4) || !explains(f.Code) {
			continue
		}
		if method != 0 && len(f.Methods) > 0 && !slices.Contains(f.Methods, method) {
			continue
		}
		r := 1
		switch {
		case f.Severity == probe.SeverityError && !f.Folded:
			r = 4
		case !f.Folded && f.Severity == probe.SeverityWarning:
			r = 3
		case f.Severity == probe.SeverityError:
			r = 2
		}
		if r > rank {
			best, rank = f, r
		}
	}
	return best, rank > 0
}

// explains leaves out the findings that describe a mode or a path without
// being a reason for it to fail.
func explains(code probe.Code) bool {
	switch code {
	case probe.BothModesWork, probe.ALGPresent, probe.ALGRewrites, probe.ClientBehindNAT, probe.ControlIntercepted,
		probe.ActiveDependsOnALG, probe.ListingEmpty, probe.CompletionMissing, probe.TLSRequired:
		return false
	default:
		return true
	}
}
