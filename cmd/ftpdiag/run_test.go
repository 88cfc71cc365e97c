package main

import (
	"context"
	"fmt"
	"io"
	"net/netip"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"ftpdiag/probe"
	"ftpdiag/report"
	"ftpdiag/scenarios"
)

func TestNothingGiven(t *testing.T) {
	w := newWorld("")
	if code := w.run(); code != codeUsage || !strings.HasPrefix(w.err.String(), "ftpdiag: no server given\n") {
		t.Errorf("in a script: %d, %s", code, w.err.String())
	}
	w = newWorld("")
	w.onTerminal(w.stderr)
	if code := w.run(); code != codeUsage || w.err.String() != shortHelp {
		t.Errorf("in a terminal: %d, %s", code, w.err.String())
	}
	if w.out.String() != "" {
		t.Errorf("stdout: %s", w.out.String())
	}
}

// TestMessagesFit demands the shape of messages of whatever a person types.
func TestMessagesFit(t *testing.T) {
	long := strings.Repeat("x", 300)
	for _, args := range [][]string{
		{"--" + long}, {"-" + long}, {long + " " + long}, {"--user"}, {"--port", long, "x"}, {"--tls", long, "x"},
		{"--only", long, "x"}, {"--timeout", long, "x"}, {"--source", long, "x"}, {"--active-ports", long, "x"},
		{"--resolver", long, "x"}, {"--width", long, "x"}, {"--verbose=" + long, "x"}, {"--json=" + long, "x"},
		{"--active-ports", "50100-50000", "x"}, {"--active-ports", "9-" + strings.Repeat("9", 200), "x"},
		{"demo", long}, {"demo", "--list", long}, {"help", long}, {"help", "modes", "results"}, {"a", "b", "c", "d", "e", "f", "g"},
		{"-u", long, "--no-input", "h"}, {"--password-file", long, "-u", "maria", "h"}, {"--netrc", long + ".example"},
		{"http://" + long}, {`\\` + long}, {long + `\` + long}, {"[" + long}, {long + ":" + long + ":" + long}, {"漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字 x"},
		{"--path", "a", "ftp://h/b"}, {"--path", long, "ftp://h/x" + long}, {"\x1b[2J\r\n"}, {"--\x1b[2J"}, {"-\xff"}, {"--password", "hunter2", "h"}, {"--pass=hunter2"},
		{"show", long}, {"show", "99" + long}, {"show", long + ".json"}, {"show", "7"}, {"show", "--list", long}, {"ticket", long}, {"compare", long, long}, {"compare", long},
		{"completion", long}, {"completion"}, {"--experiments", long, "x"}, {"--samples", long, "x"}, {"show", "a", "b"}, {"show", "\x1b[2J"}, {"show", "99999999999999999999"},
		{"-u", "a\nb", "h"}, {"--path", "a\rb", "h"}, {"--user="}, {"--=x"}, {"--resolver", "dns.example", "h"},
	} {
		w := newWorld("")
		w.vars["NETRC"] = "/nonexistent/" + long
		if code := w.run(args...); code != codeUsage {
			t.Errorf("%q: exit code %d, want %d", args, code, codeUsage)
		}
		text := w.err.String()
		if w.out.String() != "" || !strings.HasPrefix(text, "ftpdiag: ") || !strings.HasSuffix(text, "\n") {
			t.Errorf("%q: stdout %q, stderr %q", args, w.out.String(), text)
		}
		for i, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
			if n := len([]rune(line)); n > messageWidth {
				t.Errorf("%q: %d columns: %s", args, n, line)
			}
			if i > 0 && !strings.HasPrefix(line, "  ") {
				t.Errorf("%q: no blanks before %q", args, line)
			}
			if strings.ContainsFunc(line, func(r rune) bool { return r < ' ' || r == 0x7f }) || strings.TrimRight(line, " ") != line {
				t.Errorf("%q: control characters or trailing blanks in %q", args, line)
			}
		}
		if strings.Contains(text, "hunter2") {
			t.Errorf("%q: the password is repeated: %s", args, text)
		}
	}
}

// TestSourceMessage needs to know this computer's addresses.
func TestSourceMessage(t *testing.T) {
	w := newWorld("")
	w.ownAddresses = func() []ownAddress {
		return []ownAddress{{netip.MustParseAddr("127.0.0.1"), "lo"}, {netip.MustParseAddr("192.168.1.50"), "Wi-Fi"}}
	}
	code := w.run("--source", "10.9.9.9", "ftp.example.com")
	const want = `ftpdiag: 10.9.9.9 is not an address of this computer
  Its addresses: 192.168.1.50 (Wi-Fi), 127.0.0.1 (this computer itself)
`
	if code != codeUsage || w.err.String() != want {
		t.Errorf("%d\n%s", code, w.err.String())
	}
}

// hangs is a network that never answers and counts as stopped only by ctx.
type hangs struct {
	probe.Network
	asked chan struct{}
}

func (h hangs) LookupAddrs(ctx context.Context, _ string) ([]netip.Addr, error) {
	close(h.asked)
	<-ctx.Done()
	return nil, ctx.Err()
}
func (h hangs) NameSetup(string) probe.NameSetup { return probe.NameSetup{} }
func (h hangs) InterfaceName(netip.Addr) string  { return "" }

func TestStopped(t *testing.T) {
	for signal, want := range map[os.Signal]int{os.Interrupt: 130, syscall.SIGTERM: 143} {
		w := newWorld("")
		network := hangs{asked: make(chan struct{})}
		w.network = network
		ctx, cancel := context.WithCancelCause(context.Background())
		go func() {
			<-network.asked
			cancel(stopped{signal})
		}()
		code := run(ctx, []string{"--json", "ftp.example.com"}, w.environment)
		if code != want || !strings.Contains(w.out.String(), "ftp.example.com") {
			t.Errorf("%v: exit code %d, want %d and a report:\n%s", signal, code, want, w.out.String())
		}
	}
}

// TestStoppedLater keeps what was found out before Ctrl-C.
func TestStoppedLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld("")
		args := w.in(t, "both-blocked")
		ctx, cancel := context.WithCancelCause(context.Background())
		time.AfterFunc(3*time.Second, func() { cancel(stopped{os.Interrupt}) })
		code := run(ctx, append(args, "--format", "plain"), w.environment)
		if code != 130 || !strings.Contains(w.out.String(), "login: ok") {
			t.Errorf("exit code %d, report:\n%s", code, w.out.String())
		}
	})
}

// broken is a network with a bug in it.
type broken struct{ probe.Network }

func (broken) LookupAddrs(context.Context, string) ([]netip.Addr, error) {
	var none []int
	_ = none[len(os.Args)] //nolint:govet // a bug, as one would be
	return nil, nil
}

func TestCrash(t *testing.T) {
	w := newWorld("hunter2\n")
	w.network = broken{}
	code := w.run("-u", "maria", "--password-file", "-", "ftp.example.com")
	text := w.err.String()
	if code != codeBug || !strings.HasPrefix(text, "ftpdiag: this is a bug in ftpdiag, not in your network: index out of range") {
		t.Errorf("exit code %d\n%s", code, text)
	}
	if !strings.Contains(text, "LookupAddrs line ") || strings.Contains(text, "hunter2") || strings.Contains(text, "goroutine") {
		t.Errorf("the message should name the place and nothing else:\n%s", text)
	}
}

// failing is an output that cannot be written to.
type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func TestOutputFails(t *testing.T) {
	for _, args := range [][]string{{"demo"}, {"demo", "--json"}, {"demo", "-q"}, {"demo", "--format", "plain"}} {
		w := newWorld("")
		w.stdout = failing{&os.PathError{Op: "write", Path: "stdout", Err: syscall.EPIPE}}
		if code := w.run(append(args, "--progress", "never")...); code != 0 || w.err.String() != "" {
			t.Errorf("%q into a closed pipe: exit code %d, stderr %q", args, code, w.err.String())
		}
		w = newWorld("")
		w.stdout = failing{&os.PathError{Op: "write", Path: "stdout", Err: syscall.ENOSPC}}
		if code := w.run(append(args, "--progress", "never")...); code != 3 || !strings.Contains(w.err.String(), "cannot write the result: no space left") {
			t.Errorf("%q onto a full disk: exit code %d, stderr %q", args, code, w.err.String())
		}
	}
}

// TestNoPasswordAnywhere searches every output for a password that was sent.
func TestNoPasswordAnywhere(t *testing.T) {
	const secret = "hunter2secret"
	for _, format := range [][]string{{}, {"-v"}, {"-vv"}, {"-q"}, {"--json"}, {"--json", "-vv"}, {"--format", "plain"}, {"--format", "plain", "-v"}, {"--format", "mode"}, {"--progress", "always"}} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(secret + "\n")
			w.onTerminal(w.stderr)
			args := slices.Concat(w.in(t, "login-530"), []string{"--user", "bob", "--password-file", "-"}, format)
			code := w.run(args...)
			if code != 4 {
				t.Errorf("%q: exit code %d, want 4, whatever the format\n%s", format, code, w.err.String())
			}
			if all := w.out.String() + w.err.String(); strings.Contains(all, secret) || w.out.String() == "" {
				t.Errorf("%q: the password is in the output, or there is none:\n%s", format, all)
			}
		})
	}
}

// TestSameCodeForAllFormats: the code tells what was found, not how it is told.
// Only monitoring has codes of its own.
func TestSameCodeForAllFormats(t *testing.T) {
	for name, want := range map[string]int{"all-good": 0, "active-425-immediately": 0, "both-blocked": 1, "dns-nxdomain": 5} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld("")
			if code := w.run(append(w.in(t, name), "--no-save", "--no-input")...); code != want {
				t.Errorf("%s: exit code %d, want %d\n%s", name, code, want, w.out.String())
			}
		})
	}
	tried := map[string]bool{} // one scenario for each result of the two modes
	for _, s := range scenarios.All() {
		kind := fmt.Sprint(s.Verdict, s.Active, s.Passive)
		if tried[kind] {
			continue
		}
		tried[kind] = true
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			checked(t, folder, s.Name)
			want := atHome(t, folder).run("show")
			for _, format := range report.FormatNames() {
				if format == report.FormatNagios.String() {
					continue
				}
				if code := atHome(t, folder).run("show", "--format", format); code != want {
					t.Errorf("as %s: exit code %d, want %d", format, code, want)
				}
			}
		})
	}
}

func TestCommandTakenForServer(t *testing.T) {
	for word, want := range map[string]string{"demmo": "ftpdiag demo", "version": "ftpdiag --version", "hlep": "ftpdiag help"} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld("")
			w.in(t, "dns-nxdomain")
			if code := w.run(word); code != 5 || !strings.Contains(w.err.String(), want) {
				t.Errorf("%s: exit code %d, stderr %q", word, code, w.err.String())
			}
		})
	}
}

func TestStopWhileAsked(t *testing.T) {
	w := newWorld("")
	w.onTerminal(w.stdin, w.stderr)
	w.readPassword = func(context.Context, string) (string, error) { return "", stopped{os.Interrupt} }
	if code := w.run("-u", "maria", "ftp.example.com"); code != 130 || w.out.String() != "" {
		t.Errorf("exit code %d, stdout %q", code, w.out.String())
	}
	w.readPassword = func(context.Context, string) (string, error) { return "", io.EOF }
	if code := w.run("-u", "maria", "ftp.example.com"); code != codeUsage || !strings.Contains(w.err.String(), "no password was typed") {
		t.Errorf("end of input: exit code %d, stderr %q", code, w.err.String())
	}
}
