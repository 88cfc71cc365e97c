//go:build linux

package lab

// elsewhere is a public address that is not the server's: one it had before, or another machine's.
const elsewhere = "203.0.113.99"

// alsoOn2121 makes the server take control connections on a second port.
const alsoOn2121 = "table ip more { chain also { type nat hook prerouting priority dstnat; tcp dport 2121 redirect to :21; }\n}\n"

// translationWorlds are networks that change addresses.
var translationWorlds = []World{
	{
		// The helper reads port 21 only.
		Name:    "client-nat-helper-other-port",
		Wall:    Firewall{ClientNAT: true, Helper: true},
		Setting: Setting{Port: 2121},
		Truth:   passiveOnly,
		Verdict: Verdict{
			ID: "passive-required", Primary: []string{"active-nat-unhelped"}, Active: "fails", Passive: "works", Within: withinHealthy,
			Forbidden: anyOf([]string{"active-disabled", "active-local-firewall"}, blamesPassive, blamesHelper, blamesData, blamesReach),
		},
		Special: map[Kind]Verdict{
			ProFTPD: {
				ID: "passive-required", Primary: []string{"active-nat-unhelped", "active-rejected-en-route"},
				Active: "fails", Passive: "works", Within: withinHealthy,
				Forbidden: anyOf([]string{"active-disabled", "active-local-firewall"}, blamesPassive, blamesHelper, blamesData, blamesReach),
			},
		},
	},
	{
		// The server takes control connections on 2121 as well, which the helper does not read.
		Name:    "client-nat-helper-two-ports",
		Wall:    Firewall{ClientNAT: true, Helper: true, Further: at(AtServer, alsoOn2121)},
		Options: []string{"--other-port", "2121", "--gentle"}, // nothing else shows the helper then
		Truth:   bothWork,
		Verdict: Verdict{
			ID: "either", Primary: []string{"active-depends-on-alg", "alg-rewrites"}, Active: "works", Passive: "works",
			Present: []string{"active-depends-on-alg"}, Within: withinOneDropped,
			Forbidden: anyOf(blamesActive, blamesPassive, blamesData, blamesReach, []string{"middlebox-blocks-mode"}),
		},
	},
	{
		// The helper before the server opens passive ports for those who ask on port 21 only.
		Name:    "server-helper-two-ports",
		Wall:    Firewall{HelperAtServer: true, PassivePorts: Drop, Further: at(AtServer, alsoOn2121)},
		Options: []string{"--other-port", "2121"},
		Truth:   bothWork,
		Verdict: Verdict{
			ID: "either", Primary: []string{"both-modes-work"}, Active: "works", Passive: "works",
			Present: []string{"alg-present"}, Within: withinOneDropped,
			Forbidden: anyOf(blamesActive, blamesPassive, blamesData, blamesReach, []string{"middlebox-blocks-mode", "alg-rewrites"}),
		},
	},
	{
		Name:    "public-227-forwarded",
		Wall:    Firewall{Forwarding: ControlAndPassiveRange},
		Setting: Setting{ExternalAddress: ServerAddress},
		Truth:   bothWork,
		Verdict: healthy,
	},
	{
		Name:    "public-227-not-forwarded",
		Wall:    Firewall{Forwarding: ControlForwarded},
		Setting: Setting{ExternalAddress: ServerAddress},
		Servers: twoServers,
		Truth:   activeOnly,
		Verdict: Verdict{
			ID: "active-required", Primary: []string{"passive-port-filtered"}, Active: "works", Passive: "fails", Within: withinOneDropped,
			Forbidden: anyOf(blamesActive, []string{"passive-disabled", "passive-port-refused", "pasv-address-wrong", "pasv-address-private"},
				blamesHelper, blamesData, blamesReach),
		},
	},
	{
		Name:    "wrong-227-forwarded",
		Wall:    Firewall{Forwarding: ControlAndPassiveRange},
		Setting: Setting{ExternalAddress: elsewhere},
		Truth:   []Expectation{works(ActiveEPRT), works(ActivePORT), works(PassiveEPSV), fails(PassivePASV)},
		Verdict: Verdict{
			ID: "either", Primary: []string{"pasv-address-wrong"}, Active: "works", Passive: "works", Within: withinOneDropped,
			Forbidden: anyOf(blamesActive, []string{"passive-disabled", "passive-port-filtered", "passive-port-refused", "pasv-address-private"},
				blamesHelper, blamesData, blamesReach),
		},
	},
	{
		Name:    "wrong-227-not-forwarded",
		Wall:    Firewall{Forwarding: ControlForwarded},
		Setting: Setting{ExternalAddress: elsewhere},
		Servers: twoServers,
		Truth:   activeOnly,
		Verdict: Verdict{
			ID: "active-required", Primary: []string{"pasv-address-wrong"}, Active: "works", Passive: "fails", Within: withinOneDropped,
			Forbidden: anyOf(blamesActive, []string{"passive-disabled", "passive-port-refused", "pasv-address-private"},
				blamesHelper, blamesData, blamesReach),
		},
	},
	{
		// Each connection may leave from another public address; servers that compare refuse the data connection.
		Name:         "split-egress",
		Servers:      []Kind{Vsftpd, ProFTPD, PureFTPd, Inetutils},
		Wall:         Firewall{SplitEgress: true},
		Truth:        activeOnly,
		SpecialTruth: map[Kind][]Expectation{ProFTPD: bothWork, Inetutils: bothWork}, // do not compare
		Verdict: Verdict{
			ID: "active-required", Primary: []string{"data-source-mismatch"}, Active: "works", Passive: "fails", Within: withinHealthy,
			Forbidden: anyOf(blamesActive, []string{"passive-disabled", "passive-port-filtered", "passive-port-refused"}, blamesHelper, blamesReach),
		},
		Special: map[Kind]Verdict{
			ProFTPD: healthy, Inetutils: healthy,
			// Closes the data connection and waits for another one, without a word.
			PureFTPd: {
				ID: "active-required", Primary: []string{"data-source-mismatch", "passive-accept-closed"},
				Active: "works", Passive: "fails", Within: withinClosedData,
				Forbidden: anyOf(blamesActive, []string{"passive-disabled", "passive-port-filtered", "passive-port-refused"}, blamesHelper, blamesReach),
			},
		},
	},
}
