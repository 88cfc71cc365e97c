package probe

import (
	"context"
	"time"

	"ftpdiag/probe/ftp"
)

// askSecondPort tries further passive ports: one, where a method's port did not
// answer while the other method's did (is it the method, or that one port?),
// and as many as the person asked for. If that one fails too, the method that
// worked is tried once more: it may have failed as well by now.
func (r *route) askSecondPort(ctx context.Context, c *control) *control {
	list := r.attempts()
	for _, m := range []Method{EPSV, PASV} {
		worked, failed := find(list, m)
		other, _ := find(list, EPSV+PASV-m)
		if (worked == nil && failed == nil) || refusedOutright(failed) {
			continue
		}
		further, doubtful := r.x.plan.Samples, false
		if failed != nil && other != nil && worked == nil && unanswered(failed, r.remote.Addr()) {
			doubtful = true
		}
		if further == 0 && failed != nil && failed.Stop.Cause == Refused && r.allRefused() {
			// A refusal costs a round trip: of a range that is half open,
			// chance may have picked closed ports so far.
			further = quickSamples
		}
		again := trial{method: m, variant: SecondPort}
		if doubtful && further == 0 {
			// Twice in a row, lest every second port or connection is meant.
			further, again.limit = 2, briefDial
			if r.triedAlone(m) {
				further = 1
			}
		}
		for range further {
			if ctx.Err() != nil || again.limit > 0 && r.deliveredSince(m, failed.Began) {
				break
			}
			if c = r.experiment(ctx, c, "second-port", again, delivered); c == nil {
				return nil
			}
		}
		if doubtful && !r.deliveredSince(m, failed.Began) && !r.deliveredSince(other.Method, failed.Began+failed.Took) && ctx.Err() == nil {
			if c = r.experiment(ctx, c, "second-port", trial{method: other.Method, variant: SecondPort}, delivered); c == nil {
				return nil
			}
		}
		if r.x.plan.Samples > 0 {
			break // the samples are of the server's range, whatever the method
		}
	}
	return c
}

// quickSamples is how many further ports are tried where all refused. With two or
// three before, a range that is half open is missed once in 32 times or less.
const quickSamples = 3

// allRefused tells whether every passive port so far refused the connection, and
// no further one has been tried.
func (r *route) allRefused() bool {
	refused := false
	for _, a := range r.attempts() {
		if a.Method.Mode() != Passive || !a.Proper() {
			continue
		}
		if a.Variant == SecondPort || !unanswered(a, r.remote.Addr()) || a.Stop.Cause != Refused {
			return false
		}
		refused = true
	}
	return refused
}

// triedAlone tells whether a method has been tried again already.
func (r *route) triedAlone(m Method) bool {
	for _, a := range r.attempts() {
		if a.Method == m && a.Variant == Alone {
			return true
		}
	}
	return false
}

// deliveredSince tells whether an attempt with a method began after a moment and
// delivered.
func (r *route) deliveredSince(m Method, began time.Duration) bool {
	for _, a := range r.attempts() {
		if a.Method == m && a.Began > began && a.Delivered() {
			return true
		}
	}
	return false
}

// refusedOutright tells whether a method is not offered at all.
func refusedOutright(a *Attempt) bool {
	return a != nil && a.Reached == StageNone
}

// again is the pause before a try that failed for a passing reason is
// repeated: ports in TIME_WAIT and busy passive ports free themselves.
const again = time.Second

// askAgain repeats once what failed for a reason that passes.
func (r *route) askAgain(ctx context.Context, c *control) *control {
	list := r.attempts()
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
	for _, a := range list {
		if a.Variant != Plain || a.Stop.Cause != ByReply {
			continue
		}
		switch meaning(a.refusal()) {
		case ftp.AddressInUse, ftp.CannotAssign, ftp.PortsExhausted, ftp.ServerBroken:
		default:
			continue
		}
		select {
		case <-time.After(again):
		case <-ctx.Done():
			return c
		}
		if meaning(a.refusal()) == ftp.ServerBroken {
			c.quit(ctx, true) // vsftpd answers 500 OOPS to everything from then on
			c = nil
		}
		c = r.experiment(ctx, c, "retry", trial{method: a.Method, variant: Retry}, delivered)
		return c
	}
	return c
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
