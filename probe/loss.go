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

// allowForLoss finds out whether the silence that a mode met may be lost packets, so
// that it is asked for again: otherwise chance would decide which mode "fails". Where
// the time for that has gone by in waiting, this route's questions get a time of their
// own, until the function it returns is called.
func (r *route) allowForLoss() func() {
	x := r.x
	list := r.attempts()
	r.lossy = (onlySilent(list, Active) != nil || onlySilent(list, Passive) != nil) && r.losesPackets(list)
	if !r.lossy || !x.late() {
		return func() {}
	}
	x.until.Store(int64(x.elapsed() + lossTime))
	return func() { x.until.Store(0) }
}

// onlySilent is an attempt after which one more could tell, where nothing but silence
// speaks against a mode, while the other mode delivered: its data connection opened, or
// not even its command was answered. nil: there is none.
func onlySilent(list []*Attempt, m Mode) *Attempt {
	var silent *Attempt
	for _, a := range list {
		switch {
		case a.Method.Mode() != m, !a.Setup.Asked(), a.Reached == StageNone && a.Setup.Reply.Code.Permanent():
		case a.Delivered() || a.Stop.Cause != Timeout:
			return nil
		case silent == nil && (a.stalled() || a.unheard()):
			silent = a
		}
	}
	if !deliveredIn(list, Active+Passive-m) {
		return nil
	}
	return silent
}

// unheard tells whether not a byte came in reply to PORT or EPRT. For PASV and EPSV
// there are questions of their own: devices on the way swallow those replies.
func (a *Attempt) unheard() bool {
	return a.Method.Mode() == Active && a.Reached == StageNone && a.Stop.Cause == Timeout && len(a.Setup.Reply.Raw) == 0
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
			if e.Reply.Code != 0 && !e.Stop.Stopped() {
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
		if a.Setup.Reply.Code.Completion() && !a.Setup.Stop.Stopped() {
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
