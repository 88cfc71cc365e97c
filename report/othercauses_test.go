package report

import (
	"testing"
	"testing/synctest"

	"ftpdiag/probe"
	"ftpdiag/scenarios"
)

// TestOtherCausesAreNamed: what is only likely says what else it may be, and the
// questions that would settle it exist.
func TestOtherCausesAreNamed(t *testing.T) {
	known := map[string]bool{"": true}
	for _, x := range probe.Experiments() {
		known[x.Name] = true
	}
	for code, d := range otherCauses {
		if d.otherwise == "" || d.settle == "" || !known[d.ask] {
			t.Errorf("%s: %+v", code.Number(), d)
		}
	}
	for _, s := range scenarios.All() {
		t.Run(s.Name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				run, err := s.StartInMemory()
				if err != nil {
					t.Fatal(err)
				}
				defer run.Close()
				p := probe.Prober{Network: run.Network, Plan: run.Plan}
				e := p.Run(t.Context(), run.Target)
				for _, f := range probe.Classify(e) {
					if _, ok := causeBeside(e, f); !ok && f.Confidence == probe.ConfidenceLikely {
						t.Errorf("%s %v is likely, and nothing says why it is not certain", f.Code.Number(), f.Code)
					}
				}
			})
		})
	}
}
