//go:build linux

package lab

import "time"

// nameLost is the verdict where the server's name leads nowhere.
func nameLost(primary string, within time.Duration) Verdict {
	return Verdict{
		ID: "undetermined", Primary: []string{primary}, Active: "untested", Passive: "untested", Exit: 5, Within: within,
		Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, blamesData, blamesReach),
	}
}

// The silence of a DNS server: ftpdiag waits 10 s for the system and then asks itself, one question of 3 s, and 1 s for a
// connection over TCP where that is not refused.
const (
	withinSilentSystem = 15 * time.Second
	withinSilentServer = 7 * time.Second
)

// The servers do not matter where the name is not found: one is enough.
var oneServer = []Kind{Vsftpd}

// nameWorlds are DNS servers, asked by the client's system or by ftpdiag itself.
var nameWorlds = []World{
	{
		Name: "name-found", Naming: Named,
		Servers: twoServers,
		Truth:   []Expectation{works(ByName)},
		Verdict: healthy,
	},
	{
		Name: "name-missing", Naming: Missing,
		Servers: oneServer,
		Truth:   []Expectation{failsWith(ByName, curlNameUnknown)},
		Verdict: nameLost("dns-no-such-host", withinHealthy),
	},
	{
		Name: "short-name-found", Naming: Named, Short: true,
		Servers: oneServer,
		Truth:   []Expectation{works(ByName)},
		Verdict: healthy,
	},
	{
		Name: "short-name-missing", Naming: Missing, Short: true,
		Servers: oneServer,
		Truth:   []Expectation{failsWith(ByName, curlNameUnknown)},
		Verdict: nameLost("dns-no-such-host", withinHealthy),
	},
	{
		// The name servers of the suffix fail; without the suffix the name does not exist.
		Name: "short-name-server-fails", Naming: ServerFail, Short: true,
		Servers: oneServer,
		Truth:   []Expectation{failsWith(ByName, curlNameUnknown)},
		Verdict: nameLost("dns-failure", withinHealthy),
	},
	{
		Name: "name-server-fails", Naming: ServerFail,
		Servers: oneServer,
		Truth:   []Expectation{failsWith(ByName, curlNameUnknown)},
		Verdict: nameLost("dns-failure", withinHealthy),
	},
	{
		Name: "name-server-silent", Naming: Silent,
		Servers: oneServer,
		Truth:   []Expectation{fails(ByName)},
		Verdict: nameLost("dns-failure", withinSilentSystem),
	},
	{
		// The client's system does not know the name; the DNS server does.
		Name: "resolver-finds", Naming: Named, AskedDirectly: true,
		Servers: twoServers,
		Truth:   append(bothWork[:len(bothWork):len(bothWork)], failsWith(ByName, curlNameUnknown)),
		Verdict: healthy,
	},
	{
		Name: "resolver-misses", Naming: Missing, AskedDirectly: true,
		Servers: oneServer,
		Truth:   []Expectation{failsWith(ByName, curlNameUnknown)},
		Verdict: nameLost("dns-no-such-host", withinHealthy),
	},
	{
		Name: "resolver-fails", Naming: ServerFail, AskedDirectly: true,
		Servers: oneServer,
		Truth:   []Expectation{failsWith(ByName, curlNameUnknown)},
		Verdict: nameLost("dns-failure", withinHealthy),
	},
	{
		Name: "resolver-silent", Naming: Silent, AskedDirectly: true,
		Servers: oneServer,
		Truth:   []Expectation{failsWith(ByName, curlNameUnknown)},
		Verdict: nameLost("dns-failure", withinSilentServer),
	},
	{
		// A DNS server that does not answer this client.
		Name: "name-server-refuses", Naming: Refusing,
		Servers: oneServer,
		Truth:   []Expectation{failsWith(ByName, curlNameUnknown)},
		Verdict: nameLost("dns-failure", withinHealthy),
	},
	{
		Name: "name-without-address", Naming: NoAddress,
		Servers: oneServer,
		Truth:   []Expectation{failsWith(ByName, curlNameUnknown)},
		Verdict: nameLost("dns-no-such-host", withinHealthy),
	},
	{
		// The client's system asks again over TCP.
		Name: "name-too-long-for-udp", Naming: TooLong,
		Servers: oneServer,
		Truth:   []Expectation{works(ByName)},
		Verdict: healthy,
	},
	{
		// And so does ftpdiag itself.
		Name: "resolver-too-long-for-udp", Naming: TooLong, AskedDirectly: true,
		Servers: oneServer,
		Truth:   []Expectation{failsWith(ByName, curlNameUnknown)},
		Verdict: healthy,
	},
	{
		Name: "name-is-alias", Naming: Alias,
		Servers: oneServer,
		Options: []string{"--deep"}, // asks the DNS server, beside the system
		Truth:   []Expectation{works(ByName)},
		Verdict: Verdict{
			ID: "either", Primary: []string{"both-modes-work"}, Active: "works", Passive: "works", Within: withinClosedData,
			Aliases: aliasChain, Forbidden: healthy.Forbidden,
		},
	},
	{
		// The name is right; what it is an alias of is not, and that is the zone's fault.
		Name: "name-is-alias-of-nothing", Naming: BrokenAlias,
		Servers: oneServer,
		Truth:   []Expectation{failsWith(ByName, curlNameUnknown)},
		Verdict: Verdict{
			ID: "undetermined", Primary: []string{"dns-no-such-host"}, Active: "untested", Passive: "untested", Exit: 5, Within: withinHealthy,
			Party: "server-network", Aliases: aliasChain, Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		// An address of each family, and nobody at that of IPv6.
		Name: "name-ipv6-dead", Naming: NamedDeadV6,
		Wall:    Firewall{IPv6: true},
		Servers: oneServer,
		Truth:   []Expectation{works(ByName)},
		Verdict: Verdict{
			ID: "either", Primary: []string{"address-dead"}, Active: "works", Passive: "works", Within: withinControlDropped,
			Innocent: []string{"server-config"}, Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, blamesData, blamesReach),
		},
	},
}
