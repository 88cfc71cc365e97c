//go:build !linux

package hops

import (
	"errors"
	"net"
)

// LimitHops is not known to work on this system.
func LimitHops(net.Conn, int) (restore func(), err error) { return nil, errors.ErrUnsupported }
