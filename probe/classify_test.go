package probe_test

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"ftpdiag/probe"
	"ftpdiag/scenarios"
)

// TestFindingsHaveEvidence: every finding of every scenario points at events
// that exist, has a party, a severity and a confidence, and occurs once.
func TestFindingsHaveEvidence(t *testing.T) {
	for _, s := range scenarios.All() {
		t.Run(s.Name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				run, err := s.StartInMemory()
				if err != nil {
					t.Fatal(err)
				}
				p := probe.Prober{Network: run.Network, Plan: run.Plan}
				e := p.Run(context.Background(), run.Target)
				run.Close()
				fs := probe.Classify(e)
				if d := cmp.Diff(fs, probe.Classify(e), alike); d != "" {
					t.Errorf("classified twice, different:\n%s", d)
				}
				seen := map[probe.Code]bool{}
				for _, f := range fs {
					if seen[f.Code] {
						t.Errorf("%v occurs twice", f.Code)
					}
					seen[f.Code] = true
					if len(f.Evidence) == 0 {
						t.Errorf("%v has no evidence", f.Code)
					}
					for _, n := range f.Evidence {
						if n < 1 || n > len(e.Events) || e.Events[n-1].N != n {
							t.Errorf("%v points at event %d, which does not exist", f.Code, n)
						}
					}
					if f.Party == 0 || f.Severity == 0 || f.Confidence == probe.ConfidenceUnknown {
						t.Errorf("%v is incomplete: %+v", f.Code, f)
					}
				}
				if len(fs) == 0 {
					t.Error("nothing was found")
				}
			})
		})
	}
}

// TestClassifyIsTotal: no examination, however incomplete, makes it panic.
// Every session, attempt and event of real ones is taken away in turn.
func TestClassifyIsTotal(t *testing.T) {
	probe.Classify(&probe.Examination{})
	for _, s := range scenarios.All() {
		synctest.Test(t, func(t *testing.T) {
			run, err := s.StartInMemory()
			if err != nil {
				t.Fatal(err)
			}
			p := probe.Prober{Network: run.Network, Plan: run.Plan}
			e := p.Run(context.Background(), run.Target)
			run.Close()
			for i := range e.Sessions {
				less := *e
				less.Sessions = slices.Delete(slices.Clone(e.Sessions), i, i+1)
				probe.Classify(&less)
				for j := range e.Sessions[i].Attempts {
					less := *e
					less.Sessions = slices.Clone(e.Sessions)
					less.Sessions[i].Attempts = slices.Delete(slices.Clone(e.Sessions[i].Attempts), j, j+1)
					probe.Classify(&less)
				}
			}
			bare := *e
			bare.Events, bare.Experiments, bare.Connects = nil, nil, nil
			probe.Classify(&bare)
		})
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
