package probe

import "net/netip"

// Scope is how far an address reaches. Zero: not known.
type Scope uint8

const (
	ScopePublic      Scope = iota + 1
	ScopePrivate           // RFC 1918, RFC 4193
	ScopeShared            // 100.64.0.0/10, carrier NAT (RFC 6598)
	ScopeLinkLocal         // RFC 3927, fe80::/10
	ScopeLoopback          // 127.0.0.0/8, ::1
	ScopeUnspecified       // 0.0.0.0, ::
	ScopeOther             // multicast, reserved
)

var scopeNames = enum[Scope]{"scope", []string{
	"", "public", "private", "shared", "link-local", "loopback", "unspecified", "other"}}

func (s Scope) String() string                { return scopeNames.text(s) }
func (s Scope) MarshalText() ([]byte, error)  { return scopeNames.marshal(s) }
func (s *Scope) UnmarshalText(b []byte) error { return scopeNames.unmarshal(s, b) }

var sharedSpace = netip.MustParsePrefix("100.64.0.0/10")

// nat64 is the prefix under which IPv6-only networks show IPv4 servers
// (RFC 6052 section 2.1).
var nat64 = netip.MustParsePrefix("64:ff9b::/96")

// ThroughNAT64 tells whether an address is an IPv4 server's as an IPv6-only
// network shows it.
func ThroughNAT64(a netip.Addr) bool { return nat64.Contains(a) }

// ScopeOf tells how far an address reaches. Documentation addresses
// (RFC 5737, RFC 3849) count as public: they stand for public ones.
func ScopeOf(a netip.Addr) Scope {
	a = a.Unmap()
	switch {
	case !a.IsValid():
		return 0
	case a.IsUnspecified():
		return ScopeUnspecified
	case a.IsLoopback():
		return ScopeLoopback
	case a.IsLinkLocalUnicast():
		return ScopeLinkLocal
	case a.IsPrivate():
		return ScopePrivate
	case sharedSpace.Contains(a):
		return ScopeShared
	case a.IsMulticast(), a.Is4() && a.As4()[0] >= 240, a.Is4() && a.As4()[0] == 0:
		return ScopeOther
	default:
		return ScopePublic
	}
}

// Local tells whether addresses of this scope mean something only within one
// network.
func (s Scope) Local() bool {
	switch s {
	case ScopePrivate, ScopeShared, ScopeLinkLocal, ScopeLoopback:
		return true
	default:
		return false
	}
}

// BehindNAT tells whether a client at this address must be behind NAT when it
// talks to a server at that address: one is of a local scope, the other
// public, or the server is an IPv4 one behind NAT64. It proves nothing when it says no.
func BehindNAT(client, server netip.Addr) bool {
	if ThroughNAT64(server) {
		return true // IPv6 here, IPv4 there
	}
	c := ScopeOf(client)
	return (c == ScopePrivate || c == ScopeShared) && ScopeOf(server) == ScopePublic
}

// SeenAs is our address as the server at an address says it sees it; not valid:
// it does not say.
func (e *Examination) SeenAs(server netip.Addr) netip.Addr {
	for i := range e.Sessions {
		if s := &e.Sessions[i]; s.Remote.Addr() == server && s.SeenAs.IsValid() {
			return s.SeenAs.Unmap()
		}
	}
	return netip.Addr{}
}

// BehindNAT is [BehindNAT] unless the server says that it sees the client under
// its own address: some networks route private addresses, and translate none.
func (e *Examination) BehindNAT(client, server netip.Addr) bool {
	return BehindNAT(client, server) && e.SeenAs(server) != client.Unmap()
}

// dialable tells whether an address announced by a server may be dialled. A
// loopback address announced by a remote server would lead to this computer's
// own services; multicast and reserved ones lead nowhere.
func dialable(announced netip.AddrPort, peer netip.Addr) (bool, string) {
	if announced.Port() == 0 {
		return false, "the server named port 0"
	}
	switch ScopeOf(announced.Addr()) {
	case ScopeLoopback:
		if ScopeOf(peer) != ScopeLoopback {
			return false, "a loopback address of the server's own was announced; it was not dialled"
		}
	case ScopeOther, ScopeUnspecified, 0:
		return false, "the announced address is not one that can be dialled"
	default: // the other scopes can be dialled
	}
	return true, ""
}
