package main

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"ftpdiag/probe"
	"ftpdiag/report/term"
)

// screen shows what a terminal of one line would: it obeys \r and \n only.
func screen(t *testing.T, written string) (lines []string, widest int) {
	t.Helper()
	if strings.ContainsFunc(written, func(r rune) bool { return r < ' ' && r != '\r' && r != '\n' }) {
		t.Errorf("escape sequences for a console that may know none: %q", written)
	}
	for line := range strings.SplitSeq(written, "\n") {
		var cells []rune
		for part := range strings.SplitSeq(line, "\r") {
			over := []rune(part)
			widest = max(widest, len(over))
			if len(over) >= len(cells) {
				cells = over
			} else {
				copy(cells, over)
			}
		}
		lines = append(lines, strings.TrimRight(string(cells), " "))
	}
	return lines, widest
}

var someEvents = []probe.Event{
	{N: 1, Step: probe.StepConnect, Direction: probe.Send, Channel: probe.Control, Text: "connect 198.51.100.20 port 21"},
	{N: 2, Session: 1, Step: probe.StepConnect, Direction: probe.Receive, Channel: probe.Control, Text: "220 ready", Code: 220},
	{N: 3, Session: 1, Step: probe.StepLogin, Direction: probe.Send, Channel: probe.Control, Text: "PASS ********"},
	{N: 4, Session: 1, Step: probe.StepLogin, Direction: probe.Receive, Channel: probe.Control, Text: "230 welcome", Code: 230},
	{N: 5, Session: 1, Step: probe.StepPassive, Direction: probe.Send, Channel: probe.Control, Text: "EPSV"},
	{N: 6, Session: 2, Step: probe.StepConnect, Direction: probe.Receive, Channel: probe.Control, Text: "220 ready", Code: 220},
	{N: 7, Session: 2, Step: probe.StepActive, Direction: probe.Note, Channel: probe.Data, Waits: true, Text: "waiting for the server to connect to port 51044, wherever that may be on this long line"},
}

func TestStatusLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out buffer
		p := startProgress(&out, progressStatus, false, 60, term.NewPalette(false), probe.Timeouts{}.WithDefaults())
		for _, ev := range someEvents[:3] {
			p.observe(ev)
		}
		synctest.Wait()
		lines, _ := screen(t, out.String())
		if want := "[3/5] Login: waiting for the reply to PASS"; len(lines) != 1 || lines[0] != want {
			t.Errorf("the screen shows %q, want %q", lines, want)
		}
		for _, ev := range someEvents[3:] {
			p.observe(ev)
		}
		time.Sleep(4500 * time.Millisecond)
		lines, widest := screen(t, out.String())
		if want := "[5/5] 4 of up to 8 s, Active: waiting for the server to conn"; len(lines) != 1 || lines[0] != want {
			t.Errorf("the screen shows %q, want %q", lines, want)
		}
		if widest > 60 {
			t.Errorf("%d columns of 60", widest)
		}
		p.end()
		if lines, _ := screen(t, out.String()); len(lines) != 1 || lines[0] != "" || !strings.HasSuffix(out.String(), "\r") {
			t.Errorf("not erased: %q", lines)
		}
	})
}

func TestLiveDialogue(t *testing.T) {
	var out buffer
	p := startProgress(&out, progressStatus, true, 60, term.NewPalette(false), probe.Timeouts{}.WithDefaults())
	for _, ev := range someEvents {
		p.observe(ev)
	}
	p.end()
	lines, widest := screen(t, out.String())
	if len(lines) != len(someEvents)+2 || lines[len(lines)-1] != "" || widest > 60 {
		t.Fatalf("%d lines of dialogue, want %d, one more for the long event and an empty one; %d columns of 60:\n%s", len(lines), len(someEvents), widest, strings.Join(lines, "\n"))
	}
	for i, want := range map[int]string{0: "    0.000  C   connect 198.51.100.20 port 21", 1: "    0.000  S1  220 ready", 2: "    0.000  C1  PASS ********",
		6: "    0.000  C2  waiting for the server to connect to port", 7: "               51044, wherever that may be on this long line"} {
		if lines[i] != want {
			t.Errorf("line %d is %q, want %q", i, lines[i], want)
		}
	}
}

