package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// atHome gives a world a folder for results.
func atHome(t *testing.T, folder string) *world {
	t.Helper()
	w := newWorld("")
	w.vars["XDG_STATE_HOME"] = folder
	return w
}

// checked runs a scenario in memory as a check of this person.
func checked(t *testing.T, folder, scenario string, options ...string) *world {
	t.Helper()
	w := atHome(t, folder)
	synctest.Test(t, func(t *testing.T) {
		server := w.in(t, scenario)
		// The clock of each bubble starts at the same moment.
		entries, _ := os.ReadDir(filepath.Join(folder, "ftpdiag"))
		time.Sleep(time.Duration(len(entries)) * time.Hour)
		w.run(slices.Concat(server, []string{"-q"}, options)...)
	})
	return w
}

func TestCompareBeforeAndAfter(t *testing.T) {
	for _, tt := range []struct {
		before, after string
		code          int
		says          string
	}{
		{"both-blocked", "all-good", 0, "[ BETTER ] Passive mode works now; it got no answer before."},
		{"all-good", "both-blocked", 1, "[ WORSE ] Passive mode gets no answer now; it worked before."},
		{"both-blocked", "both-blocked", 0, "[ SAME ] The result is the same: neither mode works."},
		{"login-530", "all-good", 0, "[ BETTER ] Login works now; it was refused before."},
	} {
		folder := t.TempDir()
		checked(t, folder, tt.before)
		checked(t, folder, tt.after)
		w := atHome(t, folder)
		if code := w.run("compare"); code != tt.code || !strings.HasPrefix(w.out.String(), tt.says) {
			t.Errorf("%s, %s: exit code %d, %s%s", tt.before, tt.after, code, w.out.String(), w.err.String())
		}
	}
}

// TestCompareSameServer: between the last result of a server and the one before
// may be those of others.
func TestCompareSameServer(t *testing.T) {
	folder := t.TempDir()
	checked(t, folder, "both-blocked")
	checked(t, folder, "dns-nxdomain")
	checked(t, folder, "all-good")
	if got := atHomeRun(t, folder, "compare"); !strings.HasPrefix(got, "[ BETTER ]") || strings.Contains(got, "not alike") {
		t.Error(got)
	}
}

// TestDamagedResults: files that cannot be read are named, skipped and kept.
func TestDamagedResults(t *testing.T) {
	folder := t.TempDir()
	checked(t, folder, "all-good")
	for name, content := range map[string]string{
		"20990101-000000.000000000-1.json": "torn",
		"20990101-000000.000000000-2.json": `{"schema": 99}`,
	} {
		if err := os.WriteFile(filepath.Join(folder, "ftpdiag", name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	w := atHome(t, folder)
	if code := w.run("show", "-q"); code != 0 || !strings.Contains(w.out.String(), "either mode works") {
		t.Errorf("exit code %d, %s", code, w.out.String())
	}
	for _, want := range []string{
		`skipped "20990101-000000.000000000-1.json": it is damaged`,
		`skipped "20990101-000000.000000000-2.json": it was made by a newer`,
	} {
		if !strings.Contains(w.err.String(), want) {
			t.Errorf("%q is not in %s", want, w.err.String())
		}
	}
	if left := names(t, filepath.Join(folder, "ftpdiag")); len(left) != 3 {
		t.Errorf("left: %q", left)
	}
}

// TestNoPasswordKept searches the folder for a password that was sent.
func TestNoPasswordKept(t *testing.T) {
	const secret = "hunter2secret"
	folder := t.TempDir()
	w := newWorld(secret + "\n")
	w.vars["XDG_STATE_HOME"] = folder
	synctest.Test(t, func(t *testing.T) {
		w.run(slices.Concat(w.in(t, "login-530"), []string{"-q", "--user", "bob", "--password-file", "-"})...)
	})
	kept := names(t, filepath.Join(folder, "ftpdiag"))
	if len(kept) != 1 {
		t.Fatalf("kept: %q", kept)
	}
	content, err := os.ReadFile(filepath.Join(folder, "ftpdiag", kept[0]))
	if err != nil || strings.Contains(string(content), secret) || !strings.Contains(string(content), "PASS ********") {
		t.Errorf("%v, or the password is kept:\n%s", err, content)
	}
	for _, args := range [][]string{{"show", "-vv"}, {"show", "--json"}, {"ticket", "-v"}} {
		w := atHome(t, folder)
		if w.run(args...); strings.Contains(w.out.String()+w.err.String(), secret) {
			t.Errorf("%q shows the password", args)
		}
	}
}

// TestServerMeant: a name that does not exist and looks like one that was
// reached before.
func TestServerMeant(t *testing.T) {
	folder := t.TempDir()
	checked(t, folder, "all-good")
	host := strings.Fields(atHomeRun(t, folder, "show", "--format", "plain"))[1]
	typo := host[:len(host)-1]
	for range 2 { // the slip itself is never offered
		w := atHome(t, folder)
		synctest.Test(t, func(t *testing.T) {
			w.in(t, "dns-nxdomain")
			if code := w.run(typo); code != 5 || !strings.Contains(w.out.String(), "did you mean "+host+"?") {
				t.Errorf("%s for %s: exit code %d\n%s%s", typo, host, code, w.out.String(), w.err.String())
			}
		})
	}
	w := atHome(t, folder)
	synctest.Test(t, func(t *testing.T) {
		w.in(t, "dns-nxdomain")
		if w.run("quite.different.example"); strings.Contains(w.out.String(), "mean") {
			t.Error(w.out.String())
		}
	})
}

func atHomeRun(t *testing.T, folder string, args ...string) string {
	t.Helper()
	w := atHome(t, folder)
	w.run(args...)
	return w.out.String()
}

// TestTicketHint: on a terminal the person is told what to do with the text.
func TestTicketHint(t *testing.T) {
	folder := t.TempDir()
	checked(t, folder, "all-good")
	w := atHome(t, folder)
	w.onTerminal(w.stdout)
	if w.run("ticket"); !strings.Contains(w.err.String(), "ftpdiag: copy the text above into the ticket\n  It contains server names and addresses; add --redact to hide them.\n") {
		t.Error(w.err.String())
	}
}

// TestInterruptedIsKept: what is known when the person stops is worth keeping.
func TestInterruptedIsKept(t *testing.T) {
	folder := t.TempDir()
	w := atHome(t, folder)
	synctest.Test(t, func(t *testing.T) {
		args := w.in(t, "both-blocked")
		ctx, cancel := context.WithCancelCause(context.Background())
		time.AfterFunc(3*time.Second, func() { cancel(stopped{os.Interrupt}) })
		run(ctx, append(args, "-q"), w.environment)
	})
	w = atHome(t, folder)
	if code := w.run("show"); code != 130 || !strings.Contains(w.out.String(), "STOPPED") {
		t.Errorf("exit code %d\n%s%s", code, w.out.String(), w.err.String())
	}
}
