package probe

import (
	"net/netip"
	"testing"
	"time"

	"ftpdiag/probe/hops"
)

// The addresses of these examinations, from documentation ranges (RFC 5737).
var (
	hopsClient = netip.MustParseAddr("192.0.2.2")
	hopsServer = netip.MustParseAddr("203.0.113.21")
)

// followed is an examination in which three passive ports did not answer, and the
// path to a fourth was followed. The round trip to the server takes 20 ms, and so
// did the answers, if any came: as far as time tells, they are from the server's end.
// What was answered early on the path was answered sooner.
func followed(cause Cause, answer Answer, found hops.Localisation) *Examination {
	const trip = 20 * time.Millisecond
	waited := trip
	if found.Comparison.Early {
		waited = trip / 10
	}
	s := Session{ID: 1, Purpose: ForPassive, Protection: Clear, LoggedIn: true, Remote: netip.AddrPortFrom(hopsServer, 21),
		Local: netip.AddrPortFrom(hopsClient, 50000), Connect: Connect{Took: trip}}
	for i, m := range []Method{EPSV, PASV, EPSV} {
		s.Attempts = append(s.Attempts, Attempt{Method: m, Session: 1, Protection: Clear, Reached: StageConnecting,
			Stop: Stop{Cause: cause}, Waited: waited, Setup: Exchange{Command: m.verb()}, Dialled: netip.AddrPortFrom(hopsServer, uint16(40000+i)), Events: []int{1}})
	}
	return &Examination{Sessions: []Session{s}, Events: []Event{{N: 1}, {N: 2}},
		Experiments: []Experiment{{Name: "hops", Session: 1, Answer: answer, Hops: &found, Events: []int{2}}}}
}

// TestPathNamesParty: a blocked passive port is somebody's only where the whole stretch
// on which it may be blocked is theirs.
func TestPathNamesParty(t *testing.T) {
	silent := func(distance, last, first int) hops.Comparison {
		return hops.Comparison{Distance: distance, Fate: hops.Silent, Last: last, FirstSilent: first}
	}
	early := func(distance, last, fate int) hops.Comparison {
		return hops.Comparison{Distance: distance, Fate: hops.RST, Last: last, FateTTL: fate, Early: true}
	}
	reset := hops.Comparison{Distance: 3, Fate: hops.RST, Last: 2, FateTTL: 3}
	unreachable := func(role hops.Role, distance, ttl int) hops.Comparison {
		return hops.Comparison{Distance: distance, Fate: hops.Unreachable, Role: role, RoleTTL: ttl}
	}
	several := silent(5, 4, 5)
	several.Diverges = 2
	for _, tt := range []struct {
		name  string
		cause Cause
		c     hops.Comparison
		want  Party
	}{
		// Lost: at the router at last, behind the point where it looks at the
		// TTL, or at any machine up to the first that is silent.
		{"lost before the first router answers", Timeout, silent(3, 0, 1), PartyClientNetwork},
		{"lost in the first router or the second", Timeout, silent(3, 1, 2), PartyPath},
		{"lost in the last router or the server", Timeout, silent(3, 2, 3), PartyServerNetwork},
		{"lost anywhere, for no router answers", Timeout, silent(3, 0, 3), PartyPath},
		{"lost in the first router of four or the second", Timeout, silent(5, 1, 2), PartyPath},
		{"lost in the middle", Timeout, silent(5, 2, 3), PartyPath},
		{"lost in the middle or the last router", Timeout, silent(5, 3, 4), PartyPath},
		{"lost in the last router of four or the server", Timeout, silent(5, 4, 5), PartyServerNetwork},
		{"lost behind the first router, where three say nothing", Timeout, silent(5, 1, 5), PartyPath},
		{"lost on a path with one router", Timeout, silent(2, 1, 2), PartyPath},
		{"lost, and the control port is not answered either", Timeout, silent(0, 1, 2), PartyPath},
		{"silent, and nothing to compare with", Timeout, silent(3, 2, 0), PartyPath},
		{"lost on one of several paths", Timeout, several, PartyPath},

		// Rejected: the sender says who it is.
		{"rejected by this computer", Prohibited, unreachable(hops.ThisComputer, 3, 0), PartyUser},
		{"rejected by the first router", Prohibited, unreachable(hops.AtHop, 3, 1), PartyClientNetwork},
		{"rejected by the last router", HostUnreachable, unreachable(hops.AtHop, 3, 2), PartyServerNetwork},
		{"rejected in the middle", HostUnreachable, unreachable(hops.AtHop, 6, 3), PartyPath},
		{"rejected by the server", Prohibited, unreachable(hops.Server, 3, 0), PartyServerNetwork},
		{"rejected by somebody unknown", Prohibited, unreachable(hops.Elsewhere, 3, 0), 0},

		// Reset: in the server's name, whoever does it.
		{"reset by the first router, or before it", Refused, early(3, 0, 1), PartyClientNetwork},
		{"reset by the first router or the second", Refused, early(3, 1, 2), PartyPath},
		{"reset in the middle", Refused, early(6, 2, 3), PartyPath},
		{"reset in the middle or by the last router", Refused, early(6, 4, 5), PartyPath},
		{"reset behind the first router, where three say nothing", Refused, early(6, 1, 5), PartyPath},
		{"reset at the server's distance", Refused, reset, 0},

		{"the port is open", Refused, hops.Comparison{Distance: 3, Fate: hops.SYNACK, Last: 2, FateTTL: 3}, 0},
		{"nothing was found out", Timeout, hops.Comparison{}, PartyPath},
	} {
		t.Run(tt.name, func(t *testing.T) {
			checkBlocked(t, followed(tt.cause, Yes, hops.Localisation{Comparison: tt.c}), tt.want, true)
			checkBlocked(t, followed(tt.cause, No, hops.Localisation{Comparison: tt.c}), 0, false)
			checkBlocked(t, followed(tt.cause, NoAnswer, hops.Localisation{Comparison: tt.c}), 0, false)
		})
	}

	// The TTL with which a reset arrives tells that it is not the server's, whatever
	// the time says, and never whose it is.
	for _, tt := range []struct {
		name          string
		data, control int
		want          Party
	}{
		{"as the control port's", 62, 62, 0},
		{"another", 63, 62, PartyPath},
		{"not measured", 0, 0, 0},
	} {
		t.Run("reset with TTL "+tt.name, func(t *testing.T) {
			found := hops.Localisation{Comparison: reset}
			found.DataTTL.TTL, found.ControlTTL.TTL = tt.data, tt.control
			checkBlocked(t, followed(Refused, Yes, found), tt.want, true)
		})
	}
}

