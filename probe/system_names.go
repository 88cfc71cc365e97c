package probe

import (
	"bufio"
	"net/netip"
	"os"
	"slices"
	"strings"
)

// dnsPort is where configured DNS servers are asked: neither resolv.conf nor
// Windows' adapters can name another port (RFC 1035 section 4.2).
const dnsPort = 53

// NameSetup implements [Network].
func (System) NameSetup(host string) NameSetup {
	addrs, setup := configuredNames()
	setup.Servers = dnsServers(addrs)
	setup.Hosts = inHosts(hostsFile(), host)
	return setup
}

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

// inHosts reads from a file in the format of hosts(5) which addresses a name
// has. nil: none, or there is no such file.
func inHosts(file, host string) []netip.Addr {
	f, err := os.Open(file)
	if err != nil {
		return nil
	}
	defer func() { _ = f.Close() }()
	host = strings.TrimSuffix(host, ".")
	var addrs []netip.Addr
	for lines := bufio.NewScanner(f); lines.Scan(); { // what follows an endless line is left out
		text, _, _ := strings.Cut(lines.Text(), "#")
		words := strings.Fields(text)
		if len(words) < 2 || !slices.ContainsFunc(words[1:], func(w string) bool {
			return strings.EqualFold(strings.TrimSuffix(w, "."), host)
		}) {
			continue
		}
		if addr, err := netip.ParseAddr(words[0]); err == nil {
			addrs = append(addrs, addr.Unmap())
		}
	}
	return addrs
}
