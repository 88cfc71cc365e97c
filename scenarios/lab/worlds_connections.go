//go:build linux

package lab

import "time"

// perAddress is a rule of the server's firewall that counts the connections of one address, control and data together.
func perAddress(limit, verdict string) map[Place]string {
	return at(AtServerGateway, "table ip more {\n set counted { type ipv4_addr; flags dynamic; }\n"+
		" chain forward { type filter hook forward priority 5; policy accept;\n"+
		"  iifname outside ct state new add @counted { ip saddr ct count over "+limit+" } "+verdict+"\n }\n}\n")
}

// connectionWorlds count connections: enough of them for every FTP program. ftpdiag must not count what it took itself.
var connectionWorlds = []World{
	{
		// Enough for every FTP program: one control connection and one for data. ftpdiag must not count what it took itself.
		Name:    "two-connections-per-address",
		Wall:    Firewall{Further: perAddress("2", "reject with tcp reset")},
		Servers: []Kind{Vsftpd, ProFTPD, PureFTPd},
		Truth:   bothWork, OneAtATime: true, Verdict: limited,
	},
	{
		Name:    "two-connections-per-address-dropped",
		Wall:    Firewall{Further: perAddress("2", "drop")},
		Servers: twoServers,
		Truth:   bothWork, OneAtATime: true,
		Verdict: unhurried(25 * time.Second),
	},
	{
		Name:    "three-connections-per-address-active-dropped",
		Wall:    Firewall{Inbound: Drop, Further: perAddress("3", "reject with tcp reset")},
		Servers: []Kind{Vsftpd, PureFTPd},
		Truth:   []Expectation{works(PassiveEPSV), fails(ActiveEPRT)}, OneAtATime: true,
		Verdict: Verdict{
			ID: "passive-required", Primary: []string{"active-blocked"}, Active: "fails", Passive: "works",
			Forbidden: anyOf(without(blamesActive, "active-blocked"), blamesPassive, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		// Three new connections a minute: what does not answer any more says nothing about the command.
		Name: "three-connections-a-minute",
		Wall: Firewall{Further: at(AtServerGateway, filter("forward",
			"iifname outside ip saddr "+publicClient+" ct state new limit rate over 3/minute burst 3 packets drop"))},
		Servers: []Kind{Vsftpd, PureFTPd},
		Truth:   bothWork,
		Verdict: Verdict{
			ID: "either", Active: "works", Passive: "works", Within: 25 * time.Second,
			Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, blamesData, without(blamesReach, "results-vary")),
		},
	},
}
