package probe

import (
	"context"
	"time"

	"ftpdiag/probe/ftp"
)

// again is the pause before a try that failed for a passing reason is
// repeated: ports in TIME_WAIT and busy passive ports free themselves.
const again = time.Second

// pauseAfter makes what is left of that pause since an attempt failed; false if the
// examination ends first.
func (r *route) pauseAfter(ctx context.Context, failed *Attempt) bool {
	pause := r.pausing(failed)
	if pause > 0 {
		r.x.pauses(pause, "before "+failed.Method.verb()+" is tried again")
	}
	select {
	case <-time.After(pause):
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
