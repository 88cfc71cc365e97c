//go:build linux

package lab

// trapWorlds are those in which an examination was once wrong: what overtakes what, what hides whom, and what fails only
// together with something else.
var trapWorlds = []World{
	{
		// Passive is all that is left, and works now and then.
		Name:    "passive-range-half-open-active-dropped",
		Wall:    Firewall{Inbound: Drop, EverySecondPort: true},
		Servers: twoServers,
		Options: []string{"--samples", "6"},
		Truth:   []Expectation{fails(ActiveEPRT), fails(PassiveEPSV), works(PassivePASV), fails(PassiveEPSV), works(PassiveEPSV)},
		// The ports are shut in the order of their use.
		OneAtATime: true,
		Verdict: Verdict{
			ID: "unreliable", Primary: []string{"passive-range-partly-open"}, Active: "fails", Passive: "unreliable", Exit: 1,
			Within:    withinSamples,
			Forbidden: anyOf([]string{"passive-disabled", "active-disabled", "passive-port-refused"}, blamesHelper, blamesData, blamesReach[:len(blamesReach)-1]),
		},
	},
	{
		Name:    "ipv6-data-dropped",
		Wall:    Firewall{IPv6: true, PassiveV6: Drop, ActiveV6: Drop},
		Setting: Setting{IPv6: true},
		Servers: twoServers,
		Hosts:   "127.0.0.1 localhost\n" + ServerAddress + " " + serverName + "\n" + serverV6 + " " + serverName + "\n",
		Truth:   append(bothWork[:len(bothWork):len(bothWork)], fails(ActiveV6), fails(PassiveV6)),
		Verdict: Verdict{
			ID: "either", Primary: []string{"passive-ipv6-unusable"}, Active: "works", Passive: "works", Within: withinBothDropped,
			Forbidden: anyOf([]string{"passive-disabled", "active-disabled", "passive-port-refused", "passive-port-filtered", "address-dead"},
				blamesHelper, blamesData, blamesReach),
		},
	},
	{
		// As published ports of a container platform: the server sees the gateway in place of every client.
		Name:    "clients-hidden-from-server",
		Wall:    Firewall{Forwarding: ControlAndPassiveRange, HidesClients: true},
		Setting: Setting{ExternalAddress: ServerAddress},
		Truth:   passiveOnly,
		Verdict: Verdict{
			ID: "passive-required", Primary: []string{"active-nat-unhelped"}, Active: "fails", Passive: "works", Within: withinOneDropped,
			Innocent:  []string{"user", "client-network"},
			Forbidden: anyOf([]string{"active-disabled", "active-local-firewall"}, blamesPassive, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		Name:    "proxy-accepts-and-closes-pyftpdlib",
		Wall:    Firewall{AcceptsAndCloses: true},
		Servers: []Kind{Pyftpdlib},
		Truth:   activeOnly,
		Verdict: Verdict{
			ID: "active-required", Primary: []string{"passive-accept-closed"}, Active: "works", Passive: "fails", Within: withinClosedData,
			Forbidden: anyOf(blamesActive, []string{"passive-disabled", "passive-port-filtered", "passive-port-refused"}, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		// Small packets pass: the login, and the folder that most people look at first.
		Name:    "large-packets-vanish-vsftpd",
		Wall:    Firewall{LargestPacket: 1200},
		Folder:  largeFolder,
		Servers: []Kind{Vsftpd},
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
		Name:    "data-protection-required",
		Setting: Setting{TLS: DataTLSRequired},
		Truth:   tlsData,
		Verdict: Verdict{
			ID: "either", Primary: []string{"both-modes-work"},
			Active: "works", Passive: "works", Within: withinHealthy, Forbidden: blamesNobody,
		},
	},
	{
		// Asked for no TLS, with a server that has no data connection in clear to give.
		Name:    "data-protection-required-tls-off-pyftpdlib",
		Setting: Setting{TLS: DataTLSRequired},
		Servers: []Kind{Pyftpdlib},
		Options: []string{"--tls", "off"},
		Truth:   tlsData,
		Verdict: Verdict{
			ID: "neither", Primary: []string{"data-protection-required"}, Active: "fails", Passive: "fails", Exit: 1, Within: withinHealthy,
			Forbidden: blamesNobody,
		},
	},
	{
		Name: "folder-unreadable-says-pure-ftpd", Folder: unreadableFolder,
		Servers: []Kind{PureFTPd},
		Truth:   []Expectation{worksEmpty(ActiveEPRT), worksEmpty(PassiveEPSV)},
		Verdict: folderDenied,
	},
	{
		// Each connection may leave from another public address; servers that compare refuse the data connection.
		Name:         "split-egress-pyftpdlib",
		Servers:      []Kind{Pyftpdlib},
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
