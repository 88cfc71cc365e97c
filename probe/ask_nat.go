package probe

import (
	"net/netip"

	"ftpdiag/probe/ftp"
)

// askSeenAddress repeats a refused PORT or EPRT with the address under which

// plausibleNAT tells whether asking for the server's view of us can bring
// news: not on loopback.
func (r *route) plausibleNAT() bool { return ScopeOf(r.remote.Addr()) != ScopeLoopback }

// seenAddress finds our address in what the server has said already:
// Pure-FTPd names it when it refuses a PORT.
func (r *route) seenAddress(list []*Attempt) (netip.Addr, bool) {
	for _, a := range list {
		if seen, ok := ftp.SeenAddress(a.Setup.Reply); ok {
			return seen.Unmap(), true
		}
	}
	return netip.Addr{}, false
}

// askHiddenCommand repeats a PORT that delivered through NAT, this time behind
