package probe_test

import (
	"slices"
	"testing"

	"ftpdiag/probe"
)

// TestMalformedTwice: that something reads PORT is said only when a malformed one
// is swallowed twice, while a server that ignores it, or hangs at any nonsense,
// proves nothing.
func TestMalformedTwice(t *testing.T) {
	for scenario, want := range map[string]probe.Experiment{
		"alg-swallows-malformed-port": {Answer: probe.Yes, Confirmed: true},
		"malformed-port-ignored":      {Answer: probe.No},
		"malformed-port-lost-once":    {Answer: probe.No},
		"nonsense-ignored":            {Answer: probe.NoAnswer},
	} {
		names, e := asked(t, scenario, func(*probe.Plan) {})
		if !slices.Contains(names, "malformed-port") {
			t.Errorf("%s: not asked", scenario)
		}
		for _, x := range e.Experiments {
			if x.Name == "malformed-port" && (x.Answer != want.Answer || x.Confirmed != want.Confirmed) {
				t.Errorf("%s: answer %v, confirmed %v; want %v, %v", scenario, x.Answer, x.Confirmed, want.Answer, want.Confirmed)
			}
		}
	}
}
