package hops

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// insideVariable marks the process that was started in a network namespace of
// its own, where it is the client of the lab.
const insideVariable = "FTPDIAG_HOPS_INSIDE"

// labVariable asks for the tests in network namespaces; "require" makes a
// failure of what is missing.
const labVariable = "FTPDIAG_LAB"

// enterLab starts the running test again in a new network namespace, and in a
// new user namespace as well unless root can do without. It returns true in
// the inner process; in the outer one it has reported the inner one's result.
func enterLab(t *testing.T) bool {
	t.Helper()
	if os.Getenv(insideVariable) != "" {
		return true
	}
	if os.Getenv(labVariable) == "" {
		t.Skip("it measures real routers in real time, which wants a quiet computer: set " + labVariable)
	}
	for _, tool := range []string{"ip", "nft"} {
		if _, err := exec.LookPath(tool); err != nil {
			skipLab(t, err)
		}
	}
	started := false
	for _, flags := range []uintptr{syscall.CLONE_NEWNET, syscall.CLONE_NEWNET | syscall.CLONE_NEWUSER} {
		cmd := exec.Command("/proc/self/exe", "-test.run=^"+t.Name()+"$", "-test.v", "-test.parallel=32")
		cmd.Env = append(os.Environ(), insideVariable+"=1")
		cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: flags}
		if flags&syscall.CLONE_NEWUSER != 0 {
			cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
			cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
		}
		out, err := cmd.CombinedOutput()
		if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
			continue // No such namespace for us.
		}
		started = true
		t.Logf("in its own namespaces:\n%s", out)
		switch {
		case err != nil:
			t.Error(err)
		case strings.Contains(string(out), "--- SKIP: "+t.Name()+" "):
			t.Skip("skipped inside, see above")
		}
		break
	}
	if !started {
		skipLab(t, errors.New("no network namespaces for this user"))
	}
	return false
}

// skipLab skips the test, or fails it where the lab is required.
func skipLab(t *testing.T, reason error) {
	t.Helper()
	if os.Getenv(labVariable) == "require" {
		t.Fatal("required, but: ", reason)
	}
	t.Skip(reason)
}

// machine is one network namespace of the lab.
type machine struct{ fd int }

// newMachine makes a network namespace. It lives as long as the process.
func newMachine(t *testing.T) machine {
	t.Helper()
	result := make(chan machine, 1)
	var failure error
	go func() {
		runtime.LockOSThread() // never unlocked: the thread ends with the goroutine
		defer close(result)
		if failure = unix.Unshare(unix.CLONE_NEWNET); failure != nil {
			return
		}
		var fd int
		if fd, failure = unix.Open("/proc/thread-self/ns/net", unix.O_RDONLY|unix.O_CLOEXEC, 0); failure == nil {
			result <- machine{fd}
		}
	}()
	m, ok := <-result
	if !ok {
		skipLab(t, failure)
	}
	return m
}

// path is the name of the namespace for other programs.
func (m machine) path() string { return fmt.Sprintf("/proc/%d/fd/%d", os.Getpid(), m.fd) }

// do runs f on a thread inside the namespace. Its error ends the test as a lab
// that cannot be built here: a user namespace may be there and lack rights, or
// the kernel may lack its firewall.
func (m machine) do(t *testing.T, f func() error) {
	t.Helper()
	failure := make(chan error, 1)
	go func() {
		runtime.LockOSThread() // never unlocked, as above
		if err := unix.Setns(m.fd, unix.CLONE_NEWNET); err != nil {
			failure <- err
			return
		}
		failure <- f()
	}()
	if err := <-failure; err != nil {
		skipLab(t, err)
	}
}

// run runs programs inside the namespace, one per line, with input for all.
func (m machine) run(t *testing.T, input string, lines ...string) {
	t.Helper()
	m.do(t, func() error {
		for _, line := range lines {
			words := strings.Fields(line)
			cmd := exec.Command(words[0], words[1:]...)
			cmd.Stdin = strings.NewReader(input)
			if out, err := cmd.CombinedOutput(); err != nil {
				return fmt.Errorf("%s: %w: %s", line, err, out)
			}
		}
		return nil
	})
}

// set writes settings of the kernel for the namespace, name=value.
func (m machine) set(t *testing.T, settings ...string) {
	t.Helper()
	m.do(t, func() error {
		for _, setting := range settings {
			name, value, _ := strings.Cut(setting, "=")
			if err := os.WriteFile("/proc/sys/net/"+name, []byte(value), 0o644); err != nil {
				return err
			}
		}
		return nil
	})
}

// firewall loads the rules of a table of family inet.
func (m machine) firewall(t *testing.T, chains string) {
	t.Helper()
	m.run(t, "table inet lab {\n"+chains+"\n}\n", "nft -f -")
}

// serve accepts connections to a port and counts them.
func (m machine) serve(t *testing.T, port uint16) *atomic.Int64 {
	t.Helper()
	var listener net.Listener
	m.do(t, func() (err error) {
		listener, err = net.Listen("tcp", netip.AddrPortFrom(netip.IPv6Unspecified(), port).String())
		return err
	})
	t.Cleanup(func() { listener.Close() })
	sessions := new(atomic.Int64)
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			sessions.Add(1)
			conn.Close()
		}
	}()
	return sessions
}

// dropPrivileges takes every capability from the calling thread, and makes it
// nobody's where that user exists. The sockets that it makes from then on are
// those of an ordinary program. The thread must not be used for anything else.
func dropPrivileges() error {
	const nobody = 65534
	// The plain system calls concern this thread only. In a user namespace
	// with a single user they fail, and only the capabilities go.
	_, _, _ = unix.RawSyscall(unix.SYS_SETRESGID, nobody, nobody, nobody)
	_, _, _ = unix.RawSyscall(unix.SYS_SETRESUID, nobody, nobody, nobody)
	header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	if err := unix.Capset(&header, &make([]unix.CapUserData, 2)[0]); err != nil {
		return err
	}
	if fd, err := unix.Socket(unix.AF_INET, unix.SOCK_RAW, unix.IPPROTO_ICMP); err == nil {
		unix.Close(fd)
		return errors.New("the thread still has privileges")
	}
	return nil
}
