package probe

import (
	"context"
	"time"

	"ftpdiag/probe/ftp"
)

// alsoUnderTLS examines the same address under TLS, where the clear
// examination has left something to learn: modes that delivered (does TLS
// blind a helper?), modes whose commands were swallowed (is the reply read
// on the way?) and modes refused for want of TLS. A mode that is merely blocked is blocked under TLS as well.
func (r *route) alsoUnderTLS(ctx context.Context) {
	wanted := map[Mode]bool{}
	for _, a := range r.attempts() {
		wants := meaning(a.refusal())
		if a.Delivered() || a.Setup.Stop.Cause == Timeout && a.Method.Mode() == Passive ||
			wants == ftp.ProtectionRequired || wants == ftp.TLSRequired {
			wanted[a.Method.Mode()] = true
		}
	}
	if ctx.Err() != nil || len(wanted) == 0 || !r.worthAnother("TLS is not compared") {
		return
	}
	c, ok := r.x.reopen(ctx, r.remote, ExplicitTLS, true)
	if !ok && r.alone.Load() && c != nil && refusedForLimit(c.s.Greeting.Reply) {
		// The server still counts the connection just closed.
		c.quit(ctx, true)
		select {
		case <-time.After(freeing):
		case <-ctx.Done():
		}
		c, ok = r.x.reopen(ctx, r.remote, ExplicitTLS, true)
	}
	if !ok {
		c.quit(ctx, r.alone.Load())
		if c != nil {
			r.x.askAboutTLS(ctx, c.s)
		}
		return
	}
	t := &route{x: r.x, main: c.s, remote: r.remote, protection: ExplicitTLS, rtt: r.rtt, entry: r.entry}
	t.alone.Store(r.alone.Load() || r.limited)
	c.alone = &t.alone
	var list []trial
	for _, trial := range t.trials() {
		if wanted[trial.method.Mode()] {
			list = append(list, trial)
		}
	}
	t.run(ctx, c, list)
	r.askSameListing(ctx, t)
}

// askSameListing lists the folder in clear once more when it looked different
// under TLS: if it is as it was before TLS, the folder did not change in the
// meantime, and something on the way changes what goes in clear.
func (r *route) askSameListing(ctx context.Context, secret *route) {
	var before, under *Attempt
	for _, a := range r.attempts() {
		// A passive one where there is one: repeated active connections from
		// the server's port 20 meet its own TIME_WAIT.
		if a.Delivered() && a.Digest != "" && (before == nil || a.Method.Mode() == Passive) {
			before = a
		}
	}
	for _, a := range secret.attempts() {
		if a.Delivered() && a.Digest != "" {
			under = a
		}
	}
	if before == nil || under == nil || before.Digest == under.Digest || !r.x.plan.allows("same-listing") || ctx.Err() != nil {
		return
	}
	c := r.experiment(ctx, nil, "same-listing", trial{method: before.Method, variant: Retry}, func(a *Attempt) Answer {
		switch {
		case !a.Delivered():
			return NoAnswer
		case a.Digest == before.Digest:
			return Yes
		default:
			return No
		}
	})
	c.quit(ctx, r.alone.Load())
}
