package probe

import (
	"net"
	"net/netip"
	"testing"

	"golang.org/x/sys/unix"

	"ftpdiag/probe/neterr"
)

// sendingSegment is the largest segment that conn sends: what its peer asked
// for (TCP_MAXSEG of a connected socket, tcp(7)).
func sendingSegment(t *testing.T, conn net.Conn) int {
	t.Helper()
	raw, err := conn.(*net.TCPConn).SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	var size int
	var optErr error
	if err := raw.Control(func(fd uintptr) {
		size, optErr = unix.GetsockoptInt(int(fd), unix.IPPROTO_TCP, unix.TCP_MAXSEG)
	}); err != nil || optErr != nil {
		t.Fatal(err, optErr)
	}
	return size
}

func TestSystemAsksThePeerForSmallSegments(t *testing.T) {
	const limit = 536
	small := SocketOptions{SmallSegments: limit}
	for _, addr := range systemLoopbacks(t) {
		_, server := systemPair(t, addr, small, SocketOptions{})
		if got := sendingSegment(t, server); got > limit {
			t.Errorf("%v: the server may send %d bytes to a dialer that asked for %d", addr, got, limit)
		}
		client, _ := systemPair(t, addr, SocketOptions{}, small)
		if got := sendingSegment(t, client); got > limit {
			t.Errorf("%v: the client may send %d bytes to a listener that asked for %d", addr, got, limit)
		}
		client, _ = systemPair(t, addr, SocketOptions{}, SocketOptions{})
		if got := sendingSegment(t, client); got <= limit {
			t.Errorf("%v: segments are limited to %d bytes unasked", addr, got)
		}
	}
}

// An option that the kernel refuses must not look like a network at fault.
func TestSystemRefusedOptionIsLocal(t *testing.T) {
	tooSmall := SocketOptions{SmallSegments: 1}
	_, err := System{}.ListenTCP(t.Context(), netip.MustParseAddrPort("127.0.0.1:0"), tooSmall)
	if got := neterr.Of(err); got != neterr.Local {
		t.Errorf("%v is %q, want %q", err, got, neterr.Local)
	}
}
