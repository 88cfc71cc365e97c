package probe

import (
	"context"
	"time"

	"ftpdiag/probe/ftp"
)

// askSecondPort tries further passive ports: one, where a method's port did not
// answer while the other method's did (is it the method, or that one port?),
// and as many as the person asked for.
func (r *route) askSecondPort(ctx context.Context, c *control) *control {
	list := r.attempts()
	for _, m := range []Method{EPSV, PASV} {
		worked, failed := find(list, m)
		other, _ := find(list, EPSV+PASV-m)
		if (worked == nil && failed == nil) || refusedOutright(failed) {
			continue
		}
		further := r.x.plan.Samples
		if failed != nil && other != nil && worked == nil && failed.Reached == StageConnecting && failed.Stop.Cause.Unanswered() &&
			failed.Dialled.Addr().Unmap() == r.remote.Addr().Unmap() {
			further = max(1, further)
		}
		for range further {
			if ctx.Err() != nil {
				return c
			}
			if c = r.experiment(ctx, c, "second-port", trial{method: m, variant: SecondPort}, delivered); c == nil {
				return nil
			}
		}
		if r.x.plan.Samples > 0 {
			break // the samples are of the server's range, whatever the method
		}
	}
	return c
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
	for _, a := range r.attempts() {
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

// refusal is the negative reply that ended the attempt, wherever it came.
func (a *Attempt) refusal() ftp.Reply {
	for _, x := range []Exchange{a.Final, a.Transfer, a.Setup} {
		if x.Reply.Code.Negative() {
			return x.Reply
		}
	}
	return ftp.Reply{}
}
