//go:build linux

package hops

import (
	"net/netip"
	"sync/atomic"
	"testing"
)

// addresses of the lab in one family: client – r1 – r2 – server. From
// documentation ranges (RFC 5737, RFC 3849).
type addresses struct{ client, second, r1, r2, server netip.Addr }

var (
	lab4 = addresses{
		netip.MustParseAddr("192.0.2.2"), netip.MustParseAddr("192.0.2.3"), netip.MustParseAddr("192.0.2.1"),
		netip.MustParseAddr("198.51.100.2"), netip.MustParseAddr("203.0.113.2"),
	}
	lab6 = addresses{
		netip.MustParseAddr("2001:db8:1::2"), netip.MustParseAddr("2001:db8:1::3"), netip.MustParseAddr("2001:db8:1::1"),
		netip.MustParseAddr("2001:db8:2::2"), netip.MustParseAddr("2001:db8:3::2"),
	}
)

// The data ports of the lab, each blocked in a way of its own.
const (
	open = 40000 + iota
	r1Drops
	r2Drops
	r2DropsEarly
	r2Prohibits
	r2ProhibitsEarly
	r2Rejects
	r2Resets
	r2ResetsEarly
	r1Resets
	closed
	serverDrops
	serverResets
	clientRejects
	clientDrops
)

// lab is the standing network. The test's own process is the client.
type lab struct{ client, r1, r2, server machine }

// buildLab makes and wires the machines and loads their firewalls.
func buildLab(t *testing.T) (l lab, control *atomic.Int64) {
	t.Helper()
	l = lab{newMachine(t), newMachine(t), newMachine(t), newMachine(t)}
	l.client.run(t, "", "ip link add eth0 type veth peer name in netns "+l.r1.path())
	l.r1.run(t, "", "ip link add out type veth peer name in netns "+l.r2.path())
	l.r2.run(t, "", "ip link add out type veth peer name eth0 netns "+l.server.path())
	for _, router := range []machine{l.r1, l.r2} {
		router.set(t, "ipv4/ip_forward=1", "ipv6/conf/all/forwarding=1")
	}
	l.client.run(t, "", "ip link set lo up", "ip link set eth0 up",
		"ip addr add 192.0.2.2/24 dev eth0", "ip addr add 192.0.2.3/24 dev eth0",
		"ip addr add 2001:db8:1::3/64 dev eth0 nodad", "ip addr add 2001:db8:1::2/64 dev eth0 nodad",
		"ip route add default via 192.0.2.1", "ip route add default via 2001:db8:1::1")
	l.r1.run(t, "", "ip link set lo up", "ip link set in up", "ip link set out up",
		"ip addr add 192.0.2.1/24 dev in", "ip addr add 198.51.100.1/24 dev out",
		"ip addr add 2001:db8:1::1/64 dev in nodad", "ip addr add 2001:db8:2::1/64 dev out nodad",
		"ip route add default via 198.51.100.2", "ip route add default via 2001:db8:2::2")
	l.r2.run(t, "", "ip link set lo up", "ip link set in up", "ip link set out up",
		"ip addr add 198.51.100.2/24 dev in", "ip addr add 203.0.113.1/24 dev out",
		"ip addr add 2001:db8:2::2/64 dev in nodad", "ip addr add 2001:db8:3::1/64 dev out nodad",
		"ip route add default via 198.51.100.1", "ip route add default via 2001:db8:2::1")
	l.server.run(t, "", "ip link set lo up", "ip link set eth0 up",
		"ip addr add 203.0.113.2/24 dev eth0", "ip addr add 2001:db8:3::2/64 dev eth0 nodad",
		"ip route add default via 203.0.113.1", "ip route add default via 2001:db8:3::1")

	l.client.firewall(t, `chain output { type filter hook output priority 0;
		tcp dport 40013 reject with icmpx admin-prohibited
		tcp dport 40014 drop
	}`)
	l.r1.firewall(t, `chain forward { type filter hook forward priority 0;
		tcp dport 40001 drop
		tcp dport 40009 reject with tcp reset
	}`)
	l.r2.firewall(t, `chain prerouting { type filter hook prerouting priority 0;
		tcp dport 40003 drop
		tcp dport 40005 reject with icmpx admin-prohibited
		tcp dport 40008 reject with tcp reset
	}
	chain forward { type filter hook forward priority 0;
		tcp dport 40002 drop
		tcp dport 40004 reject with icmpx admin-prohibited
		tcp dport 40006 reject
		tcp dport 40007 reject with tcp reset
	}`)
	l.server.firewall(t, `chain input { type filter hook input priority 0;
		tcp dport 40011 drop
		tcp dport 40012 reject with tcp reset
	}`)
	l.server.serve(t, open)
	return l, l.server.serve(t, 21)
}

