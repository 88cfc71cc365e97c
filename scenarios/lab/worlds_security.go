//go:build linux

package lab

var (
	tlsData      = append(noneWorks[:len(noneWorks):len(noneWorks)], works(ActiveTLS), works(PassiveTLS))
	tlsImplicit  = []Expectation{fails(PassiveEPSV), works(ActiveTLS), works(PassiveTLS)}
	blamesNobody = anyOf(blamesActive, blamesPassive, blamesHelper, blamesReach, []string{"tls-certificate"})
)

// securityWorlds are servers with rules about TLS.
var securityWorlds = []World{
	{
		Name:    "data-protection-required-login",
		Setting: Setting{TLS: DataTLSRequired},
		// With a real password ftpdiag takes TLS where it is offered, and then PROT P.
		Login: Password,
		Truth: tlsData,
		Verdict: Verdict{
			ID: "either", Primary: []string{"both-modes-work"},
			Active: "works", Passive: "works", Within: withinHealthy, Forbidden: anyOf(blamesNobody, blamesData),
		},
	},
	{
		// Asked for no TLS, with a server that has no data connection in clear to give.
		Name:    "data-protection-required-tls-off",
		Setting: Setting{TLS: DataTLSRequired},
		Servers: twoServers,
		Options: []string{"--tls", "off"},
		Truth:   tlsData,
		Verdict: Verdict{
			ID: "neither", Primary: []string{"data-protection-required"}, Active: "fails", Passive: "fails", Exit: 1, Within: withinHealthy,
			Forbidden: blamesNobody,
		},
	},
	{
		Name:    "tls-required-tls-off",
		Setting: Setting{TLS: TLSRequired},
		Options: []string{"--tls", "off"},
		Truth:   tlsOnly,
		Verdict: Verdict{
			ID: "undetermined", Primary: []string{"tls-required"}, Active: "untested", Passive: "untested", Exit: 4, Within: withinHealthy,
			Forbidden: blamesNobody,
		},
	},
	{
		Name:    "implicit-tls",
		Setting: Setting{TLS: ImplicitTLS, Port: 990},
		Options: []string{"--tls", "implicit"},
		Truth:   tlsImplicit,
		Verdict: Verdict{
			ID: "either", Primary: []string{"both-modes-work"}, Active: "works", Passive: "works", Within: withinHealthy,
			Forbidden: anyOf(blamesNobody, blamesData),
		},
	},
	{
		// Nobody told ftpdiag: no greeting comes until it speaks TLS.
		Name:    "implicit-tls-on-21",
		Setting: Setting{TLS: ImplicitTLS},
		Truth:   tlsImplicit,
		Verdict: Verdict{
			ID: "either", Primary: []string{"both-modes-work"}, Present: []string{"implicit-tls"},
			Active: "works", Passive: "works", Forbidden: anyOf(blamesNobody, blamesData),
		},
	},
}
