package hops

import (
	"context"
	"time"

	"ftpdiag/probe/neterr"
)

// behind is how many hops behind the control port's distance a silent data
// port is still looked for: it may be forwarded to another machine, by a
// device that does not say when a TTL expires.
const behind = 2

// sweep asks one or more ports TTL by TTL. The first path sets the pace and
// the distance.
type sweep struct {
	wire    wire
	opt     Options
	paths   []Path
	flights map[int]flight // by the id of the shot
	began   time.Time
}

// flight is a SYN that is still waited for.
type flight struct {
	path     int
	ttl      int
	sent     time.Time
	deadline time.Time
}

func (s *sweep) run(ctx context.Context) {
	for i := range s.paths {
		s.paths[i].State = Complete
	}
	ttl, next := 0, time.Time{}
	for ctx.Err() == nil {
		// What has arrived by now is read before anything is called silent: on
		// a busy computer this program may not have run while it came.
		now := time.Now()
		next = s.collect(ctx, now, ttl, next)
		s.expire(now)
		more := s.more(ttl + 1)
		if more && (!s.waitingAt(ttl) || !now.Before(next)) {
			ttl++
			s.launch(ttl)
			next = time.Now().Add(s.opt.stagger())
			continue
		}
		if len(s.flights) == 0 {
			return
		}
		s.settle(now)
		until := s.earliest()
		if more && next.Before(until) {
			until = next
		}
		next = s.collect(ctx, until, ttl, next)
	}
	s.interrupt()
}

// collect files the answers that come until then, or at once those that have
// come already. It returns when the TTL after ttl is to be asked: next, or
// sooner where the answers to ttl say so.
func (s *sweep) collect(ctx context.Context, until time.Time, ttl int, next time.Time) time.Time {
	for _, a := range s.wire.await(ctx, until) {
		f, waited := s.flights[a.id]
		if !waited {
			continue // an answer of the same moment has made it pointless
		}
		if f.path == 0 && f.ttl == ttl {
			// The others' answers come about as fast, or not at all.
			next = earlier(next, a.at.Add(a.at.Sub(f.sent)+slack))
		}
		s.record(a, f)
	}
	return next
}

// more tells whether any path has use for the TTL.
func (s *sweep) more(ttl int) bool {
	for i := range s.paths {
		if s.wants(i, ttl) {
			return true
		}
	}
	return false
}

// wants tells whether a path has use for the TTL.
func (s *sweep) wants(path, ttl int) bool {
	p := s.paths[path]
	if final, _ := p.Final(); final != 0 || p.State != Complete || ttl > s.opt.maxTTL() {
		return false
	}
	distance, _ := s.paths[0].Final()
	if path == 0 || distance == 0 || ttl <= distance+behind {
		return true
	}
	return p.at(ttl-1).Answer == Expired
}

// launch sends a SYN with the TTL to every port that has use for it.
func (s *sweep) launch(ttl int) {
	for i := range s.paths {
		if !s.wants(i, ttl) {
			continue
		}
		p := &s.paths[i]
		sent := time.Now()
		id, from, err := s.wire.fire(shot{remote: p.Remote, ttl: ttl})
		if err != nil {
			s.fail(i, neterr.Of(err))
			continue
		}
		p.Local = from
		p.Hops = append(p.Hops, Hop{})
		s.flights[id] = flight{path: i, ttl: ttl, sent: sent, deadline: sent.Add(s.opt.patience())}
	}
}

// record files an answer. A final one makes everything with a larger TTL
// pointless.
func (s *sweep) record(a arrival, f flight) {
	delete(s.flights, a.id)
	if a.answer == NoProbe {
		s.fail(f.path, a.cause)
		return
	}
	p := &s.paths[f.path]
	p.Hops[f.ttl-1] = Hop{Answer: a.answer, ICMP: a.icmp, Took: a.at.Sub(f.sent), SYNs: a.syns}
	if a.answer.Final() {
		s.drop(f.path, f.ttl)
		p.Hops = p.Hops[:f.ttl]
	}
	p.Took = a.at.Sub(s.began)
}

// fail ends a path because this computer could not do its part.
func (s *sweep) fail(path int, cause neterr.Cause) {
	s.drop(path, 0)
	p := &s.paths[path]
	p.State, p.Cause, p.Took = Failed, cause, time.Since(s.began)
}

// drop abandons what is in flight on a path with a TTL larger than ttl.
func (s *sweep) drop(path, ttl int) {
	for id, f := range s.flights {
		if f.path == path && f.ttl > ttl {
			s.wire.abandon(id)
			delete(s.flights, id)
		}
	}
}

// expire calls silent what was waited for long enough.
func (s *sweep) expire(now time.Time) {
	for id, f := range s.flights {
		if now.Before(f.deadline) {
			continue
		}
		syns := s.wire.abandon(id)
		delete(s.flights, id)
		p := &s.paths[f.path]
		p.Hops[f.ttl-1] = Hop{Answer: Silent, Took: now.Sub(f.sent), SYNs: syns}
		p.Took = now.Sub(s.began)
	}
}

// settle shortens the wait for silent hops once every path has its final
// answer: then nothing depends on them any more. A hop that answered on another
// path keeps its time, repetition included: its silence here would be a
// difference, and may be a lost packet.
func (s *sweep) settle(now time.Time) {
	for _, p := range s.paths {
		if ttl, _ := p.Final(); ttl == 0 && p.State == Complete {
			return
		}
	}
	soon := now.Add(s.opt.stagger())
	for id, f := range s.flights {
		if s.answeredElsewhere(f) {
			continue
		}
		f.deadline = earlier(f.deadline, soon)
		s.flights[id] = f
	}
}

// answeredElsewhere tells whether another path has an answer for the TTL.
func (s *sweep) answeredElsewhere(f flight) bool {
	for i := range s.paths {
		if a := s.paths[i].at(f.ttl).Answer; i != f.path && a != NoProbe && a != Silent {
			return true
		}
	}
	return false
}

// interrupt marks the paths that were not finished. What is still in flight
// stays NoProbe: it was not waited for long enough to be called silent.
func (s *sweep) interrupt() {
	unfinished := map[int]bool{}
	for id, f := range s.flights {
		unfinished[f.path] = true
		s.wire.abandon(id)
	}
	for i := range s.paths {
		p := &s.paths[i]
		final, _ := p.Final()
		if p.State == Complete && (unfinished[i] || final == 0) {
			p.State, p.Took = Interrupted, time.Since(s.began)
		}
	}
}

// waitingAt tells whether anything with the TTL is in flight.
func (s *sweep) waitingAt(ttl int) bool {
	for _, f := range s.flights {
		if f.ttl == ttl {
			return true
		}
	}
	return false
}

// earliest is the first deadline of what is in flight.
func (s *sweep) earliest() time.Time {
	var first time.Time
	for _, f := range s.flights {
		if first.IsZero() || f.deadline.Before(first) {
			first = f.deadline
		}
	}
	return first
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