// TestProgressInLog: one line per finished step, whatever the second control
// connection does later. That of the login tells how it ended, not what the
// server said to the questions after it.
func TestProgressInLog(t *testing.T) {
	var out buffer
	p := startProgress(&out, progressLines, false, 79, term.NewPalette(false), probe.Timeouts{}.WithDefaults())
	events := append(slices.Clone(someEvents[:4]),
		probe.Event{Session: 1, Step: probe.StepLogin, Direction: probe.Send, Channel: probe.Control, Text: "SYST"},
		probe.Event{Session: 1, Step: probe.StepLogin, Direction: probe.Receive, Channel: probe.Control, Text: "215 UNIX Type: L8", Code: 215})
	for _, ev := range append(events, someEvents[4:]...) {
		p.observe(ev)
	}
	p.end()
	if want := "ftpdiag: Connect: 220 ready\nftpdiag: Login: 230 welcome\n"; out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
}

// TestLogSaysWhatBecameOfTheModes in words, not by the names of results.
func TestLogSaysWhatBecameOfTheModes(t *testing.T) {
	for scenario, want := range map[string]string{
		"both-blocked":              "ftpdiag: Passive: does not work\nftpdiag: Active: does not work\n",
		"login-530":                 "ftpdiag: Passive: not tested\nftpdiag: Active: not tested\n",
		"all-good":                  "ftpdiag: Passive: works, 3 entries\nftpdiag: Active: works, 3 entries\n",
		"passive-range-partly-open": "ftpdiag: Passive: works sometimes, 3 entries\nftpdiag: Active: works, 3 entries\n",
	} {
		w := newWorld("")
		w.run("demo", scenario)
		if !strings.HasSuffix(w.err.String(), want) {
			t.Errorf("%s ends with\n%s\nwant\n%s", scenario, w.err.String(), want)
		}
	}
}

// TestMessagesFitTheWindow: a narrow window does not break words.
func TestMessagesFitTheWindow(t *testing.T) {
	for columns, want := range map[string]int{"": messageWidth, "200": messageWidth, "59": 59} {
		w := newWorld("")
		w.vars["COLUMNS"], w.vars["NO_COLOR"] = columns, "1"
		w.onTerminal(w.stderr)
		w.run("--password", "x", "ftp.example.com")
		widest := 0
		for line := range strings.Lines(w.err.String()) {
			widest = max(widest, len(strings.TrimRight(line, "\n")))
		}
		if widest > want || !strings.Contains(w.err.String(), "--password-file FILE") {
			t.Errorf("%s columns: %d\n%s", columns, widest, w.err.String())
		}
	}
}

func TestNoProgress(t *testing.T) {
	for _, tt := range []struct {
		args     string
		terminal bool
		silent   bool
	}{
		{"demo", false, false},
		{"demo", true, false},
		{"demo -q", false, true},
		{"demo -q", true, true},
		{"demo --json", false, false}, // the demo says what it runs, and nothing else
		{"demo --progress never", false, true},
		{"demo --progress never", true, true},
		{"demo -q --progress always", false, false},
	} {
		w := newWorld("")
		if tt.terminal {
			w.onTerminal(w.stderr)
		}
		w.run(strings.Fields(tt.args)...)
		if silent := w.err.String() == ""; silent != tt.silent {
			t.Errorf("%s, terminal %v: stderr %q", tt.args, tt.terminal, w.err.String())
		}
		if w.out.String() == "" {
			t.Errorf("%s: no report", tt.args)
		}
	}
	w := newWorld("")
	w.run("demo", "--json")
	if strings.Contains(w.err.String(), "Login") {
		t.Errorf("--json in a log should have no progress: %q", w.err.String())
	}
}

