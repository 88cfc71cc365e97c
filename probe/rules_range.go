package probe

import (
	"slices"
	"time"
)

// rangePattern is what the passive ports of one path have in common that did not
// answer. Zero: all that were tried answered, or none did.
type rangePattern uint8

const (
	sameForAll      rangePattern = iota
	closedByPort                 // each port gave one result, and results alternated: the port decides
	closedByTime                 // what was tried first answered, what came later did not
	closedByChance               // one and the same port gave both results
	closedInCompany              // what failed had more connections of ours beside it than what did not
)

// rangeOf looks at all passive ports of the server's own address on a path.
//
// A limit on new connections lets the first ones pass; a range of which a part
// is closed has no order in time. One success before one failure is no order:
// that takes two.
func (v *view) rangeOf(p Path) rangePattern {
	var good, bad []*Attempt
	results := map[uint16]bool{}
	both := false
	for _, a := range v.of(p, Passive) {
		opened := a.Delivered() || a.Reached >= StageConnected
		switch {
		case !a.Dialled.IsValid() || wrongAddress(v, a):
			continue
		case opened:
			good = append(good, a)
		case a.Reached == StageConnecting && a.Stop.Cause.Unanswered():
			bad = append(bad, a)
		default:
			continue
		}
		before, known := results[a.Dialled.Port()]
		both = both || known && before != opened
		results[a.Dialled.Port()] = opened
	}
	switch {
	case len(good) == 0 || len(bad) == 0:
		return sameForAll
	case both:
		return closedByChance
	case inMoreCompany(bad, good, v.of(p, Passive)) && !v.excusedCompany(p):
		return closedInCompany
	case len(good) > 1 && lastBegan(good) < firstBegan(bad):
		return closedByTime
	default:
		return closedByPort
	}
}

// inMoreCompany tells whether every attempt of some had more other connections of
// ours beside it than any of others.
func inMoreCompany(some, others, all []*Attempt) bool {
	most := 0
	for _, a := range others {
		most = max(most, companyOf(a, all))
	}
	return !slices.ContainsFunc(some, func(a *Attempt) bool { return companyOf(a, all) <= most })
}

// excusedCompany tells whether it was asked on a path whether company is the
// reason, and it is not.
func (v *view) excusedCompany(p Path) bool {
	return slices.ContainsFunc(p.Sessions, func(s *Session) bool {
		x, asked := v.onPath("alone", s)
		return asked && x.Answer == No
	})
}

func lastBegan(list []*Attempt) (last time.Duration) {
	for _, a := range list {
		last = max(last, a.Began)
	}
	return last
}

func firstBegan(list []*Attempt) time.Duration {
	first := list[0].Began
	for _, a := range list {
		first = min(first, a.Began)
	}
	return first
}

// aboutRange is the finding about a range of which some ports answered: that part
// of it is closed, or, where that does not explain it, that results vary.
func (v *view) aboutRange(p Path, sure Confidence, list ...*Attempt) Finding {
	switch v.rangeOf(p) {
	case closedByTime, closedInCompany:
		// A limit on new connections fits as well as closed ports.
		return v.about(ResultsVary, ConfidenceLikely, list...)
	case closedByChance:
		return v.about(ResultsVary, ConfidenceCertain, list...)
	case closedByPort, sameForAll:
	}
	for _, a := range v.of(p, Passive) {
		if a.Dialled.IsValid() && !wrongAddress(v, a) && !slices.Contains(list, a) {
			list = append(list, a) // every port counts
		}
	}
	f := v.about(PassiveRangePartlyOpen, sure, list...)
	if v.e.Mode(Active).Status != Works {
		f.Severity = SeverityError // there is no other mode to go to
	}
	return f
}

// onePortOfSeveral reports a method that delivered at one passive port and found
// another one closed, where the other method of the mode delivered nothing to
// compare it with.
func onePortOfSeveral(v *view, p Path) []Finding {
	good, bad := map[Method]*Attempt{}, map[Method]*Attempt{}
	for _, a := range v.of(p, Passive) {
		switch {
		case a.Delivered() && !wrongAddress(v, a):
			good[a.Method] = a
		case unanswered(a, p.Address):
			bad[a.Method] = a
		}
	}
	for _, m := range []Method{EPSV, PASV} {
		if good[m] == nil || bad[m] == nil || good[EPSV+PASV-m] != nil {
			continue
		}
		return []Finding{v.aboutRange(p, ConfidenceLikely, bad[m], good[m])}
	}
	return nil
}
