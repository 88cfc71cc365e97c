//go:build unix

package probe

import (
	"net/netip"

	"github.com/miekg/dns"
)

// resolvConf is where resolv.conf(5) lives. macOS writes it too, with the
// servers of the primary network service.
const resolvConf = "/etc/resolv.conf"

func configuredNames() ([]netip.Addr, NameSetup) { return namesIn(resolvConf) }

func hostsFile() string { return "/etc/hosts" }

// namesIn reads the servers, in their order, and the suffixes from a file in the
// format of resolv.conf(5). Everything is empty where there is no such file; what
// is not an address is skipped.
func namesIn(file string) ([]netip.Addr, NameSetup) {
	config, err := dns.ClientConfigFromFile(file)
	if err != nil {
		return nil, NameSetup{}
	}
	var addrs []netip.Addr
	for _, server := range config.Servers {
		if addr, err := netip.ParseAddr(server); err == nil {
			addrs = append(addrs, addr)
		}
	}
	return addrs, NameSetup{Search: config.Search, Dots: config.Ndots}
}
