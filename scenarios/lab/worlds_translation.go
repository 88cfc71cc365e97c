//go:build linux

package lab

// elsewhere is a public address that is not the server's: one it had before, or another machine's.
const elsewhere = "203.0.113.99"

// alsoOn2121 makes the server take control connections on a second port.
const alsoOn2121 = "table ip more { chain also { type nat hook prerouting priority dstnat; tcp dport 2121 redirect to :21; }\n}\n"

// unhelpedNAT is the verdict where the client's gateway translates addresses and nothing more. ProFTPD accepts any address in
// PORT and connects to the one of the control connection: the gateway refuses.
var unhelpedNAT = Verdict{
	ID: "passive-required", Primary: []string{"active-nat-unhelped"}, Party: "client-network", Present: []string{"client-behind-nat"},
	Active: "fails", Passive: "works", Within: withinHealthy,
	Forbidden: anyOf([]string{"active-disabled", "active-local-firewall"}, blamesPassive, blamesHelper, blamesData, blamesReach),
}

// seenThroughNAT is unhelpedNAT with a server that tells under which address it sees the client: vsftpd, ProFTPD and inetutils
// in their reply to STAT, Pure-FTPd in its refusal. pyftpdlib does not.
var seenThroughNAT = unhelpedNAT.seeing(clientGatewayOutside)

// translatedNAT is the verdict where the gateway's helper translates PORT as well. Of ProFTPD, which does not look at the
// address, only that active mode depends on the helper is known.
var translatedNAT = Verdict{
	ID: "either", Primary: []string{"alg-rewrites"}, Party: "client-network", Active: "works", Passive: "works",
	Present: []string{"active-depends-on-alg"}, Within: withinHealthy,
	Forbidden: anyOf(blamesActive, blamesPassive, blamesData, blamesReach),
}

// translatedOn21 is translatedNAT where another control port is compared with.
var translatedOn21 = Verdict{
	ID: "either", Primary: []string{"alg-rewrites"}, Party: "client-network", Active: "works", Passive: "works",
	Present: []string{"active-depends-on-alg"}, Within: withinOneDropped,
	Forbidden: anyOf(blamesActive, blamesPassive, blamesData, blamesReach, []string{"middlebox-blocks-mode"}),
}

// translationWorlds are networks that change addresses.
var translationWorlds = []World{
	{
		// The helper reads port 21 only.
		Name:    "client-nat-helper-other-port",
		Wall:    Firewall{ClientNAT: true, Helper: true},
		Setting: Setting{Port: 2121},
		Truth:   passiveOnly,
		Verdict: unhelpedNAT,
		Special: map[Kind]Verdict{ProFTPD: unhelpedNAT.instead("active-rejected-en-route")},
	},
	{
		// The server takes control connections on 2121 as well, which the helper does not read.
		Name:    "client-nat-helper-two-ports",
		Wall:    Firewall{ClientNAT: true, Helper: true, Further: at(AtServer, alsoOn2121)},
		Options: []string{"--other-port", "2121", "--gentle"}, // nothing else shows the helper then
		Truth:   bothWork,
		Verdict: translatedOn21,
		Special: map[Kind]Verdict{ProFTPD: translatedOn21.instead("active-depends-on-alg")},
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
