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

// greet waits for the server's first reply (RFC 959 section 5.4: 220, or 120
// and later 220) and recognises what is not FTP.
func (c *control) greet(ctx context.Context) bool {
	limit := c.x.greetingLimit()
	began := time.Now()
	x := c.receive(ctx, StepConnect, limit)
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
		return false
	}
	leave, free := c.x.company.greet(c.peer().Addr()), c.free
	c.free = func() { leave(); free() }
	return true
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
	type outcome struct{ c *control }
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
		handshake <- outcome{x.tryImplicit(waiting, ctx, c.peer())}
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
		if h.c == nil {
			if <-greeted {
				return c
			}
			return nil
		}
		stopReading(errDone)
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
// unless the handshake succeeds. waiting bounds the try, ctx the connection's
// later life.
func (x *examiner) tryImplicit(waiting, ctx context.Context, remote netip.AddrPort) *control {
	f := x.dialControl(waiting, remote)
	if f == nil {
		return nil
	}
	s := x.newSession(Session{Purpose: ForFollowUp, Extra: true, Protection: ImplicitTLS,
		Remote: remote, Local: f.connect.Local, Connect: f.connect})
	c := x.newControl(ctx, f.conn, s, f.free)
	if !c.secure(waiting, StepConnect) {
		c.close()
		return nil
	}
	return c
}
