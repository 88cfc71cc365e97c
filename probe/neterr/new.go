package neterr

import (
	"context"
	"io"
	"net"
	"os"
)

// The operations that New knows, as package net spells them in
// net.OpError.Op.
const (
	opDial   = "dial"
	opListen = "listen"
	opAccept = "accept"
	opRead   = "read"
)

// New makes the error that this operating system would return for op ("dial",
// "read", "write", "listen" or "accept") on a TCP socket stopped by c, so that
// Of(New(op, c)) == c. New(op, None) is nil. Where a system never combines the
// two, the error carries the number that the cause has elsewhere.
func New(op string, c Cause) error { return NewAt(op, c, nil, nil) }

// NewAt is New with the addresses of both ends; either may be nil. As in
// package net, an error of "listen" or "accept" names the local address only.
//
// The result is a *net.OpError, except for the end of a stream: a Read of
// package net returns io.EOF bare, and its callers compare it.
func NewAt(op string, c Cause, local, remote net.Addr) error {
	if c == None {
		return nil
	}
	if c == Closed && op == opRead {
		return io.EOF
	}
	opErr := &net.OpError{Op: op, Net: "tcp", Source: local, Addr: remote, Err: reason(op, c)}
	if op == opListen || op == opAccept {
		opErr.Source, opErr.Addr = nil, local
	}
	return opErr
}

// reason is the error inside the *net.OpError.
func reason(op string, c Cause) error {
	switch {
	case c == Canceled:
		return context.Canceled
	case c == Timeout && op != opDial:
		// Only connect has a patience of the system's own; elsewhere it is
		// the deadline on the socket that ends the wait.
		return os.ErrDeadlineExceeded
	case c == Local && op == opListen:
		return os.NewSyscallError("bind", errnoAddrInUse)
	case c == Local && op != opDial:
		// An established connection fails locally when we closed it.
		return net.ErrClosed
	default:
		return os.NewSyscallError(systemCall(op), errnoOf(c))
	}
}
