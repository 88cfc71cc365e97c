package probe

import "time"

// Round trips that tell which end of the way a reset came from.
const (
	// tellingTrip is the shortest round trip to the server of which a half can
	// be told from the whole: what a computer adds is below a millisecond.
	tellingTrip = 4 * time.Millisecond

	// synAgain: Windows sends a SYN that was reset again, twice, and says so
	// after 1 to 2 s. By then the time says nothing any more.
	synAgain = 400 * time.Millisecond

	// nearlyAll of the round trip, in percent, and the reset is from the
	// server's end.
	nearlyAll = 70
)

// refuser is whose end of the way the answer came from that turned the
// connections to passive ports away; the path's where nothing tells.
func (v *view) refuser(p Path, a *Attempt) Party {
	s := v.session(a)
	if s == nil || !a.Stop.Cause.Unanswered() || a.Stop.Cause == Timeout {
		return PartyPath
	}
	switch from := a.Stop.From.Unmap(); {
	case !from.IsValid():
	case from == p.Address.Unmap():
		return PartyServerNetwork
	case from == s.Local.Addr().Unmap():
		return PartyUser
	default:
		return PartyPath // a device that says who it is, but not whose
	}
	// A reset has no sender but the server's address. The quickest of each
	// kind: everything else on the way only adds to a round trip.
	trip, refusal := time.Duration(0), time.Duration(0)
	shorter := func(best *time.Duration, d time.Duration) {
		if d > 0 && (*best == 0 || d < *best) {
			*best = d
		}
	}
	for _, o := range p.Sessions {
		shorter(&trip, o.Connect.Took)
	}
	for _, b := range v.of(p, Passive) {
		if b.Stop.Cause == Refused && b.Reached == StageConnecting {
			shorter(&refusal, b.Waited)
		}
	}
	if trip >= tellingTrip && refusal*100 >= trip*nearlyAll && refusal < trip+synAgain {
		return PartyServerNetwork
	}
	return PartyPath
}
