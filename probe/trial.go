package probe

import (
	"net/netip"
	"sync"
	"time"

	"ftpdiag/probe/ftp"
)

// trial is one attempt to make.
type trial struct {
	method   Method
	variant  Variant
	atServer bool          // passive: connect to the server's own address, whatever a 227 names
	asked    bool          // active: only the reply to PORT or EPRT is wanted, no LIST
	limit    time.Duration // for its data connection; 0: the plan's
	stall    time.Duration // how long its listing may be silent; 0: as usual
	pace     time.Duration // what the server is known to take, of a brief one
	lossy    bool          // passive: packets may be getting lost, so that a short silence of the port says nothing
	brief    bool          // the listing gets no more than is left of the time, too
	stalls   *signal       // given when a trial of the lane gives its silent data connection up; nil: nobody minds
	usual    netip.Addr    // what a 227 names otherwise: with another one the answer is known, and it is not dialled
}

// signal is something that trials tell each other, once.
type signal struct {
	once  sync.Once
	given chan struct{}
}

func newSignal() *signal { return &signal{given: make(chan struct{})} }

// give gives the signal, if there is one.
func (s *signal) give() {
	if s != nil {
		s.once.Do(func() { close(s.given) })
	}
}

// seen is closed when the signal has been given.
func (s *signal) seen() <-chan struct{} {
	if s == nil {
		return nil
	}
	return s.given
}

// dataLimit is how long a trial's data connection may take to open.
func (t trial) dataLimit(plan Timeouts) time.Duration {
	if t.limit > 0 {
		return min(t.limit, plan.Data)
	}
	return plan.Data
}

// list is the command that asks for a trial's listing.
func (t trial) list() ftp.Command {
	if t.variant == TinyListing {
		return ftp.Command{Verb: "LIST", Arg: nobodysName}
	}
	return ftp.Command{Verb: "LIST"}
}

// options are the socket options of a trial's data connection.
func (t trial) options() SocketOptions {
	if t.variant == SmallSegments {
		return SocketOptions{SmallSegments: smallSegment}
	}
	return SocketOptions{}
}

// smallSegment is a segment size that passes every path IPv6 may have
// (minimum MTU 1280 less headers) and tunnels within tunnels: 536 is what
// IPv4 hosts assume when told nothing (RFC 1122 section 4.2.2.6).
const smallSegment = 536
