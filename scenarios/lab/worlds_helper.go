//go:build linux

package lab

// helperWorlds are what the kernel's FTP helper does beyond making active mode work.
var helperWorlds = []World{
	{
		// The server shows its private address, the helper replaces it and opens the port.
		Name:  "server-helper",
		Wall:  Firewall{Forwarding: ControlForwarded, HelperAtServer: true},
		Truth: bothWork,
		Verdict: Verdict{
			ID: "either", Primary: []string{"both-modes-work"}, // only deeper questions show the helper
			Active: "works", Passive: "works", Within: withinHealthy,
			Forbidden: anyOf(blamesActive, blamesPassive, blamesData, blamesReach, []string{"alg-no-pinhole", "alg-swallows-control", "tls-blinds-alg"}),
		},
	},
	{
		// A malformed PORT that stays without an answer tells that the helper is there.
		Name:    "server-helper-deep",
		Wall:    Firewall{Forwarding: ControlForwarded, HelperAtServer: true},
		Options: []string{"--deep"},
		Servers: twoServers,
		Truth:   bothWork,
		Verdict: Verdict{
			ID: "either", Primary: []string{"alg-rewrites"}, Party: "server-network", Present: []string{"alg-present"},
			Active: "works", Passive: "works", Within: withinClosedData,
			Forbidden: anyOf(blamesActive, blamesPassive, blamesData, blamesReach, []string{"alg-no-pinhole", "alg-swallows-control", "tls-blinds-alg"}),
		},
	},
	{
		// The helper takes no notice of a 227 whose address is not that of the packet (nf_conntrack_ftp, loose=0). In a
		// 229 there is no address.
		Name:    "server-helper-public-227",
		Wall:    Firewall{Forwarding: ControlForwarded, HelperAtServer: true},
		Setting: Setting{ExternalAddress: ServerAddress},
		Truth:   []Expectation{works(ActiveEPRT), works(ActivePORT), works(PassiveEPSV), fails(PassivePASV)},
		Verdict: Verdict{
			// That a helper is the reason is not asked where EPSV works.
			ID: "either", Primary: []string{"pasv-broken"}, Party: "path", Active: "works", Passive: "works", Within: withinClosedData,
			Forbidden: anyOf(blamesActive, []string{"passive-disabled", "pasv-address-wrong", "pasv-address-private", "alg-swallows-control"},
				blamesData, blamesReach),
		},
	},
	{
		// The helper translates the address and expects the call, which the gateway's filter does not let in all the same. A
		// PORT that the helper cannot read shows that it does.
		Name: "client-nat-helper-calls-dropped",
		Wall: Firewall{ClientNAT: true, Helper: true, Further: at(AtClientGateway,
			filter("forward", "iifname outside meta l4proto tcp ct state { new, related } drop"))},
		Servers: []Kind{Vsftpd, PureFTPd},
		Truth:   passiveOnly,
		Verdict: Verdict{
			ID: "passive-required", Primary: []string{"alg-no-pinhole"}, Active: "fails", Passive: "works", Within: withinClosedData,
			Innocent: []string{"user", "server-network", "server-config"},
			Answers:  map[string]string{"hidden-command": "no"},
			Forbidden: anyOf([]string{"active-nat-unhelped", "active-disabled", "active-local-firewall"}, blamesPassive,
				without(blamesHelper, "alg-no-pinhole", "alg-rewrites", "alg-present"), blamesData, blamesReach),
		},
	},
	{
		// The helper drops the 227 and its repetitions: nothing follows on that control connection.
		Name:    "helper-swallows-227",
		Wall:    Firewall{Helper: true},
		Setting: Setting{OddReply: Odd227},
		Servers: []Kind{Pyftpdlib},
		Truth:   []Expectation{works(ActiveEPRT), works(ActivePORT), works(PassiveEPSV), failsWith(PassivePASV, curlTimedOut)},
		Verdict: Verdict{
			ID: "either", Primary: []string{"alg-swallows-control"}, Active: "works", Passive: "works",
			Forbidden: anyOf(blamesActive, []string{"passive-disabled", "passive-port-filtered", "passive-port-refused", "passive-reply-malformed"},
				blamesData, blamesReach),
		},
	},
	{
		Name:    "helper-swallows-227-and-229",
		Wall:    Firewall{Helper: true},
		Setting: Setting{OddReply: Odd227And229},
		Servers: []Kind{Pyftpdlib},
		Truth:   []Expectation{works(ActiveEPRT), works(ActivePORT), failsWith(PassiveEPSV, curlTimedOut), failsWith(PassivePASV, curlTimedOut)},
		Verdict: Verdict{
			ID: "active-required", Primary: []string{"alg-swallows-control"}, Active: "works", Passive: "fails",
			Forbidden: anyOf(blamesActive, []string{"passive-disabled", "passive-port-filtered", "passive-port-refused", "passive-reply-malformed"},
				blamesData, blamesReach),
		},
	},
	{
		// The same replies without a helper: every client finds the address.
		Name:    "odd-227",
		Setting: Setting{OddReply: Odd227},
		Servers: []Kind{Pyftpdlib},
		Truth:   bothWork,
		Verdict: Verdict{
			ID: "either", Primary: []string{"passive-reply-malformed"}, Active: "works", Passive: "works", Within: withinHealthy,
			Forbidden: anyOf(blamesActive, blamesHelper, blamesData, blamesReach, []string{"pasv-broken", "epsv-broken", "passive-disabled"}),
		},
	},
}
