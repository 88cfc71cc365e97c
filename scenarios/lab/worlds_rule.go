//go:build linux

package lab

// listingRefused is the verdict where the server lists nothing for this account.
var listingRefused = Verdict{
	ID: "neither", Primary: []string{"path-denied"}, Active: "fails", Passive: "fails", Exit: 1, Within: withinHealthy,
	Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, without(blamesData, "path-denied"), blamesReach),
}

// ruleWorlds are servers with rules that the other worlds do not have.
var ruleWorlds = []World{
	{
		Name:    "listing-off-vsftpd",
		Setting: Setting{Lines: "dirlist_enable=NO"},
		Servers: []Kind{Vsftpd},
		Truth:   noneWorks,
		Verdict: listingRefused,
	},
	{
		Name:    "older-commands-only-vsftpd",
		Setting: Setting{Lines: "cmds_denied=EPSV,EPRT"},
		Servers: []Kind{Vsftpd},
		Truth:   bothWork,
		Verdict: Verdict{
			ID: "either", Primary: olderCommands, Present: []string{"both-modes-work"}, Active: "works", Passive: "works", Within: withinHealthy,
			Forbidden: anyOf(blamesActive, without(blamesPassive, "epsv-broken"), blamesHelper, blamesData, blamesReach),
		},
	},
	{
		Name:    "older-commands-denied-proftpd",
		Setting: Setting{Lines: "<Limit PASV PORT>\n DenyAll\n</Limit>"},
		Servers: []Kind{ProFTPD},
		Truth:   []Expectation{works(ActiveEPRT), works(PassiveEPSV), fails(ActivePORT), fails(PassivePASV)},
		Verdict: Verdict{
			ID: "either", Primary: []string{"pasv-broken"}, Present: []string{"both-modes-work"}, Active: "works", Passive: "works",
			Within: withinHealthy, Forbidden: anyOf(blamesActive, without(blamesPassive, "pasv-broken"), blamesHelper, blamesData, blamesReach),
		},
	},
	{
		Name:    "anonymous-refused-vsftpd",
		Setting: Setting{Lines: "anonymous_enable=NO", Exclusive: true},
		Servers: []Kind{Vsftpd},
		Truth:   []Expectation{failsWith(PassiveEPSV, curlLoginDenied)},
		Verdict: Verdict{
			ID: "undetermined", Primary: []string{"login-rejected"}, Active: "untested", Passive: "untested", Exit: 4,
			Innocent: []string{"path", "client-network", "server-network"}, Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, blamesData),
		},
	},
	{
		// The server turns one address away, without a word.
		Name:    "address-refused-proftpd",
		Setting: Setting{Lines: "<Limit LOGIN>\n Order deny,allow\n Deny from " + publicClient + "\n AllowAll\n</Limit>"},
		Servers: []Kind{ProFTPD},
		Truth:   bothWork,
		Verdict: Verdict{
			ID: "undetermined", Primary: []string{"session-refused"}, Active: "untested", Passive: "untested", Exit: 5, Within: withinHealthy,
			Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, blamesData),
		},
	},
	{
		// vsftpd calls from port 20, which another server has taken.
		Name:    "port-20-taken",
		Beside:  listenOn20,
		Servers: []Kind{Vsftpd},
		Truth:   passiveOnly,
		Verdict: Verdict{
			ID: "passive-required", Primary: []string{"active-server-cannot-connect"}, Active: "fails", Passive: "works", Within: withinOneDropped,
			Innocent:  []string{"user", "client-network", "path", "server-network"},
			Forbidden: anyOf(without(blamesActive, "active-server-cannot-connect"), blamesPassive, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		Name: "folder-missing", Folder: "no/such/folder",
		Truth: []Expectation{failsWith(ActiveEPRT, curlAccessDenied), failsWith(PassiveEPSV, curlAccessDenied)},
		Verdict: Verdict{
			ID: "either", Primary: []string{"path-denied"}, Active: "works", Passive: "works", Within: withinHealthy,
			Innocent:  []string{"path", "client-network", "server-network"},
			Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, without(blamesData, "path-denied"), blamesReach),
		},
	},
	{
		Name:    "implicit-tls-on-2121",
		Setting: Setting{TLS: ImplicitTLS, Port: 2121},
		Servers: []Kind{Vsftpd},
		Truth:   tlsImplicit,
		Verdict: Verdict{
			ID: "either", Primary: []string{"both-modes-work"}, Present: []string{"implicit-tls"},
			Active: "works", Passive: "works", Within: withinOneDropped, Forbidden: anyOf(blamesNobody, blamesData),
		},
	},
	{
		// Encrypts the dialogue and never the data.
		Name:    "data-in-clear-only-proftpd",
		Setting: Setting{TLS: TLSOffered, Lines: "TLSRequired !data", Exclusive: true},
		Login:   Password,
		Servers: []Kind{ProFTPD},
		Truth:   bothWork,
		Verdict: Verdict{
			ID: "either", Primary: []string{"both-modes-work"}, Active: "works", Passive: "works", Within: withinHealthy,
			Forbidden: anyOf(blamesNobody, blamesData),
		},
	},
	{
		// goftp.io/server connects before it answers PORT, to whatever address it is told.
		Name:    "direct-connects-at-port",
		Servers: []Kind{Goftp},
		Truth:   bothWork,
		Verdict: Verdict{
			ID: "either", Primary: []string{"both-modes-work"}, Active: "works", Passive: "works", Within: withinHealthy,
			Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		Name:    "client-firewall-drops-connects-at-port",
		Wall:    Firewall{Inbound: Drop},
		Servers: []Kind{Goftp},
		Truth:   []Expectation{works(PassiveEPSV), works(PassivePASV), fails(ActivePORT)},
		Verdict: Verdict{
			ID: "passive-required", Primary: []string{"active-blocked"}, Active: "fails", Passive: "works", Within: withinOneDropped,
			Forbidden: anyOf(without(blamesActive, "active-blocked"), blamesPassive, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		Name:    "client-nat-connects-at-port",
		Wall:    Firewall{ClientNAT: true},
		Servers: []Kind{Goftp},
		Truth:   []Expectation{works(PassiveEPSV), works(PassivePASV)},
		Verdict: Verdict{
			ID: "passive-required", Primary: []string{"active-nat-unhelped"}, Active: "fails", Passive: "works", Within: withinOneDropped,
			Forbidden: anyOf(without(blamesActive, "active-nat-unhelped"), blamesPassive, blamesHelper, blamesData, blamesReach),
		},
	},
	{
		Name:    "client-nat-older-commands",
		Wall:    Firewall{ClientNAT: true, Helper: true},
		Servers: twistedOnly,
		Truth:   bothWork,
		Verdict: Verdict{
			ID: "either", Primary: []string{"epsv-broken"}, Present: []string{"active-depends-on-alg"}, Active: "works", Passive: "works", Within: withinHealthy,
			Forbidden: anyOf(blamesActive, without(blamesPassive, "epsv-broken"), blamesData, blamesReach),
		},
	},
	{
		Name:    "client-firewall-resets-older-commands",
		Wall:    Firewall{Inbound: Reset},
		Servers: twistedOnly,
		Truth:   passiveOnly,
		Verdict: Verdict{
			ID: "passive-required", Primary: []string{"active-rejected-en-route"}, Active: "fails", Passive: "works", Within: withinHealthy,
			Forbidden: anyOf([]string{"active-nat-unhelped", "active-disabled", "active-local-firewall"},
				without(blamesPassive, "epsv-broken"), blamesHelper, blamesData, blamesReach),
		},
	},
}
