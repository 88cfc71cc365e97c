package report

import (
	"net/netip"
	"testing"

	"ftpdiag/probe"
	"ftpdiag/probe/hops"
)

// TestLostAt: where connections to a passive port die is told as near as the path shows
// it, and no nearer.
func TestLostAt(t *testing.T) {
	router := netip.MustParseAddr("198.51.100.1")
	at := netip.MustParseAddrPort("203.0.113.21:40000")
	c := func(edit func(*hops.Comparison)) hops.Localisation {
		found := hops.Localisation{Comparison: hops.Comparison{Distance: 5}}
		edit(&found.Comparison)
		return found
	}
	silent := func(last int, addr netip.Addr, first int) hops.Localisation {
		return c(func(k *hops.Comparison) { k.Fate, k.Last, k.LastAddr, k.FirstSilent = hops.Silent, last, addr, first })
	}
	unreachable := func(role hops.Role, refuser netip.Addr, ttl int) hops.Localisation {
		return c(func(k *hops.Comparison) { k.Fate, k.Role, k.Refuser, k.RoleTTL = hops.Unreachable, role, refuser, ttl })
	}
	reset := func(early bool, data, control int) hops.Localisation {
		found := c(func(k *hops.Comparison) { k.Fate, k.FateTTL, k.Early = hops.RST, 3, early })
		found.DataTTL.TTL, found.ControlTTL.TTL = data, control
		return found
	}
	unanswered := unreachable(hops.AtHop, at.Addr(), 9)
	shared := silent(2, router, 3)
	shared.Comparison.Diverges = 2
	for _, tt := range []struct {
		name  string
		found hops.Localisation
		want  string
	}{
		{"rejected here", unreachable(hops.ThisComputer, netip.MustParseAddr("192.0.2.2"), 0), "This computer itself rejects them."},
		{"rejected by the first router", unreachable(hops.AtHop, router, 1), "The router 198.51.100.1, 1 step from here, rejects them."},
		{"rejected by a router", unreachable(hops.AtHop, router, 2), "The router 198.51.100.1, 2 steps from here, rejects them."},
		{"rejected by the server", unreachable(hops.Server, at.Addr(), 0), "203.0.113.21 rejects them."},
		{"rejected by somebody", unreachable(hops.Elsewhere, router, 0), "198.51.100.1 rejects them."},
		{"rejected by nobody known", unreachable(hops.NoRole, netip.Addr{}, 0), ""},
		{"reset on the way", reset(true, 0, 0), "The refusal comes from a device at most 3 steps from here, not from the server."},
		{"reset with another TTL", reset(false, 63, 60), "The refusal comes from a device before the server."},
		{"reset with the server's TTL", reset(false, 60, 60), ""},
		{"reset, and nothing measured", reset(false, 0, 0), ""},
		{"lost at once", silent(0, netip.Addr{}, 1), "They are lost at this computer or at the first router."},
		{"lost behind the first router's TTL", silent(1, router, 2), "They reach 198.51.100.1, 1 step from here, and are lost there or behind it."},
		{"lost later", silent(3, router, 5), "They reach 198.51.100.1, 3 steps from here, and are lost there or behind it."},
		{"lost where no router answers", silent(0, netip.Addr{}, 4), ""},
		{"silent, and nothing to compare with", silent(2, router, 0), ""},
		{"several paths", shared, ""},
		{"open", c(func(k *hops.Comparison) { k.Fate = hops.SYNACK }), ""},
		{"not made", hops.Localisation{}, ""},
	} {
		e := &probe.Examination{Experiments: []probe.Experiment{
			{Name: "hops", Answer: probe.NoAnswer, Hops: &unanswered}, // no answer says nothing
			{Name: "hops", Answer: probe.Yes, Hops: &tt.found},
		}}
		if got := lostAt(newStory(e, nil), probe.Finding{Code: probe.PassivePortFiltered, Mode: probe.Passive}); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestLostAtNamesSender: the sender of an ICMP message that ended an attempt is told
// without following the path, unless it is the address that was dialled.
func TestLostAtNamesSender(t *testing.T) {
	at := netip.MustParseAddrPort("203.0.113.21:40000")
	for _, tt := range []struct {
		name  string
		from  string
		party probe.Party
		want  string
	}{
		{"this computer", "192.0.2.2", probe.PartyUser, "This computer itself rejects them."},
		{"a router", "::ffff:198.51.100.1", probe.PartyPath, "198.51.100.1 rejects them."},
		{"the server", "203.0.113.21", probe.PartyServerNetwork, ""},
	} {
		e := &probe.Examination{Sessions: []probe.Session{{ID: 1, Attempts: []probe.Attempt{{Method: probe.EPSV, Session: 1, Dialled: at,
			Reached: probe.StageConnecting, Stop: probe.Stop{Cause: probe.Prohibited, From: netip.MustParseAddr(tt.from)}}}}}}
		f := probe.Finding{Code: probe.PassivePortRefused, Mode: probe.Passive, Party: tt.party, Attempts: []int{0}}
		if got := lostAt(newStory(e, []probe.Finding{f}), f); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
