package neterr

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"syscall"
)

// Of tells the cause of an error of package net, of a context, or of anything
// that wraps one of these. Of(nil) is None. Errors of other protocols (TLS
// alerts, DNS answers) are Unknown, unless a network error is inside them.
//
// What we did ourselves is looked for first: it must never be counted against
// the network, whatever else the error carries.
func Of(err error) Cause {
	if err == nil {
		return None
	}
	if errors.Is(err, context.Canceled) {
		return Canceled
	}
	// net.ErrClosed is only ever our own Close; a close by the peer is EOF.
	if errors.Is(err, net.ErrClosed) || failedBeforeAnyPacket(err) {
		return Local
	}
	var errno syscall.Errno
	if errors.As(err, &errno) {
		if c := ofErrno(errno); c != Unknown {
			return c
		}
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return Closed
	}
	if timedOut(err) {
		return Timeout
	}
	return Unknown
}

// failedBeforeAnyPacket tells whether the error arose while the socket was
// being prepared. The number alone would mislead: EACCES from bind is a port
// reserved for the administrator, from connect it is a rule against the
// connection; ENOPROTOOPT from setsockopt is an unknown option, from connect
// an ICMP "protocol unreachable".
func failedBeforeAnyPacket(err error) bool {
	var addr *net.AddrError // Example: a local address of the other family.
	if errors.As(err, &addr) {
		return true
	}
	var call *os.SyscallError
	if !errors.As(err, &call) {
		return false
	}
	switch call.Syscall {
	case "socket", "wsasocket", "bind", "setsockopt":
		return true
	default:
		return false
	}
}

// timedOut tells whether a deadline ended the operation. The two deadline
// errors are named beside net.Error because a wrapper may hide its method.
func timedOut(err error) bool {
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded) {
		return true
	}
	var netErr net.Error
	return errors.As(err, &netErr) && netErr.Timeout()
}
