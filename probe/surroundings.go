package probe

import (
	"context"
	"time"

	"ftpdiag/probe/here"
)

// Surroundings is a [Network] that knows the computer it is on. Networks in
// memory do so only where the scenario is about it.
type Surroundings interface {
	Look(ctx context.Context) here.Facts
}

// Counting is a [Network] that counts what its computer receives.
type Counting interface {
	Counters() Counters
}

// Counters and IPCounters are what a computer counts.
type (
	Counters   = here.Counters
	IPCounters = here.IPCounters
)

// Look implements [Surroundings].
func (System) Look(ctx context.Context) here.Facts { return here.Look(here.This(ctx)) }

// Counters implements [Counting].
func (System) Counters() here.Counters {
	return here.ReadCounters(here.This(context.Background()).Root)
}

// lookTime bounds what is asked of this computer; on macOS a program is run.
const lookTime = 2 * time.Second

// lookAround records what this computer says about itself, beside the rest of
// the examination.
func (x *examiner) lookAround(ctx context.Context) {
	s, ok := x.net.(Surroundings)
	if !ok {
		return
	}
	x.lingering.Go(func() {
		limited, cancel := context.WithTimeout(ctx, lookTime)
		defer cancel()
		facts := s.Look(limited)
		x.mu.Lock()
		defer x.mu.Unlock()
		x.exam.Here = &facts
	})
}

// discards counts the packets that this computer receives and throws away from
// now until the function it returns is called; known is false where that cannot
// be counted.
func (c *control) discards() func() (n int, known bool) {
	s, ok := c.x.net.(Counting)
	if !ok {
		return func() (int, bool) { return 0, false }
	}
	before := s.Counters()
	family := familyOf(c.local())
	return func() (int, bool) {
		grown := s.Counters().Since(before)
		if family == IPv6 {
			return thrownAway(grown, family), grown.IPv6.Known
		}
		return thrownAway(grown, family), grown.IPv4.Known
	}
}

// thrownAway is how many packets of a family were received and not delivered, or
// answered with "unreachable".
func thrownAway(grown here.Growth, f Family) int {
	g := grown.IPv4
	if f == IPv6 {
		g = grown.IPv6
	}
	return int(g.Discarded + g.Unreachable)
}

// How long it is counted how many packets are thrown away while nobody calls: as
// long as three calls of a server take, or as long as there is time for. A longer
// window would meet the server's last SYN, which comes 15 s after the first.
const (
	idleTime  = 4 * time.Second
	leastIdle = 2 * time.Second
)

// rarer is how many times more often packets must be thrown away while the server
// should call than in the idle window. More cannot be asked: servers go on calling, ever
// more rarely (measured: ProFTPD, 21 in 8 s and 3 in the 3.4 s after it).
const rarer = 2

// A call's SYN comes again after 1, 3 and 7 s. The window begins when that of the last
// call has come, unless that is far off.
const (
	lastCall   = 7*time.Second + 300*time.Millisecond
	soonEnough = time.Second
)

// fewestCalls is how many packets must have been thrown away during one attempt
// to be the server's calls: it repeats its SYN after 1 and 3 s, and after 7 s.
const fewestCalls = 3

// askOwnFilter tells whether the packets that this computer threw away while
// the server should have called were the server's calls: in an idle window there
// must be far fewer a second. Then its own firewall is what blocks active mode.
func (r *route) askOwnFilter(ctx context.Context, c *control) *control {
	s, ok := r.x.net.(Counting)
	most, calls, lasted := 0, 0, time.Duration(0)
	var due time.Duration // when the last call's SYN has come
	for _, a := range r.attempts() {
		if a.Method.Mode() == Active && a.Delivered() {
			return c
		}
		if a.Method.Mode() == Active && a.Stop.Cause == Timeout {
			if a.Discarded > most {
				most, lasted = a.Discarded, a.Took
			}
			calls++
			due = max(due, a.Began+a.Setup.Took+lastCall)
		}
	}
	if !ok || most < fewestCalls {
		return c
	}
	e := newQuestion("own-filter", "")
	idleFor := func(d time.Duration) bool {
		select {
		case <-time.After(d):
			return true
		case <-ctx.Done():
			return false
		}
	}
	if soon := due - r.x.elapsed(); soon <= soonEnough && !idleFor(soon) {
		return c
	}
	window := r.x.wait(idleTime, leastIdle)
	r.x.pauses(window, "without a call: "+e.Question)
	before := s.Counters()
	if !idleFor(window) {
		return c
	}
	idle := thrownAway(s.Counters().Since(before), familyOf(r.remote.Addr()))
	fewer := func(packets int) bool {
		return rarer*time.Duration(packets)*lasted <= time.Duration(most)*window
	}
	e.Session, e.Answer = r.main.ID, No
	switch {
	case fewer(idle):
		e.Answer = Yes
	case fewer(idle - calls):
		e.Answer = NoAnswer // each call that began late may have sent one more SYN now
	}
	e.Events = []int{r.x.note(Event{Step: StepFollowUp, Direction: Note, Channel: Data,
		Text: seconds(window) + " without a call: " + count(idle, "packet") + " thrown away by this computer"})}
	r.x.newExperiment(e)
	return c
}
