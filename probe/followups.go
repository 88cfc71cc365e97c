package probe

import (
	"context"
	"net/netip"
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
			if c = r.experiment(ctx, c, "second-port", trial{m, SecondPort}, delivered); c == nil {
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

// askSeenAddress repeats a refused PORT or EPRT with the address under which
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
		trial{m, SeenAddress}, func(a *Attempt) Answer {
			if a.Reached == StageOffered {
				return Yes
			}
			return No
		})
	return c
}

// plausibleNAT tells whether asking for the server's view of us can bring
// news: not on loopback.
func (r *route) plausibleNAT() bool { return ScopeOf(r.remote.Addr()) != ScopeLoopback }

// seenAddress finds our address in what the server has said already:
// Pure-FTPd names it when it refuses a PORT.
func (r *route) seenAddress(list []*Attempt) (netip.Addr, bool) {
	for _, a := range list {
		if seen, ok := ftp.SeenAddress(a.Setup.Reply); ok {
			return seen.Unmap(), true
		}
	}
	return netip.Addr{}, false
}

// askHiddenCommand repeats a PORT that delivered through NAT, this time behind
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
		worked, _ := find(r.attempts(), m)
		if worked == nil || !BehindNAT(worked.Announced.Addr(), r.remote.Addr()) && !r.x.plan.wants("hidden-command") {
			continue
		}
		c = r.experiment(ctx, c, "hidden-command",
			trial{m, HiddenCommand}, func(a *Attempt) Answer {
				switch {
				case a.Delivered():
					return Yes
				case a.Setup.Reply.Code != 0:
					return No
				default:
					return NoAnswer
				}
			})
		return c
	}
	return c
}

// askSmallSegments repeats a listing that stalled after the data connection
// had opened, asking the server for small segments: if it arrives now, large
// packets vanish on the way.
func (r *route) askSmallSegments(ctx context.Context, c *control) *control {
	for _, a := range r.attempts() {
		if a.Stop.Cause != Timeout || a.Reached < StageConnected || a.EOF || !a.Transfer.Reply.Code.Positive() {
			continue
		}
		c = r.experiment(ctx, c, "small-segments",
			trial{a.Method, SmallSegments}, delivered)
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
			trial{a.Method, FreshTLS}, delivered)
		return c
	}
	return c
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
		c = r.experiment(ctx, c, "retry", trial{a.Method, Retry}, delivered)
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

// parserLimit is how long the reply to a malformed PORT may take. Measured over
// 300 runs each at 100 ms round trip: without a helper on the way none was later
// than 2 s at 5 % loss, three were later than 3 s at 10 %.
const parserLimit = 3 * time.Second

// askMalformed sends a PORT that nobody can parse, on a connection of its own
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
	e := newQuestion("malformed-port", "")
	if r.alone.Load() {
		c.quit(ctx, true)
		c = nil
	}
	f := r.x.dialControl(ctx, r.remote)
	if f == nil {
		r.x.newExperiment(e)
		return c
	}
	s := r.x.newSession(Session{Purpose: ForFollowUp, Extra: true, Protection: r.protection,
		Remote: r.remote, Local: f.connect.Local, Connect: f.connect})
	t := r.x.newControl(ctx, f.conn, s, f.free)
	defer t.close()
	e.Session = s.ID
	if !t.greet(ctx) {
		r.x.newExperiment(e)
		return c
	}
	// The helper never inspects the first line of a connection.
	noop := t.ask(ctx, StepFollowUp, ftp.Command{Verb: "NOOP"}, r.x.plan.Timeouts.Reply)
	port := Exchange{}
	if t.usable() && noop.Reply.Code != 0 {
		port = t.ask(ctx, StepFollowUp, ftp.Command{Verb: "PORT", Arg: "x"}, parserLimit)
		switch {
		case port.Stop.Cause == Timeout:
			e.Answer = Yes
		case port.Reply.Code != 0:
			e.Answer = No
		}
	}
	e.Events = append(noop.Events, port.Events...)
	r.x.newExperiment(e)
	return c
}

// alsoUnderTLS examines the same address under TLS, where the clear
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
}
