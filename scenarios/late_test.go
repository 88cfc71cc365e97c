package scenarios_test

import (
	"slices"
	"testing"
	"time"

	"ftpdiag/report"
	"ftpdiag/scenarios"
)

// lossy are the scenarios in which questions about lost packets get a time of their own.
var lossy = []string{"eprt-and-port-never-answered", "listings-lost-in-one-mode"}

// lateGreetings are the times that servers take to greet: ProFTPD's usual one
// (measured), and what that becomes on a busy computer.
var lateGreetings = []struct {
	by time.Duration
	// within is the longest a default examination may take: what a person waits for,
	// and what the greetings of two connections add.
	within time.Duration
	// less are the scenarios in which there is no time then to find out everything, with
	// the verdicts that remain.
	less map[string]string
}{
	{400 * time.Millisecond, 12600 * time.Millisecond, map[string]string{
		"stopped-before-active":       "undetermined", // and before passive
		"passive-range-mostly-closed": "either",       // by chance no closed port is met
	}},
	{time.Second, 14500 * time.Millisecond, map[string]string{
		"stopped-before-active":                    "undetermined",
		"passive-range-mostly-closed":              "either",
		"passive-range-partly-open":                "either", // the same port is not asked twice
		"passive-range-partly-open-active-blocked": "unreliable",
		"half-open-and-tls":                        "unreliable",
		"epsv-off-one-port-closed":                 "unreliable",
		"firewall-limits-connections-drops":        "either", // the limit itself is not found
	}},
}

// TestGreetedLate: a server that is a little slow to greet is judged like another, and
// a person waits no longer for it.
func TestGreetedLate(t *testing.T) {
	for _, late := range lateGreetings {
		t.Run(late.by.String(), func(t *testing.T) {
			for _, s := range scenarios.All() {
				slow, ok := s.GreetedLate(late.by)
				if !ok {
					continue
				}
				t.Run(s.Name, func(t *testing.T) {
					t.Parallel()
					verdict, less := late.less[s.Name]
					inMemory(t, slow, func(t *testing.T, r *report.Report) {
						if !less {
							check(t, slow, r)
						} else if checkForbidden(t, slow, r); r.Verdict.ID.String() != verdict {
							t.Errorf("verdict %v, want %s", r.Verdict.ID, verdict)
						}
						asked, excused := r.Examination.Plan, scenarios.SlowServers[s.Name] != "" || slices.Contains(lossy, s.Name)
						if took := r.Examination.Took; took > late.within && !excused && !asked.Deep && asked.Samples == 0 && asked.OtherPort == 0 {
							t.Errorf("it took %v, more than %v", took, late.within)
						}
						if t.Failed() {
							t.Log(story(r))
						}
					})
				})
			}
		})
	}
}
