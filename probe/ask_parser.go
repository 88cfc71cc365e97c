package probe

import (
	"context"

	"ftpdiag/probe/ftp"
)

// parserLimit is how long the reply to a malformed PORT may take. Measured over
// 300 runs each at 100 ms round trip: without a helper on the way none was later

// askMalformed sends a PORT that nobody can parse, on a connection of its own

// sendMalformed asks the question of askMalformed, without asking why.
func (r *route) sendMalformed(ctx context.Context, c *control) *control {
	e := newQuestion("malformed-port", "")
	if r.alone.Load() {
		c.quit(ctx, true)
		c = nil
	}
	f := r.x.dialControl(ctx, r.remote)
	if f == nil {
		r.x.newExperiment(e)
		return c
	}
	s := r.x.newSession(Session{Purpose: ForFollowUp, Extra: true, Protection: r.protection,
		Remote: r.remote, Local: f.connect.Local, Connect: f.connect})
	t := r.x.newControl(ctx, f.conn, s, f.free)
	defer t.close()
	e.Session = s.ID
	if !t.greet(ctx) {
		r.x.newExperiment(e)
		return c
	}
	// The helper never inspects the first line of a connection.
	noop := t.ask(ctx, StepFollowUp, ftp.Command{Verb: "NOOP"}, r.x.plan.Timeouts.Reply)
	port := Exchange{}
	if t.usable() && noop.Reply.Code != 0 {
		port = t.ask(ctx, StepFollowUp, ftp.Command{Verb: "PORT", Arg: "x"}, parserLimit)
		e.Stop = port.Stop
		switch {
		case port.Reply.Code != 0:
			e.Answer = No
		case port.Stop.Cause == Timeout, port.Stop.Cause == Closed, port.Stop.Cause == Reset:
			e.Answer = Yes // swallowed by a packet filter, or cut off by a proxy or a strict inspector
		}
	}
	e.Events = append(noop.Events, port.Events...)
	r.x.newExperiment(e)
	return c
}
