package simnet

import "net/netip"

// NAT64 gives a host that has IPv6 only a way to IPv4: what it dials within the
// prefix, which must be a /96 such as 64:ff9b::/96 (RFC 6052), leads to the
// IPv4 address in the last four octets, and comes from the outside address
// there (RFC 6146). Nothing reads or changes what the connections carry, so
// that an address within it stays what it was (RFC 6384 describes the device
// that would). What the router does with connections from outside is as with
// [Network.NAT].
func (n *Network) NAT64(inside *Host, prefix netip.Prefix, outside netip.Addr) *NAT {
	if prefix.Bits() != 96 {
		panic("simnet: a NAT64 prefix that is not a /96")
	}
	r := n.NAT(inside, outside)
	n.mu.Lock()
	defer n.mu.Unlock()
	r.sixToFour = prefix.Masked()
	return r
}

// Embed is the IPv6 address that stands for an IPv4 address within the prefix
// of a NAT64; DNS64 (RFC 6147) gives it out.
func Embed(prefix netip.Prefix, addr netip.Addr) netip.Addr {
	b, v4 := prefix.Addr().As16(), addr.As4()
	copy(b[12:], v4[:])
	return netip.AddrFrom16(b)
}

// translator finds the host's NAT64 for a destination and the IPv4 destination
// behind it; nil: there is none. The caller holds Network.mu.
func (h *Host) translator(dialled netip.AddrPort) (*NAT, netip.AddrPort) {
	for _, r := range h.nats {
		if r.sixToFour.IsValid() && r.sixToFour.Contains(dialled.Addr()) {
			b := dialled.Addr().As16()
			return r, netip.AddrPortFrom(netip.AddrFrom4([4]byte(b[12:])), dialled.Port())
		}
	}
	return nil, dialled
}
