//go:build linux

package lab

import "time"

// A World is a network, a server's setting, and what is true there.
type World struct {
	Name    string
	Wall    Firewall
	Setting Setting
	// Truth is proven with curl. OneAtATime keeps its probes apart, where the server counts sessions.
	Truth      []Expectation
	OneAtATime bool
	// Login makes ftpdiag log in as User with this password. "": anonymous.
	Login   string
	Verdict Verdict
	// Special are verdicts for servers that show the same world in another way.
	Special map[Kind]Verdict
}

// A Verdict is what ftpdiag must say. Words are those of its JSON.
type Verdict struct {
	ID string
	// Primary are the acceptable primary findings: more than one where the server's replies hide which one it is.
	Primary []string
	// Present are findings of which at least one must be shown. Empty: nothing asked.
	Present []string
	// Forbidden are findings that would blame somebody wrongly, as primary or beside it.
	Forbidden []string
	// Active and Passive are the states of the modes.
	Active, Passive string
	Exit            int
	// Within is the longest the examination may take. 0: not asked.
	Within time.Duration
}

// How long an examination may take. The data connection's own deadline is 8 s; where both modes are dropped the second
// begins a little later. The control connection's is 10 s.
const (
	withinHealthy        = 5 * time.Second
	withinOneDropped     = 10500 * time.Millisecond
	withinBothDropped    = 12500 * time.Millisecond
	withinControlDropped = 12500 * time.Millisecond
)

// Groups of findings that worlds forbid.
var (
	blamesActive = []string{
		"active-blocked", "active-rejected-en-route", "active-nat-unhelped", "active-disabled",
		"active-server-cannot-connect", "active-wrong-peer", "active-local-firewall",
	}
	blamesPassive = []string{
		"passive-port-filtered", "passive-port-refused", "pasv-address-private", "pasv-address-zero", "pasv-address-wrong",
		"passive-disabled", "passive-accept-closed", "passive-reply-malformed", "passive-ports-exhausted",
		"data-source-mismatch", "epsv-broken", "pasv-broken", "passive-range-partly-open",
	}
	blamesHelper = []string{
		"alg-present", "alg-rewrites", "alg-swallows-control", "alg-no-pinhole", "tls-blinds-alg", "middlebox-blocks-mode",
		"control-intercepted", "alg-corrupts-data", "active-depends-on-alg",
	}
	blamesData = []string{
		"data-protection-required", "data-tls-failed", "data-mtu-blackhole", "data-stalled", "data-reset", "path-denied",
		"completion-missing", "control-lost", "server-local-error",
	}
	blamesReach = []string{
		"login-rejected", "login-policy", "login-home-unusable", "session-refused", "control-refused", "control-filtered",
		"control-unreachable", "greeting-missing", "not-ftp", "results-vary",
	}
)

func anyOf(groups ...[]string) (all []string) {
	for _, group := range groups {
		all = append(all, group...)
	}
	return all
}

var (
	bothWork    = []Expectation{works(ActiveEPRT), works(ActivePORT), works(PassiveEPSV), works(PassivePASV)}
	passiveOnly = []Expectation{fails(ActiveEPRT), fails(ActivePORT), works(PassiveEPSV), works(PassivePASV)}
	activeOnly  = []Expectation{works(ActiveEPRT), works(ActivePORT), fails(PassiveEPSV), fails(PassivePASV)}
	noneWorks   = []Expectation{fails(ActiveEPRT), fails(ActivePORT), fails(PassiveEPSV), fails(PassivePASV)}
	tlsOnly     = []Expectation{fails(ActiveEPRT), fails(PassiveEPSV), works(ActiveTLS), works(PassiveTLS)}
)
