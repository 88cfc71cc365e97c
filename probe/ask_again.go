package probe

import (
	"context"
	"slices"
	"time"

	"ftpdiag/probe/ftp"
)

// again is the pause before a try that failed for a passing reason is
// repeated: ports in TIME_WAIT and busy passive ports free themselves.
const again = time.Second

// pauseAfter makes what is left of that pause since an attempt failed; false if the
// examination ends first.
func (r *route) pauseAfter(ctx context.Context, failed *Attempt) bool {
	select {
	case <-time.After(r.pausing(failed)):
		return ctx.Err() == nil
	case <-ctx.Done():
		return false
	}
}

// pausing is how long that pause still lasts. It counts from the last failure of the
// method, and from the last refusal in the mode, which may have the same reason.
func (r *route) pausing(failed *Attempt) time.Duration {
	ended := failed.Began + failed.Took
	for _, a := range r.attempts() {
		same := a.Method == failed.Method || a.Method.Mode() == failed.Method.Mode() && a.Stop.Cause == ByReply
		if same && !a.Delivered() {
			ended = max(ended, a.Began+a.Took)
		}
	}
	return max(0, ended+again-r.x.elapsed())
}

// atOnce is how long a call takes that comes at once, or a port that opens. What comes
// decides, however little time it had.
func (r *route) atOnce() time.Duration { return hurriedDial + 3*r.trip() }

// timeAgain tells whether there is time to repeat what failed, so that a silence would
// tell something.
func (r *route) timeAgain(c *control, failed *Attempt) bool {
	return r.x.left() >= r.pausing(failed)+r.reach(c)+secondSYN
}

// askAgain repeats once what failed for a reason that passes.
func (r *route) askAgain(ctx context.Context, c *control) *control {
	list := r.attempts()
	for _, m := range []Mode{Active, Passive} {
		a := onlySilent(list, m)
		if a == nil || !r.lossy || retried(list, a.Method) || !r.pauseAfter(ctx, a) {
			continue
		}
		t := trial{method: a.Method, variant: Retry, limit: r.x.wait(aloneDial, secondSYN), brief: true}
		if c = r.experiment(ctx, c, "retry", t, delivered); c == nil {
			return nil
		}
		list = r.attempts()
	}
	for _, a := range list {
		if a.Stop.Cause == Limit && a.Setup.Asked() && a.Variant == Plain && !deliveredIn(list, a.Method.Mode()) {
			// Only this connection is left now.
			if !settle(ctx, r.x.company.quietSince()) {
				return c
			}
			if c = r.experiment(ctx, c, "retry", trial{method: a.Method, variant: Retry}, delivered); c == nil {
				return nil
			}
			list = r.attempts()
		}
	}
	if a := callMissed(list, r.losesPackets(list)); a != nil {
		if r.x.left() <= r.pausing(a)+closing || !r.pauseAfter(ctx, a) {
			return c
		}
		t := trial{method: a.Method, variant: Retry, limit: r.x.wait(aloneDial, r.atOnce()), brief: a.unheard()}
		return r.experiment(ctx, c, "retry", t, delivered)
	}
	for _, m := range []Mode{Active, Passive} {
		a := onceRefused(list, m)
		if a == nil || !r.timeAgain(c, a) {
			continue
		}
		if !r.pauseAfter(ctx, a) {
			return c
		}
		if c = r.experiment(ctx, c, "retry", trial{method: a.Method, variant: Retry, limit: aloneDial}, delivered); c == nil {
			return nil
		}
		list = r.attempts()
	}
	if a := calledTooLate(list); a != nil && (c.usable() || !r.x.over()) {
		if !r.pauseAfter(ctx, a) {
			return c
		}
		t := trial{method: a.Method, variant: Retry, limit: r.x.wait(aloneDial, r.atOnce())}
		if c = r.experimentAnyway(ctx, c, "retry", t, delivered); c == nil {
			return nil
		}
		list = r.attempts()
	}
	if a := oneOff(list); a != nil && r.timeAgain(c, a) {
		if !r.pauseAfter(ctx, a) {
			return c
		}
		t := trial{method: a.Method, variant: Retry, limit: r.x.wait(aloneDial, secondSYN), lossy: true}
		c = r.experiment(ctx, c, "retry", t, func(a *Attempt) Answer {
			if a.Hurried && a.Stop.Cause == Timeout && (a.Reached == StageConnecting || r.losesPackets(list)) {
				return NoAnswer // what comes late may come, and may have been lost
			}
			return delivered(a)
		})
		if c == nil {
			return nil
		}
		list = r.attempts()
	}
	for _, a := range list {
		if a.Variant != Plain || a.Stop.Cause != ByReply || retried(list, a.Method) {
			continue
		}
		switch meaning(a.refusal()) {
		case ftp.AddressInUse, ftp.CannotAssign, ftp.PortsExhausted, ftp.ServerBroken:
		default:
			continue
		}
		if r.x.left() <= r.pausing(a)+closing || !r.pauseAfter(ctx, a) {
			return c
		}
		c = r.experiment(ctx, c, "retry", trial{method: a.Method, variant: Retry}, delivered)
		if c == nil || !r.deliveredSince(a.Method, a.Began) {
			return c // what does not pass for one does not pass for the other
		}
	}
	return c
}

