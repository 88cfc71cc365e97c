package probe

import "ftpdiag/probe/hops"

// locate names the party of a blocked passive port as far as the path shows
// it. Silence between the first router and this computer, or between the last
// router and the server, lies at one end; anything else stays the path's.
func (v *view) locate(f *Finding) {
	x, ok := v.onPath("hops", v.e.Session(f.Session))
	if !ok || x.Hops == nil || x.Answer != Yes {
		return
	}
	c := x.Hops.Comparison
	if c.Diverges > 0 {
		return // several paths: silence may come from another one
	}
	party := Party(0)
	switch c.Fate {
	case hops.Unreachable:
		switch c.Role {
		case hops.ThisComputer:
			party = PartyUser
		case hops.AtHop:
			party = partyAt(c.RoleTTL, c.Distance)
		case hops.Server:
			party = PartyServerNetwork
		case hops.NoRole, hops.Elsewhere:
		}
	case hops.RST:
		if c.Early {
			party = partyBetween(c.Last, c.FateTTL, c.Distance)
		} else if same, known := x.Hops.SameTTL(); known && !same {
			party = PartyPath
		}
	case hops.Silent:
		if c.FirstSilent > 0 {
			party = partyBetween(c.Last, c.FirstSilent, c.Distance)
		}
	case hops.NoProbe, hops.Expired, hops.SYNACK:
	}
	if party != 0 {
		f.Party = party
	}
	f.Evidence = append(f.Evidence, x.Events...)
}

// reader is whose device reads the dialogue, as far as the path shows it; none where
// it does not.
func (v *view) reader(s *Session) Party {
	x, ok := v.onPath("parser-hop", s)
	if !ok || x.Answer != Yes {
		return 0
	}
	// It stands at that hop, behind the point that looks at the TTL, or between
	// it and the next one.
	if here, next := partyAt(x.Hop, x.Distance), partyAt(x.Hop+1, x.Distance); here == next || x.Hop <= 1 {
		return here
	}
	return PartyPath
}

// partyBetween tells whose a stretch of the path is; none if its ends are not the
// same party's. A packet that expires at the router at last has not met what that
// router does to packets on their way through (measured): so the stretch begins
// in that router, and ends in the machine at ttl. Between them may be routers that
// never say that a TTL ran out.
func partyBetween(last, ttl, distance int) Party {
	if party := partyAt(ttl, distance); partyAt(last, distance) == party {
		return party
	}
	return 0
}

// partyAt tells whose a place on the path is. The first router, and this
// computer before it, are at the client's end; the server and the last router
// before it at the server's, if the path is long enough to have two ends.
func partyAt(ttl, distance int) Party {
	switch {
	case distance < 3:
		return PartyPath // one router is everybody's
	case ttl <= 1:
		return PartyClientNetwork
	case ttl >= distance-1:
		return PartyServerNetwork
	default:
		return PartyPath
	}
}
