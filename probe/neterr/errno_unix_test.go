//go:build unix

package neterr

import (
	"os"
	"syscall"
	"testing"
)

// The number alone does not decide: the call that failed does too.
func TestSameNumberFromAnotherCall(t *testing.T) {
	for _, tt := range []struct {
		call  string
		errno syscall.Errno
		want  Cause
	}{
		{"connect", syscall.EACCES, Prohibited},
		{"connect", syscall.EPERM, Prohibited},
		{"bind", syscall.EACCES, Local},
		{"connect", syscall.ENOPROTOOPT, Refused},
		{"setsockopt", syscall.ENOPROTOOPT, Local},
		{"connect", syscall.EHOSTUNREACH, HostUnreachable},
		{"connect", syscall.ENETUNREACH, NetUnreachable},
		{"connect", syscall.EADDRNOTAVAIL, Local},
		{"connect", syscall.EINVAL, Local},
		{"socket", syscall.EMFILE, Local},
		{"accept4", syscall.ENFILE, Local},
		{"connect", syscall.ENOBUFS, Local},
		{"write", syscall.EPIPE, Closed},
		{"read", syscall.ETIMEDOUT, Timeout},
	} {
		if got := Of(os.NewSyscallError(tt.call, tt.errno)); got != tt.want {
			t.Errorf("%s: %v is %q, want %q", tt.call, tt.errno, got, tt.want)
		}
	}
}

// Writing to a connection that the peer has torn down fails with EPIPE once
// the reset has been read.
func TestWriteAfterResetIsClosed(t *testing.T) {
	client, server := pair(t)
	server.SetLinger(0)
	server.Close()
	wantCause(t, readError(client), Reset)
	_, err := client.Write([]byte("NOOP\r\n"))
	wantCause(t, err, Closed)
}
