package main

import (
	"context"
	"errors"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"ftpdiag/probe"
	"ftpdiag/report"
)

// names lists a folder.
func names(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

// TestOutputIsNeverHalfWritten takes the folder away, or fills the target,
// between the checks and the writing.
func TestOutputIsNeverHalfWritten(t *testing.T) {
	for want, spoil := range map[string]func(folder, target string) error{
		"there is no folder": func(folder, _ string) error { return os.RemoveAll(folder) },
		"exists already":     func(_, target string) error { return os.WriteFile(target, []byte("mine"), 0o600) },
		"it is a folder":     func(_, target string) error { return os.Mkdir(target, 0o700) },
	} {
		synctest.Test(t, func(t *testing.T) {
			folder := filepath.Join(t.TempDir(), "results")
			if err := os.Mkdir(folder, 0o700); err != nil {
				t.Fatal(err)
			}
			target := filepath.Join(folder, "report.html")
			w := newWorld("")
			server := w.in(t, "all-good")
			spoiled := false
			network := w.network
			w.network = spoiler{network, func() {
				if !spoiled {
					spoiled = true
					if err := spoil(folder, target); err != nil {
						t.Error(err)
					}
				}
			}}
			code := w.run(append(server, "-o", target)...)
			if code != report.ExitNoVerdict || !strings.Contains(w.err.String(), want) || !strings.Contains(w.out.String(), "EITHER MODE WORKS") {
				t.Errorf("%s: exit code %d, stderr %q", want, code, w.err.String())
			}
			if content, err := os.ReadFile(target); err == nil && string(content) != "mine" {
				t.Errorf("%s: the file was overwritten", want)
			}
			if left, err := os.ReadDir(folder); err == nil && len(left) != 1 {
				t.Errorf("%s: left over: %v", want, left)
			}
		})
	}
}

// TestOutputKeepsPermissions: what is replaced keeps who may read it.
func TestOutputKeepsPermissions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		folder := t.TempDir()
		target := filepath.Join(folder, "report.json")
		w := newWorld("")
		server := w.in(t, "all-good")
		if code := w.run(append(slices.Clone(server), "-q", "-o", target)...); code != 0 {
			t.Fatalf("exit code %d: %s", code, w.err.String())
		}
		if err := os.Chmod(target, 0o600); err != nil {
			t.Fatal(err)
		}
		before, err := os.Stat(target)
		if err != nil {
			t.Fatal(err)
		}
		_ = os.SameFile(before, before) // package os on Windows finds out which file it was when it is first asked
		if code := w.run(append(slices.Clone(server), "-q", "-o", target)...); code != 0 {
			t.Fatalf("exit code %d: %s", code, w.err.String())
		}
		after, err := os.Stat(target)
		if err != nil || after.Mode() != before.Mode() || os.SameFile(before, after) {
			t.Errorf("%v, %v, %v", before.Mode(), after.Mode(), err)
		}
		if left := names(t, folder); len(left) != 1 {
			t.Errorf("left over: %v", left)
		}
	})
}

// TestOutputWhereNobodyMayWrite: one message, and nothing is sent.
func TestOutputWhereNobodyMayWrite(t *testing.T) {
	folder := t.TempDir()
	if err := os.Chmod(folder, 0o500); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(folder, 0o700) })
	file, err := os.Create(filepath.Join(folder, "probe"))
	if err == nil {
		_ = errors.Join(file.Close(), os.Remove(file.Name()))
		t.Skip("this user may write everywhere, or the system has no such permission")
	}
	w := newWorld("") // without a network: sending anything would panic
	if code := w.run("-o", filepath.Join(folder, "report.html"), "ftp.example.com"); code != codeUsage || !strings.Contains(w.err.String(), "you may not write there") {
		t.Errorf("exit code %d, stderr %q", code, w.err.String())
	}
}

// spoiler does something when the name is looked up.
type spoiler struct {
	probe.Network
	spoil func()
}

func (s spoiler) LookupAddrs(ctx context.Context, host string) ([]netip.Addr, error) {
	s.spoil()
	return s.Network.LookupAddrs(ctx, host)
}
