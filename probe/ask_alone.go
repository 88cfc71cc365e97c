package probe

import (
	"context"
	"net/netip"
	"slices"
	"time"

	"ftpdiag/probe/ftp"
)

// settling is how long the end of a connection takes to be known to whoever counts
// them: a round trip, and what a busy server adds.
const settling = 300 * time.Millisecond

// settle waits until whoever counts connections must have seen one end; false if
// the examination ends first.
func settle(ctx context.Context, ended time.Time) bool {
	select {
	case <-time.After(settling - time.Since(ended)):
		return ctx.Err() == nil
	case <-ctx.Done():
		return false
	}
}

// askAlone finds out whether a passive port did not answer only because this
// program had another control connection open: firewalls limit the connections
// of one client, and an FTP program needs no more than two of them. The method
// is tried once more alone, and if that connects, beside an idle control
// connection: if it fails there, the company is the reason; if it does not, the
// port was.
func (r *route) askAlone(ctx context.Context, c *control) *control {
	failed := r.inCompany()
	if failed == nil || failed.Stop.Cause == Timeout && r.x.late() {
		return c
	}
	if c = r.ready(ctx, c); c == nil {
		return nil
	}
	if !settle(ctx, r.x.company.quietSince()) {
		return c
	}
	e := newQuestion("alone", failed.Method.verb())
	e.Session = c.s.ID
	defer func() { r.x.newExperiment(e) }()
	alone := c.try(ctx, trial{method: failed.Method, variant: Alone}, make(chan ftp.Endpoint, 1))
	e.Events = append(e.Events, alone.Events...)
	if alone.Stop.Cause == Canceled || alone.Beside > 0 {
		return c
	}
	if !alone.Delivered() {
		e.Answer = No
		return c
	}
	if !c.usable() || !settle(ctx, time.Now()) {
		return c
	}
	var others []*control
	defer func() {
		for _, o := range others {
			o.quit(ctx, true)
		}
	}()
	for range max(1, failed.Beside) {
		o := r.open(ctx, ForFollowUp)
		if o == nil {
			break // turned away: as good as company
		}
		others = append(others, o)
	}
	try := func(v Variant) *Attempt {
		a := c.try(ctx, trial{method: failed.Method, variant: v}, make(chan ftp.Endpoint, 1))
		e.Events = append(e.Events, a.Events...)
		return a
	}
	beside := try(Accompanied)
	if refused := failed.Stop.Cause == Refused; refused && beside.Delivered() {
		// Whoever counts may still count the data connection before.
		beside = try(Accompanied)
	}
	e.Answer = No
	if !unanswered(beside, r.remote.Addr()) {
		return c
	}
	// A closed port among open ones would look the same, once.
	for _, o := range others {
		o.quit(ctx, true)
	}
	others = nil
	for range confirmations {
		if !c.usable() || !settle(ctx, time.Now()) {
			e.Answer = NoAnswer
			return c
		}
		if !try(Alone).Delivered() {
			return c
		}
	}
	e.Answer = Yes
	r.excuse()
	return c
}

// confirmations is how often a method must work alone after it failed in company.
const confirmations = 2

// inCompany is the passive attempt that failed beside most other connections of
// ours, in a way that a limit explains; nil if there is none, or if something
// shows that as much company did no harm. Where no mode delivers at all, no such
// limit is looked for: it would have let the server's own connections to us pass.
func (r *route) inCompany() *Attempt {
	var failed *Attempt
	some, turnedAway := false, r.turnedAway()
	list := r.attempts()
	for _, a := range list {
		some = some || a.Delivered()
		if a.Method.Mode() != Passive || !unanswered(a, r.remote.Addr()) {
			continue
		}
		if a.Beside == 0 && !turnedAway {
			return nil
		}
		if failed == nil || a.Beside > failed.Beside {
			failed = a
		}
	}
	if failed == nil || !some && failed.Stop.Cause == Timeout {
		return nil
	}
	for _, a := range list {
		if a.Method.Mode() == Passive && a.Delivered() && a.Beside >= max(1, failed.Beside) {
			return nil
		}
	}
	return failed
}

// turnedAway tells whether a further control connection of ours was not answered
// while the first one lived: whoever limits them limits data connections too.
func (r *route) turnedAway() bool {
	x := r.x
	x.mu.Lock()
	defer x.mu.Unlock()
	return slices.ContainsFunc(x.exam.Connects, func(c Connect) bool {
		return c.Remote == r.remote && c.Began > r.main.Connect.Began && c.Stop.Cause.Unanswered()
	})
}

// excuse marks the attempts that failed for the company they were in.
func (r *route) excuse() {
	list := r.attempts()
	r.x.mu.Lock()
	defer r.x.mu.Unlock()
	for _, a := range list {
		if a.Method.Mode() == Passive && a.Variant != Accompanied && unanswered(a, r.remote.Addr()) {
			a.Crowded = true
		}
	}
}

// unanswered tells whether a passive attempt ended at a port of the server's own
// address that did not take the connection.
func unanswered(a *Attempt, server netip.Addr) bool {
	return a.Reached == StageConnecting && a.Stop.Cause.Unanswered() && a.Dialled.Addr().Unmap() == server.Unmap()
}
