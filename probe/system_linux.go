package probe

import (
	"os"

	"golang.org/x/sys/unix"
)

// setOptions prepares a socket. TCP_MAXSEG is the maximum segment size that
// goes out in our SYN or SYN-ACK (tcp(7)); connections take it over from their
// listener. The kernel refuses values below 88 and above 32767 with EINVAL
// (do_tcp_setsockopt in net/ipv4/tcp.c).
func setOptions(fd uintptr, opt SocketOptions, _ bool) error {
	if opt.SmallSegments == 0 {
		return nil
	}
	return os.NewSyscallError("setsockopt",
		unix.SetsockoptInt(int(fd), unix.IPPROTO_TCP, unix.TCP_MAXSEG, opt.SmallSegments))
}
