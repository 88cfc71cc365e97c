package probe

import (
	"strings"
	"testing"
)

func TestOneEntryIsNotEntries(t *testing.T) {
	for n, want := range []string{"0 entries", "1 entry", "2 entries"} {
		if got := (received{entries: n}).String(); !strings.Contains(got, want+" in ") {
			t.Errorf("%d: %s", n, got)
		}
	}
}
