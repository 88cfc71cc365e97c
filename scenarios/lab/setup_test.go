//go:build linux

package lab

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"testing"
)

// The environment of the lab's tests, beside what doc.go names.
const (
	requireVariable = "FTPDIAG_LAB"              // "require": what is missing is a failure
	daemonsVariable = "FTPDIAG_LAB_DAEMONS"      // folder of the servers
	programVariable = "FTPDIAG_LAB_PROGRAM"      // the built ftpdiag, handed to the inner process
	noProgram       = "FTPDIAG_LAB_BUILD_FAILED" // why there is none
)

// worldsAtATime is how many worlds stand at the same time: they mostly wait for deadlines, on any number of processors.
const worldsAtATime = "10"

// closed is why no test of the lab can run; "" is an open lab.
var closed string

// TestMain builds ftpdiag where the network and the caches of Go are, and then goes on inside the lab's namespaces.
func TestMain(m *testing.M) {
	flag.Parse()
	if First() {
		code, err := RunAsFirst(os.Args[1:])
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
		os.Exit(code)
	}
	if Inside() {
		if err := Furnish(); err != nil {
			closed = "furnish the namespaces: " + err.Error()
		}
		os.Exit(m.Run())
	}
	code, err := outside()
	if err != nil {
		closed = err.Error()
		code = m.Run()
	}
	os.Exit(code)
}

// outside prepares and enters the lab. An error says why it stays closed.
func outside() (code int, err error) {
	if testing.Short() {
		return 0, errors.New("the lab takes minutes, and -short was asked for")
	}
	for _, tool := range []string{"ip", "nft", "mount", "curl", "ldd"} {
		if _, err := exec.LookPath(tool); err != nil {
			return 0, err
		}
	}
	installation, err := installation()
	if err != nil {
		return 0, err
	}
	if _, err := os.Stat(filepath.Join(installation, "usr")); err != nil {
		return 0, fmt.Errorf("no FTP servers (.ci/install-daemons unpacks them): %w", err)
	}

	folder, err := os.MkdirTemp("", "ftpdiag-lab")
	if err != nil {
		return 0, err
	}
	defer func() { _ = os.RemoveAll(folder) }() // a temporary folder left behind harms nobody
	program := filepath.Join(folder, "ftpdiag")
	environment := map[string]string{programVariable: program, daemonsVariable: installation}
	if out, err := exec.Command("go", "build", "-o", program, "ftpdiag/cmd/ftpdiag").CombinedOutput(); err != nil {
		environment[noProgram] = fmt.Sprintf("go build ftpdiag/cmd/ftpdiag: %v: %s", err, out)
	}
	goftp := filepath.Join(folder, "goftpd")
	environment[goftpVariable] = goftp
	if out, err := exec.Command("go", "build", "-C", "testdata/goftpd", "-o", goftp, ".").CombinedOutput(); err != nil {
		return 0, fmt.Errorf("go build goftpd: %w: %s", err, out)
	}
	for name, value := range environment {
		if err := os.Setenv(name, value); err != nil {
			return 0, err
		}
	}
	// Before the caller's arguments, which win.
	return Enter(append([]string{"-test.parallel=" + worldsAtATime}, os.Args[1:]...))
}

func installation() (string, error) {
	if folder := os.Getenv(daemonsVariable); folder != "" {
		return filepath.Abs(folder)
	}
	cache, err := os.UserCacheDir()
	return filepath.Join(cache, "ftpdiag-lab"), err
}

// requireLab skips the test, or fails it where the lab is required, if the lab is closed.
func requireLab(t testing.TB) {
	t.Helper()
	if closed != "" {
		skip(t, closed)
	}
}

func skip(t testing.TB, reason string) {
	t.Helper()
	if os.Getenv(requireVariable) == "require" {
		t.Fatal("required, but: " + reason)
	}
	t.Skip(reason)
}

// requireProgram returns the path of the built ftpdiag.
func requireProgram(t testing.TB) string {
	t.Helper()
	if reason := os.Getenv(noProgram); reason != "" {
		t.Fatal(reason)
	}
	return os.Getenv(programVariable)
}

var builds atomic.Int64

// build makes a world that ends with the test. Without real root a server that does not start is a skip.
func build(t testing.TB, w World, kind Kind) *Running {
	t.Helper()
	prefix := fmt.Sprintf("w%d", builds.Add(1))
	r, err := w.Build(t.Context(), prefix, kind, os.Getenv(daemonsVariable))
	if err != nil && !RealRoot() {
		skip(t, "not root: "+err.Error())
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	return r
}
