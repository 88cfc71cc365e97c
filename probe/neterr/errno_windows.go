package neterr

import (
	"syscall"

	"golang.org/x/sys/windows"
)

// ofErrno names the cause behind an error number of Windows.
//
// The numbers of Winsock are compared, not those of package syscall: there
// ECONNREFUSED and its like are invented values that no system call returns
// (a real refusal is 10061), so errors.Is(err, syscall.ECONNREFUSED) is false.
// Overlapped calls may also report the number that the kernel's status maps
// to, which lies outside Winsock's range (ERROR_...).
func ofErrno(errno syscall.Errno) Cause {
	switch errno {
	case windows.WSAETIMEDOUT, windows.ERROR_SEM_TIMEOUT:
		return Timeout
	case windows.WSAECONNREFUSED, windows.ERROR_CONNECTION_REFUSED,
		windows.ERROR_PORT_UNREACHABLE, windows.ERROR_PROTOCOL_UNREACHABLE:
		return Refused
	case windows.WSAECONNRESET, windows.WSAECONNABORTED, windows.WSAENETRESET,
		windows.ERROR_NETNAME_DELETED, windows.ERROR_CONNECTION_ABORTED:
		// WSAECONNABORTED: Windows gave the connection up after the peer,
		// a timer or a filter driver broke it.
		return Reset
	case windows.WSAEDISCON, windows.WSAENOTCONN, windows.ERROR_GRACEFUL_DISCONNECT:
		return Closed
	case windows.WSAEHOSTUNREACH, windows.WSAEHOSTDOWN, windows.ERROR_HOST_UNREACHABLE:
		return HostUnreachable
	case windows.WSAENETUNREACH, windows.WSAENETDOWN, windows.ERROR_NETWORK_UNREACHABLE:
		return NetUnreachable
	case windows.WSAEACCES, windows.ERROR_ACCESS_DENIED:
		return Prohibited
	case windows.WSAEADDRINUSE, windows.WSAEADDRNOTAVAIL, windows.WSAEMFILE,
		windows.WSAENOBUFS, windows.WSAEINVAL, windows.WSAENOTSOCK,
		windows.WSAEAFNOSUPPORT, windows.WSAEPROTONOSUPPORT, windows.WSAESHUTDOWN,
		windows.ERROR_OPERATION_ABORTED:
		// WSAESHUTDOWN is our own half-close, ERROR_OPERATION_ABORTED an
		// operation that this computer withdrew.
		return Local
	case syscall.EINVAL, syscall.EAFNOSUPPORT, syscall.EPROTONOSUPPORT:
		// These invented values package net does return by itself.
		return Local
	default:
		return Unknown
	}
}

// errnoOf is the number by which a system call reports the cause; ofErrno
// names it back. A write to a connection that the peer closed fails on Windows
// as Reset or not at all, so WSAEDISCON for Closed is met on reading only.
func errnoOf(c Cause) syscall.Errno {
	switch c {
	case Timeout:
		return windows.WSAETIMEDOUT
	case Refused:
		return windows.WSAECONNREFUSED
	case Reset:
		return windows.WSAECONNRESET
	case Closed:
		return windows.WSAEDISCON
	case HostUnreachable:
		return windows.WSAEHOSTUNREACH
	case NetUnreachable:
		return windows.WSAENETUNREACH
	case Prohibited:
		return windows.WSAEACCES
	case Local:
		return windows.WSAEADDRNOTAVAIL
	case None, Canceled, Unknown:
		return errnoUnnamed
	default:
		return errnoUnnamed
	}
}

// errnoUnnamed stands for every number that ofErrno does not name.
const errnoUnnamed = windows.WSAEOPNOTSUPP

// errnoAddrInUse is what bind returns for a port that is taken.
const errnoAddrInUse = windows.WSAEADDRINUSE

// systemCall is the name that package net puts beside the number.
func systemCall(op string) string {
	switch op {
	case opDial:
		return "connectex"
	case opAccept:
		return "acceptex"
	case opRead:
		return "wsarecv"
	case "write":
		return "wsasend"
	default:
		return op
	}
}
