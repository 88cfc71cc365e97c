package main

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"testing/synctest"
)

// doubleClicked is a world in which a person started the program from the
// Explorer and answers with these lines.
func doubleClicked(answers ...string) *world {
	w := newWorld("")
	w.goos = "windows"
	w.onTerminal(w.stdin, w.stdout, w.stderr)
	w.ownConsole = func() bool { return true }
	w.lines = answers
	return w
}

func TestDoubleClick(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := doubleClicked()
		server := w.in(t, "active-425-immediately")
		address := server[2] + ":" + server[1]
		w.lines = []string{"https://www.example.com/", " " + address + " ", "", "t", "what?", "V", ""}
		if code := w.run(); code != 0 {
			t.Errorf("exit code %d", code)
		}
		for _, want := range []string{
			" checks an FTP server from this computer.\n\nServer to check (for example ftp.example.com): ",
			"is a web address, not an FTP server",
			"User name (Enter for anonymous): ",
			"Press T for the ticket text, V for the full dialogue, Enter to close: ",
		} {
			if !strings.Contains(w.err.String(), want) {
				t.Errorf("%q is not in %s", want, w.err.String())
			}
		}
		report, rest, _ := strings.Cut(w.out.String(), "## FTP check: ")
		if !strings.Contains(report, "USE PASSIVE MODE") || strings.Contains(report, "Timeline") || !strings.Contains(rest, "### Please do") || !strings.Contains(rest, "Timeline (seconds") {
			t.Errorf("printed:\n%s", w.out.String())
		}
		if len(w.lines) != 0 {
			t.Errorf("not asked for %q", w.lines)
		}
	})
}

// TestDoubleClickLogin asks for the password of a name, also of one within the
// address, and leaves when nobody answers.
func TestDoubleClickLogin(t *testing.T) {
	for _, given := range []func(address string) []string{
		func(address string) []string { return []string{address, "bob"} },
		func(address string) []string { return []string{"ftp://bob@" + address} },
	} {
		synctest.Test(t, func(t *testing.T) {
			w := doubleClicked()
			server := w.in(t, "login-530")
			w.lines, w.typed = given(server[2]+":"+server[1]), "hunter2"
			if code := w.run(); code != 4 || !strings.HasPrefix(w.asked, "Password for bob on ") || strings.Contains(w.out.String()+w.err.String(), "hunter2") {
				t.Errorf("exit code %d, asked %q\n%s", code, w.asked, w.out.String())
			}
		})
	}
	w := doubleClicked()
	if code := w.run(); code != codeUsage {
		t.Errorf("nobody answers: exit code %d", code)
	}
	w.readLine = func(context.Context, string) (string, error) { return "", stopped{os.Interrupt} }
	if code := w.run(); code != codeInterrupted {
		t.Errorf("Ctrl-C: exit code %d", code)
	}
}

// TestDoubleClickBug: the window must not go before the message is read.
func TestDoubleClickBug(t *testing.T) {
	w := doubleClicked("ftp.example.com", "")
	w.network = broken{}
	if code := w.run(); code != codeBug || !strings.HasSuffix(w.err.String(), "Press Enter to close: ") {
		t.Errorf("exit code %d\n%s", code, w.err.String())
	}
}

// TestFirewallAnnounced: once, and only to somebody who may see its window.
func TestFirewallAnnounced(t *testing.T) {
	for _, tt := range []struct {
		goos    string
		options []string
		told    int
	}{
		{"windows", nil, 1},
		{"windows", []string{"--only", "passive"}, 0},
		{"windows", []string{"--only", "eprt"}, 1},
		{"windows", []string{"-q"}, 0},
		{"windows", []string{"--no-input"}, 0},
		{"linux", nil, 0},
	} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld("")
			w.goos = tt.goos
			w.onTerminal(w.stderr)
			w.run(append(w.in(t, "all-good"), tt.options...)...)
			if n := strings.Count(w.err.String(), "Windows may ask whether ftpdiag may receive connections"); n != tt.told {
				t.Errorf("%s %q: told %d times\n%s", tt.goos, tt.options, n, w.err.String())
			}
		})
	}
	synctest.Test(t, func(t *testing.T) {
		w := newWorld("")
		w.goos = "windows"
		w.in(t, "all-good")
		if w.run("ftp.example.com"); strings.Contains(w.err.String(), "Windows") {
			t.Error("told to a log")
		}
	})
}

func TestLineReader(t *testing.T) {
	var out strings.Builder
	read := lineReader(strings.NewReader("first\r\nlast"), &out)
	for _, want := range []string{"first", "last"} {
		if got, err := read(t.Context(), "> "); got != want || err != nil {
			t.Errorf("%q, %v, want %q", got, err, want)
		}
	}
	if _, err := read(t.Context(), "> "); !errors.Is(err, io.EOF) || out.String() != "> > > " {
		t.Errorf("%v, prompts %q", err, out.String())
	}
	silent, stop := io.Pipe()
	defer stop.Close()
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(stopped{os.Interrupt})
	if _, err := lineReader(silent, &out)(ctx, ""); !errors.As(err, new(stopped)) {
		t.Errorf("stopped: %v", err)
	}
}
