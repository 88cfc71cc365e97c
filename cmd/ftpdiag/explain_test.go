package main

import (
	"strings"
	"testing"
)

// TestExplainHelp demands of the page that it fits every console, and that what
// it says can be typed works.
func TestExplainHelp(t *testing.T) {
	found := 0
	for line := range strings.Lines(explainHelpHead) {
		line = strings.TrimSuffix(line, "\n")
		if len(line) > messageWidth {
			t.Errorf("too long: %q", line)
		}
		_, rest, ok := strings.Cut(line, "  ftpdiag ")
		if !ok {
			continue
		}
		found++
		command, _, _ := strings.Cut(rest, "  ")
		w := newWorld("")
		if code := w.run(strings.Fields(command)...); code != 0 || w.err.String() != "" || w.out.String() == "" {
			t.Errorf("ftpdiag %s: exit code %d, %s", command, code, w.err.String())
		}
	}
	if found < 5 {
		t.Errorf("only %d examples were found", found)
	}
}