// localise asks about a data port as an unprivileged program on the client.
func (l lab) localise(t *testing.T, local, server netip.Addr, port uint16) (found Localisation) {
	t.Helper()
	l.client.do(t, func() error {
		if err := dropPrivileges(); err != nil {
			return err
		}
		found = Localise(t.Context(), local, netip.AddrPortFrom(server, 21),
			netip.AddrPortFrom(server, port), Options{})
		return nil
	})
	return found
}

// blocked is what a data port of the lab must look like. The zero fields of
// the comparison are facts too.
type blocked struct {
	name string
	port uint16
	want func(a addresses) Comparison
	// resetTTL is what the data port's reset arrives with, where that is to
	// be looked for: the server is behind two routers, 62.
	resetTTL int
}

var everyBlock = []blocked{
	{"open", open, func(a addresses) Comparison {
		return Comparison{Distance: 3, Fate: SYNACK, FateTTL: 3, Last: 2, LastAddr: a.r2}
	}, 0},
	{"r1 drops", r1Drops, func(a addresses) Comparison {
		return Comparison{Distance: 3, Fate: Silent, Last: 1, LastAddr: a.r1, FirstSilent: 2, FirstSilentAddr: a.r2}
	}, 0},
	{"r2 drops", r2Drops, func(a addresses) Comparison {
		return Comparison{Distance: 3, Fate: Silent, Last: 2, LastAddr: a.r2, FirstSilent: 3, FirstSilentAddr: a.server}
	}, 0},
	{"r2 drops before routing", r2DropsEarly, func(a addresses) Comparison {
		return Comparison{Distance: 3, Fate: Silent, Last: 1, LastAddr: a.r1, FirstSilent: 2, FirstSilentAddr: a.r2}
	}, 0},
	{"r2 prohibits", r2Prohibits, func(a addresses) Comparison {
		return Comparison{Distance: 3, Fate: Unreachable, FateTTL: 3, Last: 2, LastAddr: a.r2,
			Refuser: a.r2, Role: AtHop, RoleTTL: 2}
	}, 0},
	{"r2 prohibits before routing", r2ProhibitsEarly, func(a addresses) Comparison {
		return Comparison{Distance: 3, Fate: Unreachable, FateTTL: 2, Early: true, Last: 1, LastAddr: a.r1,
			Refuser: a.r2, Role: AtHop, RoleTTL: 2}
	}, 0},
	{"r2 rejects", r2Rejects, func(a addresses) Comparison {
		return Comparison{Distance: 3, Fate: Unreachable, FateTTL: 3, Last: 2, LastAddr: a.r2,
			Refuser: a.r2, Role: AtHop, RoleTTL: 2}
	}, 0},
	{"r2 resets", r2Resets, func(a addresses) Comparison {
		return Comparison{Distance: 3, Fate: RST, FateTTL: 3, Last: 2, LastAddr: a.r2}
	}, 63},
	{"r2 resets before routing", r2ResetsEarly, func(a addresses) Comparison {
		return Comparison{Distance: 3, Fate: RST, FateTTL: 2, Early: true, Last: 1, LastAddr: a.r1}
	}, 0},
	{"r1 resets", r1Resets, func(a addresses) Comparison {
		return Comparison{Distance: 3, Fate: RST, FateTTL: 2, Early: true, Last: 1, LastAddr: a.r1}
	}, 0},
	{"nothing listens", closed, func(a addresses) Comparison {
		return Comparison{Distance: 3, Fate: RST, FateTTL: 3, Last: 2, LastAddr: a.r2}
	}, 62},
	{"the server drops", serverDrops, func(a addresses) Comparison {
		return Comparison{Distance: 3, Fate: Silent, Last: 2, LastAddr: a.r2, FirstSilent: 3, FirstSilentAddr: a.server}
	}, 0},
	{"the server's filter resets", serverResets, func(a addresses) Comparison {
		return Comparison{Distance: 3, Fate: RST, FateTTL: 3, Last: 2, LastAddr: a.r2}
	}, 62},
	{"the client's filter rejects", clientRejects, func(a addresses) Comparison {
		return Comparison{Distance: 3, Fate: Unreachable, FateTTL: 1, Early: true, Refuser: a.client, Role: ThisComputer}
	}, 0},
	{"the client's filter drops", clientDrops, func(a addresses) Comparison {
		return Comparison{Distance: 3, Fate: Silent, FirstSilent: 1, FirstSilentAddr: a.r1}
	}, 0},
}

