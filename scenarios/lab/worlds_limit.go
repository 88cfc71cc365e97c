//go:build linux

package lab

// limited is the verdict where the server admits fewer sessions than ftpdiag would like: that is nobody's fault.
var limited = Verdict{
	ID: "either", Primary: []string{"both-modes-work"}, Active: "works", Passive: "works", Within: withinHealthy,
	Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, blamesData, blamesReach),
}

// limitWorlds are servers that count.
var limitWorlds = []World{
	{
		Name:    "one-client-vsftpd",
		Setting: Setting{Lines: "max_clients=1"},
		Servers: []Kind{Vsftpd},
		Truth:   bothWork, OneAtATime: true, Verdict: limited,
	},
	{
		Name:    "two-per-address-vsftpd",
		Setting: Setting{Lines: "max_per_ip=2"},
		Servers: []Kind{Vsftpd},
		Truth:   bothWork, OneAtATime: true, Verdict: limited,
	},
	{
		// The session that waits for the call takes one of two places.
		Name:    "two-per-address-vsftpd-active-dropped",
		Wall:    Firewall{Inbound: Drop},
		Setting: Setting{Lines: "max_per_ip=2"},
		Servers: []Kind{Vsftpd},
		// The server counts the probes of the truth that have given up for a minute: one of them, and then the other mode.
		Truth: []Expectation{fails(ActiveEPRT), works(PassiveEPSV)}, OneAtATime: true,
		Verdict: Verdict{
			ID: "passive-required", Primary: []string{"active-blocked"}, Active: "fails", Passive: "works", Within: withinOneDropped,
			Forbidden: anyOf(without(blamesActive, "active-blocked"), blamesPassive, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		Name:    "one-client-proftpd",
		Setting: Setting{Lines: "MaxClients 1"},
		Servers: []Kind{ProFTPD},
		Truth:   bothWork, OneAtATime: true, Verdict: limited,
	},
	{
		Name:    "one-per-user-proftpd",
		Setting: Setting{Lines: "MaxClientsPerUser 1"},
		Servers: []Kind{ProFTPD},
		Truth:   bothWork, OneAtATime: true, Verdict: limited,
	},
	{
		// Closes a second connection without a word.
		Name:    "one-instance-proftpd",
		Setting: Setting{Lines: "MaxInstances 1"},
		Servers: []Kind{ProFTPD},
		Truth:   bothWork, OneAtATime: true, Verdict: limited,
	},
	{
		Name:    "one-client-pure-ftpd",
		Setting: Setting{Lines: "-c 1"},
		Servers: []Kind{PureFTPd},
		Truth:   bothWork, OneAtATime: true, Verdict: limited,
	},
	{
		Name:    "two-per-address-pure-ftpd",
		Setting: Setting{Lines: "-C 2"},
		Servers: []Kind{PureFTPd},
		Truth:   bothWork, OneAtATime: true, Verdict: limited,
	},
	{
		Name:    "two-per-address-pyftpdlib",
		Setting: Setting{Lines: "server.max_cons_per_ip = 2"},
		Servers: []Kind{Pyftpdlib},
		Truth:   bothWork, OneAtATime: true, Verdict: limited,
	},
	{
		Name:    "one-passive-port-vsftpd",
		Setting: Setting{Lines: "pasv_min_port=40000\npasv_max_port=40000"},
		Servers: []Kind{Vsftpd},
		Truth:   bothWork, OneAtATime: true, Verdict: healthy,
	},
	{
		Name:    "one-passive-port-pure-ftpd",
		Setting: Setting{Lines: "-p 40000:40000"},
		Servers: []Kind{PureFTPd},
		Truth:   bothWork, OneAtATime: true, Verdict: healthy,
	},
	{
		Name:    "one-passive-port-pyftpdlib",
		Setting: Setting{Lines: "handler.passive_ports = range(40000, 40001)"},
		Servers: []Kind{Pyftpdlib},
		Truth:   bothWork, OneAtATime: true, Verdict: healthy,
	},
}
