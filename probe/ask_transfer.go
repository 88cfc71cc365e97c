package probe

import (
	"context"
)

// askSmallSegments repeats a listing that stalled after the data connection
// had opened, asking the server for small segments: if it arrives now, large
// packets vanish on the way.
func (r *route) askSmallSegments(ctx context.Context, c *control) *control {
	for _, a := range r.attempts() {
		if a.Stop.Cause != Timeout || a.Reached < StageConnected || a.EOF || !a.Transfer.Reply.Code.Positive() {
			continue
		}
		c = r.experiment(ctx, c, "small-segments",
			trial{method: a.Method, variant: SmallSegments, limit: aloneDial, atServer: r.namesElsewhere()}, func(again *Attempt) Answer {
				if again.Reached < StageConnected {
					return NoAnswer // it did not get as far as the one before
				}
				return delivered(again)
			})
		return c
	}
	return c
}

// askFreshTLS repeats a protected listing that resumed the control
// connection's TLS session without resuming it: many FTP programs cannot.
func (r *route) askFreshTLS(ctx context.Context, c *control) *control {
	if !r.protection.Encrypted() {
		return c
	}
	for _, a := range r.attempts() {
		if !a.Delivered() || !a.Resumed {
			continue
		}
		c = r.experiment(ctx, c, "fresh-tls",
			trial{method: a.Method, variant: FreshTLS, limit: briefDial, atServer: r.namesElsewhere()}, func(fresh *Attempt) Answer {
				if !fresh.Delivered() && !fresh.refusal().Code.Negative() {
					return NoAnswer // it broke, and the server did not say that it wants otherwise
				}
				return delivered(fresh)
			})
		return c
	}
	return c
}
