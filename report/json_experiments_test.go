package report

import (
	"encoding/json"
	"strings"
	"testing"

	"ftpdiag/probe"
	"ftpdiag/report/term"
	"ftpdiag/scenarios"
)

// Whatever can be asked has words for what either answer decides, so that -v and
// the JSON tell the reasoning.
func TestEveryQuestionDecidesSomething(t *testing.T) {
	known := map[string]bool{}
	for _, x := range probe.Experiments() {
		known[x.Name] = true
		if d := decisions[x.Name]; d.yes == "" || d.no == "" {
			t.Errorf("%s: what its answers decide has no words", x.Name)
		}
	}
	for name := range decisions {
		if !known[name] {
			t.Errorf("nothing asks %s", name)
		}
	}
}

// Every question is told in the JSON and by -v, with what it decided and, where it
// was asked on a connection, what was sent.
func TestEveryScenarioTellsItsQuestions(t *testing.T) {
	examined(t, func(t *testing.T, _ *scenarios.Scenario, r *Report) {
		var got struct{ Experiments []wireExperiment }
		if err := json.Unmarshal([]byte(asJSON(t, r)), &got); err != nil {
			t.Fatal(err)
		}
		if len(got.Experiments) != len(r.Examination.Experiments) {
			t.Errorf("%d questions of %d", len(got.Experiments), len(r.Examination.Experiments))
		}
		details := strings.Join(strings.Fields(asText(t, r, term.Style{Width: 79, Verbose: 1})), " ")
		for _, x := range got.Experiments {
			if x.Answer != nil && (x.Decided == nil || !strings.Contains(details, upperFirst(*x.Answer)+": "+*x.Decided+".")) {
				t.Errorf("-v does not tell what %s decided", x.Name)
			}
			if x.Answer != nil && len(x.Evidence) == 0 {
				t.Errorf("%s has no evidence", x.Name)
			}
		}
	})
}

// What TLS showed is told for each path under TLS, and for no other.
func TestJSONTellsTLS(t *testing.T) {
	examined(t, func(t *testing.T, s *scenarios.Scenario, r *Report) {
		var got struct {
			Paths []struct {
				Protection string
				TLS        *struct {
					Version     *string
					DataVersion *string `json:"data_version"`
					Resumed     *bool
					Certificate *struct{ Subject *string }
				}
			}
		}
		if err := json.Unmarshal([]byte(asJSON(t, r)), &got); err != nil {
			t.Fatal(err)
		}
		for _, p := range got.Paths {
			if p.TLS != nil && p.Protection == "clear" {
				t.Error("a path in clear has TLS")
			}
			if s.Name != "tls-reuse-required-and-met" || p.TLS == nil {
				continue
			}
			if w := p.TLS; w.Version == nil || w.DataVersion == nil || *w.DataVersion != "TLS 1.3" || w.Resumed == nil || !*w.Resumed || w.Certificate == nil {
				t.Errorf("what TLS showed is not told whole: %+v", w)
			}
			if !strings.Contains(asText(t, r, term.Style{Width: 99, Verbose: 1}), "EPSV under TLS 1.3 (session resumed)") {
				t.Error("-v does not tell the TLS of data connections")
			}
		}
		if s.Name == "tls-reuse-required-and-met" && (len(got.Paths) == 0 || got.Paths[len(got.Paths)-1].TLS == nil) {
			t.Error("no path tells of its TLS")
		}
	})
}
