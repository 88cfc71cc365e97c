package probe

import (
	"net/netip"
	"slices"
	"strings"
)

// NameSetup is how this computer turns names into addresses, beside what its
// resolver answers. The zero value is one about which nothing could be found
// out.
type NameSetup struct {
	Servers []netip.AddrPort // the configured DNS servers, in the system's order
	Search  []string         // suffixes that the system tries with names that are short, in its order
	Dots    int              // how many dots a name needs to be asked as it is first (ndots, resolv.conf(5)); 0: one
	Hosts   []netip.Addr     // what the hosts file gives the name
}

// maxNames is how many names are asked for in place of one. The C library asks
// for seven; each costs a question of every family and server.
const maxNames = 4

// names are the names that the system asks for when it is given host, in its
// order, and whether host counts as complete: the answer about itself then
// decides (resolv.conf(5), "search" and "ndots"). A name with a final dot is
// complete and nothing else.
func (n NameSetup) names(host string) (list []string, complete bool) {
	bare := strings.TrimSuffix(host, ".")
	if bare != host {
		return []string{bare}, true
	}
	for _, suffix := range n.Search {
		suffix = strings.Trim(suffix, ".")
		if suffix != "" && len(list) < maxNames-1 {
			list = append(list, host+"."+suffix)
		}
	}
	complete = strings.Count(host, ".") >= max(1, n.Dots)
	if complete {
		return append([]string{host}, list...), true
	}
	return append(list, host), false
}

// whole is what several answers about the same server's name come to, by the
// names asked for, as the C library reads them (res_nsearch of glibc), and the
// name that decided: one that has addresses wins. Otherwise a complete name's own
// answer counts; of a short one, a name that exists comes next, and it is missing
// only if it is known to be missing under every suffix.
func whole(asked []string, complete bool, outcomes map[string]NameOutcome) (NameOutcome, string) {
	order := []NameOutcome{NameFound, NameEmpty, NameTimeout, NameServFail, NameRefused, NameUnsolved, NameMissing}
	for i, wins := range order {
		for _, name := range asked {
			if o, known := outcomes[name]; known && o == wins {
				return wins, name
			}
		}
		if o, known := outcomes[asked[0]]; i == 0 && complete && known {
			return o, asked[0]
		}
	}
	return NameUnsolved, asked[0]
}

// overlap tells whether two lists share an address.
func overlap(a, b []netip.Addr) bool {
	return slices.ContainsFunc(a, func(one netip.Addr) bool {
		return slices.ContainsFunc(b, func(other netip.Addr) bool { return one.Unmap() == other.Unmap() })
	})
}
