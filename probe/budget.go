package probe

import "time"

// The time of a whole examination.
const (
	// spare is what an examination may take beside one data timeout, which it
	// cannot do without: 12 s in all with the usual one. A person on the phone
	// waits no longer.
	spare = 4 * time.Second

	// deepTime is for the deep examination, which says what it waits for.
	deepTime = 40 * time.Second

	// ownSpare is how much of the budget may have gone by when the folder is
	// entered: ProFTPD greets after 0.4 s (measured). What a server's greeting
	// and login take beyond that is its own, and the data connections get their
	// time all the same; so do the questions, with one more greeting.
	ownSpare = 500 * time.Millisecond

	// shortTime is when a question more must be brief: it may take briefDial and
	// a few round trips.
	shortTime = 2500 * time.Millisecond

	// otherPortTime is for the methods over another control port of an address: one
	// login, and a data connection in either mode that nobody answers, twice.
	otherPortTime = 4*aloneDial + spare

	// closing is kept for what ends an examination.
	closing = 300 * time.Millisecond

	// farewell is kept for the end of a connection that nothing came of.
	farewell = time.Second

	// slowEntry is a way from the connect to the folder so long that it is not
	// taken a second time where one connection will do.
	slowEntry = 3 * time.Second
)

// left is how much of the time is left.
func (x *examiner) left() time.Duration { return x.leftInTurn(x.plan.Serial || x.oneAtATime.Load()) }

// leftInTurn is left, and inTurn whether there is more of it because only one
// connection at a time is allowed.
func (x *examiner) leftInTurn(inTurn bool) time.Duration {
	if until := x.until.Load(); until != 0 {
		return time.Duration(until) - x.elapsed()
	}
	total := x.plan.Timeouts.Data + spare
	if inTurn {
		total += 3 * (x.plan.Timeouts.Data + x.plan.Timeouts.Patience) // attempts that stall cannot overlap
	}
	total += time.Duration(x.plan.Samples) * shortTime
	if x.plan.Deep {
		total = max(total, deepTime)
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	own := max(0, x.entered-ownSpare)
	if x.longestReply < slowEntry {
		own += max(0, x.longestReply-ownSpare)
	}
	return total + own - x.elapsed()
}

// late tells whether the time for further questions is short.
func (x *examiner) late() bool { return x.left() < shortTime }

// over tells whether there is no time for further questions.
func (x *examiner) over() bool { return x.left() <= closing }

// wait is how long something may be waited for that usually gets so long: less
// where the time is short, but never less than least.
func (x *examiner) wait(usual, least time.Duration) time.Duration {
	return max(min(usual, least), min(usual, x.left()-closing))
}

// enteredNow remembers that an address has let us in.
func (x *examiner) enteredNow() {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.entered == 0 {
		x.entered = x.elapsed()
	}
}

// heldUp gives back what a server has taken between the login and the folder: that is
// its own time, too.
func (x *examiner) heldUp(d time.Duration) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.entered += d
}

// loginTook remembers the longest login.
func (x *examiner) loginTook(d time.Duration) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.longestLogin = max(x.longestLogin, d)
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
