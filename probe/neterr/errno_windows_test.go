package neterr

import (
	"errors"
	"os"
	"syscall"
	"testing"
)

// The numbers as Microsoft documents them ("Windows Sockets Error Codes" and
// "System Error Codes"), written out so that no package's constants can agree
// with each other and be wrong.
func TestDocumentedNumbers(t *testing.T) {
	for _, tt := range []struct {
		call  string
		errno syscall.Errno
		want  Cause
	}{
		{"connectex", 10060, Timeout},
		{"connectex", 121, Timeout},
		{"connectex", 10061, Refused},
		{"connectex", 1225, Refused},
		{"connectex", 10051, NetUnreachable},
		{"connectex", 1231, NetUnreachable},
		{"connectex", 10065, HostUnreachable},
		{"connectex", 1232, HostUnreachable},
		{"connectex", 10013, Prohibited},
		{"bind", 10013, Local},
		{"bind", 10048, Local},
		{"bind", 10049, Local},
		{"wsarecv", 10054, Reset},
		{"wsarecv", 10053, Reset},
		{"wsarecv", 64, Reset},
	} {
		if got := Of(os.NewSyscallError(tt.call, tt.errno)); got != tt.want {
			t.Errorf("%s: %d is %q, want %q", tt.call, tt.errno, got, tt.want)
		}
	}
}

// A refusal made here must not be recognisable by the invented number: code
// that relies on it would never see a real one.
func TestNewAvoidsInventedNumbers(t *testing.T) {
	if errors.Is(New("dial", Refused), syscall.ECONNREFUSED) {
		t.Error("New made an error that Windows never returns")
	}
}
