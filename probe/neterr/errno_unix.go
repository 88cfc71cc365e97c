//go:build unix

package neterr

import "syscall"

// ofErrno names the cause behind an error number of a unix system. What
// Linux makes of an ICMP error was measured: "port unreachable" gives
// ECONNREFUSED like a reset; "administratively prohibited" gives EHOSTUNREACH
// over IPv4 and EACCES over IPv6; "network prohibited" gives ENETUNREACH;
// "protocol unreachable" gives ENOPROTOOPT. macOS gives ECONNREFUSED for port
// unreachable, protocol unreachable and administratively prohibited alike
// (inetctlerrmap in xnu's bsd/netinet/ip_input.c).
func ofErrno(errno syscall.Errno) Cause {
	switch errno {
	case syscall.ETIMEDOUT:
		return Timeout
	case syscall.ECONNREFUSED, syscall.ENOPROTOOPT:
		return Refused
	case syscall.ECONNRESET, syscall.ECONNABORTED, syscall.ENETRESET:
		return Reset
	case syscall.EPIPE, syscall.ENOTCONN:
		// ENOTCONN: half-closing a connection that the peer has ended.
		return Closed
	case syscall.EHOSTUNREACH, syscall.EHOSTDOWN:
		return HostUnreachable
	case syscall.ENETUNREACH, syscall.ENETDOWN:
		return NetUnreachable
	case syscall.EACCES, syscall.EPERM:
		return Prohibited
	case syscall.EADDRINUSE, syscall.EADDRNOTAVAIL, syscall.EMFILE, syscall.ENFILE,
		syscall.ENOBUFS, syscall.ENOMEM, syscall.EINVAL, syscall.EBADF,
		syscall.EAFNOSUPPORT, syscall.EPROTONOSUPPORT:
		return Local
	default:
		return Unknown
	}
}

// errnoOf is the number by which a system call reports the cause; ofErrno
// names it back.
func errnoOf(c Cause) syscall.Errno {
	switch c {
	case Timeout:
		return syscall.ETIMEDOUT
	case Refused:
		return syscall.ECONNREFUSED
	case Reset:
		return syscall.ECONNRESET
	case Closed:
		return syscall.EPIPE
	case HostUnreachable:
		return syscall.EHOSTUNREACH
	case NetUnreachable:
		return syscall.ENETUNREACH
	case Prohibited:
		return syscall.EACCES
	case Local:
		return syscall.EADDRNOTAVAIL
	case None, Canceled, Unknown:
		return errnoUnnamed
	default:
		return errnoUnnamed
	}
}

// errnoUnnamed stands for every number that ofErrno does not name. Linux
// returns this one for an ICMP "source route failed".
const errnoUnnamed = syscall.EOPNOTSUPP

// errnoAddrInUse is what bind returns for a port that is taken.
const errnoAddrInUse = syscall.EADDRINUSE

// systemCall is the name that package net puts beside the number.
func systemCall(op string) string {
	if op == opDial {
		return "connect"
	}
	return op
}
