//go:build unix && !linux

package probe

import (
	"os"

	"golang.org/x/sys/unix"
)

// setOptions prepares a socket. On macOS TCP_MAXSEG lowers only what we send;
// the size announced to the peer comes from the route (tcp_mssopt in xnu's
// bsd/netinet/tcp_input.c). But nobody sends a segment larger than the
// window, and the window is never larger than the receive buffer, for which
// the kernel takes any size from one byte up and switches its growth off
// (SO_RCVBUF in bsd/kern/uipc_socket.c, sbreserve in uipc_socket2.c). The
// other BSDs share that ancestry. Connections take the buffer's size
// over from their listener.
func setOptions(fd uintptr, opt SocketOptions, _ bool) error {
	if opt.SmallBuffer {
		opt.SmallSegments = smallestBuffer
	}
	if opt.SmallSegments == 0 {
		return nil
	}
	return os.NewSyscallError("setsockopt",
		unix.SetsockoptInt(int(fd), unix.SOL_SOCKET, unix.SO_RCVBUF, opt.SmallSegments))
}

// smallestBuffer holds one short reply. Zero would switch buffering off on
// Windows.
const smallestBuffer = 256
