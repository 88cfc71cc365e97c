package probe

import "time"

// loginTook remembers the longest login.
func (x *examiner) loginTook(d time.Duration) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.longestLogin = max(x.longestLogin, d)
}

// listed remembers the longest that a listing took that came.
func (x *examiner) listed(d time.Duration) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.longestListing = max(x.longestListing, d)
}

// slowestListing is how long a listing may take where one has come that took half of
// that.
func (x *examiner) slowestListing() time.Duration {
	x.mu.Lock()
	defer x.mu.Unlock()
	return 2 * x.longestListing
}

// slowLogin is how long a login takes that is too slow to be repeated; zero if
// none was slow.
func (x *examiner) slowLogin() time.Duration {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.longestLogin < slowEntry {
		return 0
	}
	return x.longestLogin
}

// replyTook remembers the longest greeting or reply to USER.
func (x *examiner) replyTook(d time.Duration) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.longestReply = max(x.longestReply, d)
}

// furtherReply is how long the greeting and the reply to USER may take on a further
// connection to somebody who has given both before: twice what that took, and as
// long as a reply that says no more in any case. Without it there is still the first
// connection, so that this is not worth more. A comparison may take what is left.
func (c *control) furtherReply(usual time.Duration) time.Duration {
	x := c.x
	x.mu.Lock()
	twice := 2 * x.longestReply
	x.mu.Unlock()
	switch {
	case !c.further():
		return usual
	case c.s.Purpose == ForPassive:
		return min(usual, max(aloneDial, twice, x.leftInTurn(false)-farewell))
	default:
		return min(usual, max(passiveReply, twice))
	}
}

// further tells whether this is not the first connection to its address.
func (c *control) further() bool { return c.s.Extra || c.s.Purpose != ForPassive }

// furtherLogin is how long the reply to a password may take that was good before:
// what is left, but twice what the whole login took then in any case.
func (x *examiner) furtherLogin(usual time.Duration) time.Duration {
	x.mu.Lock()
	least := max(aloneDial, 2*x.longestLogin)
	x.mu.Unlock()
	return x.wait(usual, least)
}

// calls remembers until when an attempt waits for a call of the server; called that
// it does so no longer.
func (x *examiner) calls(a *Attempt, limit time.Duration) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.calling[a] = x.elapsed() + limit
}

func (x *examiner) called(a *Attempt) {
	x.mu.Lock()
	defer x.mu.Unlock()
	delete(x.calling, a)
}

// stillCalling is how long a call will be waited for; zero: none is.
func (x *examiner) stillCalling() (longest time.Duration) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, until := range x.calling {
		longest = max(longest, until-x.elapsed())
	}
	return longest
}

// trip is the shortest time that a connect or a reply of the server has taken: in
// others a SYN was sent again, or the server thought.
func (r *route) trip() time.Duration {
	trip := r.rtt
	for _, reply := range []Exchange{r.main.Feat, r.main.Syst} {
		if reply.Reply.Code != 0 {
			trip = min(trip, reply.Took)
		}
	}
	x := r.x
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, s := range x.sessions {
		if s.Remote == r.remote {
			trip = min(trip, s.Connect.Took)
		}
	}
	return trip
}

// reentry is how long it takes to log in once more: FEAT and SYST are asked once.
func (r *route) reentry() time.Duration {
	return max(0, r.entry-r.rtt+r.trip()-r.main.Feat.Took-r.main.Syst.Took)
}

// reach is how long it takes to be where a question can be asked: a login, unless the
// connection is usable, and some round trips.
func (r *route) reach(c *control) time.Duration {
	if c.usable() {
		return 3 * r.trip()
	}
	return r.reentry() + 3*r.trip()
}
