//go:build linux

package lab

// proxyWorlds have something on the way that answers in the server's place.
var proxyWorlds = []World{
	{
		Name:    "proxy-accepts-and-closes",
		Wall:    Firewall{AcceptsAndCloses: true},
		Servers: []Kind{Vsftpd, ProFTPD, PureFTPd},
		Truth:   activeOnly,
		Verdict: Verdict{
			ID: "active-required", Primary: []string{"passive-accept-closed"}, Active: "works", Passive: "fails", Within: withinClosedData,
			Forbidden: anyOf(blamesActive, []string{"passive-disabled", "passive-port-filtered", "passive-port-refused"}, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		Name:    "syn-proxy",
		Wall:    Firewall{SYNProxy: true},
		Truth:   bothWork,
		Servers: []Kind{Vsftpd, ProFTPD, PureFTPd},
		Verdict: Verdict{
			// The gateway's handshake with the server costs each connection a second.
			ID: "either", Primary: []string{"both-modes-work"}, Active: "works", Passive: "works", Within: withinClosedData,
			Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		// The gateway completes the handshake; the server never hears of the connection.
		Name:    "syn-proxy-before-filter",
		Wall:    Firewall{SYNProxy: true, PassivePortsAtServer: Drop},
		Servers: []Kind{Vsftpd, ProFTPD, PureFTPd},
		Truth:   activeOnly,
		Verdict: Verdict{
			ID: "active-required", Primary: []string{"passive-accept-closed"}, Active: "works", Passive: "fails",
			Forbidden: anyOf(blamesActive, []string{"passive-disabled", "passive-port-refused"}, blamesHelper, blamesData, blamesReach),
		},
	},
}
