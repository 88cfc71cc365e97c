package probe

import (
	"context"
	"net/netip"
	"slices"
	"time"

	"ftpdiag/probe/ftp"
)

// silent is how long a port may stay silent before a TLS handshake is tried on
// a second connection beside it. Implicit TLS waits for the client's first
// byte, and a person should not wait 35 s to learn that.
const silent = 3 * time.Second

// insideTLS is how long a greeting may take on a port that turned out to expect
// TLS: it may be any service with TLS, and ident (10 s) and one server of reverse
// DNS (5 s) have then had their time.
const insideTLS = 15 * time.Second

// greet waits for the server's first reply (RFC 959 section 5.4: 220, or 120
// and later 220) and recognises what is not FTP.
func (c *control) greet(ctx context.Context) bool {
	limit := c.x.greetingLimit()
	if c.tls != nil && c.x.wanted() != ImplicitTLS {
		limit = min(limit, insideTLS)
	}
	limit = c.furtherReply(limit)
	c.x.say(Event{Session: c.s.ID, Step: StepConnect, Waits: true, Text: "waiting for the greeting"})
	began := time.Now()
	x := c.firstReply(ctx, limit)
	for n := 0; n < maxReplies && x.Reply.Code == 120 && time.Since(began) < limit; n++ {
		next := c.receive(ctx, StepConnect, limit-time.Since(began))
		next.Events = slices.Concat(x.Events, next.Events)
		x = next
	}
	x.Took = time.Since(began)
	c.s.Greeting = x
	if p := ftp.RecogniseProtocol(x.Reply.Raw); p != ftp.ProtocolFTP && p != ftp.ProtocolUnknown {
		c.s.Protocol = p
		return false
	}
	if !x.Reply.Code.Completion() || x.Stop.Stopped() {
		c.namedUs()
		return false
	}
	c.x.replyTook(x.Took)
	leave, free := c.x.company.greet(c.peer().Addr()), c.free
	c.free = func() { leave(); free() }
	return true
}

// firstReply waits for the first reply. A service that is silent under TLS is
// addressed: a web server waits for the client, and complains about HELP at once.
func (c *control) firstReply(ctx context.Context, limit time.Duration) Exchange {
	if c.tls == nil || c.x.plan.Gentle || limit <= silent {
		return c.receive(ctx, StepConnect, limit)
	}
	x := c.receive(ctx, StepConnect, silent)
	if x.Stop.Cause != Timeout || len(x.Reply.Raw) > 0 || ctx.Err() != nil {
		return x
	}
	sent := c.send(ctx, StepConnect, ftp.Command{Verb: "HELP"})
	if sent.Stop.Stopped() {
		return x
	}
	next := c.receive(ctx, StepConnect, limit-silent)
	next.Events = slices.Concat(x.Events, sent.Events, next.Events)
	if code := next.Reply.Code; code == 120 || code == 220 {
		c.owed = append(c.owed, "HELP") // a greeting that was late: what HELP brings comes before the next command's reply
	}
	return next
}

// greetOrHandshake is greet, and meanwhile finds out whether a silent port
// expects TLS from the first byte. It returns the control connection to go on
// with: c after its greeting, another one under implicit TLS where that is wanted,
// or nil.
func (c *control) greetOrHandshake(ctx context.Context) *control {
	x := c.x
	if x.target.TLS == TLSImplicit {
		if c.greet(ctx) {
			return c
		}
		return nil
	}
	waiting, cancel := context.WithCancelCause(ctx)
	defer cancel(errDone)
	type outcome struct {
		c       *control
		instead ftp.Protocol // what answered the ClientHello, if it was not TLS's other side
	}
	handshake := make(chan outcome, 1)
	go func() {
		timer := time.NewTimer(min(silent, x.plan.Timeouts.Greeting/3)) // and time left for the answer
		defer timer.Stop()
		select {
		case <-waiting.Done():
			handshake <- outcome{}
			return
		case <-timer.C:
		}
		on, instead := x.tryImplicit(waiting, ctx, c.peer())
		handshake <- outcome{on, instead}
	}()
	// The greeting is read under a context of its own, so that a completed
	// handshake ends the wait for it.
	greeted := make(chan bool, 1)
	reading, stopReading := context.WithCancelCause(ctx)
	defer stopReading(errDone)
	stopWatch := context.AfterFunc(reading, func() { _ = c.conn.SetReadDeadline(longAgo) })
	defer stopWatch()
	go func() { greeted <- c.greet(ctx) }()
	select {
	case ok := <-greeted:
		cancel(errDone)
		if tls := (<-handshake).c; tls != nil {
			tls.close()
		}
		if ok {
			return c
		}
		return nil
	case h := <-handshake:
		if h.c == nil && h.instead != ftp.ProtocolTLS && !foreign(h.instead) {
			if <-greeted {
				return c
			}
			return nil
		}
		stopReading(errDone)
		if h.c == nil {
			if <-greeted {
				return c // in this very moment
			}
			c.s.Protocol = h.instead
			return nil
		}
		<-greeted
		c.s.SpeaksTLS = true
		c.close()
		if x.target.TLS != TLSAuto {
			h.c.close() // another kind of encryption, or none, was asked for
			return nil
		}
		return h.c
	}
}

// tryImplicit opens another connection to a silent port and offers TLS; nil
// unless the handshake succeeds, and what answered in its place. waiting bounds
// the try, ctx the connection's later life.
func (x *examiner) tryImplicit(waiting, ctx context.Context, remote netip.AddrPort) (*control, ftp.Protocol) {
	f := x.dialControl(waiting, remote)
	if f == nil {
		return nil, ftp.ProtocolUnknown
	}
	s := x.newSession(Session{Purpose: ForFollowUp, Extra: true, Protection: ImplicitTLS,
		Remote: remote, Local: f.connect.Local, Connect: f.connect})
	c := x.newControl(ctx, f.conn, s, f.free)
	if !c.secure(waiting, StepConnect) {
		c.close()
		return nil, s.TLS.Instead
	}
	return c, ftp.ProtocolUnknown
}
