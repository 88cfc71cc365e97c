//go:build linux

package lab

// basicWorlds are what anybody meets first: one thing works or fails, at one place.
var basicWorlds = []World{
	{
		Name:  "direct",
		Truth: bothWork,
		Verdict: Verdict{
			ID: "either", Primary: []string{"both-modes-work"}, Active: "works", Passive: "works", Within: withinHealthy,
			Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		Name:    "client-nat",
		Wall:    Firewall{ClientNAT: true},
		Truth:   passiveOnly,
		Verdict: seenThroughNAT,
		Special: map[Kind]Verdict{ProFTPD: seenThroughNAT.instead("active-rejected-en-route"), Pyftpdlib: unhelpedNAT},
	},
	{
		Name:    "client-nat-helper",
		Wall:    Firewall{ClientNAT: true, Helper: true},
		Truth:   bothWork,
		Verdict: translatedNAT,
		Special: map[Kind]Verdict{ProFTPD: translatedNAT.instead("active-depends-on-alg")},
	},
	{
		// In clear the helper makes active mode work, under TLS it is blind.
		Name:    "client-nat-helper-tls",
		Wall:    Firewall{ClientNAT: true, Helper: true},
		Setting: Setting{TLS: TLSOffered},
		Truth:   append(bothWork[:len(bothWork):len(bothWork)], fails(ActiveTLS), works(PassiveTLS)),
		Verdict: Verdict{
			ID: "either", Primary: []string{"tls-blinds-alg"}, Active: "works", Passive: "works", Within: withinHealthy,
			Forbidden: anyOf([]string{"active-disabled", "active-local-firewall"}, blamesPassive, blamesData, blamesReach,
				[]string{"tls-certificate"}),
		},
	},
	{
		// Those that call from port 20 are met there, once with each command.
		Name:    "client-firewall-drops",
		Wall:    Firewall{Inbound: Drop},
		Truth:   passiveOnly,
		Verdict: callsDropped.answering("simultaneous-open", ""),
		Special: map[Kind]Verdict{
			Vsftpd:   callsDropped.answering("simultaneous-open", "yes yes"),
			PureFTPd: callsDropped.answering("simultaneous-open", "yes yes").seeing(publicClient), // to ESTP
			// Calls before it answers PORT: whether it does is not known.
			Pyftpdlib: callsDropped.surely("likely"),
		},
	},
	{
		Name:  "client-firewall-resets",
		Wall:  Firewall{Inbound: Reset},
		Truth: passiveOnly,
		Verdict: Verdict{
			ID: "passive-required", Primary: []string{"active-rejected-en-route"}, Active: "fails", Passive: "works", Within: withinHealthy,
			Forbidden: anyOf([]string{"active-nat-unhelped", "active-disabled", "active-local-firewall"},
				blamesPassive, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		Name:  "client-firewall-rejects",
		Wall:  Firewall{Inbound: Reject},
		Truth: passiveOnly,
		Verdict: Verdict{
			ID: "passive-required", Primary: []string{"active-rejected-en-route"}, Active: "fails", Passive: "works", Within: withinHealthy,
			Forbidden: anyOf([]string{"active-nat-unhelped", "active-disabled", "active-local-firewall"},
				blamesPassive, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		Name:  "passive-range-dropped",
		Wall:  Firewall{PassivePorts: Drop},
		Truth: activeOnly,
		Verdict: Verdict{
			ID: "active-required", Primary: []string{"passive-port-filtered"}, Active: "works", Passive: "fails", Within: withinOneDropped,
			Forbidden: anyOf(blamesActive, []string{"passive-disabled", "passive-port-refused"}, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		Name:  "passive-range-refused",
		Wall:  Firewall{PassivePorts: Reset},
		Truth: activeOnly,
		Verdict: Verdict{
			ID: "active-required", Primary: []string{"passive-port-refused"}, Active: "works", Passive: "fails", Within: withinHealthy,
			Forbidden: anyOf(blamesActive, []string{"passive-disabled", "passive-port-filtered"}, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		Name:  "both-blocked",
		Wall:  Firewall{Inbound: Drop, PassivePorts: Drop},
		Truth: noneWorks,
		Verdict: Verdict{
			ID: "neither", Primary: []string{"passive-port-filtered"}, Present: []string{"active-blocked"},
			Active: "fails", Passive: "fails", Exit: 1, Within: withinBothDropped,
			Forbidden: anyOf([]string{"active-disabled", "passive-disabled"}, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		// The server advertises its private address, but its ports are forwarded: EPSV names no address and works.
		Name:  "private-227-forwarded",
		Wall:  Firewall{Forwarding: ControlAndPassiveRange},
		Truth: []Expectation{works(ActiveEPRT), works(ActivePORT), works(PassiveEPSV), fails(PassivePASV)},
		Verdict: Verdict{
			ID: "either", Primary: []string{"pasv-address-private"}, Active: "works", Passive: "works", Within: withinOneDropped,
			Forbidden: anyOf(blamesActive, []string{"passive-disabled", "passive-port-filtered", "passive-port-refused"},
				blamesHelper, blamesData, blamesReach),
		},
	},
	{
		Name:  "private-227-not-forwarded",
		Wall:  Firewall{Forwarding: ControlForwarded},
		Truth: activeOnly,
		Verdict: Verdict{
			ID: "active-required", Primary: []string{"pasv-address-private"}, Active: "works", Passive: "fails", Within: withinOneDropped,
			Forbidden: anyOf(blamesActive, []string{"passive-disabled", "passive-port-refused"}, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		Name:    "passive-disabled",
		Setting: Setting{NoPassive: true},
		Truth:   activeOnly,
		Verdict: Verdict{
			ID: "active-required", Primary: []string{"passive-disabled"}, Active: "works", Passive: "fails", Within: withinHealthy,
			Forbidden: anyOf(blamesActive, []string{"passive-port-filtered", "passive-port-refused"}, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		Name:    "active-disabled",
		Setting: Setting{NoActive: true},
		Truth:   passiveOnly,
		Verdict: Verdict{
			ID: "passive-required", Primary: []string{"active-disabled"}, Active: "fails", Passive: "works", Within: withinHealthy,
			Forbidden: anyOf([]string{"active-blocked", "active-nat-unhelped", "active-rejected-en-route"},
				blamesPassive, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		Name:  "wrong-password",
		Login: "wrong",
		Truth: []Expectation{failsWith(WrongPassword, curlLoginDenied), works(PassiveEPSV)},
		Verdict: Verdict{
			ID: "undetermined", Primary: []string{"login-rejected"}, Active: "untested", Passive: "untested", Exit: 4,
			Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, blamesData),
		},
	},
	{
		Name:       "one-per-address",
		Setting:    Setting{OnePerAddress: true},
		Truth:      []Expectation{works(ActiveEPRT), works(PassiveEPSV), fails(SecondSession)},
		OneAtATime: true,
		Verdict: Verdict{
			ID: "either", Primary: []string{"both-modes-work"}, Active: "works", Passive: "works",
			Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		Name:  "control-dropped",
		Wall:  Firewall{Control: Drop},
		Truth: []Expectation{failsWith(PassiveEPSV, curlTimedOut)},
		Verdict: Verdict{
			ID: "undetermined", Primary: []string{"control-filtered"}, Active: "untested", Passive: "untested", Exit: 5,
			Within:    withinControlDropped,
			Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, blamesData, []string{"control-refused"}),
		},
	},
	{
		Name:  "control-refused",
		Wall:  Firewall{Control: Reset},
		Truth: []Expectation{failsWith(PassiveEPSV, curlConnectFailed)},
		Verdict: Verdict{
			ID: "undetermined", Primary: []string{"control-refused"}, Active: "untested", Passive: "untested", Exit: 5,
			Within:    withinHealthy,
			Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, blamesData, []string{"control-filtered"}),
		},
	},
	{
		Name:    "tls-required",
		Setting: Setting{TLS: TLSRequired},
		Truth:   append(tlsOnly[:len(tlsOnly):len(tlsOnly)], works(PassiveNewTLS)),
		Verdict: Verdict{
			ID: "either", Primary: []string{"both-modes-work"}, Present: []string{"tls-required"},
			Active: "works", Passive: "works",
			Within:    withinHealthy,
			Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, blamesData, blamesReach, []string{"tls-certificate"}),
		},
	},
	{
		Name:    "tls-session-reuse-required",
		Setting: Setting{TLS: SessionReuseRequired},
		Truth:   append(tlsOnly[:len(tlsOnly):len(tlsOnly)], fails(PassiveNewTLS)),
		Verdict: Verdict{
			ID: "either", Primary: []string{"data-tls-reuse-required"}, Active: "works", Passive: "works",
			Within:    withinHealthy,
			Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, blamesData, blamesReach, []string{"tls-certificate"}),
		},
	},
}
