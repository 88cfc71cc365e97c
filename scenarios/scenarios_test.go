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

// examine runs the prober, ends the scenario and looks for sockets left over.
func examine(t *testing.T, run *scenarios.Running) *report.Report {
	t.Helper()
	p := probe.Prober{Network: run.Network, Plan: run.Plan, Version: "1.0.0"}
	e := p.Run(context.Background(), run.Target)
	run.Close()
	if n := run.Open(); n != 0 {
		t.Errorf("%d sockets are still open after Close", n)
	}
	return report.New(e)
}

// inMemory examines a scenario in a bubble with a fake clock, which ends with
// an error if a goroutine is left over.
func inMemory(t *testing.T, s *scenarios.Scenario, judge func(*testing.T, *report.Report)) {
	synctest.Test(t, func(t *testing.T) {
		run, err := s.StartInMemory()
		if err != nil {
			t.Fatal(err)
		}
		r := examine(t, run)
		judge(t, r)
	})
}

func TestInMemory(t *testing.T) {
	for _, s := range scenarios.All() {
		t.Run(s.Name, func(t *testing.T) {
			inMemory(t, s, func(t *testing.T, r *report.Report) {
				check(t, s, r)
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

func TestOnLoopback(t *testing.T) {
	for _, s := range scenarios.All() {
		if !s.OnLoopback() {
			continue
		}
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			run, err := s.Start(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			r := examine(t, run)
			check(t, s, r)
			if t.Failed() {
				t.Log(story(r))
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
	checkFindings(t, s, r)
}

// checkFindings compares the findings. One that another finding explains is
// not shown as a problem, so that it is no false accusation; but it was found.
func checkFindings(t *testing.T, s *scenarios.Scenario, r *report.Report) {
	t.Helper()
	var found, shown []probe.Code
	for _, f := range r.Findings {
		found = append(found, f.Code)
		if !f.Folded {
			shown = append(shown, f.Code)
		}
	}
	if s.Primary != 0 && (len(found) == 0 || found[0] != s.Primary) {
		t.Errorf("findings %v, want %v first", found, s.Primary)
	}
	for _, c := range s.Findings {
		if !slices.Contains(found, c) {
			t.Errorf("findings %v, want %v among them", found, c)
		}
	}
	for _, c := range s.Forbidden {
		if slices.Contains(shown, c) {
			t.Errorf("findings %v accuse falsely of %v", shown, c)
		}
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
