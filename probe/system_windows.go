package probe

import (
	"os"

	"golang.org/x/sys/windows"
)

// soExclusiveAddrUse is SO_EXCLUSIVEADDRUSE of winsock2.h, which defines it as
// the complement of SO_REUSEADDR.
const soExclusiveAddrUse = ^windows.SO_REUSEADDR

// setOptions prepares a socket.
//
// A listener claims its port for itself: on Windows another program may
// otherwise bind the same port with SO_REUSEADDR and take the connections that
// the server makes to us ("Using SO_REUSEADDR and SO_EXCLUSIVEADDRUSE",
// Microsoft Learn). Without the claim it listens as programs usually do, so a
// system that refuses it is no reason not to listen.
//
// TCP_MAXSEG is not among the options that Microsoft documents. But nobody
// sends a segment larger than the window, and a receive buffer that is set
// explicitly bounds the window and switches its growth off.
func setOptions(fd uintptr, opt SocketOptions, listens bool) error {
	socket := windows.Handle(fd)
	if listens {
		_ = windows.SetsockoptInt(socket, windows.SOL_SOCKET, soExclusiveAddrUse, 1)
	}
	if opt.SmallBuffer {
		opt.SmallSegments = smallestBuffer
	}
	if opt.SmallSegments == 0 {
		return nil
	}
	return os.NewSyscallError("setsockopt",
		windows.SetsockoptInt(socket, windows.SOL_SOCKET, windows.SO_RCVBUF, opt.SmallSegments))
}

// smallestBuffer holds one short reply. Zero would switch buffering off on
// Windows.
const smallestBuffer = 256
