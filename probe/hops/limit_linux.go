package hops

import (
	"errors"
	"net"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// errNoSocket: the connection is not one of the system's.
var errNoSocket = errors.New("hops: not a socket of the system's")

// LimitHops makes what an open connection sends from now on expire at a TTL, and
// its reads fail with what a router says to that (EHOSTUNREACH). The TTL is the
// system's again when restore is called; what has expired is then sent once more
// by TCP. Measured on Linux: on an open connection the router's address is not
// told, only that one answered.
func LimitHops(conn net.Conn, ttl int) (restore func(), err error) {
	sys, ok := conn.(syscall.Conn)
	if !ok {
		return nil, errNoSocket
	}
	raw, err := sys.SyscallConn()
	if err != nil {
		return nil, err
	}
	level, option, queue := unix.SOL_IP, unix.IP_TTL, unix.IP_RECVERR
	if local, ok := conn.LocalAddr().(*net.TCPAddr); ok && local.AddrPort().Addr().Unmap().Is6() {
		level, option, queue = unix.SOL_IPV6, unix.IPV6_UNICAST_HOPS, unix.IPV6_RECVERR
	}
	set := func(ttl, errors int) (failure error) {
		err := raw.Control(func(fd uintptr) {
			if failure = unix.SetsockoptInt(int(fd), level, queue, errors); failure == nil {
				failure = unix.SetsockoptInt(int(fd), level, option, ttl)
			}
		})
		if err != nil {
			return err
		}
		return os.NewSyscallError("setsockopt", failure)
	}
	if err := set(ttl, 1); err != nil {
		return nil, err
	}
	return func() { _ = set(-1, 0) }, nil // -1 is the system's own (ip(7), ipv6(7))
}
