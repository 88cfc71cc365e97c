//go:build linux

package lab

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"
)

// insideVariable marks the process that was started inside the new namespaces.
const insideVariable = "FTPDIAG_LAB_INSIDE"

// How the lab was entered, the values of insideVariable.
const (
	insideAsRoot = "root" // real root: every server can change its user
	insideAsUser = "user" // root of a user namespace with a single mapped user
)

// First reports whether this is the first process of the lab's namespaces.
func First() bool { return Inside() && os.Getpid() == 1 }

// RunAsFirst starts this very program again and takes in, until it ends, whatever loses its parent: servers leave their
// session processes to the first process, and the dead ones would fill the process numbers after some thousand worlds. It
// returns the program's exit code.
func RunAsFirst(args []string) (exitCode int, err error) {
	self, err := os.Executable()
	if err != nil {
		return 0, fmt.Errorf("find this program: %w", err)
	}
	child, err := syscall.ForkExec(self, append([]string{self}, args...), &syscall.ProcAttr{
		Env: os.Environ(), Files: []uintptr{0, 1, 2},
	})
	if err != nil {
		return 0, fmt.Errorf("start the lab's second process: %w", err)
	}
	for {
		var status syscall.WaitStatus
		switch pid, err := syscall.Wait4(-1, &status, 0, nil); {
		case errors.Is(err, syscall.EINTR):
		case err != nil:
			return 0, fmt.Errorf("wait for the lab's second process: %w", err)
		case pid != child:
		case status.Exited():
			return status.ExitStatus(), nil
		default:
			return 1, nil // ended by a signal: its output has said why
		}
	}
}

// Inside reports whether this process runs in the lab's own namespaces.
func Inside() bool { return os.Getenv(insideVariable) != "" }

// RealRoot reports whether the lab was entered by root, so that servers may change their user and group.
func RealRoot() bool { return os.Getenv(insideVariable) == insideAsRoot }

// Enter starts this very program again, with the arguments args, as the first process of new mount, process, network
// and host name namespaces, and waits for it. Root uses its own rights; everybody else, and root without the right to make
// namespaces (as in a container), gets them from a new user namespace.
//
// It returns the program's exit code, or an error if no namespaces could be made.
func Enter(args []string) (exitCode int, err error) {
	if os.Geteuid() == 0 {
		exitCode, err = enterAs(insideAsRoot, args)
		if err == nil {
			return exitCode, nil
		}
	}
	return enterAs(insideAsUser, args)
}

func enterAs(identity string, args []string) (exitCode int, err error) {
	self, err := os.Executable()
	if err != nil {
		return 0, fmt.Errorf("find this program: %w", err)
	}
	cmd := exec.Command(self, args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), insideVariable+"="+identity)
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags: syscall.CLONE_NEWNS | syscall.CLONE_NEWPID | syscall.CLONE_NEWNET | syscall.CLONE_NEWUTS,
		// If this process is killed, the inner one must go, and everything in the process namespace with it.
		Pdeathsig: syscall.SIGKILL,
	}
	if identity == insideAsUser {
		cmd.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
		cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	}

	// The death signal is tied to the thread that started the process, not to this process.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := cmd.Start(); err != nil {
		return 0, fmt.Errorf("make namespaces as %s: %w", identity, err)
	}
	err = cmd.Wait()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		if code := exit.ExitCode(); code >= 0 {
			return code, nil
		}
		return 1, nil // ended by a signal: its output has said why
	}
	return 0, err
}
