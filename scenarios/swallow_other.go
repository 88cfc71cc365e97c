//go:build !linux

package scenarios

import (
	"errors"
	"net/netip"
)

// canSwallow tells that swallow does not work on this system: a full queue is
// answered in other ways there, or its length cannot be known.
const canSwallow = false

func swallow() (addr netip.AddrPort, end func(), err error) {
	return addr, nil, errors.ErrUnsupported
}
