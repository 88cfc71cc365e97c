package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"ftpdiag/scenarios"
)

// update is for changes of wording that were meant: read the difference before
// it is committed.
var update = flag.Bool("update", false, "rewrite what the README and the stories show")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"ftpdiag": main})
}

// TestScripts runs the stories of testdata/script: what a person types, and
// what they then see. Beside testscript's own verbs they use
//
//	exits N command...   the command must leave with exactly this code
//	server CASE          start a scenario; $SERVER is then its host:port
//	isjson               stdout must be one JSON object
//	ls                   print what the folder holds, as "name" or "link -> target"
//	[links]              only where symbolic links can be made
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "../../testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       *update,
		Setup: func(env *testscript.Env) error {
			for _, name := range []string{"COLUMNS", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "TERM", "NETRC", "LC_ALL", "LC_CTYPE"} {
				env.Setenv(name, "")
			}
			env.Setenv("LANG", "C.UTF-8")
			env.Setenv("GORACE", "atexit_sleep_ms=0") // else each process under the race detector ends a second late
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("XDG_STATE_HOME", filepath.Join(env.WorkDir, "state"))
			env.Setenv("FTPDIAG_NO_SAVE", "")
			env.Setenv("USERPROFILE", env.WorkDir)
			return nil
		},
		Condition: func(name string) (bool, error) {
			if name != "links" {
				return false, fmt.Errorf("no condition is called %q", name)
			}
			return links(t), nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":  exits,
			"server": startServer,
			"isjson": isJSON,
			"ls":     list,
		},
	})
}

// errNotStarted is ERROR_INTERNAL_ERROR of Windows. On a busy machine Wine 8
// failed so to start one of some three thousand programs (measured); none of it
// has run then.
const errNotStarted = syscall.Errno(1359)

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits N command...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	for range 3 {
		if err = ts.Exec(args[1], args[2:]...); !errors.Is(err, errNotStarted) {
			break
		}
	}
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		got = exit.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

func startServer(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: server CASE")
	}
	s, ok := scenarios.Find(args[0])
	if !ok {
		ts.Fatalf("no scenario is called %q", args[0])
	}
	running, err := s.Start(context.Background())
	ts.Check(err)
	ts.Defer(running.Close)
	ts.Setenv("SERVER", running.Target.Input)
	ts.Setenv("PORT", strconv.Itoa(int(running.Target.Port)))
}

func isJSON(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: isjson")
	}
	text := []byte(ts.ReadFile("stdout"))
	dec := json.NewDecoder(bytes.NewReader(text))
	var object map[string]any
	if err := dec.Decode(&object); err != nil {
		ts.Fatalf("stdout is not a JSON object: %v", err)
	}
	if dec.More() {
		ts.Fatalf("stdout holds more than one JSON value")
	}
}

// links asks a link instead of believing os.Symlink, as testscript's own
// condition does: Wine 8 reports success and makes none (measured).
func links(t *testing.T) bool {
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink("target", link); err != nil {
		return false
	}
	_, err := os.Readlink(link)
	return err == nil
}

// list is a verb because Windows has no program of the name ls.
func list(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: ls")
	}
	folder := ts.MkAbs(".")
	entries, err := os.ReadDir(folder)
	ts.Check(err)
	for _, e := range entries {
		line := e.Name()
		if target, err := os.Readlink(filepath.Join(folder, line)); err == nil {
			line += " -> " + target
		}
		_, err := fmt.Fprintln(ts.Stdout(), line)
		ts.Check(err)
	}
}
