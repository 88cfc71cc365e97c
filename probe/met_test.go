package probe

import (
	"net/netip"
	"testing"
	"time"
)

// TestMeetingTwiceIsProof: a call that was met once is evidence, and twice makes
// certain that the server calls.
func TestMeetingTwiceIsProof(t *testing.T) {
	remote := netip.MustParseAddrPort("198.51.100.20:21")
	for met, want := range []Confidence{ConfidenceLikely, ConfidenceLikely, ConfidenceCertain} {
		e := &Examination{Sessions: []Session{{ID: 1, Purpose: ForPassive, Remote: remote, Protection: Clear, LoggedIn: true, Attempts: []Attempt{
			{Method: PORT, Session: 1, Protection: Clear, Reached: StageConnecting, Stop: Stop{Cause: Timeout}, Waited: 3 * time.Second,
				Setup: Exchange{Command: "PORT"}, Events: []int{1}},
		}}}, Events: []Event{{N: 1}, {N: 2}, {N: 3}}}
		for i := range met {
			e.Experiments = append(e.Experiments, Experiment{Name: "simultaneous-open", Session: 1, Answer: Yes, Events: []int{2 + i}})
		}
		found := false
		for _, f := range Classify(e) {
			if f.Code == ActiveBlocked {
				found = true
				if f.Confidence != want || len(f.Evidence) != 1+met {
					t.Errorf("met %d times: %v with evidence %v, want %v", met, f.Confidence, f.Evidence, want)
				}
			}
		}
		if !found {
			t.Errorf("met %d times: nothing is said of the blocked call", met)
		}
	}
}
