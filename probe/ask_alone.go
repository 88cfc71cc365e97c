package probe

import (
	"context"
	"net/netip"
	"time"

	"ftpdiag/probe/ftp"
)

// settling is how long the end of a connection takes to be known to whoever counts
// them: a round trip, and what a busy server adds.
const settling = 300 * time.Millisecond

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
	// Whoever counts connections must have seen the others end.
	select {
	case <-time.After(settling - time.Since(r.x.company.quietSince())):
	case <-ctx.Done():
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
	if !c.usable() {
		return c
	}
	other := r.open(ctx, ForFollowUp)
	if other == nil {
		return c
	}
	defer other.quit(ctx, true)
	beside := c.try(ctx, trial{method: failed.Method, variant: Accompanied}, make(chan ftp.Endpoint, 1))
	e.Events = append(e.Events, beside.Events...)
	switch {
	case beside.Delivered():
		e.Answer = No
	case unanswered(beside, r.remote.Addr()):
		e.Answer = Yes
		r.excuse()
	}
	return c
}

// inCompany is a passive attempt that failed in a way that a limit of
// connections explains; nil if there is none, or if something shows that
// company did no harm. Where no mode delivers at all, no such limit is looked
// for: it would have let the server's own connections to us pass.
func (r *route) inCompany() *Attempt {
	var failed *Attempt
	some := false
	for _, a := range r.attempts() {
		some = some || a.Delivered()
		switch {
		case a.Method.Mode() != Passive:
		case a.Delivered() && a.Beside > 0, unanswered(a, r.remote.Addr()) && a.Beside == 0:
			return nil
		case unanswered(a, r.remote.Addr()) && failed == nil:
			failed = a
		}
	}
	if failed == nil || !some && failed.Stop.Cause == Timeout {
		return nil
	}
	return failed
}

// excuse marks the attempts that failed for the company they were in.
func (r *route) excuse() {
	list := r.attempts()
	r.x.mu.Lock()
	defer r.x.mu.Unlock()
	for _, a := range list {
		if a.Method.Mode() == Passive && unanswered(a, r.remote.Addr()) && a.Beside > 0 {
			a.Crowded = true
		}
	}
}

// unanswered tells whether a passive attempt ended at a port of the server's own
// address that did not take the connection.
func unanswered(a *Attempt, server netip.Addr) bool {
	return a.Reached == StageConnecting && a.Stop.Cause.Unanswered() && a.Dialled.Addr().Unmap() == server.Unmap()
}
