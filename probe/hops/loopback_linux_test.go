package hops

import (
	"context"
	"net"
	"net/netip"
	"os"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"ftpdiag/probe/neterr"
)

var loopback4 = netip.MustParseAddr("127.0.0.1")

// loopbacks are the loopback addresses that this computer has.
func loopbacks(t *testing.T) []netip.Addr {
	t.Helper()
	list := []netip.Addr{loopback4}
	if l, err := net.Listen("tcp", "[::1]:0"); err == nil {
		l.Close()
		list = append(list, netip.IPv6Loopback())
	}
	return list
}

// listen returns a port that accepts, and one on which nothing listens.
func listen(t *testing.T, addr netip.Addr) (open, closed netip.AddrPort) {
	t.Helper()
	for _, p := range []*netip.AddrPort{&open, &closed} {
		l, err := net.Listen("tcp", netip.AddrPortFrom(addr, 0).String())
		if err != nil {
			t.Fatal(err)
		}
		*p = l.Addr().(*net.TCPAddr).AddrPort()
		if p == &closed {
			l.Close()
		} else {
			t.Cleanup(func() { l.Close() })
		}
	}
	return open, closed
}

// silentPort is a port whose queue of connections is full: the kernel drops
// every further SYN (measured on Linux).
func silentPort(t *testing.T) netip.AddrPort {
	t.Helper()
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { unix.Close(fd) })
	if err := unix.Bind(fd, &unix.SockaddrInet4{Addr: loopback4.As4()}); err != nil {
		t.Fatal(err)
	}
	if err := unix.Listen(fd, 0); err != nil {
		t.Fatal(err)
	}
	name, err := unix.Getsockname(fd)
	if err != nil {
		t.Fatal(err)
	}
	remote := netip.AddrPortFrom(loopback4, uint16(name.(*unix.SockaddrInet4).Port))
	conn, err := net.Dial("tcp", remote.String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return remote
}

// descriptors is how many files this process has open.
func descriptors(t *testing.T) int {
	t.Helper()
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	return len(entries)
}

func TestLoopbackIsOneHop(t *testing.T) {
	t.Parallel()
	for _, addr := range loopbacks(t) {
		open, closed := listen(t, addr)
		found := Localise(t.Context(), netip.Addr{}, open, closed, Options{RTT: time.Millisecond})
		if want := (Comparison{Distance: 1, Fate: RST, FateTTL: 1}); found.Comparison != want {
			t.Errorf("%v: got %+v, want %+v", addr, found.Comparison, want)
		}
		if found.Control.Local != addr || found.Control.Hops[0].SYNs != 1 {
			t.Errorf("%v: control path is %+v", addr, found.Control)
		}
		if same, known := found.SameTTL(); !same || !known {
			t.Errorf("%v: TTLs are %+v and %+v", addr, found.ControlTTL, found.DataTTL)
		}
	}
}

func TestSilentPortOnLoopback(t *testing.T) {
	t.Parallel()
	p := Trace(t.Context(), loopback4, silentPort(t), Options{RTT: time.Millisecond, MaxTTL: 1})
	if p.State != Complete || len(p.Hops) != 1 {
		t.Fatalf("path is %+v", p)
	}
	if hop := p.Hops[0]; hop.Answer != Silent || hop.SYNs != 2 || hop.Took > 2*time.Second {
		t.Errorf("hop is %+v, want it silent after two SYNs", hop)
	}
}

// Not in parallel with others, for it counts the process's descriptors.
func TestAnsweredProbesAreClosed(t *testing.T) {
	open, closed := listen(t, loopback4)
	before := descriptors(t)
	control, data := TracePair(t.Context(), loopback4, open, closed, Options{})
	wantHops(t, control, SYNACK)
	wantHops(t, data, RST)
	if after := descriptors(t); after != before {
		t.Errorf("%d descriptors before, %d after", before, after)
	}
}

func TestCancelOnRealSockets(t *testing.T) {
	remote := silentPort(t)
	before := descriptors(t)
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	began := time.Now()
	p := Trace(ctx, loopback4, remote, Options{})
	if took := time.Since(began); took > 800*time.Millisecond {
		t.Errorf("it went on for %v", took)
	}
	if after := descriptors(t); p.State != Interrupted || after != before {
		t.Errorf("path is %+v with %d descriptors left over", p, after-before)
	}
}

// What is wrong with this computer must not look like an answer of the network.
func TestLocalTroubleOnRealSockets(t *testing.T) {
	open, _ := listen(t, loopback4)
	before := descriptors(t)
	for _, tt := range []struct {
		local  netip.Addr
		remote netip.AddrPort
	}{
		{netip.MustParseAddr("192.0.2.77"), open}, // not an address of ours
		{netip.IPv6Loopback(), open},              // of the other family
	} {
		p := Trace(t.Context(), tt.local, tt.remote, Options{})
		if p.State != Failed || p.Cause != neterr.Local || len(p.Hops) != 0 {
			t.Errorf("from %v: path is %+v", tt.local, p)
		}
	}
	if after := descriptors(t); after != before {
		t.Errorf("%d descriptors left over", after-before)
	}
}
