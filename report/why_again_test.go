package report

import (
	"strings"
	"testing"
	"time"

	"ftpdiag/probe"
	"ftpdiag/report/term"
)

// TestLostFirstPacketIsTold: a data connection that opened only when its SYN had
// been sent again works, and the next one may not.
func TestLostFirstPacketIsTold(t *testing.T) {
	const told = "The first packet to port 50112 was lost"
	for _, tt := range []struct {
		opened, roundTrip time.Duration
		want              bool
	}{
		{20 * time.Millisecond, 20 * time.Millisecond, false},
		{1010 * time.Millisecond, 10 * time.Millisecond, true},
		{3010 * time.Millisecond, 10 * time.Millisecond, true},
		{1100 * time.Millisecond, 600 * time.Millisecond, false}, // a satellite
	} {
		f := eitherFixture()
		for i := range f.exam.Sessions {
			f.exam.Sessions[i].Connect.Took = tt.roundTrip
			for k := range f.exam.Sessions[i].Attempts {
				if a := &f.exam.Sessions[i].Attempts[k]; a.Method == probe.EPSV {
					a.Opened = tt.opened
				}
			}
		}
		if got := strings.Contains(strings.Join(strings.Fields(asText(t, f.report(), term.Style{Width: 79})), " "), told); got != tt.want {
			t.Errorf("%v at a round trip of %v: told %v", tt.opened, tt.roundTrip, got)
		}
	}
}
