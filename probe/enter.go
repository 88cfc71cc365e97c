package probe

import (
	"context"
	"net/netip"
	"time"

	"ftpdiag/probe/ftp"
)

// wanted is the protection with which the examination of an address begins. A
// real password goes over TLS where the server offers it; an anonymous login
// has no secret, and in clear the devices on the way show themselves.
func (x *examiner) wanted() Protection {
	switch x.target.TLS {
	case TLSImplicit:
		return ImplicitTLS
	case TLSExplicit:
		return ExplicitTLS
	case TLSOff:
		return Clear
	case TLSAuto:
	}
	switch {
	case x.target.Port == implicitTLSPort:
		return ImplicitTLS
	case x.target.Anonymous():
		return Clear
	default:
		return ExplicitTLS
	}
}

// firstSession begins the record of an address's first connection.
func (x *examiner) firstSession(f first) *Session {
	p := x.wanted()
	if x.target.TLS == TLSAuto && p == ExplicitTLS {
		p = Clear // until AUTH, the connection is a clear one
	}
	return x.newSession(Session{Purpose: ForPassive, Protection: p,
		Remote: f.connect.Remote, Local: f.connect.Local, Connect: f.connect})
}

// examine examines one address, from its first connection to the last
// follow-up question.
func (x *examiner) examine(ctx context.Context, f first, s *Session) {
	wanted, began := x.wanted(), time.Now()
	c := x.newControl(ctx, f.conn, s, f.free)
	opened, secured := c, s // what was opened first, and where TLS was tried last
	c, ok := c.enter(ctx, wanted)
	if !ok && ctx.Err() == nil && x.target.TLS == TLSAuto && tlsDemanded(opened.s) && opened.s.Protection == Clear && !opened.s.Auth.Asked() {
		opened.quit(ctx, true)
		if c, ok = x.reopen(ctx, f.connect.Remote, ExplicitTLS, false); c != nil {
			secured = c.s
		}
	}
	if !ok {
		c.quit(ctx, false)
		x.askAboutTLS(ctx, secured)
		x.tryNext(ctx, opened.s)
		return
	}
	x.enteredNow()
	r := &route{x: x, main: c.s, remote: c.s.Remote, protection: c.s.Protection, rtt: f.connect.Took, entry: time.Since(began)}
	c.alone = &r.alone
	x.newRoute(r)
	r.run(ctx, c, r.trials())
	if x.target.TLS == TLSAuto && r.protection == Clear && x.target.Anonymous() && ftp.OffersTLS(c.s.Features) {
		r.alsoUnderTLS(ctx)
	}
}

// newRoute remembers the first route to an address.
func (x *examiner) newRoute(r *route) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.routes = append(x.routes, r)
}

// enter takes the first control connection of an address from its greeting to
// the wanted folder. It returns the connection to go on with, which is another
// one where a silent port turned out to expect TLS.
func (c *control) enter(ctx context.Context, wanted Protection) (*control, bool) {
	if wanted == ImplicitTLS {
		if !c.secure(ctx, StepConnect) || !c.greet(ctx) {
			return c, false
		}
	} else {
		on := c.greetOrHandshake(ctx)
		if on == nil {
			return c, false
		}
		if on != c {
			c = on
			c.s.Purpose, c.s.Extra = ForPassive, false
			if !c.greet(ctx) {
				return c, false
			}
		}
	}
	if wanted == ExplicitTLS && c.s.Protection != ImplicitTLS {
		secured := c.auth(ctx)
		switch {
		case secured:
			c.s.Protection = ExplicitTLS
		case c.x.target.TLS == TLSAuto && !c.x.target.Anonymous() && !c.dead && c.s.Auth.Reply.Code.Permanent():
			// The server offers nothing else. A refusal that may pass (431)
			// is no reason to send a password in clear.
			c.s.Protection = Clear
		default:
			c.s.Protection = ExplicitTLS
			return c, false
		}
	}
	if !c.mayLogIn() {
		c.s.Withheld = true
		return c, false
	}
	if !c.login(ctx) {
		return c, false
	}
	if c.s.Protection.Encrypted() {
		c.protect(ctx)
	}
	began := time.Now()
	c.getFeatures(ctx)
	c.getSystem(ctx)
	c.enterFolder(ctx, c.s.Features)
	if took := time.Since(began); took > ownSpare {
		c.x.heldUp(took)
	}
	return c, !c.dead
}

