package scenarios

import (
	"fmt"
	"net"
	"net/netip"
	"syscall"
	"time"
)

// canSwallow tells that swallow works on this system.
const canSwallow = true

// swallow opens a port of loopback that swallows connections, without any
// privilege: the queue of a listener with a backlog of 0 holds one connection,
// and Linux drops every SYN that comes when it is full (measured; net.Listen
// cannot be told the backlog). end closes it.
func swallow() (addr netip.AddrPort, end func(), err error) {
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return addr, nil, fmt.Errorf("socket: %w", err)
	}
	fail := func(what string, err error) (netip.AddrPort, func(), error) {
		syscall.Close(fd)
		return netip.AddrPort{}, nil, fmt.Errorf("%s: %w", what, err)
	}
	if err := syscall.Bind(fd, &syscall.SockaddrInet4{Addr: localhost.As4()}); err != nil {
		return fail("bind", err)
	}
	if err := syscall.Listen(fd, 0); err != nil {
		return fail("listen", err)
	}
	name, err := syscall.Getsockname(fd)
	if err != nil {
		return fail("getsockname", err)
	}
	addr = netip.AddrPortFrom(localhost, uint16(name.(*syscall.SockaddrInet4).Port))
	filler, err := net.DialTimeout("tcp4", addr.String(), time.Second)
	if err != nil {
		return fail("fill the queue", err)
	}
	return addr, func() {
		filler.Close()
		syscall.Close(fd)
	}, nil
}
