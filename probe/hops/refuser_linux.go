package hops

import (
	"net/netip"
	"os"

	"golang.org/x/sys/unix"
)

// Refuser learns who answers a connection with ICMP. An ordinary program is told
// only "connection refused" or "no route to host", whoever said so: the server,
// a firewall before it, or one on the way. The zero value has learned nothing.
type Refuser struct {
	fd   int // of our own copy of the socket; 0: none
	ipv6 bool
}

// Watch begins to keep the ICMP messages of a socket that is about to connect.
// [Refuser.Done] must be called when it has, or has failed.
func (r *Refuser) Watch(fd uintptr, ipv6 bool) error {
	if err := keepErrors(int(fd), ipv6, 1); err != nil {
		return err
	}
	if r.fd != 0 {
		unix.Close(r.fd) // package net tries another socket
		r.fd = 0
	}
	// Package net closes the socket of a failed dial, and its messages with it.
	own, err := unix.FcntlInt(fd, unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return os.NewSyscallError("fcntl", err)
	}
	r.fd, r.ipv6 = own, ipv6
	return nil
}

// Done ends the watch and returns the address that an ICMP message came from,
// the zero Addr if none did. The socket is an ordinary one again: messages on an
// open connection must not end it.
func (r *Refuser) Done() (from netip.Addr) {
	if r.fd == 0 {
		return netip.Addr{}
	}
	if m, ok := readErrorQueue(r.fd); ok {
		from = m.From
	}
	_ = keepErrors(r.fd, r.ipv6, 0) // the messages that may come are few
	unix.Close(r.fd)
	r.fd = 0
	return from
}

// keepErrors turns the error queue of a socket on or off (ip(7), IP_RECVERR).
func keepErrors(fd int, ipv6 bool, on int) error {
	level, option := unix.SOL_IP, unix.IP_RECVERR
	if ipv6 {
		level, option = unix.SOL_IPV6, unix.IPV6_RECVERR
	}
	return os.NewSyscallError("setsockopt", unix.SetsockoptInt(fd, level, option, on))
}
