package probe_test

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"

	"ftpdiag/probe"
	"ftpdiag/scenarios"
)

// asked runs a scenario with a changed plan and lists the experiments made.
func asked(t *testing.T, name string, change func(*probe.Plan)) (names []string, e *probe.Examination) {
	t.Helper()
	s, ok := scenarios.Find(name)
	if !ok {
		t.Fatalf("no scenario %s", name)
	}
	synctest.Test(t, func(t *testing.T) {
		run, err := s.StartInMemory()
		if err != nil {
			t.Fatal(err)
		}
		defer run.Close()
		change(&run.Plan)
		p := probe.Prober{Network: run.Network, Plan: run.Plan}
		e = p.Run(context.Background(), run.Target)
	})
	for _, x := range e.Experiments {
		names = append(names, x.Name)
		if x.Question == "" || x.Class == 0 {
			t.Errorf("%s: experiment %+v does not say what it decides", name, x)
		}
	}
	return names, e
}

// TestExperimentsObeyThePlan: each follow-up question can be forbidden, asked
// for, and left out where gentleness is wanted.
func TestExperimentsObeyThePlan(t *testing.T) {
	for _, c := range []struct {
		scenario, experiment string
		gentle               bool // made in the gentle examination too
	}{
		{"active-port-500-illegal", "seen-address", false},
		{"alg-rewrites-port", "hidden-command", false},
		{"list-hangs-mtu", "small-segments", true},
		{"tls-reuse-required-and-met", "fresh-tls", true},
		{"alg-swallows-227", "malformed-port", false},
		{"passive-range-partly-open", "alone", true},
		{"pasv-times-out-epsv-ok", "second-port", true},
	} {
		t.Run(c.scenario, func(t *testing.T) {
			if names, _ := asked(t, c.scenario, func(*probe.Plan) {}); !slices.Contains(names, c.experiment) {
				t.Errorf("by default it asks %v, not %s", names, c.experiment)
			}
			if names, _ := asked(t, c.scenario, func(p *probe.Plan) { p.Without = []string{c.experiment} }); slices.Contains(names, c.experiment) {
				t.Errorf("%s was forbidden and made", c.experiment)
			}
			if names, _ := asked(t, c.scenario, func(p *probe.Plan) { p.Gentle = true }); slices.Contains(names, c.experiment) != c.gentle {
				t.Errorf("gently it asks %v; %s: want %v", names, c.experiment, c.gentle)
			}
			names, _ := asked(t, c.scenario, func(p *probe.Plan) { p.Ask = []string{c.experiment} })
			for _, n := range names {
				if n != c.experiment && n != "control-alive" {
					t.Errorf("only %s was asked for, %s was made", c.experiment, n)
				}
			}
		})
	}
	if names, _ := asked(t, "all-good", func(*probe.Plan) {}); len(names) != 0 {
		t.Errorf("a healthy server is asked %v", names)
	}
	if names, _ := asked(t, "all-good", func(p *probe.Plan) { p.Deep = true }); !slices.Contains(names, "malformed-port") {
		t.Errorf("the deep examination asks %v", names)
	}
}

// TestSamples: --samples N tries N further passive ports.
func TestSamples(t *testing.T) {
	_, e := asked(t, "all-good", func(p *probe.Plan) { p.Samples = 5 })
	ports := map[uint16]bool{}
	for _, a := range e.AllAttempts() {
		if a.Method.Mode() == probe.Passive {
			ports[a.Dialled.Port()] = true
		}
	}
	if len(ports) != 7 { // EPSV, PASV and five more
		t.Errorf("%d passive ports tried, want 7", len(ports))
	}
}
