package probe

import (
	"context"
	"fmt"
	"net/netip"
	"slices"
	"time"

	"ftpdiag/probe/ftp"
)

// How a reply is hidden behind others (measured with vsftpd, ProFTPD and
// Pure-FTPd: from eight replies on it never failed in 108 runs).
const (
	// coverReplies is how many replies come before the one that is hidden.
	coverReplies = 12

	// coverTime is how long nothing is read, so that the replies fill the window
	// and the rest of them wait at the server.
	coverTime = 400 * time.Millisecond
)

// askHiddenReply tries PASV on a connection whose replies are left unread for a
// moment: the 227 then comes behind other replies in one segment, where
// packet-based helpers do not look. If it names another address than in plain
// sight, a device on the way writes it; if its port stays closed, one opens it.
// TLS would show the same.
func (r *route) askHiddenReply(ctx context.Context, c *control) *control {
	plain, _ := find(r.attempts(), PASV)
	if r.protection != Clear || plain == nil || plain.Variant != Plain || !plain.Offer.Addr.IsValid() ||
		!r.x.plan.wants("hidden-reply") || !r.x.smallBuffers() {
		return c
	}
	if r.alone.Load() {
		c.quit(ctx, true)
		c = nil
	}
	e := newQuestion("hidden-reply", PASV.verb())
	r.x.asks(e)
	defer func() { r.x.newExperiment(e) }()
	t := r.openWith(ctx, ForFollowUp, SocketOptions{SmallBuffer: true})
	if t == nil {
		return c
	}
	defer t.quit(ctx, r.alone.Load())
	a := t.try(ctx, trial{method: PASV, variant: HiddenReply, usual: plain.Offer.Addr, limit: aloneDial}, make(chan ftp.Endpoint, 1))
	e.Session, e.Events = t.s.ID, a.Events
	switch {
	case !a.Offer.Addr.IsValid():
	case a.Offer.Addr != plain.Offer.Addr && r.names(ctx, t) == a.Offer.Addr:
		// In plain sight the same on this connection: the server's machines name
		// different addresses.
	case a.Offer.Addr != plain.Offer.Addr, a.Reached == StageConnecting && a.Stop.Cause.Unanswered():
		e.Answer = No
	case a.Delivered():
		e.Answer = Yes
	}
	return c
}

// names is the address in a 227 that everybody can read; not valid: there is none.
func (r *route) names(ctx context.Context, c *control) netip.Addr {
	if !c.usable() {
		return netip.Addr{}
	}
	if x := c.ask(ctx, StepFollowUp, ftp.PASV(), min(passiveReply, r.x.plan.Timeouts.Reply)); x.Stop.Stopped() {
		return netip.Addr{}
	}
	offer, err := ftp.ParsePassive(c.raw)
	if err != nil {
		return netip.Addr{}
	}
	return offer.Addr
}

// smallBuffers tells whether the network has buffers that can be made small.
// Networks in memory have segments only.
func (x *examiner) smallBuffers() bool {
	_, ok := x.net.(Pathfinder)
	return ok
}

// askBehind sends commands that change nothing and the one that is meant, in one
// write, waits, and returns the last one's reply.
func (c *control) askBehind(ctx context.Context, cmd ftp.Command) Exchange {
	cover := ftp.Command{Verb: "HELP"}
	if ftp.HasFeature(c.s.Features, "ESTP") {
		cover = ftp.Command{Verb: "FEAT"} // Pure-FTPd's HELP is short
	}
	sent := c.send(ctx, StepFollowUp, append(slices.Repeat([]ftp.Command{cover}, coverReplies), cmd)...)
	if sent.Stop.Stopped() {
		return sent
	}
	select {
	case <-time.After(coverTime):
	case <-ctx.Done():
	}
	until := time.Now().Add(c.x.plan.Timeouts.Reply)
	for i := range coverReplies {
		if stop := c.skipReply(ctx, until); stop.Stopped() {
			sent.Stop = stop
			return sent
		} else if i == 0 {
			sent.Events = append(sent.Events, c.x.note(Event{Session: c.s.ID, Step: StepFollowUp, Direction: Note, Channel: Control,
				Text: fmt.Sprintf("%d replies to %s in front", coverReplies, cover.Verb)}))
		}
	}
	x := c.receive(ctx, StepFollowUp, c.x.plan.Timeouts.Reply)
	x.Command, x.Events = sent.Command, slices.Concat(sent.Events, x.Events)
	return x
}

// skipReply reads a reply that nobody needs to see.
func (c *control) skipReply(ctx context.Context, until time.Time) Stop {
	_ = c.conn.SetReadDeadline(until)
	if _, err := c.rd.ReadReply(); err != nil {
		return c.failed(ctx, StepFollowUp, err)
	}
	return Stop{}
}
