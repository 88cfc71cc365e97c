//go:build unix

package programs

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestRealFiles: a pipe is not waited for, a folder is no file, and what is not
// there is no problem.
func TestRealFiles(t *testing.T) {
	home := t.TempDir()
	if err := os.Mkdir(filepath.Join(home, ".lftprc"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(filepath.Join(home, ".curlrc"), 0o600); err != nil {
		t.Fatal(err)
	}
	c := System()
	c.OS = "linux"
	c.Getenv = func(name string) string { return map[string]string{"HOME": home}[name] }
	troubles := map[string]Trouble{}
	for _, p := range Read(c, "ftp.example.com") {
		for _, x := range p.Problems {
			troubles[p.ID] = x.Trouble
		}
	}
	if troubles["lftp"] != NotAFile || troubles["curl"] != NotAFile {
		t.Errorf("%v", troubles)
	}
}
