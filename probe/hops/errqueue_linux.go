package hops

import (
	"encoding/binary"
	"net/netip"

	"golang.org/x/sys/unix"
)

// readErrorQueue takes ICMP messages off a socket's error queue until one is
// an answer to its SYN. ok is false if there was none.
func readErrorQueue(fd int) (m ICMP, ok bool) {
	// Room for one message of the kernel's: sock_extended_err (16 bytes), the
	// sender's address (28 at most) and the header, with the padding of both.
	control := make([]byte, 128)
	for {
		_, n, _, _, err := unix.Recvmsg(fd, nil, control, unix.MSG_ERRQUEUE|unix.MSG_DONTWAIT)
		if err == unix.EINTR {
			continue
		}
		if err != nil {
			return ICMP{}, false // The queue is empty.
		}
		messages, err := unix.ParseSocketControlMessage(control[:n])
		if err != nil {
			continue
		}
		for _, message := range messages {
			if m, ok := parseExtendedError(message); ok && m.answer() != NoProbe {
				return m, true
			}
		}
	}
}

// The layout of struct sock_extended_err and of the address behind it
// (linux/errqueue.h, ip(7)).
const (
	offsetOrigin   = 4
	offsetType     = 5
	offsetCode     = 6
	offsetOffender = 16                 // a struct sockaddr
	offsetAddr4    = offsetOffender + 4 // behind family and port
	offsetAddr6    = offsetOffender + 8 // behind family, port and flow
)

// parseExtendedError reads an ICMP message out of a control message. ok is
// false for anything else, such as an error that the kernel itself reports.
func parseExtendedError(message unix.SocketControlMessage) (m ICMP, ok bool) {
	level, kind, data := message.Header.Level, message.Header.Type, message.Data
	v4 := level == unix.SOL_IP && kind == unix.IP_RECVERR
	v6 := level == unix.SOL_IPV6 && kind == unix.IPV6_RECVERR
	if !v4 && !v6 || len(data) < offsetOffender+2 {
		return ICMP{}, false
	}
	m.Type, m.Code = data[offsetType], data[offsetCode]
	family := binary.NativeEndian.Uint16(data[offsetOffender:])
	switch origin := data[offsetOrigin]; {
	case origin == unix.SO_EE_ORIGIN_ICMP && family == unix.AF_INET && len(data) >= offsetAddr4+4:
		m.From = netip.AddrFrom4([4]byte(data[offsetAddr4:]))
	case origin == unix.SO_EE_ORIGIN_ICMP6 && family == unix.AF_INET6 && len(data) >= offsetAddr6+16:
		m.From = netip.AddrFrom16([16]byte(data[offsetAddr6:]))
	default:
		return ICMP{}, false
	}
	return m, true
}
