package probe_test

import (
	"testing"

	"ftpdiag/probe"
)

// TestFindingsOccurOnce: one fault seen twice is one fault. What else every finding
// promises, TestPropertiesOfConclusions demands.
func TestFindingsOccurOnce(t *testing.T) {
	for _, s := range examineCatalogue(t) {
		seen := map[probe.Code]bool{}
		for _, f := range probe.Classify(s.e) {
			if seen[f.Code] {
				t.Errorf("%s: %v occurs twice", s.name, f.Code)
			}
			seen[f.Code] = true
		}
		if len(seen) == 0 {
			t.Errorf("%s: nothing was found", s.name)
		}
	}
}

// TestClassifyIsTotal: no examination, however incomplete, makes it panic, not even one
// whose events are gone.
func TestClassifyIsTotal(t *testing.T) {
	probe.Classify(&probe.Examination{})
	for _, s := range examineCatalogue(t) {
		bare := *s.e
		bare.Events, bare.Experiments, bare.Connects = nil, nil, nil
		probe.Classify(&bare)
		for _, m := range withoutOne(s.e) {
			m.e.Events = nil
			probe.Classify(m.e)
		}
	}
}

// TestCodesAreStable: numbers and ids are a promise to scripts.
func TestCodesAreStable(t *testing.T) {
	for _, c := range probe.Codes() {
		var byID, byNumber probe.Code
		if byID.UnmarshalText([]byte(c.String())) != nil || byNumber.UnmarshalText([]byte(c.Number())) != nil || byID != c || byNumber != c {
			t.Errorf("%s %s is not read back", c.Number(), c)
		}
	}
	for number, id := range map[string]string{"F100": "both-modes-work", "F201": "active-blocked", "F303": "pasv-address-private",
		"F504": "data-mtu-blackhole", "F601": "login-rejected", "F709": "implicit-tls", "F904": "stopped"} {
		var c probe.Code
		if err := c.UnmarshalText([]byte(number)); err != nil || c.String() != id {
			t.Errorf("%s is %q, want %q", number, c, id)
		}
	}
}
