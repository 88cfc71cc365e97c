package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"ftpdiag/report/term"
)

// openPTY makes a pseudo terminal (pty(7)) of 80 columns and 24 rows. What is
// written to slave can be read from master.
func openPTY(t *testing.T) (master, slave *os.File) {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("no pseudo terminals here: %v", err)
	}
	t.Cleanup(func() { _ = master.Close() })
	if err := unix.IoctlSetPointerInt(int(master.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Skipf("the pseudo terminal stays locked: %v", err)
	}
	number, err := unix.IoctlGetInt(int(master.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Skipf("the pseudo terminal has no number: %v", err)
	}
	slave, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("the pseudo terminal cannot be opened: %v", err)
	}
	t.Cleanup(func() { _ = slave.Close() })
	if err := unix.IoctlSetWinsize(int(slave.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: 80}); err != nil {
		t.Fatal(err)
	}
	return master, slave
}

// throughPTY runs a command whose stdout, stderr or both are a terminal, and
// returns what each of the two got.
func throughPTY(t *testing.T, command *exec.Cmd, outTTY, errTTY bool) (stdout, stderr string) {
	t.Helper()
	stream := func(tty bool, set *io.Writer) func() string {
		if !tty {
			var b strings.Builder
			*set = &b
			return b.String
		}
		master, slave := openPTY(t)
		*set = slave
		text := make(chan string, 1)
		go func() {
			b, _ := io.ReadAll(master) // ends with EIO when nobody has the other side any more
			text <- string(b)
		}()
		return func() string {
			_ = slave.Close()
			select {
			case s := <-text:
				return s
			case <-time.After(10 * time.Second): // it is there at once
				t.Fatal("the terminal never ended")
				return ""
			}
		}
	}
	readOut, readErr := stream(outTTY, &command.Stdout), stream(errTTY, &command.Stderr)
	if err := command.Run(); err != nil {
		if _, ok := err.(*exec.ExitError); !ok { //nolint:errorlint // Run wraps none
			t.Fatal(err)
		}
	}
	return readOut(), readErr()
}

// TestColourInTerminal runs the program in a real terminal with the variables
// about which two libraries for colour disagree when each decides for itself.
// Both streams must do as the one rule says.
func TestColourInTerminal(t *testing.T) {
	if master, slave := openPTY(t); !term.IsTerminal(slave) {
		t.Skipf("%s is no terminal", master.Name())
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	checked(t, folder, "all-good")
	for _, vars := range []string{
		"TERM=xterm-256color", "TERM=xterm-256color NO_COLOR=1", "TERM=xterm-256color NO_COLOR=", "TERM=dumb", "TERM=xterm-256color CI=true",
		"TERM=vt100", "", "TERM=xterm-256color CLICOLOR=0", "TERM=xterm-256color CLICOLOR_FORCE=1", "TERM=xterm-256color FORCE_COLOR=1",
		"TERM=xterm-256color NO_COLOR=1 CLICOLOR_FORCE=1",
	} {
		for _, flag := range []term.ColorFlag{term.ColorAuto, term.ColorAlways, term.ColorNever} {
			for _, tty := range []struct{ out, err bool }{{true, true}, {false, true}, {true, false}, {false, false}} {
				if flag != term.ColorAuto && tty.out != tty.err {
					continue // a flag decides for all streams
				}
				name := fmt.Sprintf("%s, --color=%v, stdout a terminal: %v, stderr: %v", vars, flag, tty.out, tty.err)
				env := strings.Fields(vars)
				// The report goes to stdout; the message about a result that there is not to stderr.
				for stream, result := range map[string]string{"stdout": "1", "stderr": "99"} {
					command := exec.Command(self, "show", result, "--color="+flag.String())
					command.Args[0] = "ftpdiag" // by which the test binary is the program
					command.Env = append([]string{"LANG=C.UTF-8", "XDG_STATE_HOME=" + folder}, env...)
					out, errs := throughPTY(t, command, tty.out, tty.err)
					text, is := out, tty.out
					if stream == "stderr" {
						text, is = errs, tty.err
					}
					want := term.WantColor(flag, lookup(env), is)
					if got := strings.Contains(text, "\x1b["); got != want || text == "" {
						t.Errorf("%s: %s has colour: %v, want %v\n%q", name, stream, got, want, text)
					}
				}
			}
		}
	}
}

// lookup reads variables as the program does.
func lookup(vars []string) term.Env {
	return func(name string) string {
		for _, v := range vars {
			if n, value, _ := strings.Cut(v, "="); n == name {
				return value
			}
		}
		return ""
	}
}
