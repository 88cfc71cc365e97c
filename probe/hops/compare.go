package hops

import "net/netip"

// Comparison is where the data port's path differs from the control port's.
// These are facts, each with its reach; it does not say who is to blame.
type Comparison struct {
	// Distance is the TTL at which the control port answered the SYN itself.
	// Zero: it did not, and only the hops that both paths share can be
	// compared.
	Distance int `json:"distance"`

	// Fate is the data port's final answer, or Silent, or NoProbe if the
	// measurement did not get that far.
	Fate Answer `json:"fate"`
	// FateTTL is the TTL that brought the final answer. Zero: none came.
	FateTTL int `json:"fate_ttl,omitempty"`
	// Early tells that the final answer came at a TTL with which the control
	// port's SYN still expired on the way: so it is not the server's, but that
	// of a device at most FateTTL hops from here. The router at Last may be
	// it: what a router filters on the way through comes after it has looked
	// at the TTL.
	Early bool `json:"early,omitempty"`

	// Last is the largest TTL whose SYN to the data port expired at a router:
	// it got that far, through every hop before. Zero: not even the first
	// router said so.
	Last     int        `json:"last"`
	LastAddr netip.Addr `json:"last_address,omitzero"` // of that router
	// FirstSilent is the smallest TTL after Last where the data port got no
	// answer and the control port, asked in the same instant, did. The SYN
	// was lost after the router at Last had looked at its TTL, and not later
	// than in the machine FirstSilent hops from here. Zero: the data port was answered, or
	// nothing comparable was.
	FirstSilent     int        `json:"first_silent,omitempty"`
	FirstSilentAddr netip.Addr `json:"first_silent_address,omitzero"` // who answered the control port there

	// Refuser is who sent the ICMP message, where Fate is Unreachable.
	Refuser netip.Addr `json:"refuser,omitzero"`
	// Role is what that address is known as.
	Role Role `json:"role,omitempty"`
	// RoleTTL is the TTL of the router with that address, for AtHop.
	RoleTTL int `json:"role_ttl,omitempty"`

	// Diverges is the first TTL at which the two ports' SYNs expired at
	// different routers. Load is shared over several paths there, and from
	// there on silence may come from the other path. Zero: no sign of it.
	Diverges int `json:"diverges,omitempty"`
}

// Role is what is known of an address that sent an ICMP message. The zero
// value means that there is no such address.
type Role uint8

const (
	// NoRole: there is no address.
	NoRole Role = iota
	// ThisComputer: its own filter rejected the packet, or it could not reach
	// the next machine (code "host unreachable").
	ThisComputer
	// AtHop: the router with which a SYN expired, on either path.
	AtHop
	// Server: the address that was dialled.
	Server
	// Elsewhere: an address not met otherwise: a router that does not say when
	// a TTL expires, or another address of one of the above.
	Elsewhere
)

var roleNames = enum[Role]{"role", []string{"", "this-computer", "hop", "server", "elsewhere"}}

// String returns the name of the role; NoRole is the empty string.
func (r Role) String() string { return roleNames.text(r) }

// MarshalText returns the name of the role, or an error for a value outside
// the enumeration.
func (r Role) MarshalText() ([]byte, error) { return roleNames.marshal(r) }

// UnmarshalText accepts exactly the names that MarshalText returns.
func (r *Role) UnmarshalText(text []byte) error { return roleNames.unmarshal(r, text) }

// Compare puts two paths of [TracePair] side by side. Paths that were not
// asked at the same time compare too, but then FirstSilent may be the ICMP
// rate limit of a router.
func Compare(control, data Path) Comparison {
	var c Comparison
	if ttl, hop := control.Final(); hop.Answer == SYNACK || hop.Answer == RST {
		c.Distance = ttl
	}
	for ttl := 1; ttl <= len(data.Hops); ttl++ {
		mine, theirs := data.at(ttl), control.at(ttl)
		if mine.Answer != Expired {
			continue
		}
		c.Last, c.LastAddr = ttl, mine.ICMP.From
		if theirs.Answer == Expired && theirs.ICMP.From != mine.ICMP.From && c.Diverges == 0 {
			c.Diverges = ttl
		}
	}
	var final Hop
	if c.FateTTL, final = data.Final(); c.FateTTL == 0 {
		c.compareSilence(control, data)
		return c
	}
	c.Fate = final.Answer
	c.Early = control.at(c.FateTTL).Answer == Expired
	if c.Fate == Unreachable {
		c.Refuser = final.ICMP.From
		c.Role, c.RoleTTL = roleOf(c.Refuser, control, data)
	}
	return c
}

// compareSilence fills in what is known of a data port that was not answered.
func (c *Comparison) compareSilence(control, data Path) {
	if data.State != Complete || len(data.Hops) == 0 {
		return
	}
	c.Fate = Silent
	for ttl := c.Last + 1; ttl <= len(data.Hops); ttl++ {
		mine, theirs := data.at(ttl), control.at(ttl)
		if mine.Answer != Silent || theirs.Answer == Silent || theirs.Answer == NoProbe {
			continue
		}
		c.FirstSilent, c.FirstSilentAddr = ttl, theirs.ICMP.From
		if !c.FirstSilentAddr.IsValid() {
			c.FirstSilentAddr = control.Remote.Addr() // TCP answers in its name
		}
		return
	}
}

// roleOf finds out what an address is.
func roleOf(addr netip.Addr, control, data Path) (role Role, ttl int) {
	switch addr.WithZone("") {
	case data.Local.WithZone(""):
		return ThisComputer, 0
	case data.Remote.Addr().Unmap().WithZone(""):
		return Server, 0
	}
	for _, p := range []Path{control, data} {
		for i, hop := range p.Hops {
			if hop.Answer == Expired && hop.ICMP.From == addr {
				return AtHop, i + 1
			}
		}
	}
	return Elsewhere, 0
}
