//go:build linux

package lab

// acrossPath is the verdict where passive ports are blocked and the path was followed: what is found, and who has to act.
func acrossPath(primary, party string) Verdict {
	return Verdict{
		ID: "active-required", Primary: []string{primary}, Party: party, Active: "works", Passive: "fails", Within: withinClosedData,
		Forbidden: anyOf(blamesActive, without(blamesPassive, primary), blamesHelper, blamesData, blamesReach),
	}.answering("hops", "yes")
}

// throughClientGateway is a rule about connections to passive ports on their way through the client's gateway.
func throughClientGateway(verdict string) map[Place]string {
	return at(AtClientGateway, filter("forward", "iifname inside tcp dport "+passivePorts+" ct state new "+verdict))
}

// pathOnly asks where on the path the ports die, and nothing else.
var pathOnly = []string{"--experiments", "hops"}

// pathWorlds have passive ports blocked in three ways at three places of a path with two routers: the first is the client's,
// the last the server's. What a router does to packets on their way through comes after it has looked at the TTL: so what the
// client's gateway drops there, or resets in the server's name, may as well be the server's gateway's doing.
var pathWorlds = []World{
	{
		Name: "path-client-gateway-drops",
		Wall: Firewall{Further: throughClientGateway("drop")}, Options: pathOnly,
		Servers: oneServer, Truth: activeOnly, Verdict: acrossPath("passive-port-filtered", "path"),
	},
	{
		Name: "path-client-gateway-rejects",
		Wall: Firewall{Further: throughClientGateway("reject with icmp type admin-prohibited")}, Options: pathOnly,
		Servers: oneServer, Truth: activeOnly, Verdict: acrossPath("passive-port-filtered", "client-network"),
	},
	{
		Name: "path-client-gateway-resets",
		Wall: Firewall{Further: throughClientGateway("reject with tcp reset")}, Options: pathOnly,
		Servers: oneServer, Truth: activeOnly, Verdict: acrossPath("passive-port-refused", "path"),
	},
	{
		// As an examination finds it that asks everything.
		Name: "path-server-gateway-drops-deep",
		Wall: Firewall{PassivePorts: Drop}, Options: []string{"--deep"},
		Servers: oneServer, Truth: activeOnly, Verdict: acrossPath("passive-port-filtered", "server-network"),
	},
	{
		Name: "path-server-gateway-rejects",
		Wall: Firewall{PassivePorts: Reject}, Options: pathOnly,
		Servers: []Kind{ProFTPD}, Truth: activeOnly, Verdict: acrossPath("passive-port-filtered", "server-network"),
	},
	{
		Name: "path-server-drops",
		Wall: Firewall{PassivePortsAtServer: Drop}, Options: pathOnly,
		Servers: []Kind{Pyftpdlib}, Truth: activeOnly, Verdict: acrossPath("passive-port-filtered", "server-network"),
	},
	{
		Name: "path-server-rejects",
		Wall: Firewall{PassivePortsAtServer: Reject}, Options: pathOnly,
		Servers: []Kind{Inetutils}, Truth: activeOnly, Verdict: acrossPath("passive-port-filtered", "server-network"),
	},
	{
		// A closed port looks the same wherever it was closed behind the last router: the path tells no more than the time.
		Name: "path-server-resets",
		Wall: Firewall{PassivePortsAtServer: Reset}, Options: pathOnly,
		Servers: oneServer, Truth: activeOnly, Verdict: acrossPath("passive-port-refused", "path"),
	},
}
