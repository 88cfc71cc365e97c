package probe

import (
	"context"
	"time"

	"ftpdiag/probe/ftp"
)

// followUp asks the further questions whose answers can change the
// conclusion, each on a session that is fit for it, and returns the connection

// if it is still usable.
func (r *route) followUp(ctx context.Context, c *control) *control {
	for _, row := range experimentTable {
		if ctx.Err() != nil {
			return c
		}
		if row.ask != nil && r.x.plan.allows(row.Name) {
			c = row.ask(r, ctx, c)
		}
	}
	return c
}

// attempts are this route's attempts so far. It is called between trials only.
func (r *route) attempts() []*Attempt {
	x := r.x
	x.mu.Lock()
	defer x.mu.Unlock()
	var list []*Attempt
	for _, s := range x.sessions {
		if s.Remote == r.remote && s.Protection == r.protection {
			list = append(list, x.attempts[s.ID]...)
		}
	}
	return list
}

// find returns the attempts with a method, plain or with the control address.
func find(list []*Attempt, m Method) (delivered, failed *Attempt) {
	for _, a := range list {
		if a.Method != m || a.Variant != Plain && a.Variant != ControlAddress {
			continue
		}
		if a.Delivered() {
			delivered = a
		} else {
			failed = a
		}
	}
	return delivered, failed
}

// ready returns a usable connection: c, or a fresh one; nil if there is none

// to be had.
func (r *route) ready(ctx context.Context, c *control) *control {
	if c.usable() {
		return c
	}
	c.quit(ctx, r.alone.Load())
	return r.open(ctx, ForFollowUp)
}

// experiment makes one more attempt as a named experiment.
func (r *route) experiment(ctx context.Context, c *control, name string, t trial, answer func(*Attempt) Answer) *control {
	e := newQuestion(name, t.method.verb())
	if c = r.ready(ctx, c); c == nil {
		r.x.newExperiment(e) // no connection to ask on: no answer
		return nil
	}
	a := c.try(ctx, t, make(chan ftp.Endpoint, 1))
	e.Session, e.Events, e.Answer = c.s.ID, a.Events, answer(a)
	if a.Stop.Cause == Canceled || a.Stop.Cause == Local || a.Stop.Cause == Limit {
		e.Answer = NoAnswer
	}
	r.x.newExperiment(e)
	return c
}

// delivered turns an attempt into the answer to "does it work?".
func delivered(a *Attempt) Answer {
	if a.Delivered() {
		return Yes
	}
	return No
}

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

// the server sees us: if that is accepted, NAT is the reason for the refusal

// and not a rule against active mode.
func (r *route) askSeenAddress(ctx context.Context, c *control) *control {
	var refused *Attempt
	list := r.attempts()
	for _, a := range list {
		if a.Method.Mode() == Active && a.Delivered() {
			return c
		}
		if a.Method.Mode() == Active && a.Stop.Cause == ByReply && a.Reached == StageNone && meaning(a.Setup.Reply) != ftp.FamilyNotSupported {
			refused = a
		}
	}
	silent := false
	for _, a := range list {
		silent = silent || a.Method.Mode() == Active && a.Stop.Cause.Unanswered()
	}
	if refused == nil && !silent || !r.plausibleNAT() {
		return c
	}
	seen, known := r.seenAddress(list)
	if !known {
		if c = r.ready(ctx, c); c == nil {
			return nil
		}
		c.getStatus(ctx)
		seen = c.s.SeenAs
	}
	if refused == nil || !seen.IsValid() || seen == refused.Announced.Addr() {
		return c
	}
	if c = r.ready(ctx, c); c == nil {
		return nil
	}
	c.s.SeenAs = seen
	m := refused.Method
	if !m.Suits(familyOf(seen)) {
		return c
	}
	c = r.experiment(ctx, c, "seen-address",
		trial{method: m, variant: SeenAddress, asked: true}, func(a *Attempt) Answer {
			if a.Reached == StageOffered {
				return Yes
			}
			return No
		})
	return c
}

