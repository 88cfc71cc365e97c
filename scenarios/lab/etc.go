//go:build linux

package lab

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

// etc is the text of files below /etc as a single program sees them, by their names. All computers of the lab share
// one file system: what belongs to one of them, such as its resolver, is mounted for the program alone.
type etc map[string]string

// show changes cmd so that it starts in a mount namespace of its own with these files. An empty etc changes nothing.
// Files that the host lacks cannot be shown.
func (e etc) show(cmd *exec.Cmd) error {
	if len(e) == 0 {
		return nil
	}
	folder, err := os.MkdirTemp("", "etc")
	if err != nil {
		return err
	}
	var mounts strings.Builder
	for name, text := range e {
		file := filepath.Join(folder, name)
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			return err
		}
		fmt.Fprintf(&mounts, "mount --bind %s /etc/%s && ", file, name)
	}
	shell, err := exec.LookPath("sh")
	if err != nil {
		return err
	}
	program := cmd.Path
	cmd.Path = shell
	cmd.Args = append([]string{"sh", "-c", mounts.String() + `exec "$@"`, "sh", program}, cmd.Args[1:]...)
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.Unshareflags |= syscall.CLONE_NEWNS
	return nil
}
