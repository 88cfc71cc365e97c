package report

import (
	"testing"

	"ftpdiag/probe"
	"ftpdiag/probe/ftp"
	"ftpdiag/report/remedies"
)

// TestMarks: a server program for which there are remedies is known by what it says of
// itself. One whose mark the examination does not know would never be advised on.
func TestMarks(t *testing.T) {
	for _, want := range remedies.Components(remedies.Server) {
		for _, mark := range want.Marks {
			s := &probe.Session{Greeting: probe.Exchange{Reply: ftp.Reply{Code: 220, Lines: []string{"Welcome to " + mark + " 1.2"}}}}
			if got := remedies.Recognise(remedies.Server, softwareOf(s)); got != want {
				t.Errorf("%q is taken for %q, not for %s", mark, softwareOf(s), want.Name)
			}
		}
	}
}
