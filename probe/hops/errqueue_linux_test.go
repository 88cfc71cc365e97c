package hops

import (
	"encoding/binary"
	"net/netip"
	"testing"

	"golang.org/x/sys/unix"
)

// queued makes a control message as the kernel writes it.
func queued(level, kind int32, origin, icmpType, code uint8, offender []byte) unix.SocketControlMessage {
	data := make([]byte, offsetOffender, offsetOffender+len(offender))
	data[offsetOrigin], data[offsetType], data[offsetCode] = origin, icmpType, code
	return unix.SocketControlMessage{
		Header: unix.Cmsghdr{Level: level, Type: kind},
		Data:   append(data, offender...),
	}
}

func offender4(a netip.Addr) []byte {
	b := make([]byte, 16)
	binary.NativeEndian.PutUint16(b, unix.AF_INET)
	copy(b[4:], a.AsSlice())
	return b
}

func offender6(a netip.Addr) []byte {
	b := make([]byte, 28)
	binary.NativeEndian.PutUint16(b, unix.AF_INET6)
	copy(b[8:], a.AsSlice())
	return b
}

func TestParseExtendedError(t *testing.T) {
	v4, v6 := netip.MustParseAddr("192.0.2.7"), netip.MustParseAddr("2001:db8::7")
	whole := queued(unix.SOL_IP, unix.IP_RECVERR, unix.SO_EE_ORIGIN_ICMP, 3, 13, offender4(v4))
	if m, ok := parseExtendedError(whole); !ok || m != (ICMP{3, 13, v4}) {
		t.Errorf("ICMP: %+v, %v", m, ok)
	}
	six := queued(unix.SOL_IPV6, unix.IPV6_RECVERR, unix.SO_EE_ORIGIN_ICMP6, 1, 1, offender6(v6))
	if m, ok := parseExtendedError(six); !ok || m != (ICMP{1, 1, v6}) {
		t.Errorf("ICMPv6: %+v, %v", m, ok)
	}
	for name, message := range map[string]unix.SocketControlMessage{
		"an error of this kernel": queued(unix.SOL_IP, unix.IP_RECVERR, unix.SO_EE_ORIGIN_LOCAL, 3, 13, offender4(v4)),
		"no offender known":       queued(unix.SOL_IP, unix.IP_RECVERR, unix.SO_EE_ORIGIN_ICMP, 3, 13, make([]byte, 16)),
		"families mixed up":       queued(unix.SOL_IP, unix.IP_RECVERR, unix.SO_EE_ORIGIN_ICMP6, 3, 13, offender4(v4)),
		"another control message": queued(unix.SOL_IP, unix.IP_TTL, unix.SO_EE_ORIGIN_ICMP, 3, 13, offender4(v4)),
		"cut address":             queued(unix.SOL_IPV6, unix.IPV6_RECVERR, unix.SO_EE_ORIGIN_ICMP6, 1, 1, offender6(v6)[:20]),
	} {
		if m, ok := parseExtendedError(message); ok {
			t.Errorf("%s was taken for %+v", name, m)
		}
	}
	// However short the message is, it must not be read beyond its end.
	for n := range len(whole.Data) {
		cut := whole
		cut.Data = whole.Data[:n]
		if m, ok := parseExtendedError(cut); ok && n < offsetAddr4+4 {
			t.Errorf("%d bytes were taken for %+v", n, m)
		}
	}
}
