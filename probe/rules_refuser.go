package probe

import "time"

// Round trips that tell which end of the way an answer came from.
const (
	// tellingTrip is the shortest round trip to the server of which a half can
	// be told from the whole: what a computer adds is below a millisecond.
	tellingTrip = 4 * time.Millisecond

	// synAgain: Windows sends a SYN that was reset again, twice, and says so
	// after 1 to 2 s. By then the time says nothing any more.
	synAgain = 400 * time.Millisecond

	// nearlyAll of the round trip, in percent, and the answer is from the
	// server's end. What is left must be less than what a head office's firewall is
	// away from the server, through which a branch goes out: three quarters of the
	// whole trip can lie before it.
	nearlyAll = 90
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
	var refusal quickest
	for _, b := range v.of(p, Passive) {
		if b.Stop.Cause == Refused && b.Reached == StageConnecting {
			refusal.add(b.Waited)
		}
	}
	return v.endOf(p, time.Duration(refusal))
}

// accepter is whose end of the way it was that opened data connections in the
// server's place; the path's where nothing tells.
func (v *view) accepter(p Path) Party {
	var opened quickest
	for _, b := range v.of(p, Passive) {
		if b.Reached >= StageConnected {
			opened.add(b.Opened)
		}
	}
	return v.endOf(p, time.Duration(opened))
}

// endOf is whose end of the way an answer came from that took so long: the server's
// if it took as long as the server itself takes to answer. In a tunnel the way to its
// other end, where a firewall may be, is part of every round trip.
func (v *view) endOf(p Path, took time.Duration) Party {
	var trip quickest
	for _, o := range p.Sessions {
		trip.add(o.Connect.Took)
	}
	whole := time.Duration(trip)
	if whole >= tellingTrip && took*100 >= whole*nearlyAll && took < whole+synAgain && !v.tunnelled() {
		return PartyServerNetwork
	}
	return PartyPath
}

// tunnelled tells whether connections to the server leave through a tunnel, as far as
// that is known.
func (v *view) tunnelled() bool {
	return v.e.Here != nil && v.e.Interface != "" && v.e.Here.Tunnels.Through(v.e.Interface)
}

// quickest is the shortest of the times added; zero: there was none.
type quickest time.Duration

func (q *quickest) add(d time.Duration) {
	if d > 0 && (*q == 0 || d < time.Duration(*q)) {
		*q = quickest(d)
	}
}
