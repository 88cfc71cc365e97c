package report

import (
	"context"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"ftpdiag/probe"
	"ftpdiag/report/term"
	"ftpdiag/scenarios"
)

// examinations are the examinations of all scenarios, each made once, when a test
// first asks for it. A test must not change one.
var examinations = sync.OnceValue(func() map[string]*examination {
	all := map[string]*examination{}
	for _, s := range scenarios.All() {
		all[s.Name] = &examination{}
	}
	return all
})

// examination is one that is made when it is first needed.
type examination struct {
	once sync.Once
	exam *probe.Examination // nil: the scenario did not start
}

// of examines a scenario in memory.
func (x *examination) of(t *testing.T, s *scenarios.Scenario) *probe.Examination {
	t.Helper()
	x.once.Do(func() {
		synctest.Test(t, func(t *testing.T) {
			run, err := s.StartInMemory()
			if err != nil {
				t.Error(err)
				return
			}
			p := probe.Prober{Network: run.Network, Plan: run.Plan, Version: "1.0.0"}
			x.exam = p.Run(context.Background(), run.Target)
			run.Close()
		})
	})
	if x.exam == nil {
		t.Fatal("the scenario did not start")
	}
	return x.exam
}

// examined hands the report of every scenario to judge, several at a time. It
// returns when all have been judged.
func examined(t *testing.T, judge func(t *testing.T, s *scenarios.Scenario, r *Report)) {
	t.Run("all", func(t *testing.T) {
		for _, s := range scenarios.All() {
			t.Run(s.Name, func(t *testing.T) {
				t.Parallel()
				judge(t, s, New(examinations()[s.Name].of(t, s)))
			})
		}
	})
}

// Every situation fits on one screen, is explained, and says the same whatever
// the width.
func TestEveryScenarioFitsOneScreen(t *testing.T) {
	examined(t, func(t *testing.T, s *scenarios.Scenario, r *Report) {
		for _, limit := range []struct{ width, lines int }{{79, 24}, {59, 40}} {
			text := asText(t, r, term.Style{Width: limit.width})
			if n := strings.Count(text, "\n"); n > limit.lines {
				t.Errorf("%d lines at %d columns, more than %d:\n%s", n, limit.width, limit.lines, text)
			}
		}
		for _, width := range []int{40, 51, 52, 69, 99} { // the layout at others has a test of its own
			for _, line := range strings.Split(asText(t, r, term.Style{Width: width, Verbose: 2}), "\n") {
				if n := cells(line); n > width {
					t.Errorf("%d columns at width %d: %s", n, width, line)
				}
			}
		}
		if len(r.Why) == 0 {
			t.Error("says no reason")
		}
		for _, why := range r.Why {
			if strings.Contains(why.Lead, "does not work") {
				t.Errorf("no finding explains: %s %s", why.Lead, why.Text)
			}
		}
	})
}

// The mode word and the verdict agree with what the scenario expects of the
// modes, in every format the same.
func TestEveryScenarioRecommendsWhatWorks(t *testing.T) {
	examined(t, func(t *testing.T, s *scenarios.Scenario, r *Report) {
		works := map[probe.Mode]bool{
			probe.Active:  s.Active == probe.Works || s.Active == probe.Unreliable,
			probe.Passive: s.Passive == probe.Works || s.Passive == probe.Unreliable,
		}
		if m := r.Verdict.Mode; m != 0 && !works[m] {
			t.Errorf("recommends %v, which does not work", m)
		}
		if r.Verdict.Mode == 0 && (works[probe.Active] || works[probe.Passive]) {
			t.Error("recommends nothing although a mode works")
		}
		if code := r.ExitCode(); (code == 0) != (r.Verdict.Usable == True && r.Verdict.ID != Unreliable) {
			t.Errorf("leaves with %d, usable %v, verdict %v", code, r.Verdict.Usable, r.Verdict.ID)
		}
		for _, f := range r.Findings {
			if f.Title == "" || f.Detail == "" || strings.ContainsAny(f.Title+f.Detail, "{}") && !strings.Contains(f.Detail, `"`) {
				t.Errorf("%s: title %q, detail %q", f.Code.Number(), f.Title, f.Detail)
			}
		}
	})
}

func TestEveryScenarioKeepsTheSchema(t *testing.T) {
	s := schema(t)
	examined(t, func(t *testing.T, _ *scenarios.Scenario, r *Report) {
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(asJSON(t, r)))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(doc); err != nil {
			t.Error(err)
		}
	})
}
