package simnet

import (
	"net/netip"
	"slices"
	"time"

	"ftpdiag/probe/neterr"
)

// NAT is a router with one outside address that translates the addresses of
// the hosts behind it. It is made by [Network.NAT].
type NAT struct {
	net       *Network
	outside   netip.Addr
	sixToFour netip.Prefix // IPv6 addresses that stand for IPv4 ones; not valid: none. Set before use.

	// Guarded by Network.mu.
	inside      []*Host
	unsolicited Action
	forwards    map[uint16]netip.AddrPort
	mapped      map[uint16]*mapping
}

// mapping is an outside port that connections from inside use.
type mapping struct {
	inside netip.AddrPort
	users  int // Connections that use it.
}

// NAT puts the host behind a router whose outside address this is; hosts given
// the same address are behind the same router. Only the family of that address
// is translated. Connections from inside appear to come from outside, from the
// same port if it is free, else from the next that is. The router answers
// connections to the outside address with a reset, unless [NAT.Forward] or the
// pinhole of a [Helper] lets them in or [NAT.Unsolicited] says otherwise.
func (n *Network) NAT(inside *Host, outside netip.Addr) *NAT {
	outside = plain(outside)
	n.mu.Lock()
	defer n.mu.Unlock()
	r := n.nats[outside]
	if r == nil {
		r = &NAT{
			net: n, outside: outside, unsolicited: Refuse,
			forwards: make(map[uint16]netip.AddrPort), mapped: make(map[uint16]*mapping),
		}
		n.nats[outside] = r
	}
	r.inside = append(r.inside, inside)
	inside.nats = append(inside.nats, r)
	return r
}

// Unsolicited sets what the router does with connections to its outside
// address that nothing lets in: Refuse (the default), Drop or one of the
// Reject actions. It panics for any other action.
func (r *NAT) Unsolicited(do Action) {
	if do != Drop && do.answer() == neterr.None {
		panic("simnet: a router cannot " + do.String() + " unsolicited connections")
	}
	r.net.mu.Lock()
	defer r.net.mu.Unlock()
	r.unsolicited = do
}

// Forward lets connections to a port of the outside address in to an address
// and port of a host behind the router, as a static port forwarding does.
func (r *NAT) Forward(port uint16, to netip.AddrPort) {
	r.net.mu.Lock()
	defer r.net.mu.Unlock()
	r.forwards[port] = netip.AddrPortFrom(plain(to.Addr()), to.Port())
}

// leads tells whether the address is one of a host behind the router. The
// caller holds Network.mu.
func (r *NAT) leads(addr netip.Addr) bool {
	return slices.ContainsFunc(r.inside, func(h *Host) bool { return h.owns(addr) })
}

// borrow finds the outside port for a connection from inside. The caller holds
// Network.mu.
func (r *NAT) borrow(inside netip.AddrPort) netip.AddrPort {
	port := inside.Port()
	for {
		m := r.mapped[port]
		if m == nil {
			m = &mapping{inside: inside}
			r.mapped[port] = m
		}
		if m.inside == inside {
			m.users++
			return netip.AddrPortFrom(r.outside, port)
		}
		port++
	}
}

// giveBack ends the use of an outside port by one connection. The caller holds
// Network.mu.
func (r *NAT) giveBack(port uint16) {
	m := r.mapped[port]
	m.users--
	if m.users == 0 {
		delete(r.mapped, port)
	}
}

// pinholeLife is how long a helper's expectation waits for its connection
// (nf_conntrack_ftp in Linux, ftp_exp_policy: 5 * 60 seconds).
const pinholeLife = 5 * time.Minute

// expectation is a connection that a helper lets in: the pinhole. The first
// packet that fits uses it up.
type expectation struct {
	helper  *Helper
	session *session       // The control connection that announced it.
	from    netip.Addr     // The end that connects, as seen between the routers; from any port.
	to      netip.AddrPort // Where it connects to, as announced to it.
	target  netip.AddrPort // Where the connection is led to; to itself without translation.
	expires time.Time
}

// expect adds an expectation in place of the session's earlier one: only one
// is pending (max_expected is 1 in nf_conntrack_ftp). The destination port is
// the wanted one or the next for which nothing is expected; the port chosen is
// returned. It is not moved unless move is set.
func (n *Network) expect(e *expectation, move bool) uint16 {
	n.mu.Lock()
	defer n.mu.Unlock()
	now := time.Now()
	n.expected = slices.DeleteFunc(n.expected, func(old *expectation) bool {
		return old.session == e.session || passed(old.expires, now)
	})
	taken := func(to netip.AddrPort) bool {
		return slices.ContainsFunc(n.expected, func(old *expectation) bool {
			return old.to == to && old.from == e.from
		})
	}
	for move && taken(e.to) {
		e.to = netip.AddrPortFrom(e.to.Addr(), e.to.Port()+1)
	}
	e.expires = now.Add(pinholeLife)
	n.expected = append(n.expected, e)
	return e.to.Port()
}

// findExpected finds the expectation that a connection fits. The caller holds
// Network.mu.
func (n *Network) findExpected(from netip.Addr, to netip.AddrPort) *expectation {
	now := time.Now()
	for _, e := range n.expected {
		if e.from == from && e.to == to && !passed(e.expires, now) {
			return e
		}
	}
	return nil
}

// consume uses the expectation up.
func (n *Network) consume(e *expectation) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.expected = slices.DeleteFunc(n.expected, func(old *expectation) bool { return old == e })
}
