package probe

import (
	"context"
	"slices"

	"ftpdiag/probe/ftp"
)

// followUp asks the further questions whose answers can change the
// conclusion, each on a session that is fit for it, and returns the connection
// if it is still usable.
func (r *route) followUp(ctx context.Context, c *control) *control {
	defer r.allowForLoss()()
	for _, row := range experimentTable {
		if ctx.Err() != nil {
			return c
		}
		if r.x.over() && !row.always && !r.x.plan.wants(row.Name) {
			continue
		}
		if row.ask != nil && r.x.plan.allows(row.Name) {
			c = row.ask(r, ctx, c)
		}
	}
	return c
}

// attempts are this route's attempts so far. It is called between trials only.
func (r *route) attempts() []*Attempt {
	x := r.x
	x.mu.Lock()
	defer x.mu.Unlock()
	var list []*Attempt
	for _, s := range x.sessions {
		if s.Remote == r.remote && s.Protection == r.protection {
			list = append(list, x.attempts[s.ID]...)
		}
	}
	return list
}

// known tells whether a question on this route has been asked that is as wanted.
func (r *route) known(is func(Experiment) bool) bool {
	x := r.x
	x.mu.Lock()
	defer x.mu.Unlock()
	return slices.ContainsFunc(x.exam.Experiments, func(e Experiment) bool {
		return is(e) && slices.ContainsFunc(x.sessions, func(s *Session) bool {
			return s.ID == e.Session && s.Remote == r.remote && s.Protection == r.protection
		})
	})
}

// find returns the attempts with a method, plain or with the control address.
func find(list []*Attempt, m Method) (delivered, failed *Attempt) {
	for _, a := range list {
		if a.Method != m || a.Crowded || a.Variant != Plain && a.Variant != ControlAddress {
			continue
		}
		if a.Delivered() {
			delivered = a
		} else {
			failed = a
		}
	}
	return delivered, failed
}

// ready returns a usable connection: c, or a fresh one; nil if there is none
// to be had.
func (r *route) ready(ctx context.Context, c *control) *control {
	if c.usable() {
		return c
	}
	c.quit(ctx, r.alone.Load())
	if !r.worthAnother("no further question is asked") {
		return nil
	}
	return r.open(ctx, ForFollowUp)
}

// worthAnother tells whether there is time to log in once more, and notes what is
// left out if not.
func (r *route) worthAnother(otherwise string) bool {
	why := "the time is up"
	switch {
	case r.entry >= slowEntry && r.x.left() < r.entry:
		why = "a login takes " + seconds(r.entry) + " here"
	case r.reentry() > slowReentry && r.x.left() < r.reentry() && len(r.x.plan.Ask) == 0:
	case len(r.x.plan.Ask) > 0: // the person asked by name
		return true
	case r.turnedAway() && r.x.left() < briefDial: // the next one may wait as long as the last did
	case !r.x.over():
		return true
	}
	r.x.note(Event{Session: r.main.ID, Step: StepFollowUp, Direction: Note, Channel: Control, Text: why + ": " + otherwise})
	return false
}

// experiment makes one more attempt as a named experiment, if there is time.
func (r *route) experiment(ctx context.Context, c *control, name string, t trial, answer func(*Attempt) Answer) *control {
	if r.x.over() && len(r.x.plan.Ask) == 0 {
		return c
	}
	return r.experimentAnyway(ctx, c, name, t, answer)
}

// experimentAnyway is experiment without regard to the time.
func (r *route) experimentAnyway(ctx context.Context, c *control, name string, t trial, answer func(*Attempt) Answer) *control {
	e := newQuestion(name, t.method.verb())
	e.Method = t.method
	r.x.asks(e)
	if c = r.ready(ctx, c); c == nil {
		r.x.newExperiment(e) // no connection to ask on: no answer
		return nil
	}
	if t.limit > 0 {
		t.limit = r.x.wait(t.limit, secondSYN) // to get here may have taken long
	}
	a := c.try(ctx, t, make(chan ftp.Endpoint, 1))
	e.Session, e.Events, e.Answer = c.s.ID, a.Events, answer(a)
	if a.Stop.Cause == Canceled || a.Stop.Cause == Local || a.Stop.Cause == Limit || a.Setup.Stop.Cause == Timeout {
		e.Answer = NoAnswer
	}
	r.x.newExperiment(e)
	return c
}

// delivered turns an attempt into the answer to "does it work?".
func delivered(a *Attempt) Answer {
	if a.Delivered() {
		return Yes
	}
	return No
}
