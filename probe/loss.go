package probe

import (
	"slices"
	"time"
)

// Signs of lost packets that every system shows. A SYN is sent again after 1 s (RFC 6298
// section 2; Linux, macOS and Windows), and so is its answer; other segments after
// 0.2 s and more (the shortest time of Linux and Windows).
const (
	synRepeated     = 900 * time.Millisecond
	segmentRepeated = 190 * time.Millisecond
)

// lossTime is what the questions get at least where packets get lost and a mode has
// failed for nothing but silence: the listing once more, and three SYNs for its port.
const lossTime = 8 * time.Second

// allowForLoss gives this route's questions a time of their own, until the function it
// returns is called, where the silence that a mode met may be lost packets and the
// time to ask again has gone by in waiting. Otherwise chance would decide which mode
// "fails".
func (r *route) allowForLoss() func() {
	x := r.x
	list := r.attempts()
	if !x.late() || !onlySilent(list, Active) && !onlySilent(list, Passive) || !r.losesPackets(list) {
		return func() {}
	}
	x.until.Store(int64(x.elapsed() + lossTime))
	return func() { x.until.Store(0) }
}

// onlySilent tells whether a mode delivered nothing, although its data connection
// opened, and nothing but silence speaks against it, while the other mode delivered.
func onlySilent(list []*Attempt, m Mode) bool {
	opened := false
	for _, a := range list {
		switch {
		case a.Method.Mode() != m || a.Reached == StageNone && a.Setup.Reply.Code.Permanent():
		case a.Delivered() || a.Stop.Cause != Timeout:
			return false
		default:
			opened = opened || a.stalled()
		}
	}
	return opened && deliveredIn(list, Active+Passive-m)
}

// losesPackets tells whether packets get lost on this route.
func (r *route) losesPackets(list []*Attempt) bool {
	x := r.x
	x.mu.Lock()
	var sessions []*Session
	for _, s := range x.sessions {
		if s.Remote == r.remote {
			sessions = append(sessions, s)
		}
	}
	x.mu.Unlock()
	return sentAgain(sessions, list)
}

// losesPackets tells whether packets get lost on the path of an attempt.
func (v *view) losesPackets(a *Attempt) bool {
	p, ok := v.path(a)
	return ok && sentAgain(p.Sessions, v.of(p, Passive))
}

// sentAgain tells whether something took so much longer than the same does at other
// times that a packet was sent again: a connect, or a reply to what no server has to
// think about.
func sentAgain(sessions []*Session, list []*Attempt) bool {
	var connects, replies []time.Duration
	for _, s := range sessions {
		connects = append(connects, s.Connect.Took)
		for _, e := range []Exchange{s.Feat, s.Syst} {
			if e.Reply.Code != 0 {
				replies = append(replies, e.Took)
			}
		}
	}
	for _, a := range list {
		if a.Method.Mode() != Passive {
			continue
		}
		if a.Reached >= StageConnected {
			connects = append(connects, a.Opened)
		}
		if a.Setup.Reply.Code.Completion() {
			replies = append(replies, a.Setup.Took)
		}
	}
	return spread(connects) >= synRepeated || spread(replies) >= segmentRepeated
}

// spread is the difference between the longest and the shortest time.
func spread(times []time.Duration) time.Duration {
	if len(times) == 0 {
		return 0
	}
	return slices.Max(times) - slices.Min(times)
}
