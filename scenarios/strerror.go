package scenarios

import (
	"context"
	"errors"

	"ftpdiag/probe/neterr"
)

// strerror words why a connection to the client failed as Linux does, which is
// what daemons put into their 425. It also tells whether the time ran out.
func strerror(err error) (text string, timeout bool) {
	if errors.Is(err, context.DeadlineExceeded) {
		return "Connection timed out", true
	}
	switch neterr.Of(err) {
	case neterr.Timeout:
		return "Connection timed out", true
	case neterr.Refused:
		return "Connection refused", false
	case neterr.HostUnreachable:
		return "No route to host", false
	case neterr.NetUnreachable:
		return "Network is unreachable", false
	case neterr.Prohibited:
		return "Permission denied", false
	case neterr.Reset:
		return "Connection reset by peer", false
	case neterr.Local:
		return "Cannot assign requested address", false
	case neterr.None, neterr.Closed, neterr.Canceled, neterr.Unknown:
		return "Operation not permitted", false
	default:
		return "Operation not permitted", false
	}
}
