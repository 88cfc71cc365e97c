package saved_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"ftpdiag/cmd/ftpdiag/saved"
	"ftpdiag/probe"
)

// noon is when the first check of these tests was.
var noon = time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)

// exam is a check of a server, some minutes after noon.
func exam(host string, minutes int) *probe.Examination {
	return &probe.Examination{
		Schema: probe.SchemaVersion, Started: noon.Add(time.Duration(minutes) * time.Minute),
		Target: probe.Target{Host: host, Port: 21, User: "maria", Password: "hunter2"},
	}
}

// hosts lists what a store holds, the last one first, and what is damaged.
func hosts(t *testing.T, s saved.Store) (found, damaged []string) {
	t.Helper()
	for r, err := range s.Newest() {
		var bad *saved.DamagedError
		switch {
		case errors.As(err, &bad):
			damaged = append(damaged, filepath.Base(bad.File))
		case err != nil:
			t.Fatal(err)
		default:
			found = append(found, r.Examination.Target.Host)
		}
	}
	return found, damaged
}

func add(t *testing.T, s saved.Store, e *probe.Examination) string {
	t.Helper()
	file, err := s.Add(e)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestAddAndRead(t *testing.T) {
	s := saved.Store{Folder: filepath.Join(t.TempDir(), "a", "b")}
	if found, _ := hosts(t, s); len(found) != 0 {
		t.Errorf("a folder that does not exist holds %q", found)
	}
	file := add(t, s, exam("first", 0))
	add(t, s, exam("third", 2))
	add(t, s, exam("second", 1)) // began earlier, ended later
	if found, _ := hosts(t, s); !slices.Equal(found, []string{"third", "second", "first"}) {
		t.Errorf("order %q", found)
	}
	content, err := os.ReadFile(file)
	if err != nil || strings.Contains(string(content), "hunter2") {
		t.Errorf("%v, or the password is in the file", err)
	}
	if runtime.GOOS == "windows" {
		return // rights come from the folder there
	}
	for path, want := range map[string]fs.FileMode{file: 0o600, s.Folder: 0o700} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, rights %v, want %v", path, err, info.Mode().Perm(), want)
		}
	}
}

// TestSameMoment: several checks may begin at once.
func TestSameMoment(t *testing.T) {
	s := saved.Store{Folder: t.TempDir()}
	var others sync.WaitGroup
	for range 20 {
		others.Go(func() { _, _ = s.Add(exam("other", 1)) })
		add(t, s, exam("same", 0))
	}
	others.Wait()
	found, damaged := hosts(t, s)
	if n := len(slices.DeleteFunc(found, func(h string) bool { return h != "same" })); n != 20 || len(damaged) != 0 {
		t.Errorf("%d of 20 kept, damaged %q", n, damaged)
	}
}

func TestLimit(t *testing.T) {
	folder := t.TempDir()
	s := saved.Store{Folder: folder}
	write := func(name, content string) {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("20200101-000000.000000000-1.json", "torn")
	write("20200101-000000.000000000-2.json", `{"schema": 99}`)
	write("notes.json", "not ours")
	write("20200101-000000.000000000-3.part", "left behind")
	old := time.Now().Add(-2 * time.Hour)
	if err := os.Chtimes(filepath.Join(folder, "20200101-000000.000000000-3.part"), old, old); err != nil {
		t.Fatal(err)
	}
	for i := range saved.Limit + 5 {
		add(t, s, exam(fmt.Sprint(i), i))
	}
	found, damaged := hosts(t, s)
	// Two places are taken by what cannot be read.
	if len(found) != saved.Limit-2 || found[0] != fmt.Sprint(saved.Limit+4) {
		t.Errorf("%d results, the last is %q", len(found), found[0])
	}
	if len(damaged) != 2 {
		t.Errorf("damaged: %q; what cannot be read must be named and kept", damaged)
	}
	if _, err := os.Stat(filepath.Join(folder, "notes.json")); err != nil {
		t.Error("a file that is not ours is gone")
	}
	if parts, _ := filepath.Glob(filepath.Join(folder, "*.part")); len(parts) != 0 {
		t.Errorf("left behind: %q", parts)
	}
}

func TestFolderUnusable(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, s := range []saved.Store{{}, {Folder: file}, {Folder: filepath.Join(file, "below")}} {
		if _, err := s.Add(exam("h", 0)); err == nil {
			t.Errorf("%q: no error", s.Folder)
		}
	}
}

func TestFolder(t *testing.T) {
	base := t.TempDir() // an absolute path of this system
	for _, tt := range []struct {
		goos string
		vars map[string]string
		want string
	}{
		{"linux", map[string]string{"XDG_STATE_HOME": base, "HOME": "h"}, filepath.Join(base, "ftpdiag")},
		{"linux", map[string]string{"XDG_STATE_HOME": "relative", "HOME": "h"}, filepath.Join("h", ".local", "state", "ftpdiag")},
		{"freebsd", map[string]string{"HOME": "h"}, filepath.Join("h", ".local", "state", "ftpdiag")},
		{"darwin", map[string]string{"HOME": "h"}, filepath.Join("h", "Library", "Application Support", "ftpdiag")},
		{"windows", map[string]string{"LOCALAPPDATA": "l", "HOME": "h"}, filepath.Join("l", "ftpdiag")},
		{"windows", map[string]string{"XDG_STATE_HOME": base}, filepath.Join(base, "ftpdiag")},
		{"windows", nil, ""},
		{"linux", nil, ""},
	} {
		if got := saved.Folder(tt.goos, func(name string) string { return tt.vars[name] }); got != tt.want {
			t.Errorf("%s %v: %q, want %q", tt.goos, tt.vars, got, tt.want)
		}
	}
}
