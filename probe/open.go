package probe

import (
	"context"
	"time"
)

// freeing is the pause before a control connection refused for a limit is
// tried again: the server notices the end of the one before in one round trip,
// but counts in its own time (ProFTPD's scoreboard is swept once a second).
const freeing = time.Second

// whyFreeing says what that pause is for.
const whyFreeing = "for the server to count one connection less"

// openTries is how often a further control connection is tried when we allow
// ourselves only one at a time.
const openTries = 2

// slotWait is how much longer than a data timeout a further control connection
// waits for its place: until then attempts that stall have ended.
const slotWait = 500 * time.Millisecond

// open makes a further control connection on this route and logs in the way
// the first one did. nil: it could not, and if the server refused it for being
// one too many, the route goes on alone from now on.
func (r *route) open(ctx context.Context, p Purpose) *control {
	return r.openWith(ctx, p, SocketOptions{})
}

// openWith is open with a socket that is prepared.
func (r *route) openWith(ctx context.Context, p Purpose, opt SocketOptions) *control {
	for try := 1; ; try++ {
		c, limited := r.openOnce(ctx, p, opt)
		if c != nil || ctx.Err() != nil || r.otherPort {
			return c
		}
		was := r.alone.Swap(r.alone.Load() || limited)
		if !was || !limited || try == openTries || r.x.over() {
			return nil
		}
		r.x.pauses(freeing, whyFreeing)
		select {
		case <-time.After(freeing):
		case <-ctx.Done():
			return nil
		}
	}
}

// triedBoth tells whether either mode was tried on this route.
func (r *route) triedBoth() bool {
	var tried [Passive + 1]bool
	for _, a := range r.attempts() {
		tried[a.Method.Mode()] = true
	}
	return tried[Active] && tried[Passive]
}

// openOnce is one try of open; limited tells whether it failed in a way that a
// limit on connections explains.
func (r *route) openOnce(ctx context.Context, p Purpose, opt SocketOptions) (c *control, limited bool) {
	x := r.x
	if r.otherPort {
		p = ForOtherPort
	}
	if x.login.shut(r.remote) {
		return nil, false
	}
	free, ok := x.slotWithin(ctx, x.plan.Timeouts.Data+slotWait)
	if !ok {
		return nil, false // our own limit, not the server's
	}
	least := briefDial
	if p == ForNext && !r.triedBoth() {
		least = max(least, 2*r.rtt) // the first connect may have taken long
	}
	conn, connect := x.dial(ctx, r.remote, x.wait(min(x.plan.Timeouts.Connect, max(aloneDial, 4*r.rtt)), least), opt)
	if conn == nil {
		free()
		return nil, true // the first connection came up, this one does not
	}
	f := first{conn: conn, connect: connect, free: free}
	s := x.newSession(Session{Purpose: p, Extra: !r.alone.Load(), Protection: r.protection,
		Remote: r.remote, Local: f.connect.Local, Connect: f.connect})
	c = x.newControl(ctx, f.conn, s, f.free)
	if r.protection == ImplicitTLS && !c.secure(ctx, StepConnect) {
		c.close()
		return nil, false
	}
	if !c.greet(ctx) {
		x.oneAtATime.Store(true) // the server itself says so: what follows one after the other gets its time
		limited = refusedForLimit(s.Greeting.Reply) || s.Greeting.Stop.Stopped()
		c.quit(ctx, true)
		return nil, limited
	}
	if r.protection == ExplicitTLS && !c.auth(ctx) {
		c.close()
		return nil, false
	}
	if r.otherPort && r.protection == Clear && x.wanted() == ExplicitTLS {
		// As over the first port: a password goes in clear only where TLS is refused.
		switch {
		case c.auth(ctx):
			s.Protection = ExplicitTLS
		case c.dead, !s.Auth.Reply.Code.Permanent():
			c.close()
			return nil, false
		}
	}
	if !c.mayLogIn() {
		s.Withheld = true
		c.quit(ctx, true)
		return nil, false
	}
	if !c.login(ctx) {
		// The same login was accepted a moment ago: what is refused is
		// the second session, not the person. One that was refused for
		// another reason than a limit is not repeated: see gate.
		c.quit(ctx, true)
		x.oneAtATime.Store(true)
		return nil, len(s.Login) > 0
	}
	if s.Protection.Encrypted() {
		c.protect(ctx)
	}
	c.enterFolder(ctx, r.main.Features)
	if c.dead {
		c.close()
		return nil, false
	}
	s.Features, c.alone = r.main.Features, &r.alone
	return c, false
}
