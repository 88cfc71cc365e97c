package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// TestFullDisk: a disk without room is found out before anything is sent, and
// nothing is left on it.
func TestFullDisk(t *testing.T) {
	disk := t.TempDir()
	if err := unix.Mount("tmpfs", disk, "tmpfs", 0, "size=64k"); err != nil {
		t.Skipf("this user may not mount a small disk: %v", err)
	}
	defer func() { _ = unix.Unmount(disk, 0) }()
	w := newWorld("")
	code := w.run("--no-save", "-o", filepath.Join(disk, "report.html"), "127.0.0.1:1")
	if code != 2 || !strings.Contains(strings.Join(strings.Fields(w.err.String()), " "), "no space left") {
		t.Errorf("exit code %d, it says %q", code, w.err.String())
	}
	left, err := os.ReadDir(disk)
	if err != nil || len(left) > 0 {
		t.Errorf("left on the disk: %v, %v", left, err)
	}
}
