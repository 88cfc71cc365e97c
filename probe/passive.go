package probe

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"time"

	"ftpdiag/probe/ftp"
)

// passiveReply is how long the reply to PASV or EPSV may take. Servers only
// open a port for it; a helper on the way that swallows the reply is the usual
// reason for silence, and with the questions that follow it a person should
// have the answer within 12 s.
const passiveReply = 6 * time.Second

// aloneDial is how long a data connect may take where the server allows one
// control connection only and the attempts cannot overlap: SYNs at 0, 1 and
// 3 s have then been seen. A further sample of a range gets no more either.
const aloneDial = 4 * time.Second

// tryPassive makes one attempt with PASV or EPSV: ask for a port, connect to
// it, and only then ask for the listing, so that a blocked port leaves the
// session usable.
func (c *control) tryPassive(ctx context.Context, t trial, offers chan<- ftp.Endpoint) *Attempt {
	x := c.x
	a := x.newAttempt(Attempt{Method: t.method, Variant: t.variant, Session: c.s.ID, Protection: c.s.Protection})
	defer func() { a.Took = x.elapsed() - a.Began }()

	cmd := ftp.EPSV()
	if t.method == PASV {
		cmd = ftp.PASV()
	}
	a.Setup = c.ask(ctx, StepPassive, cmd, min(passiveReply, x.plan.Timeouts.Reply))
	a.Events = append(a.Events, a.Setup.Events...)
	if a.Setup.Stop.Stopped() {
		a.Stop = a.Setup.Stop
		if a.Stop.Cause == Timeout {
			c.stillAlive(ctx, a)
		}
		return a
	}
	if !a.Setup.Reply.Code.Completion() {
		a.Stop = Stop{Cause: ByReply}
		return a
	}
	offer, err := ftp.ParsePassive(a.Setup.Reply)
	a.Offer = offer
	if err != nil {
		a.OfferError = ftp.CleanLimit(err.Error(), shownRunes)
		a.Stop = Stop{Cause: ByReply}
		return a
	}
	a.Reached = StageOffered
	offers <- offer

	// EPSV names only a port: the address is the control connection's
	// (RFC 2428 section 3). Servers that send 0.0.0.0 mean the same.
	remote := netip.AddrPortFrom(offer.Addr.Unmap(), offer.Port)
	if !offer.Addr.IsValid() || t.method == EPSV || t.variant == ControlAddress || offer.Addr.IsUnspecified() {
		remote = netip.AddrPortFrom(c.peer().Addr(), offer.Port)
	}
	a.Dialled = remote
	conn := c.dialData(ctx, a, t)
	if conn == nil {
		return a
	}
	defer func() { _ = conn.Close() }()
	a.Reached = StageConnected

	sent := c.send(ctx, StepPassive, ftp.Command{Verb: "LIST"})
	a.Transfer = sent
	a.Events = append(a.Events, sent.Events...)
	if sent.Stop.Stopped() {
		a.Stop = sent.Stop
		return a
	}
	replies, stop := c.feed(ctx, StepPassive)
	defer stop()
	c.list(ctx, a, t, conn, replies)
	return a
}

// dialData connects to the passive port from the control connection's own
// address; nil if it did not come up, with the reason in the attempt.
func (c *control) dialData(ctx context.Context, a *Attempt, t trial) net.Conn {
	x := c.x
	if ok, why := dialable(a.Dialled, c.peer().Addr()); !ok {
		a.Stop = Stop{Cause: NetUnreachable, Text: why}
		a.Events = append(a.Events, x.note(Event{Session: c.s.ID, Step: StepPassive, Direction: Note, Channel: Data, Text: why}))
		return nil
	}
	limit := x.plan.Timeouts.Data
	if c.alone != nil && c.alone.Load() || t.variant == SecondPort {
		limit = min(limit, aloneDial)
	}
	a.Events = append(a.Events, x.note(Event{Session: c.s.ID, Step: StepPassive, Direction: Send, Channel: Data,
		Text: fmt.Sprintf("connect %s port %d", a.Dialled.Addr(), a.Dialled.Port())}))
	a.Reached = StageConnecting
	began := time.Now()
	dial, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	got, err := x.net.DialTCP(dial, c.local(), a.Dialled, t.options())
	took := time.Since(began)
	if err != nil {
		a.Waited, a.Stop = took, stopOf(err)
		if ctx.Err() != nil {
			a.Stop.Cause = Canceled
		}
		a.Events = append(a.Events, x.note(Event{Session: c.s.ID, Step: StepPassive, Direction: Note, Channel: Data,
			Text: fmt.Sprintf("data connection to port %d: %s after %s", a.Dialled.Port(), a.Stop.Cause, seconds(took))}))
		return nil
	}
	a.Opened = took
	a.Events = append(a.Events, x.note(Event{Session: c.s.ID, Step: StepPassive, Direction: Note, Channel: Data,
		Text: fmt.Sprintf("data connection open in %d ms", took.Milliseconds())}))
	return got
}

// stillAlive asks a NOOP after a reply that did not come. A server that is
// merely slow answers both; a control connection that is dead from exactly this
// command on was frozen by a device on the way.
func (c *control) stillAlive(ctx context.Context, a *Attempt) {
	noop := c.ask(ctx, a.step(), ftp.Command{Verb: "NOOP"}, 2*time.Second)
	answer := No
	if noop.Reply.Code != 0 {
		answer = Yes
	}
	a.Events = append(a.Events, noop.Events...)
	e := newQuestion("control-alive", a.Method.verb())
	e.Session, e.Answer, e.Events = c.s.ID, answer, noop.Events
	c.x.newExperiment(e)
	c.dead = true // whatever comes now may belong to the command before
}

// step is the examination's step to which the attempt belongs.
func (a *Attempt) step() Step {
	if a.Method.Mode() == Passive {
		return StepPassive
	}
	return StepActive
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

// count writes a number of things.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// seconds writes a duration for the timeline.
func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }
