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

// tryActive makes one attempt with PORT or EPRT: listen, announce, ask for the
// listing and see who connects. The listener accepts before PORT is sent:
// pyftpdlib, goftp and IIS connect before they answer it.
func (c *control) tryActive(ctx context.Context, t trial) *Attempt {
	x := c.x
	a := x.newAttempt(Attempt{Method: t.method, Variant: t.variant, Session: c.s.ID, Protection: c.s.Protection})
	defer func() { a.Took = x.elapsed() - a.Began }()
	note := func(format string, args ...any) {
		a.Events = append(a.Events, x.note(Event{Session: c.s.ID, Step: StepActive, Direction: Note, Channel: Data, Text: fmt.Sprintf(format, args...)}))
	}
	door, err := c.openDoor(ctx, t)
	if err != nil {
		a.Stop = Stop{Cause: Local, Text: err.Error()}
		if ctx.Err() != nil {
			a.Stop = Stop{Cause: Canceled}
			return a
		}
		note("this computer cannot listen: %s", a.Stop.Text)
		return a
	}
	defer func() { a.file(door.close()) }()
	a.Listening = door.proven
	a.Announced = netip.AddrPortFrom(c.announce(t), door.at.Port())

	discards := c.discards() // from here on: some servers connect before they answer

	// Announce, and where the variant wants it, ask no more than the reply.
	a.Setup = c.announceIn(ctx, a, t)
	if a.Setup.Stop.Cause == Timeout && door.knocked() {
		// The server has connected and has yet to answer PORT.
		late := c.receiveLate(ctx, StepActive, a.Method.verb(), x.plan.Timeouts.PortReply-x.plan.Timeouts.Data)
		late.Command, late.Events = a.Setup.Command, slices.Concat(a.Setup.Events, late.Events)
		a.Setup = late
	}
	a.Events = append(a.Events, a.Setup.Events...)
	switch {
	case a.Setup.Stop.Stopped():
		a.Stop, a.Waited = a.Setup.Stop, a.Setup.Took
		if a.Stop.Cause == Timeout {
			note("no reply to %s and no connection on port %d in %s", a.Method.verb(), door.at.Port(), seconds(a.Setup.Took))
			a.count(discards, note)
			c.dead = true
		}
		return a
	case !a.Setup.Reply.Code.Completion():
		a.Stop = c.refusal(a) // and no LIST: the server would dial a port of its own choice
		return a
	}
	a.Reached = StageOffered
	if t.asked {
		return a
	}
	a.Transfer = c.send(ctx, StepActive, t.list())
	a.Events = append(a.Events, a.Transfer.Events...)
	if a.Transfer.Stop.Stopped() {
		a.Stop = a.Transfer.Stop
		return a
	}
	a.Reached = StageConnecting
	replies, stop := c.feed(ctx, StepActive)
	defer stop()
	conn := c.awaitCaller(ctx, a, t, door, &replies)
	if conn == nil {
		return a
	}
	door.close()
	defer func() { _ = conn.Close() }()
	a.Reached = StageConnected
	c.list(ctx, a, t, conn, replies)
	return a
}

// count writes down how many packets this computer has thrown away meanwhile.
func (a *Attempt) count(discards func() (int, bool), note func(string, ...any)) {
	if n, known := discards(); known && n > 0 {
		a.Discarded = n
		note("this computer threw away %s meanwhile", count(n, "packet"))
	}
}

// announce is the address to put into PORT or EPRT.
func (c *control) announce(t trial) netip.Addr {
	switch {
	case t.variant == SeenAddress:
		return c.s.SeenAs
	case c.x.plan.ActiveAddress.IsValid():
		return c.x.plan.ActiveAddress
	default:
		return c.local()
	}
}

// announceIn sends PORT or EPRT, in the way the variant wants, and waits for
// its reply no longer than for a data connection: a server that connects first
// and finds the way blocked answers only after its own timeout (pyftpdlib: 30 s).
func (c *control) announceIn(ctx context.Context, a *Attempt, t trial) Exchange {
	cmd := ftp.EPRT(a.Announced)
	if t.method == PORT {
		cmd = ftp.PORT(a.Announced)
	}
	limit := c.x.plan.Timeouts.Data
	if t.brief || t.variant == HiddenCommand {
		limit = t.dataLimit(c.x.plan.Timeouts)
		a.Hurried = limit < aloneDial
	}
	if t.variant != HiddenCommand {
		return c.ask(ctx, StepActive, cmd, limit)
	}
	sent := c.send(ctx, StepFollowUp, ftp.Command{Verb: "NOOP"}, cmd)
	if sent.Stop.Stopped() {
		return sent
	}
	noop := c.receive(ctx, StepFollowUp, limit)
	c.awaitsReply(StepFollowUp, cmd.Verb)
	if noop.Stop.Stopped() {
		noop.Command = sent.Command
		return noop
	}
	r := c.receive(ctx, StepFollowUp, limit)
	r.Command, r.Events = sent.Command, slices.Concat(sent.Events, noop.Events, r.Events)
	return r
}

