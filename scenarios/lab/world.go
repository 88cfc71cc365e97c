//go:build linux

package lab

import (
	"maps"
	"slices"
	"time"
)

// A World is a network, a server's setting, and what is true there.
type World struct {
	Name    string
	Wall    Firewall
	Setting Setting
	// Servers are tried. Empty: all of Kinds. Those that do not support the setting are left out.
	Servers []Kind
	// Naming other than NoNaming makes ftpdiag ask for serverName, which the client's system looks up.
	Naming Naming
	// Short makes ftpdiag and ByName ask for shortName instead.
	Short bool
	// Hosts is the client's /etc/hosts, with serverName in it. "": ftpdiag is given ServerAddress, or Naming applies.
	Hosts string
	// AskedDirectly tells ftpdiag to ask the DNS server of Naming itself; the client's system knows none.
	AskedDirectly bool
	// Folder is the folder below the public one that is listed. "": the public one.
	Folder string
	// Options are given to ftpdiag.
	Options []string
	// Truth is proven with curl. OneAtATime keeps its probes apart, where the server counts sessions.
	Truth      []Expectation
	OneAtATime bool
	// SpecialTruth is the truth of servers that do not share it.
	SpecialTruth map[Kind][]Expectation
	// Login makes ftpdiag log in as User with this password. "": anonymous.
	Login   string
	Verdict Verdict
	// Special are verdicts for servers that show the same world in another way.
	Special map[Kind]Verdict
	// Runs is how often ftpdiag is asked, where chance is part of the world. 0: once. Unlucky is how many of the answers
	// may be that nothing could be found out; no answer may be wrong.
	Runs, Unlucky int
	// Alone keeps other worlds away in the meantime: this one needs the processors for itself.
	Alone bool
	// Beside starts what else runs in the world. stop ends it.
	Beside func(r *Running) (stop func(), err error)
}

// A Verdict is what ftpdiag must say. Words are those of its JSON.
type Verdict struct {
	ID string
	// Primary are the acceptable primary findings: more than one where the server's replies hide which one it is. Empty:
	// not asked.
	Primary []string
	// Present are findings of which at least one must be shown. Empty: nothing asked.
	Present []string
	// Forbidden are findings that would blame somebody wrongly, as primary or beside it.
	Forbidden []string
	// Innocent are parties that the primary finding must not ask to act.
	Innocent []string
	// Party is who the primary finding must ask to act, and Confidence how sure it must be. "": not asked.
	Party, Confidence string
	// Answers are what follow-up questions must have answered, by their names, each time they were asked: "yes yes". "": the
	// question must have no answer. A question that is not named may have any.
	Answers map[string]string
	// SeenAs is the client's address as the server must be said to see it. "": not asked.
	SeenAs string
	// Aliases are the names that the server's name must be said to be an alias of, in their order. Empty: not asked.
	Aliases []string
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
	withinOneDropped     = 12 * time.Second
	withinBothDropped    = 12500 * time.Millisecond
	withinControlDropped = 12500 * time.Millisecond
	// A data connection that opens and stays silent, or a PASV that leads nowhere beside an EPSV that works: follow-up
	// questions come after the deadline.
	withinClosedData = 15 * time.Second
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

// answering is the verdict with what a follow-up question must have answered, too.
func (v Verdict) answering(question, answers string) Verdict {
	v.Answers = maps.Clone(v.Answers)
	if v.Answers == nil {
		v.Answers = map[string]string{}
	}
	v.Answers[question] = answers
	return v
}

// instead is the verdict with another primary finding.
func (v Verdict) instead(primary string) Verdict {
	v.Primary = []string{primary}
	return v
}

// seeing is the verdict with a server that tells under which address it sees the client.
func (v Verdict) seeing(address string) Verdict {
	v.SeenAs = address
	return v
}

// surely is the verdict with another confidence of the primary finding.
func (v Verdict) surely(confidence string) Verdict {
	v.Confidence = confidence
	return v
}

// allowing is the verdict with findings that may be shown after all.
func (v Verdict) allowing(ids ...string) Verdict {
	v.Forbidden = without(v.Forbidden, ids...)
	return v
}

// without is the group less some findings.
func without(group []string, less ...string) []string {
	return slices.DeleteFunc(slices.Clone(group), func(id string) bool { return slices.Contains(less, id) })
}

var (
	bothWork    = []Expectation{works(ActiveEPRT), works(ActivePORT), works(PassiveEPSV), works(PassivePASV)}
	passiveOnly = []Expectation{fails(ActiveEPRT), fails(ActivePORT), works(PassiveEPSV), works(PassivePASV)}
	activeOnly  = []Expectation{works(ActiveEPRT), works(ActivePORT), fails(PassiveEPSV), fails(PassivePASV)}
	noneWorks   = []Expectation{fails(ActiveEPRT), fails(ActivePORT), fails(PassiveEPSV), fails(PassivePASV)}
	tlsOnly     = []Expectation{fails(ActiveEPRT), fails(PassiveEPSV), works(ActiveTLS), works(PassiveTLS)}
)
