package probe

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"time"

	"ftpdiag/probe/ftp"
)

// passiveReply is how long the reply to PASV or EPSV may take. Servers only
// open a port for it; a helper on the way that swallows the reply is the usual
// reason for silence, and with the questions that follow it a person should
// have the answer within 12 s.
const passiveReply = 6 * time.Second

// Data connects that get less than the data timeout.
const (
	// aloneDial is for where the server allows one control connection only
	// and the attempts cannot overlap, and for whatever repeats an attempt:
	// SYNs at 0, 1 and 3 s have then been seen.
	aloneDial = 3500 * time.Millisecond

	// briefDial is for what another attempt has shown before, and for when
	// time is short: SYNs at 0 and 1 s.
	briefDial = 1500 * time.Millisecond

	// secondSYN, and some round trips, is the same for what is tried several
	// times in a row.
	secondSYN = 1100 * time.Millisecond

	// hurriedDial, and some round trips, is for when the time is nearly up: a
	// port that takes the connection does so by then, and silence says nothing.
	hurriedDial = 300 * time.Millisecond
)

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
	if c.pret || ftp.HasFeature(c.s.Features, "PRET") {
		c.announceTransfer(ctx, a)
	}
	if t.variant == HiddenReply {
		a.Setup = c.askBehind(ctx, cmd)
	} else {
		limit := min(passiveReply, x.plan.Timeouts.Reply)
		if t.variant != Plain || t.brief {
			limit = x.wait(limit, aloneDial)
		}
		if len(c.owed) > 0 {
			limit = x.plan.Timeouts.Reply // it comes behind others that are late
		}
		a.Setup = c.ask(ctx, StepPassive, cmd, limit)
	}
	if meaning(a.Setup.Reply) == ftp.PRETNeeded && !a.Pret.Asked() && c.usable() {
		a.Events, c.pret = append(a.Events, a.Setup.Events...), true
		c.announceTransfer(ctx, a)
		a.Setup = c.ask(ctx, StepPassive, cmd, min(passiveReply, x.plan.Timeouts.Reply))
	}
	if t.variant == SecondPort {
		c.askForAnother(ctx, a, cmd)
	}
	a.Events, c.offered = append(a.Events, a.Setup.Events...), c.raw
	if a.Setup.Stop.Stopped() {
		a.Stop = a.Setup.Stop
		repeats := t.variant != Plain && t.variant != ControlAddress
		c.lost = c.lost || repeats // what it tells, the first attempt has told
		if a.Stop.Cause != Timeout || repeats || !c.stillAlive(ctx, a) {
			return a
		}
		a.Stop = Stop{}
	}
	if !a.Setup.Reply.Code.Completion() {
		a.Stop = c.refusal(a)
		return a
	}
	offer, err := ftp.ParsePassive(c.offered)
	a.Offer = offer
	if err != nil {
		a.OfferError = ftp.CleanLimit(err.Error(), shownRunes)
		a.Stop = Stop{Cause: ByReply}
		return a
	}
	a.Reached = StageOffered
	x.offers.Add(1)
	defer x.offers.Add(-1)
	offers <- offer
	if t.usual.IsValid() && offer.Addr.IsValid() && offer.Addr != t.usual {
		return a
	}

	// EPSV names only a port: the address is the control connection's
	// (RFC 2428 section 3). Servers that send 0.0.0.0 mean the same.
	remote := netip.AddrPortFrom(offer.Addr.Unmap(), offer.Port)
	if !offer.Addr.IsValid() || t.method == EPSV || t.variant == ControlAddress || t.atServer || offer.Addr.IsUnspecified() {
		remote = netip.AddrPortFrom(c.peer().Addr(), offer.Port)
	}
	a.Dialled = remote
	conn := c.dialData(ctx, a, t)
	if conn == nil {
		return a
	}
	defer func() { _ = conn.Close() }()
	a.Reached = StageConnected

	sent := c.send(ctx, StepPassive, t.list())
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
	limit := t.dataLimit(x.plan.Timeouts)
	switch {
	case t.variant == Accompanied, t.variant == Alone:
		trips := 3 * c.s.Connect.Took
		limit = min(limit, briefDial, secondSYN+trips)
		if left := max(x.left(), hurriedDial+trips); left < limit {
			limit, a.Hurried = left, true
		}
	case t.variant == SecondPort && x.late():
		limit = min(limit, briefDial)
		a.Hurried = limit < min(secondSYN, x.plan.Timeouts.Data)
	case t.brief:
		a.Hurried = limit < min(briefDial, x.plan.Timeouts.Data)
	case t.lossy:
		a.Hurried = limit < min(aloneDial, x.plan.Timeouts.Data)
	case c.alone != nil && c.alone.Load(), t.variant == SecondPort:
		limit = min(limit, aloneDial)
	}
	a.Events = append(a.Events, x.note(Event{Session: c.s.ID, Step: StepPassive, Direction: Send, Channel: Data,
		Text: fmt.Sprintf("connect %s port %d", a.Dialled.Addr(), a.Dialled.Port())}))
	a.Reached = StageConnecting
	peer := c.peer().Addr()
	least, most, joined := x.company.least(peer), x.company.most(peer), x.company.since(peer)
	began := time.Now()
	dial, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	got, err := x.net.DialTCP(dial, c.local(), a.Dialled, t.options())
	took := time.Since(began)
	if err != nil {
		a.Waited, a.Stop = took, stopOf(err)
		if a.Beside = max(most, x.company.most(peer)); a.Beside == 0 && joined() {
			a.Beside = 1
		}
		switch {
		case ctx.Err() != nil:
			a.Stop.Cause = Canceled
		case a.Stop.Cause == Timeout:
			x.staysSilent(a.Dialled)
		}
		a.Events = append(a.Events, x.note(Event{Session: c.s.ID, Step: StepPassive, Direction: Note, Channel: Data,
			Text: fmt.Sprintf("data connection to port %d: %s after %s%s", a.Dialled.Port(), a.Stop.Cause, seconds(took), a.Stop.by())}))
		return nil
	}
	a.Opened, a.Beside = took, min(least, x.company.least(peer)) // the SYN that was let in may have been the second
	a.Events = append(a.Events, x.note(Event{Session: c.s.ID, Step: StepPassive, Direction: Note, Channel: Data,
		Text: fmt.Sprintf("data connection open in %d ms", took.Milliseconds())}))
	return got
}