// checkBlocked judges an examination of [followed]: who is asked to act, where 0 is
// whom time alone names, and whether the path is evidence.
func checkBlocked(t *testing.T, e *Examination, want Party, evidence bool) {
	t.Helper()
	if want == 0 {
		unfollowed := *e
		unfollowed.Experiments = nil
		want = blockedPort(t, &unfollowed).Party
	}
	f := blockedPort(t, e)
	if f.Party != want {
		t.Errorf("%v asks %v to act, want %v", f.Code, f.Party, want)
	}
	if got := f.Evidence[len(f.Evidence)-1] == 2; got != evidence && e.Experiments[0].Hops.Comparison.Diverges == 0 {
		t.Errorf("the path is evidence: %v, want %v", got, evidence)
	}
}

// blockedPort is the finding about the passive ports.
func blockedPort(t *testing.T, e *Examination) Finding {
	t.Helper()
	for _, f := range Classify(e) {
		if f.Code == PassivePortFiltered || f.Code == PassivePortRefused {
			return f
		}
	}
	t.Fatal("nothing is said of the passive ports")
	return Finding{}
}

// TestEndsOfPath: the first router is at the client's end and the last at the
// server's, if they are two.
func TestEndsOfPath(t *testing.T) {
	for distance, want := range map[int][]Party{ // by TTL, from 0
		0: {PartyPath, PartyPath},
		1: {PartyPath, PartyPath},
		2: {PartyPath, PartyPath, PartyPath},
		3: {PartyClientNetwork, PartyClientNetwork, PartyServerNetwork, PartyServerNetwork},
		4: {PartyClientNetwork, PartyClientNetwork, PartyPath, PartyServerNetwork, PartyServerNetwork},
	} {
		for ttl, party := range want {
			if got := partyAt(ttl, distance); got != party {
				t.Errorf("hop %d of %d is %v's, want %v", ttl, distance, got, party)
			}
		}
	}
}
