package scenarios_test

import (
	"slices"
	"testing"
	"time"

	"ftpdiag/report"
	"ftpdiag/scenarios"
)

// untimely is why a range of ports is not called partly open.
const untimely = "there is no time to meet so many ports"

// lossy are the scenarios in which questions about lost packets get a time of their own.
var lossy = []string{"eprt-and-port-never-answered", "listings-lost-in-one-mode"}

// lateGreetings are the times that servers take to greet: ProFTPD's usual one
// (measured), and what that becomes on a busy computer.
var lateGreetings = []struct {
	by time.Duration
	// within is the longest a default examination may take: what a person waits for,
	// and what the greetings of two connections add.
	within time.Duration
	// differs are the scenarios that say less then, and why.
	differs map[string]string
}{
	{400 * time.Millisecond, 12600 * time.Millisecond, map[string]string{
		"stopped-before-active":       "the person stops it before",
		"passive-range-mostly-closed": untimely,
	}},
	{time.Second, 14500 * time.Millisecond, map[string]string{
		"stopped-before-active":                    "the person stops it before",
		"passive-range-mostly-closed":              untimely,
		"passive-range-partly-open":                untimely,
		"passive-range-partly-open-active-blocked": untimely,
		"half-open-and-tls":                        untimely,
		"epsv-off-one-port-closed":                 untimely,
		"firewall-limits-connections-drops":        "there is no time to find the limit",
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
					if why := late.differs[s.Name]; why != "" {
						t.Skip(why)
					}
					inMemory(t, slow, func(t *testing.T, r *report.Report) {
						check(t, slow, r)
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
