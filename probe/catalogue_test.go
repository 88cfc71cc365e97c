package probe_test

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"

	"ftpdiag/probe"
	"ftpdiag/scenarios"
)

// examined is a scenario and what was found out about it. Tests share it and must not
// change it.
type examined struct {
	name string
	e    *probe.Examination
}

var (
	examineAll sync.Once
	everything []examined
)

// examineCatalogue examines every scenario in memory, once for all tests that only
// classify.
func examineCatalogue(t *testing.T) []examined {
	examineAll.Do(func() {
		for _, s := range scenarios.All() {
			synctest.Test(t, func(t *testing.T) {
				run, err := s.StartInMemory()
				if err != nil {
					t.Fatal(err)
				}
				defer run.Close()
				ctx := t.Context()
				if run.Stop > 0 {
					var cancel context.CancelFunc
					ctx, cancel = context.WithTimeout(ctx, run.Stop)
					defer cancel()
				}
				p := probe.Prober{Network: run.Network, Plan: run.Plan}
				everything = append(everything, examined{s.Name, p.Run(ctx, run.Target)})
			})
		}
	})
	if len(everything) == 0 {
		t.Fatal("nothing was examined")
	}
	return everything
}