// aliveTime is how long a NOOP may stay without a reply. A server that is late
// with another one answers that first.
const aliveTime = 2500 * time.Millisecond

// stillAlive asks a NOOP after a reply that did not come. A server that is
// merely slow answers both: if what comes first is the reply that was missing,
// the attempt has it now and can go on. A control connection that is dead from
// exactly this command on was frozen by a device on the way.
func (c *control) stillAlive(ctx context.Context, a *Attempt) (late bool) {
	if !c.x.plan.allows("control-alive") {
		c.lost = true
		return false
	}
	e := newQuestion("control-alive", a.Method.verb())
	c.x.asks(e)
	e.Session, e.Answer = c.s.ID, No
	noop := c.send(ctx, a.step(), ftp.Command{Verb: "NOOP"})
	if !noop.Stop.Stopped() {
		first := c.receive(ctx, a.step(), aliveTime)
		noop.Events = append(noop.Events, first.Events...)
		if first.Reply.Code != 0 {
			e.Answer = Yes
		}
		if _, err := ftp.ParsePassive(c.raw); err == nil && first.Reply.Code != 200 {
			c.offered = c.raw
			first.Command, first.Took = a.Setup.Command, a.Setup.Took+first.Took
			first.Events = slices.Concat(a.Setup.Events, first.Events)
			own := c.receive(ctx, a.step(), aliveTime)
			noop.Events = append(noop.Events, own.Events...)
			if late = own.Reply.Code != 0; late {
				a.Setup = first
				c.owed = c.owed[:max(0, len(c.owed)-1)] // the one that ask went without
			}
		}
	}
	a.Events = append(a.Events, noop.Events...)
	e.Events = noop.Events
	c.x.newExperiment(e)
	c.lost = !late // whatever comes now may belong to the command before
	return late
}

// step is the examination's step to which the attempt belongs.
func (a *Attempt) step() Step {
	if a.Method.Mode() == Passive {
		return StepPassive
	}
	return StepActive
}

// count writes a number of things.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// seconds writes a duration for the timeline.
func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }
