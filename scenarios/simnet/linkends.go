package simnet

import (
	"bytes"
	"time"

	"ftpdiag/probe/neterr"
)

// send puts one segment of end i on its way and applies what the rule does to
// it. The caller holds mu and has seen to the window.
func (l *link) send(i int, data []byte, now time.Time) {
	f := &l.to[1-i]
	if f.lost {
		f.size += len(data)
		return
	}
	switch l.rule.Do {
	case BlackHole:
		if len(data) > l.rule.Large {
			f.lost = true
			f.size += len(data)
			return
		}
	case StallAfter, ResetAfter:
		if left := l.rule.After - f.carried; int64(len(data)) > left {
			l.deliver(i, data[:left], now)
			l.strike(i, len(data)-int(left), now)
			return
		}
	case Pass, Drop, Refuse, RejectHost, RejectNet, RejectProhibited, AcceptClose, AcceptSilent, Through:
		// These concern the attempt to connect, not the bytes.
	}
	l.deliver(i, data, now)
}

// deliver puts data on the way to the peer of end i. A peer that has closed
// answers them with a reset, which is back after one round trip.
func (l *link) deliver(i int, data []byte, now time.Time) {
	if len(data) == 0 {
		return
	}
	l.to[1-i].carried += int64(len(data))
	if l.end[1-i].closed {
		l.end[i].broken = earliest(l.end[i].broken, now.Add(2*l.latency))
		return
	}
	l.push(1-i, now, item{data: bytes.Clone(data)})
}

// strike carries out StallAfter or ResetAfter on a segment of end i of which
// excess bytes did not pass. From then on nothing passes in any direction.
func (l *link) strike(i, excess int, now time.Time) {
	if l.rule.Do == ResetAfter {
		l.breakEnd(0, now, neterr.Reset)
		l.breakEnd(1, now, neterr.Reset)
	}
	l.to[1-i].size += excess
	l.to[0].lost, l.to[1].lost = true, true
}

// finish half-closes end i: the peer reads the end of the stream after the
// data. The cause is Local when the end is closed already.
func (l *link) finish(i int) neterr.Cause {
	l.mu.Lock()
	defer l.mu.Unlock()
	e := &l.end[i]
	if e.closed {
		return neterr.Local
	}
	if !e.finished {
		e.finished = true
		if !l.to[1-i].lost {
			l.push(1-i, time.Now(), item{cause: neterr.Closed})
		}
		l.wake()
	}
	return neterr.None
}

// close closes end i at the time now, which may lie ahead on a link that is
// just being made. As a system does, it sends a reset instead of the end of the
// stream when data were left unread (RFC 2525 section 2.17) or abort asks for
// it; data that arrive afterwards are answered with a reset, too. It tells
// false when the end was closed already.
func (l *link) close(i int, now time.Time, abort bool) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	e, in := &l.end[i], &l.to[i]
	if e.closed {
		return false
	}
	e.closed = true
	if !l.to[1-i].lost {
		arrived, coming := in.unread(now)
		switch {
		case abort || arrived:
			l.breakEnd(1-i, now, neterr.Reset)
		case !e.finished:
			l.push(1-i, now, item{cause: neterr.Closed})
		}
		if !coming.IsZero() {
			l.end[1-i].broken = earliest(l.end[1-i].broken, coming.Add(l.latency))
		}
	}
	// The size stays: a writer who waits for the window learns of the end by
	// the reset, which bytes in the queue always cause, not before.
	in.queue = nil
	l.wake()
	return true
}

// unread tells whether data have arrived that nobody read, and when the first
// data arrive that are still under way (zero: none are).
func (f *flow) unread(now time.Time) (arrived bool, coming time.Time) {
	for _, it := range f.queue {
		if it.cause != neterr.None {
			continue
		}
		if it.due.After(now) {
			return arrived, it.due
		}
		arrived = true
	}
	return arrived, coming
}

// fail makes the connection of end i fail with the cause one latency from now,
// as an ICMP error does.
func (l *link) fail(i int, cause neterr.Cause) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.breakEnd(i, time.Now(), cause)
	l.wake()
}

// shut closes both ends at one instant, so that nobody sees the other's reset.
func (l *link) shut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.end[0].closed, l.end[1].closed = true, true
	l.wake()
}

// setDeadlines changes the deadlines of end i that are asked for.
func (l *link) setDeadlines(i int, t time.Time, read, write bool) neterr.Cause {
	l.mu.Lock()
	defer l.mu.Unlock()
	e := &l.end[i]
	if e.closed {
		return neterr.Local
	}
	if read {
		e.readBy = t
	}
	if write {
		e.writeBy = t
	}
	l.wake()
	return neterr.None
}
