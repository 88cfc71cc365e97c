package scenarios_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"ftpdiag/probe"
	"ftpdiag/scenarios"
)

// examine runs the prober and renders what is needed to understand a failure.
func examine(t *testing.T, run *scenarios.Running) (*probe.Examination, []probe.Finding) {
	t.Helper()
	p := probe.Prober{Network: run.Network, Plan: run.Plan, Version: "test"}
	e := p.Run(context.Background(), run.Target)
	return e, probe.Classify(e)
}

// TestInMemory examines every scenario under a fake clock.
func TestInMemory(t *testing.T) {
	for _, s := range scenarios.All() {
		t.Run(s.Name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				run, err := s.StartInMemory()
				if err != nil {
					t.Fatal(err)
				}
				e, findings := examine(t, run)
				run.Close()
				if n := run.Open(); n != 0 {
					t.Errorf("%d sockets are still open after Close", n)
				}
				check(t, s, e, findings)
				if e.Took > s.Within {
					t.Errorf("it took %v, more than %v", e.Took, s.Within)
				}
				if t.Failed() {
					t.Log(story(e, findings))
				}
			})
		})
	}
}

// TestOnLoopback examines on real sockets what they can show.
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
			e, findings := examine(t, run)
			run.Close()
			if n := run.Open(); n != 0 {
				t.Errorf("%d sockets are still open after Close", n)
			}
			check(t, s, e, findings)
			if t.Failed() {
				t.Log(story(e, findings))
			}
		})
	}
}

// check compares what was found with what the scenario expects.
func check(t *testing.T, s *scenarios.Scenario, e *probe.Examination, findings []probe.Finding) {
	t.Helper()
	if got := e.Mode(probe.Active).Status; got != s.Active {
		t.Errorf("active mode: %v, want %v", got, s.Active)
	}
	if got := e.Mode(probe.Passive).Status; got != s.Passive {
		t.Errorf("passive mode: %v, want %v", got, s.Passive)
	}
	for m, want := range s.Methods {
		ms := e.Mode(m.Mode()).Methods[m]
		got := probe.Untested
		switch {
		case ms.Worked > 0:
			got = probe.Works
		case ms.Tried > 0:
			got = probe.Fails
		}
		if got != want {
			t.Errorf("method %v: %v, want %v", m, got, want)
		}
	}
	var all, shown []probe.Code
	for _, f := range findings {
		all = append(all, f.Code)
		if !f.Folded {
			shown = append(shown, f.Code)
		}
	}
	if s.Primary != 0 && (len(shown) == 0 || shown[0] != s.Primary) {
		t.Errorf("findings %v, want %v first", shown, s.Primary)
	}
	for _, c := range s.Findings {
		if !slices.Contains(all, c) {
			t.Errorf("findings %v, want %v among them", all, c)
		}
	}
	for _, c := range s.Forbidden {
		if slices.Contains(shown, c) {
			t.Errorf("findings %v, which falsely include %v", shown, c)
		}
	}
}

// story is the run in a form a person can follow.
func story(e *probe.Examination, findings []probe.Finding) string {
	var b strings.Builder
	for _, v := range e.Events {
		fmt.Fprintf(&b, "\n%9.3fs #%d %-7v %-7v %s", v.At.Seconds(), v.Session, v.Channel, v.Direction, v.Text)
	}
	for _, f := range findings {
		fmt.Fprintf(&b, "\n%v %v %v folded=%v", f.Code, f.Severity, f.Confidence, f.Folded)
	}
	return b.String()
}