// TestDialogueOnlyOnTerminal: in a log the dialogue is in the report anyway.
func TestDialogueOnlyOnTerminal(t *testing.T) {
	w := newWorld("")
	w.onTerminal(w.stderr)
	w.run("demo", "-v")
	if !strings.Contains(w.err.String(), "PASS ********") || strings.Contains(w.err.String(), "ftpdiag@") {
		t.Errorf("no live dialogue, or one with a password: %q", w.err.String())
	}
	w = newWorld("")
	w.run("demo", "-v")
	if strings.Contains(w.err.String(), "PASS") || !strings.Contains(w.out.String(), "PASS ********") {
		t.Errorf("the dialogue belongs into the report: %q", w.err.String())
	}
}

// TestStatusLimits: whoever waits wants to know for how long.
func TestStatusLimits(t *testing.T) {
	limits := probe.Timeouts{Data: 2500 * time.Millisecond}.WithDefaults()
	for _, tt := range []struct {
		ev    probe.Event
		quiet time.Duration
		want  string
	}{
		{probe.Event{Step: probe.StepConnect, Direction: probe.Send, Channel: probe.Control, Text: "connect 198.51.100.20 port 21"}, time.Second,
			"[2/5] Connect: connect 198.51.100.20 port 21"},
		{probe.Event{Step: probe.StepConnect, Direction: probe.Send, Channel: probe.Control, Text: "connect 198.51.100.20 port 21"}, 3 * time.Second,
			"[2/5] 3 of up to 10 s, Connect: connect 198.51.100.20 port 21 (Ctrl-C: stop, keep results)"},
		{probe.Event{Step: probe.StepConnect, Direction: probe.Note, Channel: probe.Control, Text: "connected in 20 ms"}, 5 * time.Second,
			"[2/5] 5 of up to 35 s, Connect: connected in 20 ms (Ctrl-C: stop, keep results)"},
		{probe.Event{Session: 1, Step: probe.StepLogin, Direction: probe.Send, Channel: probe.Control, Text: "PASS ********"}, 4 * time.Second,
			"[3/5] 4 of up to 15 s, Login: waiting for the reply to PASS (Ctrl-C: stop, keep results)"},
		{probe.Event{Session: 1, Step: probe.StepActive, Direction: probe.Send, Channel: probe.Control, Text: "PORT 1,2,3,4,5,6"}, 20 * time.Second,
			"[5/5] 20 of up to 35 s, Active: waiting for the reply to PORT (Ctrl-C: stop, keep results)"},
		{probe.Event{Session: 1, Step: probe.StepPassive, Direction: probe.Send, Channel: probe.Data, Text: "connect 198.51.100.20 port 50112"}, 2 * time.Second,
			"[4/5] 2 of up to 3 s, Passive: connect 198.51.100.20 port 50112 (Ctrl-C: stop, keep results)"},
		{probe.Event{Session: 1, Step: probe.StepPassive, Direction: probe.Receive, Channel: probe.Control, Text: "150 Here it comes", Code: 150}, 2 * time.Second,
			"[4/5] 2 of up to 3 s, Passive: waiting for the folder list (Ctrl-C: stop, keep results)"},
		{probe.Event{Session: 1, Step: probe.StepPassive, Direction: probe.Receive, Channel: probe.Control, Text: "226 Done", Code: 226}, 2 * time.Second,
			"[4/5] 2 s, Passive: 226 Done (Ctrl-C: stop, keep results)"},
		{probe.Event{Session: 1, Step: probe.StepLogin, Direction: probe.Send, Channel: probe.Control, Text: "FEAT"}, 40 * time.Second,
			"[3/5] 40 s, Login: waiting for the reply to FEAT (Ctrl-C: stop, keep results)"},
	} {
		if got := statusText(tt.ev, tt.quiet, limits); got != tt.want {
			t.Errorf("%q after %v: %q, want %q", tt.ev.Text, tt.quiet, got, tt.want)
		}
	}
}
