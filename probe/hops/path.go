package hops

import (
	"net/netip"
	"time"

	"ftpdiag/probe/neterr"
)

// Path is what the SYNs to one port met, TTL by TTL.
type Path struct {
	Remote netip.AddrPort `json:"remote"`
	Local  netip.Addr     `json:"local,omitzero"` // the address the SYNs left from
	State  State          `json:"state"`
	Cause  neterr.Cause   `json:"cause,omitempty"` // why it Failed; else none
	Hops   []Hop          `json:"hops,omitempty"`  // Hops[k-1] is TTL k; ends with the first final answer
	Took   time.Duration  `json:"took"`
}

// Hop is what came back for one TTL.
type Hop struct {
	Answer Answer `json:"answer"`
	// ICMP is the message behind Expired and Unreachable; else zero.
	ICMP ICMP `json:"icmp,omitzero"`
	// Took is the time from the first SYN to the answer, or how long one was
	// waited for in vain. After a repeated SYN it holds the pause before it.
	Took time.Duration `json:"took"`
	// SYNs is how many were sent. Zero: not known.
	SYNs int `json:"syns,omitempty"`
}

// ICMP is an ICMP or, where From is an IPv6 address, an ICMPv6 message.
type ICMP struct {
	Type uint8      `json:"type"` // RFC 792, RFC 4443
	Code uint8      `json:"code"`
	From netip.Addr `json:"from"` // who sent it; behind NAT as this computer sees it
}

// Prohibited tells whether the message says in so many words that a rule
// forbids the packet: network, host or communication administratively
// prohibited (type 3 codes 9, 10 and 13, RFC 1812 section 5.2.7.1), in IPv6
// administratively prohibited, failed policy or rejected route (type 1 codes
// 1, 5 and 6, RFC 4443 section 3.1). A firewall may use any other code as
// well: "port unreachable" is what Linux firewalls send unless told otherwise.
func (m ICMP) Prohibited() bool {
	if m.From.Is4() {
		return m.Type == icmpUnreachable && (m.Code == 9 || m.Code == 10 || m.Code == 13)
	}
	return m.From.Is6() && m.Type == icmp6Unreachable && (m.Code == 1 || m.Code == 5 || m.Code == 6)
}

// The types that matter here (RFC 792, RFC 4443).
const (
	icmpUnreachable  = 3
	icmpExpired      = 11
	icmp6Unreachable = 1
	icmp6Expired     = 3
)

// answer tells what the message means for the SYN that it is about. Source
// quench, redirects and the like are no answer.
func (m ICMP) answer() Answer {
	unreachable, expired := uint8(icmpUnreachable), uint8(icmpExpired)
	if m.From.Is6() {
		unreachable, expired = icmp6Unreachable, icmp6Expired
	}
	switch m.Type {
	case unreachable:
		return Unreachable
	case expired:
		return Expired
	default:
		return NoProbe
	}
}

// Final returns the TTL that brought the final answer, and the answer. The
// TTL is 0 if there was none.
func (p Path) Final() (ttl int, hop Hop) {
	if n := len(p.Hops); n > 0 && p.Hops[n-1].Answer.Final() {
		return n, p.Hops[n-1]
	}
	return 0, Hop{}
}

// at is the hop at a TTL; the zero Hop if that TTL was not asked.
func (p Path) at(ttl int) Hop {
	if ttl < 1 || ttl > len(p.Hops) {
		return Hop{}
	}
	return p.Hops[ttl-1]
}
