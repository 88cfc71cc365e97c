package simnet

import (
	"sync"
	"time"

	"ftpdiag/probe/neterr"
)

const (
	// window is how many bytes may be under way or unread in one direction
	// before a writer has to wait. It is of the order of what systems grant a
	// connection by default; no test should depend on the number.
	window = 256 << 10

	// largestSegment is the most that one Write sends in one piece. The
	// largest IP packet is of that size.
	largestSegment = 64 << 10
)

// link is an established connection: two ends, 0 and 1, and a flow towards
// each of them.
type link struct {
	latency time.Duration
	segment int  // Largest segment in bytes, as the ends agreed.
	rule    Rule // What the way does to the bytes.

	mu      sync.Mutex
	changed chan struct{} // Closed and replaced whenever anything changes.
	to      [2]flow       // to[i] travels towards end i.
	end     [2]linkEnd
}

// flow is one direction of a link.
type flow struct {
	queue   []item // In the order of arrival: the latency never changes.
	size    int    // Bytes that fill the window: in the queue, or lost.
	carried int64  // Bytes passed so far.
	lost    bool   // Nothing that is sent from now on arrives.
}

// item is a segment with data (cause is neterr.None), the end of the stream
// (neterr.Closed), or what breaks the connection (any other cause).
type item struct {
	due   time.Time
	data  []byte
	cause neterr.Cause
}

// linkEnd is the state of one end of a link.
type linkEnd struct {
	closed   bool      // Closed by its holder.
	finished bool      // Half-closed by its holder: it sends no more.
	broken   time.Time // When a reset arrives that makes writes fail; zero: never.
	readBy   time.Time // Deadlines; zero: none.
	writeBy  time.Time
}

// newLink makes a link. segments are the sizes that the ends asked for, 0 for
// an end that did not ask.
func newLink(latency time.Duration, r Rule, segments ...int) *link {
	l := &link{latency: latency, segment: largestSegment, rule: r, changed: make(chan struct{})}
	for _, s := range segments {
		if s > 0 {
			l.segment = min(l.segment, s)
		}
	}
	return l
}

// wake lets everybody who waits look again. The caller holds mu.
func (l *link) wake() {
	close(l.changed)
	l.changed = make(chan struct{})
}

// read takes the bytes of at most one segment for end i. The cause is Closed
// at the end of the stream and Local when the holder of this end closed it.
func (l *link) read(i int, p []byte) (int, neterr.Cause) {
	for {
		n, cause, changed, until := l.tryRead(i, p)
		if changed == nil {
			return n, cause
		}
		await(changed, until)
	}
}

// tryRead is one look of read. A changed that is not nil asks to wait for it,
// at most until the given time.
func (l *link) tryRead(i int, p []byte) (n int, cause neterr.Cause, changed <-chan struct{}, until time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	e, f, now := &l.end[i], &l.to[i], time.Now()
	switch {
	case e.closed:
		return 0, neterr.Local, nil, until
	case passed(e.readBy, now):
		return 0, neterr.Timeout, nil, until
	case len(p) == 0:
		return 0, neterr.None, nil, until
	}
	until = e.readBy
	if len(f.queue) > 0 {
		head := &f.queue[0]
		switch {
		case head.due.After(now):
			until = earliest(until, head.due)
		case head.cause != neterr.None:
			// It stays at the head: every later read finds it again.
			return 0, head.cause, nil, until
		default:
			n = copy(p, head.data)
			head.data = head.data[n:]
			if len(head.data) == 0 {
				f.queue = f.queue[1:]
			}
			f.size -= n
			l.wake()
			return n, neterr.None, nil, until
		}
	}
	return 0, neterr.None, l.changed, until
}

// write sends p from end i in segments and waits where the window is full. The
// cause is Local when the holder closed this end, Reset or Closed when the peer
// has broken the connection.
func (l *link) write(i int, p []byte) (int, neterr.Cause) {
	written := 0
	for {
		n, cause, changed, until := l.tryWrite(i, p[written:])
		written += n
		if cause != neterr.None || (written == len(p) && changed == nil) {
			return written, cause
		}
		if changed != nil {
			await(changed, until)
		}
	}
}

// tryWrite sends one segment, or asks to wait as tryRead does.
func (l *link) tryWrite(i int, p []byte) (n int, cause neterr.Cause, changed <-chan struct{}, until time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	e, now := &l.end[i], time.Now()
	switch {
	case e.closed:
		return 0, neterr.Local, nil, until
	case passed(e.writeBy, now):
		return 0, neterr.Timeout, nil, until
	case e.finished:
		return 0, neterr.Closed, nil, until
	case passed(e.broken, now):
		return 0, l.brokenCause(i, now), nil, until
	case len(p) == 0:
		return 0, neterr.None, nil, until
	}
	n = min(len(p), l.segment)
	if l.to[1-i].size+n > window {
		return 0, neterr.None, l.changed, earliest(e.writeBy, e.broken)
	}
	l.send(i, p[:n], now)
	l.wake()
	return n, neterr.None, nil, until
}

// brokenCause is why a write on a broken connection fails: EPIPE once the end
// of the peer's stream has arrived, else ECONNRESET (tcp_reset in Linux's
// net/ipv4/tcp_input.c).
func (l *link) brokenCause(i int, now time.Time) neterr.Cause {
	for _, it := range l.to[i].queue {
		if it.cause == neterr.Closed && !it.due.After(now) {
			return neterr.Closed
		}
	}
	return neterr.Reset
}

// push puts an item on the way to end i and returns when it arrives.
func (l *link) push(i int, now time.Time, it item) time.Time {
	f := &l.to[i]
	it.due = now.Add(l.latency)
	f.queue = append(f.queue, it)
	f.size += len(it.data)
	return it.due
}

// breakEnd sends end i whatever makes its connection fail. Data that are under
// way arrive before.
func (l *link) breakEnd(i int, now time.Time, cause neterr.Cause) {
	due := l.push(i, now, item{cause: cause})
	l.end[i].broken = earliest(l.end[i].broken, due)
}

// passed tells whether the time t has come; the zero time never comes.
func passed(t, now time.Time) bool { return !t.IsZero() && !now.Before(t) }

// earliest is the earlier time of two, of which the zero time is never.
func earliest(a, b time.Time) time.Time {
	if a.IsZero() || (!b.IsZero() && b.Before(a)) {
		return b
	}
	return a
}

// await waits for the signal, at most until the given time; the zero time is
// no limit.
func await(signal <-chan struct{}, until time.Time) {
	if until.IsZero() {
		<-signal
		return
	}
	timer := time.NewTimer(time.Until(until))
	defer timer.Stop()
	select {
	case <-signal:
	case <-timer.C:
	}
}
