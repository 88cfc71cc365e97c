package simnet

import (
	"net"
	"net/netip"
	"sync"

	"ftpdiag/probe/neterr"
)

// prepare chooses where a connection comes from, reserves the port and finds
// the way. Its errors are those of bind(2) and of a connect(2) that finds no
// route: nothing was sent.
func (h *Host) prepare(network string, local, remote netip.AddrPort) (*dial, error) {
	own := netip.AddrPortFrom(plain(local.Addr()), local.Port())
	dialled := netip.AddrPortFrom(plain(remote.Addr()), remote.Port())
	if dialled.Addr().IsUnspecified() {
		// Linux connects 0.0.0.0 and :: to the host itself.
		dialled = netip.AddrPortFrom(loopback(dialled.Addr()), dialled.Port())
	}
	own, err := h.source(own, dialled)
	if err != nil {
		return nil, &net.OpError{Op: "dial", Net: network, Source: tcpAddr(own), Addr: tcpAddr(dialled), Err: err}
	}
	d := &dial{net: h.net, network: network, packet: &packet{own: own, dialled: dialled}}
	if !own.Addr().IsValid() {
		return nil, d.fail(neterr.NetUnreachable)
	}
	own, ok := h.reserve(own, dialled)
	if !ok {
		return nil, d.fail(neterr.Local)
	}
	p, unroute := h.net.route(h, own, dialled)
	d.packet = p
	// Once: the network's end and that of the attempt may both ask for it.
	d.release = sync.OnceFunc(func() {
		unroute()
		h.unreserve(own, dialled)
	})
	return d, nil
}

// source chooses the address to connect from: the one asked for, loopback for
// loopback, else the host's own of the family. The result has no valid
// address where the host has none of the family.
func (h *Host) source(own, dialled netip.AddrPort) (netip.AddrPort, error) {
	to := dialled.Addr()
	switch asked := own.Addr(); {
	case asked.IsValid() && !asked.IsUnspecified():
		if asked.Is4() != to.Is4() {
			// Package net notices this before it asks the system.
			return own, &net.AddrError{Err: "mismatched local address type", Addr: asked.String()}
		}
		if !h.owns(asked) && !(asked.IsLoopback() && to.IsLoopback()) {
			return own, errNotOurs
		}
		return own, nil
	case to.IsLoopback():
		return netip.AddrPortFrom(loopback(to), own.Port()), nil
	case h.owns(to):
		// What a host sends to itself comes from the address it goes to.
		return netip.AddrPortFrom(to, own.Port()), nil
	}
	return netip.AddrPortFrom(h.choose(to.Is4()), own.Port()), nil
}

// choose picks an address of the family; not valid where the host has none.
func (h *Host) choose(ipv4 bool) netip.Addr {
	var own []netip.Addr
	for _, a := range h.addrs {
		if a.Is4() == ipv4 {
			own = append(own, a)
		}
	}
	if len(own) == 0 {
		return netip.Addr{}
	}
	h.net.mu.Lock()
	defer h.net.mu.Unlock()
	if !h.inTurn {
		return own[0]
	}
	h.turns++
	return own[(h.turns-1)%len(own)]
}

// reserve takes the port, or the next free one for port 0. It tells false when
// there is none, or when the same connection exists already.
func (h *Host) reserve(own, dialled netip.AddrPort) (netip.AddrPort, bool) {
	h.net.mu.Lock()
	defer h.net.mu.Unlock()
	if own.Port() == 0 {
		own = netip.AddrPortFrom(own.Addr(), h.freePort())
	}
	t := tuple{own, dialled}
	if _, exists := h.tuples[t]; exists || own.Port() == 0 {
		return own, false
	}
	h.tuples[t] = struct{}{}
	h.bound[own.Port()]++
	return own, true
}

func (h *Host) unreserve(own, dialled netip.AddrPort) {
	h.net.mu.Lock()
	defer h.net.mu.Unlock()
	delete(h.tuples, tuple{own, dialled})
	h.bound[own.Port()]--
	if h.bound[own.Port()] == 0 {
		delete(h.bound, own.Port())
	}
}

// loopback is the loopback address of the same family.
func loopback(addr netip.Addr) netip.Addr {
	if addr.Is4() {
		return netip.AddrFrom4([4]byte{127, 0, 0, 1})
	}
	return netip.IPv6Loopback()
}
