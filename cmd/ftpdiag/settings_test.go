package main

import (
	"strings"
	"testing"
	"time"

	"ftpdiag/probe/programs"
)

// TestSettingsNeverCostAResult: reading them may hang or fail, and the check
// goes on without them.
func TestSettingsNeverCostAResult(t *testing.T) {
	release := make(chan struct{})
	defer close(release)
	for name, read := range map[string]func(string) []programs.Program{
		"hangs": func(string) []programs.Program { <-release; return nil },
		"fails": func(string) []programs.Program { panic("a bug") },
	} {
		w := newWorld("")
		w.programs = read
		began := time.Now()
		if code := w.run(append(w.in(t, "active-disabled-550"), "-q")...); code != 0 || !strings.Contains(w.out.String(), "use passive mode") {
			t.Errorf("%s: exit code %d, %s%s", name, code, w.out.String(), w.err.String())
		}
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("%s: the result took %v", name, took)
		}
	}
}

// TestSettingsOfTheServer: those for the server that is checked are asked for.
func TestSettingsOfTheServer(t *testing.T) {
	asked := make(chan string, 1)
	w := newWorld("")
	w.programs = func(host string) []programs.Program {
		asked <- host
		return []programs.Program{{ID: "curl", Default: programs.Yes, Settings: []programs.Setting{
			{Aspect: programs.Mode, Name: "ftp-port", Value: "-", Place: "~/.curlrc", Line: 1, Passive: programs.No},
		}}}
	}
	args := w.in(t, "active-disabled-550")
	if code := w.run(append(args, "--format", "plain")...); code != 0 || !strings.Contains(w.out.String(), "curl is set to active mode here") {
		t.Errorf("exit code %d, %s", code, w.out.String())
	}
	if host := <-asked; host != args[len(args)-1] {
		t.Errorf("asked about %q", host)
	}
}
