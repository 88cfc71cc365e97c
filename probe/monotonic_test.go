package probe_test

import (
	"slices"
	"testing"

	"ftpdiag/probe"
)

// reasons are the findings that explain why a mode's data connection did not come
// about: at most one of them is true of an attempt.
var reasons = []probe.Code{
	probe.ActiveBlocked, probe.ActiveRejectedEnRoute, probe.ActiveNATUnhelped, probe.ActiveDisabled,
	probe.ActiveServerCannotConnect, probe.ActiveLocalFirewall,
	probe.PassivePortFiltered, probe.PassivePortRefused, probe.PassiveDisabled, probe.PassiveAcceptClosed,
	probe.PassivePortsExhausted, probe.DataSourceMismatch, probe.PassiveRangePartlyOpen, probe.EPSVBroken, probe.PASVBroken,
	probe.ALGNoPinhole, probe.ALGSwallowsControl, probe.MiddleboxBlocksMode, probe.ResultsVary, probe.ControlLost,
	probe.DataStalled, probe.DataMTUBlackhole,
}

// variantOf are the questions whose answers stand in attempts of their own.
var variantOf = map[string][]probe.Variant{
	"second-port": {probe.SecondPort}, "seen-address": {probe.SeenAddress}, "hidden-command": {probe.HiddenCommand},
	"hidden-reply": {probe.HiddenReply}, "small-segments": {probe.SmallSegments}, "fresh-tls": {probe.FreshTLS},
	"retry": {probe.Retry}, "same-listing": {probe.Retry}, "alone": {probe.Alone, probe.Accompanied},
	"fresh-session": {probe.FreshSession}, "other-port": {probe.OtherPort}, "tiny-listing": {probe.TinyListing},
}

// without is the examination as it would be had a question not been asked.
func without(e *probe.Examination, name string) *probe.Examination {
	less := *e
	less.Experiments = slices.DeleteFunc(slices.Clone(e.Experiments), func(x probe.Experiment) bool { return x.Name == name })
	less.Sessions = slices.Clone(e.Sessions)
	for i := range less.Sessions {
		s := &less.Sessions[i]
		s.Attempts = slices.DeleteFunc(slices.Clone(s.Attempts), func(a probe.Attempt) bool {
			return slices.Contains(variantOf[name], a.Variant)
		})
		for j := range s.Attempts {
			if name == "alone" {
				s.Attempts[j].Crowded = false
			}
		}
	}
	return &less
}

// TestMoreFactsNeverContradict: whatever question is left out, or attempt, or session,
// or what this computer says, what is certain without it is not given another certain
// reason with it. A fact may make certain what was likely; it must not turn over what
// was certain.
func TestMoreFactsNeverContradict(t *testing.T) {
	for _, s := range examineCatalogue(t) {
		t.Run(s.name, func(t *testing.T) {
			whole := certain(s.e)
			names := map[string]bool{}
			for _, x := range s.e.Experiments {
				names[x.Name] = true
			}
			for name := range names {
				for a, code := range certain(without(s.e, name)) {
					if now, known := whole[a]; known && now != code {
						t.Errorf("%v of session %d at %v is certainly %v without %q and certainly %v with it",
							a.method, a.session, a.began, code, name, now)
					}
				}
			}
			for _, m := range withoutOne(s.e) {
				for a, code := range certain(m.e) {
					if now, known := whole[a]; known && now != code {
						t.Errorf("%v of session %d at %v is certainly %v without %s and certainly %v with it",
							a.method, a.session, a.began, code, m.what, now)
					}
				}
			}
		})
	}
}

// attempt names an attempt in two examinations.
type attempt struct {
	session int
	method  probe.Method
	began   int64
}

// certain are the attempts for which there is a certain reason.
func certain(e *probe.Examination) map[attempt]probe.Code {
	all := e.AllAttempts()
	found := map[attempt]probe.Code{}
	for _, f := range probe.Classify(e) {
		if f.Confidence != probe.ConfidenceCertain || f.Folded || !slices.Contains(reasons, f.Code) {
			continue
		}
		for _, i := range f.Attempts {
			if a := all[i]; !a.Delivered() {
				found[attempt{a.Session, a.Method, int64(a.Began)}] = f.Code
			}
		}
	}
	return found
}
