//go:build linux

package lab

import "time"

// lineWorlds are lines and servers that carry everything, but badly.
var lineWorlds = []World{
	{
		// Small packets pass: the login, and the folder that most people look at first.
		Name:    "large-packets-vanish",
		Wall:    Firewall{LargestPacket: 1200},
		Folder:  largeFolder,
		Servers: []Kind{ProFTPD, PureFTPd},
		Truth: []Expectation{
			failsWith(ActiveEPRT, curlTimedOut), failsWith(ActivePORT, curlTimedOut),
			failsWith(PassiveEPSV, curlTimedOut), failsWith(PassivePASV, curlTimedOut),
		},
		Verdict: Verdict{
			ID: "neither", Primary: []string{"data-mtu-blackhole"}, Active: "fails", Passive: "fails", Exit: 1,
			Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, []string{"path-denied", "data-reset", "control-lost"}, blamesReach),
		},
	},
	{
		Name:    "large-folder",
		Folder:  largeFolder,
		Truth:   bothWork,
		Verdict: healthy,
	},
	{
		// 15 % in each direction. What is lost now and then is nobody's rule. One examination in seventy ended before the login,
		// at the limit of one step (measured): that must not be taken for a fault of a mode.
		Name:    "packet-loss",
		Wall:    Firewall{LossPercent: 15},
		Servers: twoServers,
		Truth:   []Expectation{worksLate(ActiveEPRT), worksLate(PassiveEPSV)},
		Runs:    5, Unlucky: 2,
		Verdict: Verdict{
			ID:     "either", // what else is noticed is a matter of luck
			Active: "works", Passive: "works", Within: 60 * time.Second,
			Forbidden: anyOf(blamesActive, []string{"passive-port-filtered", "passive-port-refused", "passive-disabled", "passive-accept-closed"},
				blamesHelper, []string{"login-rejected", "session-refused", "control-filtered", "greeting-missing", "not-ftp"}),
		},
	},
	{
		// The server asks for the client's name, from a resolver that does not answer.
		Name:    "slow-greeting",
		Setting: Setting{SlowNames: true},
		Truth:   []Expectation{worksLate(ActiveEPRT), worksLate(PassiveEPSV)},
		Verdict: Verdict{
			ID: "either", Primary: []string{"greeting-delayed"}, Active: "works", Passive: "works", Within: 25 * time.Second,
			Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		// The server asks the client who it is, and the client's own firewall drops the question: ten seconds (mod_ident).
		Name:    "slow-ident",
		Wall:    Firewall{Further: at(AtClient, filter("input", "tcp dport 113 drop"))},
		Setting: Setting{Ident: true},
		Truth:   []Expectation{worksLate(ActiveEPRT), worksLate(PassiveEPSV)},
		Verdict: Verdict{
			ID: "either", Primary: []string{"greeting-delayed"}, Active: "works", Passive: "works", Within: 25 * time.Second,
			Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		// And refuses it: nobody waits.
		Name:    "refused-ident",
		Setting: Setting{Ident: true},
		Truth:   bothWork,
		Verdict: healthy,
	},
}
