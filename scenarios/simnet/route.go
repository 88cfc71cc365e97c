package simnet

import (
	"context"
	"net"
	"net/netip"
	"time"

	"ftpdiag/probe/neterr"
)

// packet is the first packet of a connection, with the addresses it carries on
// its way and where that leads.
type packet struct {
	own     netip.AddrPort // Source at the host that connects.
	seen    netip.AddrPort // Source behind the NAT in front of that host.
	dialled netip.AddrPort // Destination as dialled.
	target  netip.AddrPort // Destination behind the NAT in front of it.

	host     *Host        // Owner of the target; nil: nobody.
	inside   bool         // The host connects to itself.
	expected *expectation // The pinhole that the connection fits; nil: none.
	router   Action       // What the NAT does to it; Pass: lets it in.
}

// route finds the way of a connection and reserves the outside port for it;
// unroute gives that back.
func (n *Network) route(from *Host, own, dialled netip.AddrPort) (p *packet, unroute func()) {
	n.mu.Lock()
	defer n.mu.Unlock()
	p = &packet{own: own, seen: own, dialled: dialled, target: dialled}
	unroute = func() {}
	home := from.nat(dialled.Addr())
	if r, to := from.translator(dialled); r != nil {
		home, p.target = r, to
	}
	p.host = n.owner(p.target.Addr(), from, home)
	if p.host == from {
		p.inside = true
		return p, unroute
	}
	if home != nil && !(p.host != nil && home.leads(p.target.Addr())) {
		p.seen = home.borrow(own)
		unroute = func() {
			n.mu.Lock()
			defer n.mu.Unlock()
			home.giveBack(p.seen.Port())
		}
	}
	p.expected = n.findExpected(p.seen.Addr(), p.target)
	if r := n.nats[p.target.Addr()]; r != nil {
		r.admit(p)
		p.host = n.owner(p.target.Addr(), nil, r)
	}
	return p, unroute
}

// admit decides about a connection to the router's outside address. The caller
// holds Network.mu.
func (r *NAT) admit(p *packet) {
	if p.expected != nil && r.leads(p.expected.target.Addr()) {
		p.target = p.expected.target
	} else if to, found := r.forwards[p.dialled.Port()]; found {
		p.target = to
	} else {
		p.router = r.unsolicited
	}
}

// owner finds the host to which the address leads from behind the router
// (nil: from outside any): itself, a host behind the same router, or one that
// is not behind a router. Private addresses may exist more than once. The
// caller holds Network.mu.
func (n *Network) owner(addr netip.Addr, from *Host, behind *NAT) *Host {
	if from != nil && (addr.IsLoopback() || from.owns(addr)) {
		return from
	}
	var public *Host
	for _, h := range n.hosts {
		if !h.owns(addr) {
			continue
		}
		switch h.nat(addr) {
		case behind:
			return h
		case nil:
			public = h
		}
	}
	return public
}

// delay is the one-way latency for a packet: nothing inside a host.
func (n *Network) delay(p *packet) time.Duration {
	if p.inside {
		return 0
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.latency
}

// judge finds the rule for a packet. What the packet does not survive, be it
// by the rule or by the NAT, is in the Do of the result; a packet that gets
// through uses its pinhole up.
func (n *Network) judge(p *packet) Rule {
	if p.inside {
		return Rule{}
	}
	r := n.firstRule(p)
	if r.Do == Drop || r.Do.answer() != neterr.None {
		return r
	}
	if p.expected != nil {
		n.consume(p.expected)
	}
	if p.router != Pass && r.Do != AcceptClose && r.Do != AcceptSilent {
		r.Do = p.router
	}
	return r
}

// sleep waits until the time t, or until ctx ends or the network is closed. At
// the very instant t it succeeds, so that results do not depend on chance.
func (n *Network) sleep(ctx context.Context, t time.Time) error {
	if !time.Now().Before(t) {
		return ctx.Err()
	}
	timer := time.NewTimer(time.Until(t))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-n.done:
		return net.ErrClosed
	case <-ctx.Done():
		if !time.Now().Before(t) {
			return nil
		}
		return ctx.Err()
	}
}
