package probe

import (
	"context"
	"time"

	"ftpdiag/probe/ftp"
)

// alsoUnderTLS examines the same address under TLS, where the clear
// examination has left something to learn: modes that delivered (does TLS
// blind a helper?), modes whose commands were swallowed (is the reply read
// on the way?) and modes refused (by the server, for want of TLS, or by a device
// that reads the command?). A mode that is merely blocked is blocked under TLS as
// well. What was quick in clear need not be waited for long.
func (r *route) alsoUnderTLS(ctx context.Context) {
	wanted := map[Mode]bool{}
	for _, a := range r.attempts() {
		if a.Delivered() && a.Proper() || a.Setup.Stop.Cause == Timeout && a.Method.Mode() == Passive || refusedOutright(a) && a.Proper() && a.Stop.Cause == ByReply {
			wanted[a.Method.Mode()] = true
		}
		if m := meaning(a.refusal()); m == ftp.ProtectionRequired || m == ftp.TLSRequired {
			wanted[a.Method.Mode()] = true
		}
	}
	if r.changedMeanwhile() {
		delete(wanted, Passive) // what fails under TLS may fail for the same reason
	}
	if ctx.Err() != nil || len(wanted) == 0 || !r.worthAnother("TLS is not compared") {
		return
	}
	if why := r.incomparable(); why != "" {
		r.x.note(Event{Session: r.main.ID, Step: StepFollowUp, Direction: Note, Channel: Control, Text: why + ": TLS is not compared"})
		return
	}
	c, ok := r.x.reopen(ctx, r.remote, ExplicitTLS, true)
	if !ok && r.alone.Load() && c != nil && refusedForLimit(c.s.Greeting.Reply) {
		// The server still counts the connection just closed.
		c.quit(ctx, true)
		r.x.pauses(freeing, whyFreeing)
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
	t := &route{x: r.x, main: c.s, remote: r.remote, protection: ExplicitTLS, rtt: r.rtt, entry: r.entry, pace: r.slowest()}
	t.alone.Store(r.alone.Load() || r.limited)
	c.alone = &t.alone
	var list []trial
	for _, trial := range t.trials() {
		if wanted[trial.method.Mode()] {
			trial.brief = true
			list = append(list, trial)
		}
	}
	t.compare = func() *control { return r.askClearAgain(ctx, nil, t) }
	t.run(ctx, c, list)
	c = r.askSameListing(ctx, t.clear, t)
	c.quit(ctx, r.alone.Load())
}

// changedMeanwhile tells whether some passive ports answered in clear and others did
// not.
func (r *route) changedMeanwhile() bool {
	opened, closed := false, false
	for _, a := range r.attempts() {
		if a.Method.Mode() == Passive && a.Proper() {
			opened = opened || a.Reached >= StageConnected && !wrongDoor(a, r.remote.Addr())
			closed = closed || unanswered(a, r.remote.Addr())
		}
	}
	return opened && closed
}

// quickReply is the most that a server may take for a reply or a listing in clear for
// the short waits of the comparison to mean anything.
const quickReply = aloneDial / 2

// incomparable is why a comparison would show nothing; empty: it would.
func (r *route) incomparable() string {
	if (r.x.late() || r.x.left() < 2*r.entry+briefDial) && len(r.x.plan.Ask) == 0 {
		return "the time is short"
	}
	if r.slowest() > quickReply {
		return "the server takes its time"
	}
	return ""
}

// slowest is the most that the server took for a reply or a listing that came.
func (r *route) slowest() (pace time.Duration) {
	for _, a := range r.attempts() {
		if a.Delivered() {
			pace = max(pace, a.Setup.Took, a.Opened, a.Transfer.Took, a.Took-a.Setup.Took-a.Opened-3*r.rtt)
		}
	}
	return pace
}

// askClearAgain tries in clear once more what delivered there before, and was
// blocked under TLS: a limit that was used up meanwhile, or a closed port among open
// ones, looks like a device that TLS blinds.
func (r *route) askClearAgain(ctx context.Context, c *control, secret *route) *control {
	for _, m := range []Mode{Active, Passive} {
		var blocked *Attempt
		for _, a := range secret.attempts() {
			if worked, _ := find(r.attempts(), a.Method); a.Method.Mode() == m && worked != nil && blocked == nil && blockedUnderTLS(a) {
				blocked = a
			}
		}
		if blocked == nil || deliveredIn(secret.attempts(), m) || !r.x.plan.allows("clear-again") || ctx.Err() != nil {
			continue
		}
		c = r.experiment(ctx, c, "clear-again", trial{method: blocked.Method, variant: Retry, limit: briefDial, atServer: true}, delivered)
	}
	return c
}

// askSameListing lists the folder in clear once more when it looked different
// under TLS: if it is as it was before TLS, the folder did not change in the
// meantime, and something on the way changes what goes in clear.
func (r *route) askSameListing(ctx context.Context, c *control, secret *route) *control {
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
		return c
	}
	return r.experiment(ctx, c, "same-listing", trial{method: before.Method, variant: Retry}, func(a *Attempt) Answer {
		switch {
		case !a.Delivered():
			return NoAnswer
		case a.Digest == before.Digest:
			return Yes
		default:
			return No
		}
	})
}
