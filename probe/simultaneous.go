package probe

import (
	"context"
	"net"
	"net/netip"
	"time"
)

// Times of the simultaneous open.
const (
	// threeCalls is when a server has sent three SYNs: at 0, 1 and 3 s, or one
	// a second where the kernel is newer (Linux 6.5; both measured).
	threeCalls = 3300 * time.Millisecond

	// meetTime is how long our own SYN waits for the server's next one, which
	// is due within four seconds of the third. A server that is not calling
	// from port 20 answers ours with RST at once.
	meetTime = 1500 * time.Millisecond
)

// ftpData is the port from which a server calls by default (RFC 959 section
// 3.2).
const ftpData = 20

// missedCalls is a timer for the moment at which three calls of the server
// would have been missed; nil, which never fires, where the question is not to
// be asked or there is no time for it.
func (c *control) missedCalls() <-chan time.Time {
	t := c.x.plan.Timeouts
	if !c.x.plan.allows("simultaneous-open") || c.s.DataProtected || threeCalls+meetTime >= t.Data ||
		!c.local().IsValid() || BehindNAT(c.local(), c.peer().Addr()) || ScopeOf(c.peer().Addr()) == ScopeLoopback {
		return nil
	}
	return time.After(threeCalls)
}

// meet connects from the announced port to the server's data port. Where the
// server is calling us at this moment and only its SYNs are kept from us, ours
// meets them and both ends are connected (RFC 9293 section 3.5, measured with
// vsftpd and Pure-FTPd behind stateful filters). Nothing is sent
// to met if it did not come about.
func (c *control) meet(ctx context.Context, announced netip.AddrPort, met chan<- net.Conn) {
	limited, cancel := context.WithTimeout(ctx, meetTime)
	defer cancel()
	conn, err := c.x.net.DialTCP(limited, c.local(), netip.AddrPortFrom(c.peer().Addr(), ftpData), SocketOptions{FromPort: announced.Port()})
	if err != nil {
		return
	}
	select {
	case met <- conn:
	case <-ctx.Done(): // the question is settled
		_ = conn.Close()
	}
}

// proveCalls reads the listing over a connection made by simultaneous open.
// Only the listing proves that the other end is the server's call; something
// may listen on port 20. The session is free again afterwards, where it would
// have been frozen for a minute or two.
func (c *control) proveCalls(ctx context.Context, a *Attempt, conn net.Conn, replies <-chan Exchange) {
	defer func() { _ = conn.Close() }()
	e := newQuestion("simultaneous-open", "")
	e.Session, e.Answer = c.s.ID, No
	shadow := &Attempt{Method: a.Method, Session: a.Session, Protection: a.Protection, Transfer: a.Transfer}
	// A server that was met sends at once. Silence lasts no longer than it would
	// have without the question.
	c.list(ctx, shadow, trial{method: a.Method, stall: c.x.plan.Timeouts.Data - threeCalls}, conn, replies)
	if shadow.Delivered() {
		e.Answer = Yes
	} else {
		c.lost = true
	}
	e.Events = append(e.Events, shadow.Events...)
	a.Events = append(a.Events, shadow.Events...)
	c.x.newExperiment(e)
}
