package probe

import (
	"context"
)

// askSmallSegments repeats a listing that stalled after the data connection

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
			trial{method: a.Method, variant: FreshTLS}, delivered)
		return c
	}
	return c
}