// awaitCaller waits until the server connects, says why it does not, or the
// time is up; nil if no connection came. A caller from another address than
// the server's is kept aside and taken only when the server says that it has a
// connection.
func (c *control) awaitCaller(ctx context.Context, a *Attempt, t trial, door *door, replies *<-chan Exchange) net.Conn {
	began, listed := time.Now(), c.x.elapsed()
	note := func(format string, args ...any) {
		a.Events = append(a.Events, c.x.note(Event{Session: c.s.ID, Step: StepActive, Direction: Note, Channel: Data, Text: fmt.Sprintf(format, args...)}))
	}
	if !door.served() {
		a.Events = append(a.Events, c.x.note(Event{Session: c.s.ID, Step: StepActive, Direction: Note, Channel: Data, Waits: true,
			Text: fmt.Sprintf("waiting for the server to connect to port %d", a.Announced.Port())}))
	}
	var aside *caller
	defer func() {
		if aside != nil {
			_ = aside.Close()
		}
	}()
	take := func(in *caller) net.Conn {
		a.Caller, a.Opened = in.from, max(0, in.at-listed)
		return in.Conn
	}
	a.Hurried = t.dataLimit(c.x.plan.Timeouts) < aloneDial
	deadline := time.NewTimer(t.dataLimit(c.x.plan.Timeouts))
	defer deadline.Stop()
	c.x.calls(a, t.dataLimit(c.x.plan.Timeouts))
	defer c.x.called(a)
	discards := c.discards()
	thrown := func() { a.count(discards, note) }
	overtime := false
	grace := make(<-chan time.Time)
	missed := c.missedCalls()
	met := make(chan net.Conn)
	asking, settled := context.WithCancel(ctx)
	defer settled()
	for {
		select {
		case in := <-door.callers:
			if in.server {
				return take(in)
			}
			c.x.say(Event{Session: c.s.ID, Step: StepActive, Waits: true, Text: "waiting for the server itself to connect"})
			if aside == nil {
				aside = in
				if a.Transfer.Reply.Code.Preliminary() && !a.Final.Asked() {
					grace = time.After(c.x.plan.Timeouts.Patience / 2)
				}
			} else {
				_ = in.Close()
			}
		case e, open := <-*replies:
			if !open {
				*replies = nil
				continue
			}
			done := a.takeReply(e)
			if !done {
				// A preliminary reply: the server believes it has a
				// connection, or is about to open one.
				if aside != nil {
					grace = time.After(c.x.plan.Timeouts.Patience / 2)
				}
				continue
			}
			*replies = nil
			lost := a.Stop.Stopped() && a.Transfer.Reply.Code.Preliminary() && (a.Stop.Cause != ByReply || e.Reply.Code == 426)
			if a.Stop.Stopped() && !lost {
				a.Waited = time.Since(began)
				return nil
			}
			// Complete, or begun and then broken off (426) or the control
			// connection lost: the data connection is on its way through our
			// own accept queue.
			grace = time.After(c.x.plan.Timeouts.Patience)
		case <-grace:
			if aside == nil {
				if a.Waited = time.Since(began); !a.Stop.Stopped() {
					a.Stop = Stop{Cause: Timeout, Text: "the server reports success, no connection arrived"}
				}
				c.lost = true
				return nil
			}
			in := aside
			aside = nil
			note("taken for the server's connection: the one from %s port %d", in.from.Addr(), in.from.Port())
			return take(in)
		case <-missed:
			missed = nil
			c.x.asks(newQuestion("simultaneous-open", ""))
			go c.meet(asking, a.Announced, met)
		case conn := <-met:
			thrown()
			door.close() // nobody else is awaited
			c.proveCalls(ctx, a, conn, *replies)
			a.Stop, a.Waited = Stop{Cause: Timeout}, time.Since(began)
			note("no connection arrived on port %d in %s", a.Announced.Port(), seconds(a.Waited))
			return nil
		case <-deadline.C:
			if door.knocked() && !overtime {
				// Somebody came in the same moment, or while this program
				// did not run.
				overtime = true
				deadline.Reset(0)
				continue
			}
			a.Stop, a.Waited = Stop{Cause: Timeout}, time.Since(began)
			note("no connection arrived on port %d in %s", a.Announced.Port(), seconds(a.Waited))
			thrown()
			c.lost = true // the server is still dialling and answers nothing meanwhile
			return nil
		case <-ctx.Done():
			a.Stop, a.Waited = Stop{Cause: Canceled}, time.Since(began)
			return nil
		}
	}
}
