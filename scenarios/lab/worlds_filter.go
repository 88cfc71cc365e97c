//go:build linux

package lab

import "time"

// withinSamples is for six further ports, of which some are dropped, each with the deadline of a data connection.
const withinSamples = 30 * time.Second

// filterWorlds are firewalls that tell connections apart.
var filterWorlds = []World{
	{
		// The server calls, and its own network keeps the call from leaving: nobody at the client's end can change that.
		Name:    "server-egress-dropped",
		Wall:    Firewall{Outbound: Drop},
		Servers: []Kind{Vsftpd, ProFTPD, PureFTPd},
		Truth:   passiveOnly,
		Verdict: Verdict{
			ID: "passive-required", Primary: []string{"active-blocked"}, Active: "fails", Passive: "works", Within: withinOneDropped,
			Innocent: []string{"user", "client-network"},
			Forbidden: anyOf([]string{"active-nat-unhelped", "active-disabled", "active-rejected-en-route", "active-local-firewall"},
				blamesPassive, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		// vsftpd as Debian configures it and Pure-FTPd call from port 20; the others from any port.
		Name:         "client-firewall-admits-port-20",
		Wall:         Firewall{Inbound: Drop, InboundFrom20: true},
		Truth:        passiveOnly,
		SpecialTruth: map[Kind][]Expectation{Vsftpd: bothWork, PureFTPd: bothWork},
		Verdict: Verdict{
			ID: "passive-required", Primary: []string{"active-blocked"}, Active: "fails", Passive: "works", Within: withinOneDropped,
			Forbidden: anyOf([]string{"active-nat-unhelped", "active-disabled", "active-rejected-en-route", "active-local-firewall"},
				blamesPassive, blamesHelper, blamesData, blamesReach),
		},
		Special: map[Kind]Verdict{Vsftpd: healthy, PureFTPd: healthy},
	},
	{
		// Half of the ports are open, whatever ports the server chooses.
		Name:    "passive-range-half-open",
		Wall:    Firewall{EverySecondPort: true},
		Servers: oneServer,
		Options: []string{"--samples", "6"},
		Truth:   []Expectation{works(ActiveEPRT), fails(PassiveEPSV), works(PassivePASV), fails(PassiveEPSV), works(PassiveEPSV)},
		// The ports are shut in the order of their use.
		OneAtATime: true,
		Verdict: Verdict{
			ID: "either", Primary: []string{"passive-range-partly-open"}, Active: "works", Passive: "unreliable",
			Within:    withinSamples,
			Forbidden: anyOf(blamesActive, []string{"passive-disabled", "passive-port-refused"}, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		Name:    "ipv6-passive-dropped",
		Wall:    Firewall{IPv6: true, PassiveV6: Drop},
		Setting: Setting{IPv6: true},
		Servers: twoServers,
		Hosts:   "127.0.0.1 localhost\n" + ServerAddress + " " + serverName + "\n" + serverV6 + " " + serverName + "\n",
		Truth:   append(bothWork[:len(bothWork):len(bothWork)], works(ActiveV6), fails(PassiveV6)),
		Verdict: Verdict{
			ID: "either", Primary: []string{"passive-ipv6-unusable"}, Active: "works", Passive: "works", Within: withinOneDropped,
			Forbidden: anyOf(blamesActive, []string{"passive-disabled", "passive-port-refused", "passive-port-filtered", "address-dead"},
				blamesHelper, blamesData, blamesReach),
		},
	},
	{
		Name:    "ipv6-dead",
		Wall:    Firewall{IPv6: true, ControlV6: Drop, PassiveV6: Drop, ActiveV6: Drop},
		Setting: Setting{IPv6: true},
		Servers: twoServers,
		Hosts:   "127.0.0.1 localhost\n" + ServerAddress + " " + serverName + "\n" + serverV6 + " " + serverName + "\n",
		Truth:   append(bothWork[:len(bothWork):len(bothWork)], failsWith(PassiveV6, curlTimedOut)),
		Verdict: Verdict{
			ID: "either", Primary: []string{"address-dead"}, Active: "works", Passive: "works", Within: withinControlDropped,
			Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		Name:    "ipv6-healthy",
		Wall:    Firewall{IPv6: true},
		Setting: Setting{IPv6: true},
		Servers: []Kind{Vsftpd, ProFTPD, PureFTPd, Inetutils},
		Hosts:   "127.0.0.1 localhost\n" + ServerAddress + " " + serverName + "\n" + serverV6 + " " + serverName + "\n",
		Truth:   append(bothWork[:len(bothWork):len(bothWork)], works(ActiveV6), works(PassiveV6)),
		Verdict: healthy,
	},
}
