//go:build linux

package lab

import "time"

// onlyWellKnown begins a rule of a strict company: what is to happen to new connections to other than these ports.
const onlyWellKnown = "iifname inside ct state new tcp dport != { 21, 80, 443 } "

// aboveTinyFolder is a packet that holds the listing of the public folder, and not what most servers send of a larger one.
const aboveTinyFolder = 1200

// ownFilter drops new connections to the computer itself, as the firewalls of desktop systems do; its own to itself pass.
var ownFilter = filter("input", "iifname eth0 ct state new drop")

// placeWorlds are filters and helpers at places where the other worlds have none.
var placeWorlds = []World{
	{
		// A stateful firewall without translation that reads the dialogue: the helper's pinhole is all that lets the call in.
		// Only deeper questions can show it.
		Name:    "helper-opens-active",
		Wall:    Firewall{Helper: true, Inbound: Drop},
		Truth:   bothWork,
		Verdict: healthy.allowing("active-depends-on-alg", "alg-present"),
	},
	{
		// A PORT that the helper cannot read fails, and the next in plain sight works again.
		Name:    "helper-opens-active-deep",
		Wall:    Firewall{Helper: true, Inbound: Drop},
		Options: []string{"--deep"},
		Servers: twoServers,
		Truth:   bothWork,
		Verdict: Verdict{
			ID: "either", Primary: []string{"active-depends-on-alg"}, Party: "client-network", Confidence: "certain",
			Present: []string{"alg-present"}, Active: "works", Passive: "works", Within: 40 * time.Second,
			Answers:   map[string]string{"hidden-command": "no", "malformed-port": "yes"},
			Forbidden: anyOf(blamesActive, blamesPassive, without(blamesHelper, "active-depends-on-alg", "alg-present"), blamesData, blamesReach),
		},
	},
	{
		Name:    "helper-opens-active-tls",
		Wall:    Firewall{Helper: true, Inbound: Drop},
		Setting: Setting{TLS: TLSOffered},
		Servers: oneServer,
		Truth:   append(bothWork[:len(bothWork):len(bothWork)], fails(ActiveTLS), works(PassiveTLS)),
		Verdict: Verdict{
			ID: "either", Primary: []string{"tls-blinds-alg"}, Active: "works", Passive: "works", Within: withinOneDropped,
			Innocent:  []string{"server-network", "server-config"},
			Forbidden: anyOf(without(blamesActive, "active-blocked"), blamesPassive, without(blamesHelper, "tls-blinds-alg"), blamesData, blamesReach),
		},
	},
	{
		Name:    "helper-opens-passive",
		Wall:    Firewall{HelperAtServer: true, PassivePorts: Drop},
		Truth:   bothWork,
		Verdict: healthy.allowing("alg-present"),
	},
	{
		// The port named in a 227 that the helper cannot read stays shut.
		Name:    "helper-opens-passive-deep",
		Wall:    Firewall{HelperAtServer: true, PassivePorts: Drop},
		Options: []string{"--deep"},
		Servers: twoServers,
		Truth:   bothWork,
		Verdict: Verdict{
			ID: "either", Primary: []string{"both-modes-work"}, Present: []string{"alg-present"},
			Active: "works", Passive: "works", Within: 40 * time.Second,
			Answers:   map[string]string{"hidden-reply": "no", "hidden-command": "yes", "malformed-port": "yes"},
			Forbidden: anyOf(blamesActive, blamesPassive, without(blamesHelper, "alg-present"), blamesData, blamesReach),
		},
	},
	{
		// The helper is told to read another port as well.
		Name: "client-nat-helper-reads-other-port",
		Wall: Firewall{ClientNAT: true, Further: at(AtClientGateway, "table ip more {\n ct helper ftp { type \"ftp\" protocol tcp; }\n"+
			" chain assign { type filter hook prerouting priority filter; tcp dport 2121 ct helper set \"ftp\"; }\n}\n")},
		Setting: Setting{Port: 2121},
		Truth:   bothWork,
		Verdict: translatedNAT,
		Special: map[Kind]Verdict{ProFTPD: translatedNAT.instead("active-depends-on-alg")},
	},
	{
		// This computer's own firewall drops the calls, which its counters show.
		Name:    "client-own-filter-drops-calls",
		Wall:    Firewall{Further: at(AtClient, ownFilter)},
		Servers: []Kind{Vsftpd, ProFTPD, Pyftpdlib},
		Truth:   passiveOnly,
		Verdict: Verdict{
			ID: "passive-required", Primary: []string{"active-local-firewall"}, Active: "fails", Passive: "works",
			Within: withinBothDropped, Innocent: []string{"server-network", "server-config", "client-network", "path"},
			Forbidden: anyOf(without(blamesActive, "active-blocked", "active-local-firewall"), blamesPassive, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		// The deep one counts what is thrown away here. That the calls do not arrive is then explained by it.
		Name:    "client-own-filter-drops-calls-deep",
		Wall:    Firewall{Further: at(AtClient, ownFilter)},
		Options: []string{"--deep"},
		Servers: twoServers,
		Truth:   passiveOnly,
		Verdict: Verdict{
			ID: "passive-required", Primary: []string{"active-local-firewall"}, Active: "fails", Passive: "works", Within: 40 * time.Second,
			Innocent:  []string{"server-network", "server-config", "client-network", "path"},
			Forbidden: anyOf(without(blamesActive, "active-local-firewall", "active-blocked"), blamesPassive, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		// The same from outside: nothing arrives here that could be counted.
		Name:    "client-network-drops-calls-deep",
		Wall:    Firewall{Inbound: Drop},
		Options: []string{"--deep"},
		Servers: oneServer,
		Truth:   passiveOnly,
		Verdict: Verdict{
			ID: "passive-required", Primary: []string{"active-blocked"}, Active: "fails", Passive: "works", Within: 40 * time.Second,
			Innocent:  []string{"user", "server-network", "server-config"},
			Forbidden: anyOf(without(blamesActive, "active-blocked"), blamesPassive, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		// The server's own firewall drops its calls.
		Name:    "server-own-filter-drops-calls",
		Wall:    Firewall{Further: at(AtServer, filter("output", "ct state new tcp dport > 1023 drop"))},
		Servers: oneServer,
		Truth:   passiveOnly,
		Verdict: Verdict{
			ID: "passive-required", Primary: []string{"active-blocked"}, Active: "fails", Passive: "works", Within: withinOneDropped,
			Innocent:  []string{"user", "client-network"},
			Forbidden: anyOf(without(blamesActive, "active-blocked"), blamesPassive, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		Name:  "server-own-filter-rejects-calls",
		Wall:  Firewall{Further: at(AtServer, filter("output", "ct state new tcp dport > 1023 reject with icmp type admin-prohibited"))},
		Truth: passiveOnly,
		Verdict: Verdict{
			ID: "passive-required", Primary: []string{"active-rejected-en-route"}, Active: "fails", Passive: "works",
			Within: withinHealthy, Innocent: []string{"user", "client-network"},
			Forbidden: anyOf(without(blamesActive, "active-rejected-en-route", "active-server-cannot-connect"), blamesPassive, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		Name:  "server-network-rejects-calls",
		Wall:  Firewall{Outbound: Reject},
		Truth: passiveOnly,
		Verdict: Verdict{
			ID: "passive-required", Primary: []string{"active-rejected-en-route"}, Active: "fails", Passive: "works",
			Within: withinHealthy, Innocent: []string{"user", "client-network"},
			Forbidden: anyOf(without(blamesActive, "active-rejected-en-route"), blamesPassive, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		// The client's own network lets out the web and port 21. From here that looks as if the server's ports were shut.
		Name:    "client-network-lets-out-well-known-ports",
		Wall:    Firewall{Further: at(AtClientGateway, filter("forward", onlyWellKnown+"drop"))},
		Servers: oneServer,
		Truth:   activeOnly,
		Verdict: Verdict{
			ID: "active-required", Primary: []string{"passive-port-filtered"}, Active: "works", Passive: "fails", Within: withinOneDropped,
			Innocent:  []string{"server-network", "server-config"},
			Forbidden: anyOf(blamesActive, without(blamesPassive, "passive-port-filtered"), blamesHelper, blamesData, blamesReach),
		},
	},
	{
		// Private addresses that are routed, as within a company.
		Name:    "private-client-routed-active-disabled",
		Wall:    Firewall{ClientNAT: true, ClientRouted: true},
		Setting: Setting{NoActive: true},
		Truth:   passiveOnly,
		Verdict: Verdict{
			ID: "passive-required", Primary: []string{"active-disabled"}, Active: "fails", Passive: "works", Within: withinHealthy,
			Forbidden: anyOf(without(blamesActive, "active-disabled"), blamesPassive, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		Name:    "large-packets-vanish-small-folder",
		Wall:    Firewall{LargestPacket: aboveTinyFolder},
		Servers: []Kind{Vsftpd, ProFTPD, PureFTPd},
		Truth:   bothWork,
		Verdict: healthy,
	},
	{
		// A device that ends each data connection after 10 kB, as some content filters do.
		Name: "data-cut-at-10-kB",
		Wall: Firewall{Further: at(AtServerGateway, filter("forward", "tcp sport != 21 tcp dport != 21 ct bytes > 10000 reject with tcp reset"))},
		Beside: func(r *Running) (func(), error) {
			return func() {}, r.ServerGateway.SetKernel("netfilter/nf_conntrack_acct", "1")
		},
		Folder:  largeFolder,
		Servers: []Kind{ProFTPD},
		Truth:   noneWorks,
		Verdict: Verdict{
			ID: "neither", Primary: []string{"data-reset"}, Active: "fails", Passive: "fails", Exit: 1, Within: withinClosedData,
			Innocent:  []string{"user", "server-config"},
			Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, without(blamesData, "data-reset"), blamesReach),
		},
	},
	{
		// Only so many connections may begin in a second, whoever begins them.
		Name:    "connections-begin-slowly",
		Wall:    Firewall{Further: at(AtServerGateway, filter("forward", "iifname outside tcp flags syn / syn,ack limit rate over 1/second burst 3 packets drop"))},
		Servers: oneServer,
		Truth:   []Expectation{worksLate(ActiveEPRT), worksLate(PassiveEPSV)},
		Verdict: Verdict{
			ID: "either", Primary: []string{"both-modes-work"}, Active: "works", Passive: "works", Within: 20 * time.Second,
			Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		// A brute-force guard: one control connection a minute, the next is refused.
		Name: "one-login-a-minute",
		Wall: Firewall{Further: at(AtServerGateway, filter("forward",
			"iifname outside ip saddr "+publicClient+" tcp dport 21 ct state new limit rate over 1/minute burst 1 packets reject with tcp reset"))},
		Servers: []Kind{Vsftpd, ProFTPD, PureFTPd},
		Truth:   bothWork,
		Verdict: Verdict{
			ID: "either", Primary: []string{"both-modes-work"}, Active: "works", Passive: "works", Within: withinHealthy,
			Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		Name:    "ipv6-only-data-dropped",
		Wall:    Firewall{IPv6: true, PassiveV6: Drop, ActiveV6: Drop},
		Setting: Setting{IPv6: true},
		Servers: oneServer,
		Hosts:   "127.0.0.1 localhost\n" + serverV6 + " " + serverName + "\n",
		Truth:   []Expectation{fails(ActiveV6), fails(PassiveV6)},
		Verdict: Verdict{
			ID: "neither", Primary: []string{"passive-port-filtered"}, Present: []string{"active-blocked"}, Active: "fails", Passive: "fails",
			Exit: 1, Within: withinBothDropped,
			Forbidden: anyOf([]string{"passive-ipv6-unusable", "address-dead", "active-disabled", "passive-disabled"}, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		Name:    "ipv4-passive-dropped",
		Wall:    Firewall{IPv6: true, PassivePorts: Drop},
		Setting: Setting{IPv6: true},
		Servers: oneServer,
		Hosts:   "127.0.0.1 localhost\n" + ServerAddress + " " + serverName + "\n" + serverV6 + " " + serverName + "\n",
		Truth:   append(activeOnly[:len(activeOnly):len(activeOnly)], works(ActiveV6), works(PassiveV6)),
		Verdict: Verdict{
			ID: "either", Primary: []string{"passive-port-filtered"}, Active: "works", Passive: "works", Within: withinBothDropped,
			Forbidden: anyOf(blamesActive, without(blamesPassive, "passive-port-filtered"), []string{"passive-ipv6-unusable", "address-dead"}, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		Name:    "long-line",
		Wall:    Firewall{Delay: 150 * time.Millisecond},
		Servers: []Kind{Pyftpdlib},
		Truth:   []Expectation{worksLate(ActiveEPRT), worksLate(PassiveEPSV)},
		Verdict: Verdict{
			ID: "either", Primary: []string{"both-modes-work"}, Active: "works", Passive: "works", Within: 10 * time.Second,
			Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		// As over a satellite.
		Name:    "longest-line-client-nat",
		Wall:    Firewall{Delay: 300 * time.Millisecond, ClientNAT: true},
		Servers: oneServer,
		Truth:   []Expectation{fails(ActiveEPRT), worksLate(PassiveEPSV)},
		Verdict: Verdict{
			ID: "passive-required", Primary: []string{"active-nat-unhelped"}, Active: "fails", Passive: "works", Within: 15 * time.Second,
			Forbidden: anyOf([]string{"active-disabled", "active-local-firewall"}, blamesPassive, blamesHelper, blamesData, blamesReach),
		},
	},
}
