package simnet

import (
	"fmt"
	"net"
	"net/netip"
	"time"

	"ftpdiag/probe/neterr"
)

// Rule says what happens to the connections it matches. The first rule that
// matches a connection decides; without one it passes. The zero Rule matches
// everything and lets it pass.
type Rule struct {
	// From and To select by the address of the end that connects and of the
	// end it connects to; the zero Prefix is any address. Where NAT changes
	// an address on the way, the rule matches by either form of it: the
	// packet carries one before the router and the other behind it.
	From, To netip.Prefix

	// Ports selects by the destination port; nil is any port.
	Ports func(port uint16) bool

	// Do is what happens.
	Do Action

	// Through is the middlebox of the action Through. It gets both halves of
	// a connection that the server has accepted and must carry the bytes
	// between them ([Relay] does). Each Write of a peer up to 64 KiB arrives
	// as one Read, given a buffer that is large enough. client.RemoteAddr is
	// the client's own address and client.LocalAddr the server's as the
	// client dialled it; server.LocalAddr is the client's as the server sees
	// it and server.RemoteAddr the server's own. Both halves are closed when
	// the function returns. It must return when both are broken.
	Through func(client, server net.Conn)

	// After is how many bytes pass in one direction before the actions
	// StallAfter and ResetAfter strike. Both directions are counted each for
	// itself, since the listing of an active data connection flows from the
	// end that connects and that of a passive one flows towards it. The
	// first byte beyond the number strikes.
	After int64

	// Large is the largest segment in bytes that the action BlackHole lets
	// pass.
	Large int

	// Delay is added to the time an attempt to connect takes.
	Delay time.Duration

	// Times limits the rule to the first so many connections it matches; 0
	// is no limit. An attempt to connect counts once, however long it waits.
	Times int

	// Crowd limits the rule to a host that has at least this many connections
	// open to the destination already, as a firewall's limit on connections
	// does; 0 is no limit.
	Crowd int

	// Helper lets connections pass that this helper expects, as the rule of
	// a stateful firewall does for "related" connections; nil lets none.
	Helper *Helper
}

// Action is what a rule does.
type Action uint8

const (
	// Pass lets the connection through; it is the zero value.
	Pass Action = iota
	// Drop swallows the attempt: nothing answers.
	Drop
	// Refuse answers with a reset, as a closed port or a rejecting firewall.
	Refuse
	// RejectHost answers with ICMP "host unreachable".
	RejectHost
	// RejectNet answers with ICMP "network unreachable".
	RejectNet
	// RejectProhibited answers with ICMP "administratively prohibited" in
	// the form that the system reports as a prohibition (IPv6 on Linux).
	RejectProhibited
	// AcceptClose accepts in the server's place and closes at once.
	AcceptClose
	// AcceptSilent accepts in the server's place and says nothing for ever.
	AcceptSilent
	// Through hands the connection to the rule's middlebox.
	Through
	// BlackHole loses every segment larger than Large in either direction,
	// and with it everything sent after it in that direction, for good: a
	// path with a small MTU whose ICMP is filtered. An end that asked for
	// SmallSegments of at most Large bytes is not concerned.
	BlackHole
	// StallAfter loses everything in both directions after so many bytes.
	StallAfter
	// ResetAfter sends a reset to both ends after so many bytes.
	ResetAfter
)

var actionNames = [...]string{
	Pass: "pass", Drop: "drop", Refuse: "refuse", RejectHost: "reject-host",
	RejectNet: "reject-net", RejectProhibited: "reject-prohibited",
	AcceptClose: "accept-close", AcceptSilent: "accept-silent", Through: "through",
	BlackHole: "black-hole", StallAfter: "stall-after", ResetAfter: "reset-after",
}

// String returns the name of the action.
func (a Action) String() string {
	if int(a) < len(actionNames) {
		return actionNames[a]
	}
	return fmt.Sprintf("Action(%d)", uint8(a))
}

// answer is the cause that a rejecting action gives the end that connects;
// None for all other actions.
func (a Action) answer() neterr.Cause {
	switch a {
	case Refuse:
		return neterr.Refused
	case RejectHost:
		return neterr.HostUnreachable
	case RejectNet:
		return neterr.NetUnreachable
	case RejectProhibited:
		return neterr.Prohibited
	case Pass, Drop, AcceptClose, AcceptSilent, Through, BlackHole, StallAfter, ResetAfter:
		return neterr.None
	default:
		return neterr.None
	}
}

// Port selects single ports for Rule.Ports.
func Port(ports ...uint16) func(uint16) bool {
	return func(port uint16) bool {
		for _, p := range ports {
			if p == port {
				return true
			}
		}
		return false
	}
}

// PortRange selects the ports from low to high, both included, for Rule.Ports.
func PortRange(low, high uint16) func(uint16) bool {
	return func(port uint16) bool { return low <= port && port <= high }
}

// rule is a Rule in force.
type rule struct {
	Rule
	used int // Connections matched so far; guarded by Network.mu.
}

// Rule appends a rule. It panics for the action Through without a function,
// which could carry nothing.
func (n *Network) Rule(r Rule) {
	if r.Do == Through && r.Through == nil {
		panic("simnet: a rule with the action Through needs its function")
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.rules = append(n.rules, &rule{Rule: r})
}

// firstRule finds the rule for a connection and counts it; without one it is
// the zero Rule.
func (n *Network) firstRule(p *packet) Rule {
	n.mu.Lock()
	rules := n.rules[:len(n.rules):len(n.rules)]
	n.mu.Unlock()
	for _, r := range rules {
		if r.matches(p) && n.crowded(r, p) && n.take(r) {
			return r.Rule
		}
	}
	return Rule{}
}

// crowded tells whether the host that connects has as many connections open to
// the destination as the rule wants.
func (n *Network) crowded(r *rule, p *packet) bool {
	if r.Crowd == 0 {
		return true
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	open := 0
	for c := range n.conns {
		if c.held && host(c.local) == p.own.Addr() && host(c.remote) == p.dialled.Addr() {
			open++
		}
	}
	return open >= r.Crowd
}

// host is the address of a TCP connection's end; the zero Addr for others.
func host(end net.Addr) netip.Addr {
	if tcp, ok := end.(*net.TCPAddr); ok {
		return tcp.AddrPort().Addr().Unmap()
	}
	return netip.Addr{}
}

// take uses the rule once. It tells false when the rule is used up.
func (n *Network) take(r *rule) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if r.Times > 0 && r.used >= r.Times {
		return false
	}
	r.used++
	return true
}

func (r *rule) matches(p *packet) bool {
	if r.Helper != nil && p.expected != nil && p.expected.helper == r.Helper {
		return false
	}
	return within(r.From, p.own.Addr(), p.seen.Addr()) &&
		within(r.To, p.dialled.Addr(), p.target.Addr()) &&
		(r.Ports == nil || r.Ports(p.dialled.Port()))
}

// within tells whether the prefix is any, or contains one of the addresses.
func within(prefix netip.Prefix, addrs ...netip.Addr) bool {
	if prefix == (netip.Prefix{}) {
		return true
	}
	for _, a := range addrs {
		if prefix.Contains(a) {
			return true
		}
	}
	return false
}