// a NOOP in the same segment, where packet-based helpers do not look
// (measured with Linux's). If the server refuses it now, a device on the way

// rewrites PORT, and TLS will end that. Without NAT, a stateful firewall may

// still open the port only because it reads PORT; that is asked in the deep
// examination, for the answer may cost a data timeout.
func (r *route) askHiddenCommand(ctx context.Context, c *control) *control {
	if r.protection != Clear {
		return c
	}
	for _, m := range []Method{PORT, EPRT} {
		worked, failed := find(r.attempts(), m)
		t := trial{method: m, variant: HiddenCommand}
		switch {
		case worked != nil && (BehindNAT(worked.Announced.Addr(), r.remote.Addr()) || r.x.plan.wants("hidden-command")):
		case failed != nil && failed.Setup.Reply.Code.Completion() && failed.Reached < StageConnected &&
			BehindNAT(failed.Announced.Addr(), r.remote.Addr()):
			// Accepted with a private address, and nothing came: was it
			// rewritten on the way, or did the server not look?
			t.asked = true
		default:
			continue
		}
		return r.experiment(ctx, c, "hidden-command", t, func(a *Attempt) Answer {
			switch {
			case a.Delivered(), a.Reached == StageOffered:
				return Yes
			case a.Setup.Reply.Code != 0:
				return No
			default:
				return NoAnswer
			}
		})
	}
	return c
}

// had opened, asking the server for small segments: if it arrives now, large

// packets vanish on the way.
func (r *route) askSmallSegments(ctx context.Context, c *control) *control {
	for _, a := range r.attempts() {
		if a.Stop.Cause != Timeout || a.Reached < StageConnected || a.EOF || !a.Transfer.Reply.Code.Positive() {
			continue
		}
		c = r.experiment(ctx, c, "small-segments",
			trial{method: a.Method, variant: SmallSegments}, delivered)
		return c
	}
	return c
}

// than 2 s at 5 % loss, three were later than 3 s at 10 %.
const parserLimit = 3 * time.Second

// before login: a server refuses it at once, a Linux connection tracking helper

// on the way drops it for good (measured). It may look like an attack to an

// intrusion detector, so it belongs to the deep examination, and to the case in

// which a command of a mode stayed without a reply.
func (r *route) askMalformed(ctx context.Context, c *control) *control {
	swallowed := false
	for _, a := range r.attempts() {
		swallowed = swallowed || a.Variant == Plain && a.Setup.Stop.Cause == Timeout && a.Method.Mode() == Passive
	}
	if r.protection != Clear || !swallowed && !r.x.plan.wants("malformed-port") {
		return c
	}
	return r.sendMalformed(ctx, c)
}

// examination has left something to learn: modes that delivered (does TLS

// blind a helper?) and modes whose commands were swallowed (is the reply read

// on the way?). A mode that is merely blocked is blocked under TLS as well.
func (r *route) alsoUnderTLS(ctx context.Context) {
	wanted := map[Mode]bool{}
	for _, a := range r.attempts() {
		if a.Delivered() || a.Setup.Stop.Cause == Timeout && a.Method.Mode() == Passive {
			wanted[a.Method.Mode()] = true
		}
	}
	if ctx.Err() != nil || len(wanted) == 0 {
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
		c.quit(ctx, false)
		return
	}
	t := &route{x: r.x, main: c.s, remote: r.remote, protection: ExplicitTLS, rtt: r.rtt}
	t.alone.Store(r.alone.Load())
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

// under TLS: if it is as it was before TLS, the folder did not change in the
// meantime, and something on the way changes what goes in clear.
func (r *route) askSameListing(ctx context.Context, secret *route) {
	var before, under *Attempt
	for _, a := range r.attempts() {
		if a.Delivered() && a.Digest != "" {
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