// callMissed is an active attempt to which no call came, or came to nothing, while one came to the other
// command: is it the command, or were packets lost? Where they do get lost, a command
// without a reply counts too. nil: there is none.
func callMissed(list []*Attempt, lossy bool) *Attempt {
	for _, a := range list {
		early := a.Reached == StageNone && a.Stop.Cause == ByReply && !a.refusal().Code.Permanent() // called before it answered PORT
		early = early || lossy && a.unheard()
		if a.Method.Mode() != Active || a.Stop.Cause != Timeout && a.Stop.Cause != ByReply || a.Reached != StageConnecting && !early || retried(list, a.Method) {
			continue
		}
		if worked, _ := find(list, a.Method); worked != nil {
			continue
		}
		if other, _ := find(list, EPRT+PORT-a.Method); other != nil {
			return a
		}
	}
	return nil
}

// onceRefused is the only attempt that speaks against a mode, where it is a quick
// refusal that may pass (4yz, RFC 959 section 4.2.1): the mode's other command does
// not suit the address family, or the server does not know it. nil: there is none.
func onceRefused(list []*Attempt, m Mode) *Attempt {
	var once *Attempt
	for _, a := range list {
		switch {
		case a.Method.Mode() != m || !a.Proper():
		case a.Delivered():
			return nil
		case a.Reached == StageNone && a.Setup.Reply.Code.Permanent():
		case once != nil || a.Stop.Cause != ByReply || a.refusal().Code.Permanent() || max(a.Waited, a.Setup.Took) >= quickRefusal:
			return nil
		default:
			once = a
		}
	}
	return once
}

// calledTooLate is an active attempt to which no call came while the server left LIST
// without a reply in passive mode, too, where a listing has arrived since: it may have
// been about to call. nil: there is none.
func calledTooLate(list []*Attempt) *Attempt {
	var missed, slow *Attempt
	since := false
	for _, a := range list {
		switch {
		case a.Method.Mode() == Active && a.Delivered():
			return nil
		case a.Method.Mode() == Active:
			if missed == nil && a.Stop.Cause == Timeout && a.Reached == StageConnecting {
				missed = a
			}
		case a.slowToList():
			slow = a
		case a.Delivered() && a.Proper() && slow != nil && a.Began > slow.Began:
			since = true
		}
	}
	if !since || missed != nil && retried(list, missed.Method) {
		return nil
	}
	return missed
}

// slowToList tells whether LIST stayed without a reply for long although the passive
// data connection was open.
func (a *Attempt) slowToList() bool {
	return a.Method.Mode() == Passive && a.Reached >= StageConnected && a.Transfer.Asked() && a.Stop.Cause == Timeout &&
		(a.Transfer.Reply.Code == 0 || a.Transfer.Took > slowPassive)
}

// OneRefusal tells whether all that speaks against a mode is one quick refusal that
// may pass, and was not asked for again.
func (e *Examination) OneRefusal(m Mode) bool { return onceRefused(e.AllAttempts(), m) != nil }

// oneOff is an attempt whose listing stalled on an open data connection, once, while
// another attempt of the mode delivered: lost packets and busy servers do that now
// and then, and what is there by a rule is there again. nil: there is none.
func oneOff(list []*Attempt) *Attempt {
	for _, a := range list {
		if !a.stalled() || a.Variant != Plain {
			continue
		}
		elsewhere := false
		for _, b := range list {
			elsewhere = elsewhere || b.Method.Mode() == a.Method.Mode() && b.Proper() && b.Delivered()
		}
		if elsewhere && !retried(list, a.Method) {
			return a
		}
	}
	return nil
}

// retried tells whether a method was asked for again already.
func retried(list []*Attempt, m Method) bool {
	return slices.ContainsFunc(list, func(a *Attempt) bool { return a.Method == m && a.Variant == Retry })
}

// stalled tells whether the data connection was open and what should have come over
// it did not.
func (a *Attempt) stalled() bool {
	return a.Stop.Cause == Timeout && a.Reached >= StageConnected && !a.EOF
}

// deliveredIn tells whether any attempt of a mode delivered.
func deliveredIn(list []*Attempt, m Mode) bool {
	for _, a := range list {
		if a.Method.Mode() == m && a.Delivered() {
			return true
		}
	}
	return false
}

// refusal is the negative reply that ended the attempt, wherever it came.
func (a *Attempt) refusal() ftp.Reply {
	for _, x := range []Exchange{a.Final, a.Transfer, a.Setup} {
		if x.Reply.Code.Negative() {
			return x.Reply
		}
	}
	return ftp.Reply{}
}
