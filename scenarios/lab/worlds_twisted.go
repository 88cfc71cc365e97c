//go:build linux

package lab

// twistedOnly is tried with a server that knows PORT and PASV only, as servers before RFC 2428 do. What curl asks with
// EPRT and EPSV it asks again with the older commands.
var twistedOnly = []Kind{Twisted}

// olderCommands is what there is to say first of a server without EPRT and EPSV.
var olderCommands = []string{"epsv-broken"}

// twistedWorlds are some of the other worlds, with such a server.
var twistedWorlds = []World{
	{
		Name:    "direct-older-commands",
		Servers: twistedOnly,
		Truth:   bothWork,
		Verdict: Verdict{
			ID: "either", Primary: olderCommands, Present: []string{"both-modes-work"}, Active: "works", Passive: "works", Within: withinHealthy,
			Forbidden: anyOf(blamesActive, without(blamesPassive, "epsv-broken"), blamesHelper, blamesData, blamesReach),
		},
	},
	{
		Name:    "client-firewall-older-commands",
		Wall:    Firewall{Inbound: Drop},
		Servers: twistedOnly,
		Truth:   passiveOnly,
		Verdict: Verdict{
			ID: "passive-required", Primary: []string{"active-blocked"}, Active: "fails", Passive: "works",
			Forbidden: anyOf([]string{"active-nat-unhelped", "active-disabled", "active-rejected-en-route", "active-local-firewall"},
				without(blamesPassive, "epsv-broken"), blamesHelper, blamesData, blamesReach),
		},
	},
	{
		Name:    "passive-range-dropped-older-commands",
		Wall:    Firewall{PassivePorts: Drop},
		Servers: twistedOnly,
		Truth:   activeOnly,
		Verdict: Verdict{
			ID: "active-required", Primary: []string{"passive-port-filtered"}, Active: "works", Passive: "fails",
			Forbidden: anyOf(blamesActive, []string{"passive-disabled", "passive-port-refused"}, blamesHelper, blamesData, blamesReach),
		},
	},
}