// mayLogIn tells whether the password may be sent over this connection: a real
// one goes to nobody whose certificate is bad, unless the person said so.
func (c *control) mayLogIn() bool {
	if c.x.target.Anonymous() || c.x.plan.Insecure || !c.s.Protection.Encrypted() {
		return true
	}
	cert := c.s.TLS.Certificate
	return cert.Trusted && cert.NameOK
}

// tlsDemanded tells whether a login in clear was refused only for want of TLS.
func tlsDemanded(s *Session) bool {
	for _, x := range s.Login {
		if meaning(x.Reply) == ftp.TLSRequired || x.Reply.Code == 534 { // RFC 2228: denied for policy reasons
			return true
		}
	}
	return meaning(s.Greeting.Reply) == ftp.TLSRequired
}

// reopen makes another first connection to the same address. further: the
// address has let us in before, and a refusal may be for being one too many.
func (x *examiner) reopen(ctx context.Context, remote netip.AddrPort, p Protection, further bool) (*control, bool) {
	f := x.dialControl(ctx, remote)
	if f == nil {
		return nil, false
	}
	c := x.newControl(ctx, f.conn, x.newSession(Session{Purpose: ForPassive, Extra: further, Protection: p,
		Remote: remote, Local: f.connect.Local, Connect: f.connect}), f.free)
	return c.enter(ctx, p)
}

// askAboutTLS finds out, after a TLS handshake that ended without an alert right after
// AUTH, or an AUTH without a reply, whether a device on the way reads the dialogue:
// proxies that read it line by line cannot carry a ClientHello. A handshake in which the
// server came to ask for a certificate of ours has passed them.
func (x *examiner) askAboutTLS(ctx context.Context, s *Session) {
	if ctx.Err() != nil || !x.plan.allows("malformed-port") {
		return
	}
	cut := s.TLS != nil && s.TLS.Alert == "" && !s.TLS.WantsOurs && s.Auth.Reply.Code == 234 && (s.TLS.Stop.Cause == Closed || s.TLS.Stop.Cause == Reset)
	if !cut && !swallowedAUTH(s) {
		return
	}
	r := &route{x: x, main: s, remote: s.Remote, protection: Clear}
	r.sendMalformed(ctx, nil)
}

// worthWaiting is the least time in which a server's greeting can be expected.
const worthWaiting = time.Second

// greetingLimit is how long a greeting may take: as long as the plan says, and
// less where another address has used the time up.
func (x *examiner) greetingLimit() time.Duration {
	x.mu.Lock()
	defer x.mu.Unlock()
	limit := x.plan.Timeouts.Greeting
	if x.greetBy.IsZero() {
		return limit
	}
	return max(0, min(limit, time.Until(x.greetBy)))
}

// tryNext goes on with another address of the name where one took the
// connection and did not greet: a proxy may answer for a dead member of a pool.
// It does not where somebody spoke: a refused login is not repeated elsewhere.
//
// All of them together get the time of one greeting more.
func (x *examiner) tryNext(ctx context.Context, s *Session) {
	if ctx.Err() != nil || s.Greeting.Reply.Code != 0 || s.SpeaksTLS || s.Protocol != ftp.ProtocolUnknown {
		return
	}
	x.mu.Lock()
	if x.greetBy.IsZero() {
		x.greetBy = time.Now().Add(x.plan.Timeouts.Greeting)
	}
	x.mu.Unlock()
	if x.greetingLimit() < worthWaiting {
		return
	}
	list := x.rest[familyOf(s.Remote.Addr())]
	for i, a := range list {
		if a != s.Remote.Addr() || i+1 == len(list) {
			continue
		}
		if f := x.dialControl(ctx, netip.AddrPortFrom(list[i+1], x.target.Port)); f != nil {
			x.examine(ctx, *f, x.firstSession(*f))
		}
		return
	}
}
