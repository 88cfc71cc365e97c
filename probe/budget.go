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
	// entered. What a server's greeting and login take beyond that is its own,
	// and the data connections get their time all the same.
	ownSpare = 2 * time.Second

	// usualReply is what a greeting may take for the questions to fit: ProFTPD's
	// takes 0.4 s (measured). What two greetings take beyond that is the server's
	// own, too, up to ownSpare.
	usualReply = 500 * time.Millisecond

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

	// slowReentry is a login so long that it must fit into the time that is left.
	slowReentry = time.Second

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
	greetings := min(2*max(0, x.longestReply-usualReply), ownSpare)
	return total + max(0, greetings, x.entered-ownSpare) - x.elapsed()
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
