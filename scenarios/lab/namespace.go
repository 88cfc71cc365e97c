//go:build linux

package lab

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// closePatience is how long the removal of a name may take; it takes some milliseconds.
const closePatience = 5 * time.Second

// A Namespace is one named network namespace: one computer or gateway of a world.
type Namespace struct {
	name string
	fd   int
}

// NewNamespace makes a network namespace with its loopback up. The caller must Close it.
func NewNamespace(ctx context.Context, name string) (*Namespace, error) {
	if err := ip(ctx, "", "netns add "+name); err != nil {
		return nil, err
	}
	fd, err := unix.Open("/run/netns/"+name, unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, fmt.Errorf("open namespace %s: %w", name, err)
	}
	n := &Namespace{name: name, fd: fd}
	if err := ip(ctx, name, "link set lo up"); err != nil {
		n.Close()
		return nil, err
	}
	return n, nil
}

// Close removes the name. The namespace itself ends with its last process and socket.
func (n *Namespace) Close() {
	ctx, cancel := context.WithTimeout(context.Background(), closePatience)
	defer cancel()
	// Errors have no cure and no effect: the whole lab ends with its first process.
	_ = unix.Close(n.fd)
	_ = ip(ctx, "", "netns del "+n.name)
}

// Do runs f on a thread inside the namespace: sockets opened, files below /proc/sys/net written and programs
// started by f itself (not by goroutines it starts) belong to the namespace.
func (n *Namespace) Do(f func() error) error {
	done := make(chan error, 1)
	go func() {
		// Never unlocked: the thread ends with the goroutine, so that no other goroutine finds itself in the namespace.
		runtime.LockOSThread()
		if err := unix.Setns(n.fd, unix.CLONE_NEWNET); err != nil {
			done <- fmt.Errorf("enter namespace %s: %w", n.name, err)
			return
		}
		done <- f()
	}()
	return <-done
}

// Start starts cmd inside the namespace, as leader of a process group of its own so that stop can reach its children.
func (n *Namespace) Start(cmd *exec.Cmd) error {
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.Setpgid = true
	return n.Do(cmd.Start)
}

// Output runs a program inside the namespace to its end and returns what it printed, on both channels.
func (n *Namespace) Output(cmd *exec.Cmd) (string, error) {
	var out strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := n.Start(cmd); err != nil {
		return "", err
	}
	err := cmd.Wait()
	return out.String(), err
}

// SetKernel writes one network setting, such as "ipv4/ip_forward", of the namespace.
func (n *Namespace) SetKernel(name, value string) error {
	return n.Do(func() error {
		return os.WriteFile("/proc/sys/net/"+name, []byte(value), 0)
	})
}

// ip gives lines to ip(8), each a command without the word ip, to be run in the named namespace ("": the lab's own).
func ip(ctx context.Context, namespace string, lines ...string) error {
	args := []string{"-batch", "-"}
	if namespace != "" {
		args = append([]string{"-n", namespace}, args...)
	}
	cmd := exec.CommandContext(ctx, "ip", args...)
	cmd.Stdin = strings.NewReader(strings.Join(lines, "\n") + "\n")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("ip %s: %w: %s", strings.Join(lines, "; "), err, out)
	}
	return nil
}
