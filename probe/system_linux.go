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
	if opt.SharePort || opt.FromPort != 0 {
		// Both sockets need it, and the same user (socket(7)).
		for _, name := range []int{unix.SO_REUSEADDR, unix.SO_REUSEPORT} {
			if err := unix.SetsockoptInt(int(fd), unix.SOL_SOCKET, name, 1); err != nil {
				return os.NewSyscallError("setsockopt", err)
			}
		}
	}
	if opt.SmallBuffer {
		// The kernel makes 2304 bytes of it (socket(7), SO_RCVBUF; measured).
		if err := unix.SetsockoptInt(int(fd), unix.SOL_SOCKET, unix.SO_RCVBUF, 1); err != nil {
			return os.NewSyscallError("setsockopt", err)
		}
	}
	if opt.SmallSegments == 0 {
		return nil
	}
	return os.NewSyscallError("setsockopt",
		unix.SetsockoptInt(int(fd), unix.IPPROTO_TCP, unix.TCP_MAXSEG, opt.SmallSegments))
}
