package scenarios_test

import (
	"slices"
	"testing"

	"ftpdiag/probe"
	"ftpdiag/scenarios"
)

// notShown are the findings that no scenario expects, and why. A finding that
// gets its scenario must leave this list.
var notShown = map[probe.Code]string{}

// noPrimary are the scenarios that do not say which finding comes first, and why.
var noPrimary = map[string]string{
	"own-firewall-late-calls": "a moment decides whether its calls fall into the idle window",
}

// TestEveryScenarioNamesItsPrimary: what must come first is half of what a person reads.
func TestEveryScenarioNamesItsPrimary(t *testing.T) {
	for _, s := range scenarios.All() {
		if _, exempt := noPrimary[s.Name]; exempt == (s.Primary != 0) {
			t.Errorf("%s: primary %v, and exempt: %v", s.Name, s.Primary, exempt)
		}
	}
}

// TestEveryFindingHasAScenario: a finding that no situation leads to is a text
// that nobody has tested. What a scenario expects, TestInMemory demands.
func TestEveryFindingHasAScenario(t *testing.T) {
	expected := map[probe.Code]bool{}
	for _, s := range scenarios.All() {
		for _, c := range append(slices.Clone(s.Findings), s.Primary) {
			expected[c] = true
		}
	}
	for _, c := range probe.Codes() {
		switch why, exempt := notShown[c]; {
		case exempt && expected[c]:
			t.Errorf("%s %v is expected by a scenario and listed as not shown (%s)", c.Number(), c, why)
		case !exempt && !expected[c]:
			t.Errorf("no scenario expects %s %v", c.Number(), c)
		}
	}
}
