package probe_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"ftpdiag/probe"
	"ftpdiag/scenarios"
)

// TestStopAtAnyMoment stops the examination of every scenario at many moments:
// it must return at once with what is known, and leave no goroutine (the bubble
// notices one that stays blocked) and no socket.
func TestStopAtAnyMoment(t *testing.T) {
	moments := []time.Duration{0, 10, 50, 90, 130, 170, 210, 260, 700, 1500, 4000, 8100, 9000, 12000}
	for _, s := range scenarios.All() {
		t.Run(s.Name, func(t *testing.T) {
			for _, ms := range moments {
				after := ms * time.Millisecond
				synctest.Test(t, func(t *testing.T) {
					run, err := s.StartInMemory()
					if err != nil {
						t.Fatal(err)
					}
					ctx, cancel := context.WithTimeout(t.Context(), after)
					defer cancel()
					p := probe.Prober{Network: run.Network, Plan: run.Plan}
					e := p.Run(ctx, run.Target)
					if late := e.Took - after; late > time.Second {
						t.Errorf("stopped after %v, it returned %v later", after, late)
					}
					if e.Took > after && !e.Interrupted {
						t.Errorf("stopped after %v, it does not say so", after)
					}
					if e.Interrupted {
						stopped := false
						for _, f := range probe.Classify(e) {
							stopped = stopped || f.Code == probe.Stopped
						}
						if !stopped {
							t.Errorf("stopped after %v: no finding says so", after)
						}
					}
					run.Close()
					if n := run.Open(); n != 0 {
						t.Errorf("stopped after %v: %d sockets left open", after, n)
					}
				})
			}
		})
	}
}

// TestStoppedRunAccusesNobody: what a stopped run did not wait for is not held
// against anybody. Whatever a run stopped early says with certainty about a
// fault, the whole run says as well.
func TestStoppedRunAccusesNobody(t *testing.T) {
	for _, s := range scenarios.All() {
		t.Run(s.Name, func(t *testing.T) {
			whole := map[probe.Code]bool{}
			examine := func(after time.Duration, look func([]probe.Finding)) {
				synctest.Test(t, func(t *testing.T) {
					run, err := s.StartInMemory()
					if err != nil {
						t.Fatal(err)
					}
					defer run.Close()
					ctx, cancel := context.WithTimeout(t.Context(), after)
					defer cancel()
					p := probe.Prober{Network: run.Network, Plan: run.Plan}
					look(probe.Classify(p.Run(ctx, run.Target)))
				})
			}
			examine(time.Hour, func(fs []probe.Finding) {
				for _, f := range fs {
					whole[f.Code] = true
				}
			})
			for _, ms := range []time.Duration{100, 150, 200, 250, 300, 400, 1000, 3000, 6000, 9000} {
				examine(ms*time.Millisecond, func(fs []probe.Finding) {
					for _, f := range fs {
						if f.Severity == probe.SeverityError && f.Confidence == probe.ConfidenceCertain && !whole[f.Code] {
							t.Errorf("stopped after %d ms it is certain of %v, the whole run does not know it", ms, f.Code)
						}
					}
				})
			}
		})
	}
}
