package simnet

import (
	"context"
	"net"
	"net/netip"
	"slices"

	"ftpdiag/probe"
)

// firstEphemeral begins the range of ports that a host picks from (RFC 6335
// section 6). They are given out in order, so that a test knows them.
const firstEphemeral = 49152

// Host is a computer on the network: client, server or both. It is made by
// [Network.Host] and is a probe.Network.
type Host struct {
	net   *Network
	name  string
	addrs []netip.Addr

	// Guarded by Network.mu.
	names    probe.NameSetup
	nats     []*NAT // At most one for each family.
	inTurn   bool
	turns    int // Connections whose source the host chose.
	deaf     bool
	nextPort uint16
	bound    map[uint16]int // Connections dialled from each port.
	tuples   map[tuple]struct{}
}

// tuple is what tells the connections of one host apart.
type tuple struct{ local, remote netip.AddrPort }

var _ probe.Network = (*Host)(nil)

// Host adds a computer with these addresses. The first of each family is the
// one it connects from unless told otherwise. Loopback comes with it. The name
// is for messages only; [Network.Name] makes names known.
func (n *Network) Host(name string, addrs ...netip.Addr) *Host {
	h := &Host{
		net: n, name: name, nextPort: firstEphemeral,
		bound: make(map[uint16]int), tuples: make(map[tuple]struct{}),
	}
	for _, a := range addrs {
		h.addrs = append(h.addrs, plain(a))
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.hosts = append(n.hosts, h)
	return h
}

// String returns the name.
func (h *Host) String() string { return h.name }

// NextPort sets the port that the host picks next; it goes on upwards from
// there and skips ports in use.
func (h *Host) NextPort(port uint16) {
	h.net.mu.Lock()
	defer h.net.mu.Unlock()
	h.nextPort = port
}

// InTurn makes the host choose its addresses of a family in turn for what is
// not bound to one: a computer with two ways out that share the load.
func (h *Host) InTurn() {
	h.net.mu.Lock()
	defer h.net.mu.Unlock()
	h.inTurn = true
}

// Deaf makes every ListenTCP of the host fail as if the system forbade it, but
// for loopback: a sandbox.
func (h *Host) Deaf() {
	h.net.mu.Lock()
	defer h.net.mu.Unlock()
	h.deaf = true
}

// SetNames sets what NameSetup returns, whatever the name; a new host has
// nothing.
func (h *Host) SetNames(setup probe.NameSetup) {
	h.net.mu.Lock()
	defer h.net.mu.Unlock()
	h.names = setup
}

// NameSetup is what SetNames set.
func (h *Host) NameSetup(string) probe.NameSetup {
	h.net.mu.Lock()
	defer h.net.mu.Unlock()
	return h.names
}

// LookupAddrs answers what [Network.Name] and [Network.NameError] set, at
// once; an address written as text is its own answer.
func (h *Host) LookupAddrs(ctx context.Context, host string) ([]netip.Addr, error) {
	if err := ctx.Err(); err != nil {
		return nil, &net.DNSError{
			UnwrapErr: err, Err: err.Error(), Name: host, IsTimeout: err == context.DeadlineExceeded,
		}
	}
	if addr, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{addr}, nil
	}
	return h.net.resolve(host)
}

// InterfaceName is "lo" for loopback, "eth0" for the host's other addresses
// and empty for those of others.
func (h *Host) InterfaceName(addr netip.Addr) string {
	addr = plain(addr)
	switch {
	case addr.IsLoopback():
		return "lo"
	case h.owns(addr):
		return "eth0"
	default:
		return ""
	}
}

func (h *Host) owns(addr netip.Addr) bool { return slices.Contains(h.addrs, addr) }

// nat is the router that translates this family for the host, or nil. The
// caller holds Network.mu.
func (h *Host) nat(addr netip.Addr) *NAT {
	for _, r := range h.nats {
		if r.outside.Is4() == addr.Is4() {
			return r
		}
	}
	return nil
}

// freePort picks the next port that nothing uses; 0 when there is none. The
// caller holds Network.mu.
func (h *Host) freePort() uint16 {
	for range 1 << 16 {
		port := h.nextPort
		h.nextPort++
		if h.nextPort == 0 {
			h.nextPort = firstEphemeral
		}
		if port != 0 && h.bound[port] == 0 && !h.listensOn(netip.Addr{}, port) {
			return port
		}
	}
	return 0
}

// listensOn tells whether a listener of the host is in the way of one on this
// address; the zero and the unspecified addresses collide with any of their
// kind. The caller holds Network.mu.
func (h *Host) listensOn(addr netip.Addr, port uint16) bool {
	all := !addr.IsValid() || addr == netip.IPv6Unspecified()
	all4 := addr == netip.IPv4Unspecified()
	for l := range h.net.listeners {
		if l.host != h || l.local.Port() != port {
			continue
		}
		if all || all4 && l.local.Addr().Is4() || l.covers(addr) {
			return true
		}
	}
	return false
}

// listener finds the listener for a connection to the address: the one on
// exactly that address before one on all. The caller holds Network.mu.
func (h *Host) listener(to netip.AddrPort) *Listener {
	var found *Listener
	for l := range h.net.listeners {
		if l.host != h || l.local.Port() != to.Port() || !l.covers(to.Addr()) {
			continue
		}
		if l.local.Addr() == to.Addr() {
			return l
		}
		// Listeners on all addresses exclude each other, except that of
		// IPv4 beside that of IPv6, of which only one covers the address.
		found = l
	}
	return found
}

// plain is the address without a zone and without the IPv6 form of IPv4: one
// form for each address, which can be compared.
func plain(addr netip.Addr) netip.Addr { return addr.Unmap().WithZone("") }