func TestLab(t *testing.T) {
	t.Parallel()
	if !enterLab(t) {
		return
	}
	l, control := buildLab(t)

	// Two localisations in a row, with the rate limit of ICMP as Linux sets
	// it: every router must still answer. From an address that nothing else
	// uses, for the limit is kept per address.
	for range 2 {
		found := l.localise(t, lab4.second, lab4.server, serverDrops)
		if want := everyBlock[serverDrops-open].want(lab4); found.Comparison != want || found.Control.Local != lab4.second {
			t.Errorf("within the rate limit:\n got %+v from %v\nwant %+v", found.Comparison, found.Control.Local, want)
		}
	}
	if n := control.Load(); n != 2 {
		t.Errorf("the control port saw %d connections, want one per localisation", n)
	}

	// What follows asks thirty paths at once. There are two limits, one for
	// each receiver and one for all together (50 at a time): no type of message
	// but one that does not exist falls under either.
	for _, router := range []machine{l.r1, l.r2} {
		router.set(t, "ipv4/icmp_ratelimit=0", "ipv4/icmp_ratemask=0", "ipv6/icmp/ratelimit=0", "ipv6/icmp/ratemask=255")
	}
	for _, family := range []struct {
		name string
		addresses
	}{{"IPv4", lab4}, {"IPv6", lab6}} {
		for _, b := range everyBlock {
			t.Run(family.name+" "+b.name, func(t *testing.T) {
				t.Parallel()
				found := l.localise(t, family.client, family.server, b.port)
				if want := b.want(family.addresses); found.Comparison != want {
					t.Errorf("\n got %+v\nwant %+v\nin %+v", found.Comparison, want, found)
				}
				b.checkICMP(t, found)
				b.checkReset(t, found)
			})
		}
	}
}

// checkICMP: a rule that says so must be told from one that does not.
func (b blocked) checkICMP(t *testing.T, found Localisation) {
	t.Helper()
	_, final := found.Data.Final()
	want := b.port == r2Prohibits || b.port == r2ProhibitsEarly || b.port == clientRejects
	if got := final.ICMP.Prohibited(); got != want {
		t.Errorf("prohibited is %v, want %v: %+v", got, want, final.ICMP)
	}
}

// checkReset: the TTL of a reset tells whose it is.
func (b blocked) checkReset(t *testing.T, found Localisation) {
	t.Helper()
	if found.DataTTL.TTL != b.resetTTL {
		t.Errorf("the reset arrives with %d, want %d: %+v", found.DataTTL.TTL, b.resetTTL, found.DataTTL)
	}
	same, known := found.SameTTL()
	if known != (b.resetTTL != 0) || same != (b.resetTTL == 62) {
		t.Errorf("same TTL: %v (known: %v), data %+v, control %+v", same, known, found.DataTTL, found.ControlTTL)
	}
}
