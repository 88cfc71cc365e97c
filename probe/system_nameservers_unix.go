//go:build unix

package probe

import (
	"net/netip"

	"github.com/miekg/dns"
)

// resolvConf is where resolv.conf(5) lives. macOS writes it too, with the
// servers of the primary network service.
const resolvConf = "/etc/resolv.conf"

func configuredNameservers() []netip.Addr { return nameserversIn(resolvConf) }

// nameserversIn reads the servers from a file in the format of resolv.conf(5),
// in their order. It returns nil where there is no such file and skips what is
// not an address.
func nameserversIn(file string) []netip.Addr {
	config, err := dns.ClientConfigFromFile(file)
	if err != nil {
		return nil
	}
	var addrs []netip.Addr
	for _, server := range config.Servers {
		if addr, err := netip.ParseAddr(server); err == nil {
			addrs = append(addrs, addr)
		}
	}
	return addrs
}
