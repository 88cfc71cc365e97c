package report_test

import (
	"bytes"
	"context"
	"sync"
	"testing"
	"testing/synctest"

	"ftpdiag/probe"
	"ftpdiag/report"
	"ftpdiag/report/term"
	"ftpdiag/scenarios"
)

// canary is the password of every examination here. No output may hold it.
const canary = "canary-Xa9-secret"

// user is the name of every login that has none of its own: one that a
// redacted report must not hold.
const user = "maria.keller"

// seen is a scenario with what an examination of it found.
type seen struct {
	*scenarios.Scenario
	exam *probe.Examination
}

// examined examines every scenario once, in memory.
var examined = sync.OnceValue(func() []seen {
	var list []seen
	for _, s := range scenarios.All() {
		list = append(list, seen{Scenario: s})
	}
	return list
})

// all examines every scenario that has not been examined yet.
func all(t testing.TB) []seen {
	t.Helper()
	list := examined()
	for i := range list {
		if list[i].exam == nil {
			list[i].exam = examine(t, list[i].Scenario)
		}
	}
	return list
}

// examine examines a scenario in a bubble with a fake clock. The login has a
// password, and a name unless the scenario is about one.
func examine(t testing.TB, s *scenarios.Scenario) *probe.Examination {
	t.Helper()
	var exam *probe.Examination
	bubble(t, func() {
		run, err := s.StartInMemory()
		if err != nil {
			t.Error(err)
			return
		}
		defer run.Close()
		target := run.Target
		target.Password = canary
		if target.User == "" || target.PublicName() {
			target.User = user
		}
		prober := probe.Prober{Network: run.Network, Plan: run.Plan, Version: "1.0.0"}
		exam = prober.Run(context.Background(), target)
	})
	return exam
}

// bubble runs f under a fake clock, also for a benchmark.
func bubble(t testing.TB, f func()) {
	if t, ok := t.(*testing.T); ok {
		synctest.Test(t, func(*testing.T) { f() })
		return
	}
	testing.RunTests(func(string, string) (bool, error) { return true, nil },
		[]testing.InternalTest{{Name: "examine", F: func(t *testing.T) { synctest.Test(t, func(*testing.T) { f() }) }}})
}

// formats are all formats.
func formats(t testing.TB) []report.Format {
	t.Helper()
	var list []report.Format
	for _, name := range report.FormatNames() {
		f, ok := report.ParseFormat(name)
		if !ok || f.String() != name {
			t.Fatalf("format %q is read as %v, %v", name, f, ok)
		}
		list = append(list, f)
	}
	return list
}

// write renders a report, verbose so that everything is in it.
func write(t testing.TB, r *report.Report, f report.Format) string {
	t.Helper()
	var b bytes.Buffer
	if err := r.WriteFile(&b, f, term.Style{Verbose: 2}); err != nil {
		t.Fatalf("%v: %v", f, err)
	}
	return b.String()
}
