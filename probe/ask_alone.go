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
// is tried once more alone. If that connects, it is tried in as much company as
// before: if it fails there, and alone works again, the company is the reason; if
// not, the port was.
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
	r.x.asks(e)
	e.Session = c.s.ID
	try := func(v Variant) *Attempt {
		a := c.try(ctx, trial{method: failed.Method, variant: v, atServer: true}, make(chan ftp.Endpoint, 1))
		e.Events = append(e.Events, a.Events...)
		return a
	}
	switch alone := try(Alone); {
	case alone.Stop.Cause == Canceled, alone.Beside > 0, alone.Hurried && alone.Stop.Cause == Timeout:
	case !alone.Delivered():
		e.Answer = No
	case c.usable() && settle(ctx, time.Now()):
		e.Answer = r.failsInCompany(ctx, failed, try)
		if e.Answer == Yes {
			e.Answer = r.worksAlone(ctx, c, try)
		}
	}
	if e.Answer == Yes {
		r.excuse()
		r.limited = true
	}
	r.x.newExperiment(e)
	return c
}

// failsInCompany tries a method beside as many idle control connections as it
// failed beside before.
func (r *route) failsInCompany(ctx context.Context, failed *Attempt, try func(Variant) *Attempt) Answer {
	var others []*control
	defer func() {
		for _, o := range others {
			o.quit(ctx, true)
		}
	}()
	for range max(1, failed.Beside) {
		if r.x.left() < r.reentry() {
			return NoAnswer
		}
		o := r.open(ctx, ForFollowUp)
		if o == nil {
			break // turned away: as good as company
		}
		others = append(others, o)
	}
	for range inARow {
		if r.x.over() {
			return NoAnswer
		}
		beside := try(Accompanied)
		if unanswered(beside, r.remote.Addr()) {
			return Yes
		}
		if beside.Hurried && beside.Stop.Cause == Timeout {
			return NoAnswer
		}
		if !beside.Delivered() {
			break
		}
	}
	return No
}

// inARow is how often a method is tried in company until it fails: whoever counts
// may still count the data connection before, or not yet this one (measured with
// the connection limit of nftables).
const inARow = 4

// confirmations is how often a method must work alone after it failed in company:
// a closed port among open ones would look the same, once.
const confirmations = 3

// leastConfirmations are made even where the time is up.
const leastConfirmations = 2

// worksAlone tries a method until chance is no explanation any more.
func (r *route) worksAlone(ctx context.Context, c *control, try func(Variant) *Attempt) Answer {
	for n := range confirmations {
		if n >= leastConfirmations && r.x.over() {
			return Yes
		}
		if !c.usable() || !settle(ctx, time.Now()) {
			return NoAnswer
		}
		switch a := try(Alone); {
		case a.Delivered():
		case a.Hurried && a.Stop.Cause == Timeout:
			return NoAnswer
		default:
			return No
		}
	}
	return Yes
}

// inCompany is the passive attempt that failed beside most other connections of
// ours, in a way that a limit explains; nil if there is none, or if something
// shows that as much company did no harm. Where no mode delivers at all, no such
// limit is looked for: it would have let the server's own connections to us pass.
func (r *route) inCompany() *Attempt {
	var failed *Attempt
	most := 0
	some, turnedAway := false, r.turnedAway()
	list := r.attempts()
	for _, a := range list {
		some = some || a.Delivered()
		if a.Method.Mode() != Passive || !unanswered(a, r.remote.Addr()) {
			continue
		}
		if companyOf(a, list) == 0 && !turnedAway {
			return nil
		}
		most = max(most, companyOf(a, list))
		if failed == nil {
			failed = a // the first: that who ended earlier by a hair does not decide what is asked
		}
	}
	if failed == nil || !some && failed.Stop.Cause == Timeout {
		return nil
	}
	for _, a := range list {
		if a.Method.Mode() == Passive && a.Delivered() && companyOf(a, list) >= max(1, most) {
			return nil
		}
	}
	chosen := *failed
	chosen.Beside = max(chosen.Beside, most)
	return &chosen
}

// companyOf is how many other connections of ours an attempt may have had beside
// it: control connections, and data connections that had ended so shortly before
// that whoever counts them may not have known.
func companyOf(a *Attempt, list []*Attempt) int {
	n := a.Beside
	for _, b := range list {
		if ended := b.Began + b.Took; b != a && b.Reached >= StageConnected && ended <= a.Began && a.Began-ended < settling {
			n++
		}
	}
	return n
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
// address that did not take the connection, and had the time to.
func unanswered(a *Attempt, server netip.Addr) bool {
	hurried := a.Hurried && a.Stop.Cause == Timeout
	return a.Reached == StageConnecting && a.Stop.Cause.Unanswered() && a.Dialled.Addr().Unmap() == server.Unmap() && !hurried
}
