package probe

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"time"

	"ftpdiag/probe/ftp"
	"ftpdiag/probe/hops"
	"ftpdiag/probe/neterr"
)

// Pathfinder is a [Network] whose paths can be followed hop by hop. Networks in
// memory have none.
type Pathfinder interface {
	Trace(ctx context.Context, local netip.Addr, remote netip.AddrPort, opt hops.Options) hops.Path
	LimitHops(conn net.Conn, ttl int) (restore func(), err error)
}

// Trace implements [Pathfinder].
func (System) Trace(ctx context.Context, local netip.Addr, remote netip.AddrPort, opt hops.Options) hops.Path {
	return hops.Trace(ctx, local, remote, opt)
}

// LimitHops implements [Pathfinder].
func (System) LimitHops(conn net.Conn, ttl int) (restore func(), err error) {
	return hops.LimitHops(conn, ttl)
}

// Times of the search for the device that reads PORT.
const (
	// expiredTime is how long a router may take to say that a TTL expired, over
	// a round trip: TCP sends again after 0.2 s and 0.6 s, so that one lost
	// message does not count.
	expiredTime = time.Second

	// quietLine is how long the connection rests before something expires on it: an
	// acknowledgement that was put off (40 ms on Linux) or is repeated (200 ms)
	// would expire as well, and the answer to that be taken for the command's.
	quietLine = 250 * time.Millisecond

	// parserTime bounds the whole search: four probes of some three seconds
	// for a path of 16 hops.
	parserTime = 20 * time.Second
)

// askParserHop finds the router that reads PORT and swallows a malformed one. A
// command that expires before it is answered by a router; behind it by nobody,
// because it has not come so far. NOOP, which nobody reads, is sent the same way
// first, so that a router that never answers proves nothing.
func (r *route) askParserHop(ctx context.Context, c *control) *control {
	p, ok := r.x.net.(Pathfinder)
	if !ok || r.protection != Clear || !r.x.plan.wants("parser-hop") || !r.swallowsMalformed() {
		return c
	}
	if r.alone.Load() {
		c.quit(ctx, true)
		c = nil
	}
	limited, cancel := context.WithTimeout(ctx, parserTime)
	defer cancel()
	e := newQuestion("parser-hop", "")
	r.x.asks(e)
	defer func() { r.x.newExperiment(e) }()
	free, ok := r.x.spareSlot()
	if !ok {
		return c
	}
	path := p.Trace(limited, r.main.Local.Addr(), r.remote, hops.Options{RTT: r.rtt})
	free()
	distance, _ := path.Final()
	if distance < 2 {
		return c // no router between
	}
	passes, swallowed := 0, distance // TTLs
	for swallowed-passes > 1 {
		ttl := (passes + swallowed) / 2
		answered, session, events, ok := r.expire(limited, p, ttl)
		e.Events = append(e.Events, events...)
		if session != 0 {
			e.Session = session
		}
		if !ok {
			return c // this router does not answer anybody
		}
		if answered {
			passes = ttl
		} else {
			swallowed = ttl
		}
	}
	e.Answer, e.Hop, e.Distance = Yes, passes, distance
	text := fmt.Sprintf("PORT is read behind hop %d of %d", passes, distance)
	if passes > 0 {
		e.HopAddress = path.Hops[passes-1].ICMP.From
		text += " (" + e.HopAddress.String() + ")"
	}
	e.Events = append(e.Events, r.x.note(Event{Session: e.Session, Step: StepFollowUp, Direction: Note, Channel: Control, Text: text}))
	return c
}

// swallowsMalformed tells whether something on this path swallowed a malformed
// PORT.
func (r *route) swallowsMalformed() bool {
	return r.known(func(e Experiment) bool {
		return e.Name == "malformed-port" && e.Answer == Yes && e.Stop.Cause == Timeout
	})
}

// expire sends NOOP and then a malformed PORT that expire at a TTL, on a
// connection of their own. answered: a router said so of PORT; ok is false if
// none did of NOOP, or there was no connection.
func (r *route) expire(ctx context.Context, p Pathfinder, ttl int) (answered bool, session int, events []int, ok bool) {
	f := r.x.dialControl(ctx, r.remote)
	if f == nil {
		return false, 0, nil, false
	}
	s := r.x.newSession(Session{Purpose: ForFollowUp, Extra: true, Protection: r.protection,
		Remote: r.remote, Local: f.connect.Local, Connect: f.connect})
	t := r.x.newControl(ctx, f.conn, s, f.free)
	defer t.close()
	if !t.greet(ctx) || t.ask(ctx, StepFollowUp, ftp.Command{Verb: "NOOP"}, r.x.plan.Timeouts.Reply).Reply.Code == 0 {
		return false, s.ID, nil, false
	}
	send := func(cmd ftp.Command) bool {
		select {
		case <-time.After(quietLine):
		case <-ctx.Done():
			return false
		}
		restore, err := p.LimitHops(f.conn, ttl)
		if err != nil {
			return false
		}
		defer restore()
		sent := t.send(ctx, StepFollowUp, cmd)
		events = append(events, sent.Events...)
		_ = f.conn.SetReadDeadline(time.Now().Add(expiredTime + r.rtt))
		_, err = f.conn.Read(make([]byte, 1))
		expired := neterr.Of(err) == neterr.HostUnreachable
		what := "nothing came back"
		if expired {
			what = "expired there"
		}
		events = append(events, r.x.note(Event{Session: s.ID, Step: StepFollowUp, Direction: Note, Channel: Control,
			Text: fmt.Sprintf("%s with a TTL of %d: %s", cmd, ttl, what)}))
		return expired
	}
	if !send(ftp.Command{Verb: "NOOP"}) {
		return false, s.ID, events, false
	}
	if t.receive(ctx, StepFollowUp, r.x.plan.Timeouts.Reply).Reply.Code == 0 { // TCP has sent it again
		return false, s.ID, events, false
	}
	return send(ftp.Command{Verb: "PORT", Arg: "x"}), s.ID, events, true
}
