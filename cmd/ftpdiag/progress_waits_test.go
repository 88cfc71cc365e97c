package main

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"ftpdiag/probe"
	"ftpdiag/scenarios"
)

// TestEveryWaitIsTold: whenever nothing happens for more than a second, in a default or
// a deep check, the line says what is waited for.
func TestEveryWaitIsTold(t *testing.T) {
	for _, deep := range []bool{false, true} {
		for _, s := range scenarios.All() {
			name := s.Name
			if deep {
				name += "/deep"
			}
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) { watchWaits(t, s, deep) })
			})
		}
	}
}

// watchWaits looks at the status line whenever it has stood still for long.
func watchWaits(t *testing.T, s *scenarios.Scenario, deep bool) {
	run, err := s.StartInMemory()
	if err != nil {
		t.Fatal(err)
	}
	defer run.Close()
	run.Plan.Deep = run.Plan.Deep || deep
	var p progress
	var story []string
	quietSince := time.Now()
	look := func() {
		if quiet := time.Since(quietSince); p.last.Step != 0 && quiet > statusEvery+50*time.Millisecond {
			if ev, _ := p.doing(); !awaits(ev) {
				t.Errorf("%.1f s of silence after %q", quiet.Seconds(), ev.Text)
				t.Log(strings.Join(story[max(0, len(story)-8):], "\n")) // what came before
			}
		}
		quietSince = time.Now()
	}
	prober := probe.Prober{Network: run.Network, Plan: run.Plan, Observe: func(ev probe.Event) {
		look()
		p.take(ev)
		story = append(story, fmt.Sprintf("%.3f #%d %v", ev.At.Seconds(), ev.Session, ev.Text))
	}}
	prober.Run(t.Context(), run.Target)
	look()
}
