package scenarios_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"ftpdiag/probe"
	"ftpdiag/report"
	"ftpdiag/scenarios"
)

// examine runs the prober, stops it when the person of the scenario would, and
// ends the scenario; open is the number of sockets
// left over.
func examine(run *scenarios.Running) (r *report.Report, open int) {
	p := probe.Prober{Network: run.Network, Plan: run.Plan, Version: "1.0.0"}
	ctx := context.Background()
	if run.Stop > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, run.Stop)
		defer cancel()
	}
	e := p.Run(ctx, run.Target)
	run.Close()
	return report.New(e), run.Open()
}

// inMemory examines a scenario in a bubble with a fake clock, which fails if a
// goroutine is left over.
func inMemory(t *testing.T, s *scenarios.Scenario, judge func(*testing.T, *report.Report)) {
	synctest.Test(t, func(t *testing.T) {
		run, err := s.StartInMemory()
		if err != nil {
			t.Fatal(err)
		}
		r, open := examine(run)
		if open != 0 {
			t.Errorf("%d sockets are still open after Close", open)
		}
		judge(t, r)
	})
}

func TestInMemory(t *testing.T) {
	for _, s := range scenarios.All() {
		t.Run(s.Name, func(t *testing.T) {
			inMemory(t, s, func(t *testing.T, r *report.Report) {
				check(t, s, r)
				checkParties(t, s, r)
				if r.Examination.Took > s.Within {
					t.Errorf("it took %v, more than %v", r.Examination.Took, s.Within)
				}
				if t.Failed() {
					t.Log(story(r))
				}
			})
		})
	}
}

// atOnce is how many scenarios run at a time on loopback. They wait more than
// they work, so that it may be more than there are processors, but not so many
// that a slow machine misses their short deadlines.
const atOnce = 12

func TestOnLoopback(t *testing.T) {
	type result struct {
		report *report.Report
		open   int
		err    error
	}
	slots := make(chan struct{}, atOnce)
	results := map[string]chan result{}
	for _, s := range scenarios.All() {
		if !s.OnLoopback() {
			continue
		}
		done := make(chan result, 1)
		results[s.Name] = done
		go func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			run, err := s.Start(t.Context())
			if err != nil {
				done <- result{err: err}
				return
			}
			r, open := examine(run)
			done <- result{report: r, open: open}
		}()
	}
	for _, s := range scenarios.All() {
		done := results[s.Name]
		if done == nil {
			continue
		}
		got := <-done
		t.Run(s.Name, func(t *testing.T) {
			if got.err != nil {
				t.Fatal(got.err)
			}
			if got.open != 0 {
				t.Errorf("%d sockets are still open after Close", got.open)
			}
			check(t, s, got.report)
			// On one computer the evidence reaches less far: there are no
			// distances. Then nobody is named, but never somebody else.
			checkParties(t, s, got.report, probe.PartyPath)
			if t.Failed() {
				t.Log(story(got.report))
			}
		})
	}
}

// check compares what was found with what the scenario expects.
func check(t *testing.T, s *scenarios.Scenario, r *report.Report) {
	t.Helper()
	if got := r.Verdict.ID.String(); got != s.Verdict {
		t.Errorf("verdict %s, want %s", got, s.Verdict)
	}
	e := r.Examination
	for mode, want := range map[probe.Mode]probe.Status{probe.Active: s.Active, probe.Passive: s.Passive} {
		if got := e.Mode(mode).Status; got != want {
			t.Errorf("%v mode: %v, want %v", mode, got, want)
		}
	}
	for m, want := range s.Methods {
		if got := methodStatus(e, m); got != want {
			t.Errorf("method %v: %v, want %v", m, got, want)
		}
	}
	if s.Recommend != 0 && r.Verdict.Mode != s.Recommend {
		t.Errorf("%v mode is recommended, want %v", r.Verdict.Mode, s.Recommend)
	}
	checkFindings(t, s, r)
	checkCalls(t, e)
}

// checkFindings compares the findings. One that another finding explains was found,
// though it is not shown as a problem.
func checkFindings(t *testing.T, s *scenarios.Scenario, r *report.Report) {
	t.Helper()
	var found []probe.Code
	for _, f := range r.Findings {
		found = append(found, f.Code)
	}
	if s.Primary != 0 && (len(found) == 0 || found[0] != s.Primary) {
		t.Errorf("findings %v, want %v first", found, s.Primary)
	}
	if s.Confidence != 0 && len(r.Findings) > 0 && r.Findings[0].Confidence != s.Confidence {
		t.Errorf("%v is %v, want %v", r.Findings[0].Code, r.Findings[0].Confidence, s.Confidence)
	}
	for _, c := range s.Findings {
		if !slices.Contains(found, c) {
			t.Errorf("findings %v, want %v among them", found, c)
		}
	}
	checkForbidden(t, s, r)
}

// checkForbidden looks for false accusations. A finding that another one explains is
// none: it is not shown as a problem.
func checkForbidden(t *testing.T, s *scenarios.Scenario, r *report.Report) {
	t.Helper()
	var shown []probe.Code
	for _, f := range r.Findings {
		if !f.Folded {
			shown = append(shown, f.Code)
		}
	}
	for _, c := range s.Forbidden {
		if slices.Contains(shown, c) {
			t.Errorf("findings %v accuse falsely of %v", shown, c)
		}
	}
}

// checkParties compares who is asked to act. The primary finding may as well
// ask those of also.
func checkParties(t *testing.T, s *scenarios.Scenario, r *report.Report, also ...probe.Party) {
	t.Helper()
	for i, f := range r.Findings {
		stops := f.Severity == probe.SeverityError && !f.Folded
		switch {
		case i == 0 && stops && len(s.Party) == 0:
			t.Errorf("%v asks %v to act, and the scenario does not say who must", f.Code, f.Party)
		case i == 0 && len(s.Party) > 0 && !slices.Contains(s.Party, f.Party) && !slices.Contains(also, f.Party):
			t.Errorf("%v asks %v to act, want %v", f.Code, f.Party, s.Party)
		case stops && slices.Contains(s.Innocent, f.Party):
			t.Errorf("%v asks %v to act, who is innocent", f.Code, f.Party)
		}
	}
	if len(s.Party) > 0 && len(r.Findings) == 0 {
		t.Errorf("nobody is asked to act, want %v", s.Party)
	}
}

// methodStatus sums up the proper tries of one method.
func methodStatus(e *probe.Examination, m probe.Method) probe.Status {
	ms := e.Mode(m.Mode()).Methods[m]
	switch {
	case ms.Tried == 0:
		return probe.Untested
	case ms.Worked == 0:
		return probe.Fails
	case ms.Worked < ms.Tried:
		return probe.Unreliable
	default:
		return probe.Works
	}
}

// story is the run in a form in which a failed test can be understood.
func story(r *report.Report) string {
	var b strings.Builder
	for _, v := range r.Examination.Events {
		fmt.Fprintf(&b, "\n%9.3fs #%d %-7v %-7v %s", v.At.Seconds(), v.Session, v.Channel, v.Direction, v.Text)
	}
	for _, f := range r.Findings {
		fmt.Fprintf(&b, "\n%v %v %v folded=%v", f.Code, f.Severity, f.Confidence, f.Folded)
	}
	return b.String()
}
