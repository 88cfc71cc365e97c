//go:build linux

package here

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// insideVariable marks the process in a network namespace of its own.
const insideVariable = "FTPDIAG_HERE_INSIDE"

// labVariable asks for the tests in network namespaces; "require" makes a
// failure of what is missing.
const labVariable = "FTPDIAG_LAB"

// TestCountersOfTheKernel proves against the kernel's own firewall what the
// counters tell. It runs again in a network namespace of its own, where nobody
// else makes traffic.
func TestCountersOfTheKernel(t *testing.T) {
	if os.Getenv(insideVariable) != "" {
		measureCounters(t)
		return
	}
	if os.Getenv(labVariable) == "" {
		t.Skip("it counts packets in real time, which wants a quiet computer: set " + labVariable)
	}
	for _, flags := range []uintptr{syscall.CLONE_NEWNET, syscall.CLONE_NEWNET | syscall.CLONE_NEWUSER} {
		cmd := exec.Command("/proc/self/exe", "-test.run=^TestCountersOfTheKernel$", "-test.v")
		cmd.Env = append(os.Environ(), insideVariable+"=1")
		cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: flags}
		if flags&syscall.CLONE_NEWUSER != 0 {
			cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}}
			cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}}
		}
		out, err := cmd.CombinedOutput()
		if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
			continue // No such namespace for us.
		}
		t.Logf("in a namespace:\n%s", out)
		switch {
		case err != nil:
			t.Error(err)
		case strings.Contains(string(out), "--- SKIP: "):
			t.Skip("skipped inside, see above")
		}
		return
	}
	skipLab(t, errors.New("no network namespaces for this user"))
}

// skipLab skips the test, or fails it where the lab is required.
func skipLab(t *testing.T, reason error) {
	t.Helper()
	if os.Getenv(labVariable) == "require" {
		t.Fatal("required, but: ", reason)
	}
	t.Skip(reason)
}

func measureCounters(t *testing.T) {
	run(t, "", "ip", "link", "set", "lo", "up")
	run(t, `table inet lab {
		chain prerouting { type filter hook prerouting priority -300
			tcp dport 40001 drop
		}
		chain input { type filter hook input priority 0
			tcp dport 40002 drop
			tcp dport 40003 reject
		}
		chain output { type filter hook output priority 0
			tcp dport 40004 drop
		}
	}`, "nft", "-f", "-")
	root := This(t.Context()).Root
	for _, address := range []string{"127.0.0.1", "[::1]"} {
		for _, tt := range []struct {
			name, port             string
			discarded, unreachable int64
		}{
			{"prerouting drops", "40001", 1, 0},
			{"the input chain drops", "40002", 1, 0},
			{"the input chain rejects", "40003", 1, 1},
			{"nothing ever arrives", "40004", 0, 0},
			{"nothing listens", "40005", 0, 0},
		} {
			before := ReadCounters(root)
			// Less than the second after which the SYN is repeated.
			if conn, err := net.DialTimeout("tcp", address+":"+tt.port, 300*time.Millisecond); err == nil {
				conn.Close()
				t.Fatalf("%s %s: connected", address, tt.name)
			}
			growth := ReadCounters(root).Since(before)
			mine, other := growth.IPv4, growth.IPv6
			if address != "127.0.0.1" {
				mine, other = other, mine
			}
			if !mine.Known || mine.Discarded != tt.discarded || mine.Unreachable != tt.unreachable {
				t.Errorf("%s %s: %+v, want %d discarded, %d unreachable", address, tt.name, mine, tt.discarded, tt.unreachable)
			}
			if other.Discarded != 0 {
				t.Errorf("%s %s: the other family counts %+v", address, tt.name, other)
			}
		}
	}
}

// run runs a program to its end. Without it there is no lab: it may be missing,
// or a user namespace may lack the rights for it.
func run(t *testing.T, input string, name string, args ...string) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Stdin = strings.NewReader(input)
	if out, err := cmd.CombinedOutput(); err != nil {
		skipLab(t, fmt.Errorf("%s: %w: %s", name, err, out))
	}
}
