package probe

import (
	"net/netip"
	"slices"
)

// dnsPort is where configured DNS servers are asked: neither resolv.conf nor
// Windows' adapters can name another port (RFC 1035 section 4.2).
const dnsPort = 53

// Nameservers implements [Network].
func (System) Nameservers() []netip.AddrPort { return dnsServers(configuredNameservers()) }

// dnsServers adds the port. A server that is configured twice, for two
// adapters for instance, is listed once.
func dnsServers(addrs []netip.Addr) []netip.AddrPort {
	var servers []netip.AddrPort
	for _, addr := range addrs {
		server := netip.AddrPortFrom(addr.Unmap(), dnsPort)
		if !slices.Contains(servers, server) {
			servers = append(servers, server)
		}
	}
	return servers
}
