package probe

import (
	"context"
	"slices"
	"sync"
	"time"

	"ftpdiag/probe/ftp"
)

// parserLimit is how long the reply to a malformed PORT may take. Measured over
// 300 runs each at 100 ms round trip: without a helper on the way none was later
// than 2 s at 5 % loss, three were later than 3 s at 10 %.
const parserLimit = 3 * time.Second

// parserDoubt is when it is worth looking further: a server answers within a round
// trip.
const parserDoubt = time.Second

// askMalformed sends a PORT that nobody can parse, on a connection of its own
// before login: a server refuses it at once, a Linux connection tracking helper
// on the way drops it for good (measured). It may look like an attack to an
// intrusion detector, so it belongs to the deep examination, and to the cases in
// which a command of a mode stayed without a reply, or passive ports are closed
// at the right address: a server that names its public address itself behind a
// helper keeps that helper from opening the port. Or a command was refused in words
// that the server's program does not have: a device that answers PORT itself has no
// reason to answer the command before it, which does not exist.
func (r *route) askMalformed(ctx context.Context, c *control) *control {
	swallowed, closed := false, false
	for _, a := range r.attempts() {
		passive := a.Method.Mode() == Passive && a.Variant == Plain
		swallowed = swallowed || passive && a.Setup.Stop.Cause == Timeout
		closed = closed || passive && a.Reached == StageConnecting && a.Stop.Cause == Refused
	}
	for _, a := range r.attempts() {
		closed = closed && !(a.Method.Mode() == Passive && a.Delivered())
	}
	if r.protection != Clear || !swallowed && !closed && !r.refusedInOtherWords() && !r.x.plan.wants("malformed-port") {
		return c
	}
	return r.sendMalformed(ctx, c)
}

// refusedInOtherWords tells whether a command of a mode was refused in words that what the
// server says it is does not have, and no TLS is offered, which would tell more.
func (r *route) refusedInOtherWords() bool {
	if ftp.OffersTLS(r.main.Features) {
		return false
	}
	is := ftp.Software(r.main.Greeting.Reply, r.main.Syst.Reply, r.main.Features, r.main.Stat.Reply)
	return slices.ContainsFunc(r.attempts(), func(a *Attempt) bool { return ftp.OtherWords(is, a.Setup.Reply) })
}

// sendMalformed asks the question of askMalformed, without asking why. A silence
// is repeated once, on a connection of its own: packets get lost, and servers hang.
// On loopback nobody is on the way, and silence is the server's own.
func (r *route) sendMalformed(ctx context.Context, c *control) *control {
	local := ScopeOf(r.remote.Addr()) == ScopeLoopback
	if local && !r.x.plan.wants("malformed-port") {
		return c
	}
	e := newQuestion("malformed-port", "")
	r.x.asks(e)
	alone := r.alone.Load()
	if alone {
		c.quit(ctx, true)
		c = nil
	}
	var second malformed
	var repetition sync.WaitGroup
	repeat := func() {
		if r.x.left() > parserDoubt+parserLimit {
			second = r.malform(ctx, func() {})
		}
	}
	first := r.malform(ctx, func() {
		if !alone {
			repetition.Go(repeat) // meanwhile
		}
	})
	if repetition.Wait(); first.answer == Yes && alone {
		repeat()
	}
	e.Session, e.Answer, e.Stop = first.session, first.answer, first.stop
	e.Events, e.Replies = slices.Concat(first.events, second.events), slices.Concat(first.replies, second.replies)
	if e.Answer == Yes {
		switch second.answer {
		case Yes:
			e.Confirmed = true
		case No:
			e.Answer = No
		case NoAnswer:
		}
	}
	if local && e.Answer == Yes {
		e.Answer, e.Confirmed = NoAnswer, false
	}
	r.x.newExperiment(e)
	return c
}

// malformed is what became of one malformed PORT.
type malformed struct {
	session int
	answer  Answer // was it swallowed?
	stop    Stop   // how
	events  []int
	replies []Exchange // to the command that does not exist, and to PORT
}

// slowestPORT is the longest that a reply to PORT or EPRT took on this path.
func (r *route) slowestPORT() (slowest time.Duration) {
	for _, a := range r.attempts() {
		if a.Method.Mode() == Active && a.Setup.Reply.Code != 0 {
			slowest = max(slowest, a.Setup.Took)
		}
	}
	return slowest
}

// malform sends a malformed PORT on a connection of its own. Before it goes a
// command that does not exist, which nobody on the way looks at: a server that
// does not bear that one proves nothing. After some silence, of which doubt is
// told, goes a NOOP: a server that ignores PORT answers it, while a packet that
// was dropped keeps everything that follows from being read.
func (r *route) malform(ctx context.Context, doubt func()) (m malformed) {
	f := r.x.dialControl(ctx, r.remote)
	if f == nil {
		return m
	}
	s := r.x.newSession(Session{Purpose: ForFollowUp, Extra: true, Protection: r.protection,
		Remote: r.remote, Local: f.connect.Local, Connect: f.connect})
	t := r.x.newControl(ctx, f.conn, s, f.free)
	defer t.close()
	m.session = s.ID
	if !t.greet(ctx) {
		return m
	}
	limit, doubtful := r.x.wait(parserLimit, briefDial), parserDoubt
	if r.x.late() {
		doubtful = parserDoubt/2 + 2*r.rtt
	}
	if slow := r.slowestPORT(); 2*slow > doubtful {
		// It takes its time with a good one as well.
		limit, doubtful = max(limit, 2*slow), 2*slow
	}
	// The helper never inspects the first line of a connection.
	for _, cmd := range []ftp.Command{{Verb: "NOOP"}, {Verb: "XORT", Arg: "1"}} {
		x := t.ask(ctx, StepFollowUp, cmd, limit)
		m.events = append(m.events, x.Events...)
		if cmd.Verb == "XORT" {
			m.replies = append(m.replies, x)
		}
		if x.Reply.Code == 0 || !t.usable() {
			return m
		}
	}
	port := t.ask(ctx, StepFollowUp, ftp.Command{Verb: "PORT", Arg: "x"}, min(doubtful, limit))
	m.events = append(m.events, port.Events...)
	asked := port.Command
	if port.Stop.Cause == Timeout {
		doubt()
		noop := t.send(ctx, StepFollowUp, ftp.Command{Verb: "NOOP"})
		m.events = append(m.events, noop.Events...)
		if !noop.Stop.Stopped() {
			port = t.receive(ctx, StepFollowUp, max(limit-doubtful, parserDoubt))
			m.events = append(m.events, port.Events...)
		}
	}
	port.Command = asked // its reply may have come after the NOOP
	m.replies = append(m.replies, port)
	m.stop = port.Stop
	t.lost = port.Stop.Stopped() // whoever counts connections would wait for the end of one that is cut off
	switch {
	case port.Reply.Code != 0:
		m.answer = No
	case port.Stop.Cause == Timeout, port.Stop.Cause == Closed, port.Stop.Cause == Reset:
		m.answer = Yes // swallowed by a packet filter, or cut off by a proxy or a strict inspector
	}
	return m
}
