package scenarios_test

import (
	"fmt"
	"slices"
	"testing"

	"ftpdiag/probe"
	"ftpdiag/scenarios"
)

// trap is a conclusion that suggests itself and is wrong.
type trap struct {
	conclusion string
	finding    probe.Code  // to which it would lead; zero: it names the wrong party
	first      bool        // the finding holds, but must not come first: something else matters more
	party      probe.Party // whom it would blame
}

// traps are the mistakes that programs and people make about FTP, numbered for
// the scenarios that claim to lead into them.
var traps = []trap{
	{conclusion: "PORT was accepted, so active mode works", finding: probe.BothModesWork},
	{conclusion: "a private address in PORT was accepted, so a helper rewrote it", finding: probe.ALGRewrites},
	{conclusion: "any address in PORT is accepted, so a helper rewrites it", finding: probe.ALGRewrites},
	{conclusion: "500 Illegal PORT: the server forbids active mode", finding: probe.ActiveDisabled},
	{conclusion: "425 connection refused: nobody listened here", finding: probe.NoListener},
	{conclusion: "no reply to LIST: the control connection is lost", finding: probe.ControlLost},
	{conclusion: "commands stay unanswered while the server dials: the control connection is lost", finding: probe.ControlLost},
	{conclusion: "no reply to PASV: the server's PASV is broken", finding: probe.PASVBroken},
	{conclusion: "a private address in 227: the passive ports cannot be reached", finding: probe.PassivePortFiltered},
	{conclusion: "0.0.0.0 in 227 is a wrong address", finding: probe.PASVAddressWrong},
	{conclusion: "227 names the right address and the port is refused: the server's passive mode is off", finding: probe.PassiveDisabled},
	{conclusion: "EPSV was answered and its port is silent: all passive ports are filtered", finding: probe.PassivePortFiltered},
	{conclusion: "PASV is refused after EPSV ALL: passive mode is off", finding: probe.PassiveDisabled},
	{conclusion: "PORT was answered with 425: active mode is off", finding: probe.ActiveDisabled},
	{conclusion: "421: the server ended the session", finding: probe.SessionRefused},
	{conclusion: "500 to PASV: passive mode is off", finding: probe.PassiveDisabled},
	{conclusion: "220: it is FTP, and the login was refused", finding: probe.LoginRejected},
	{conclusion: "no bytes and 226: the folder is empty", finding: probe.ListingEmpty},
	{conclusion: "226: the listing arrived", finding: probe.BothModesWork},
	{conclusion: "226 does not come before we close: it is missing", finding: probe.CompletionMissing},
	{conclusion: "the listing hangs: a firewall blocks the passive ports", finding: probe.PassivePortFiltered},
	{conclusion: "the second session is refused: the server is closed to us", finding: probe.SessionRefused},
	{conclusion: "the caller's port is not 20: it is not the server", finding: probe.ActiveWrongPeer},
	{conclusion: "somebody connected: active mode works", finding: probe.BothModesWork},
	{conclusion: "active mode works here, so it does in every program", finding: probe.BothModesWork, first: true},
	{conclusion: "active mode fails here, so the network is to blame", finding: probe.ActiveBlocked},
	{conclusion: "the passive port is silent: the server's firewall is to blame", party: probe.PartyServerNetwork},
	{conclusion: "the connection was accepted, so it reached the server", finding: probe.GreetingMissing},
	{conclusion: "both modes work in clear, so all is well", finding: probe.BothModesWork, first: true},
	{conclusion: "425 with EPERM: the server's firewall forbids the connection", finding: probe.ActiveServerCannotConnect},
	{conclusion: "the greeting is slow: the connection is dead", finding: probe.GreetingMissing},
	{conclusion: "it works over IPv4, so it does over IPv6", finding: probe.BothModesWork, first: true},
	{conclusion: "LIST after a refused PORT fails: the server's call was refused on the way", finding: probe.ActiveRejectedEnRoute},
	{conclusion: "a command in two segments hides from helpers", finding: probe.ActiveNATUnhelped},
	{conclusion: "what failed may be tried again at once", finding: probe.ActiveServerCannotConnect},
	{conclusion: "data may leave from any address of this computer", finding: probe.DataSourceMismatch},
	{conclusion: "CWD was refused: a mode is off", finding: probe.ActiveDisabled},
	{conclusion: "a malformed PORT is harmless to the session", finding: probe.ControlLost},
}

// TestEveryTrapHasAScenario: for each mistake there is a situation in which it
// would be made, which forbids its result. What must never be done, whatever the
// situation, TestManners watches everywhere: EPSV ALL, LIST after a refused PORT,
// a divided command, a retry at once.
func TestEveryTrapHasAScenario(t *testing.T) {
	claimed := map[string]bool{}
	for _, s := range scenarios.All() {
		for _, name := range s.Traps {
			var number int
			if _, err := fmt.Sscanf(name, "T%d", &number); err != nil || number < 1 || number > len(traps) {
				t.Errorf("%s: there is no trap %s", s.Name, name)
				continue
			}
			claimed[name] = true
			tr := traps[number-1]
			switch {
			case tr.party != 0 && slices.Contains(s.Innocent, tr.party):
			case tr.first && s.Primary != 0 && s.Primary != tr.finding:
			case tr.finding != 0 && !tr.first && slices.Contains(s.Forbidden, tr.finding):
			default:
				t.Errorf("%s leads into %s (%s), but allows its result", s.Name, name, tr.conclusion)
			}
		}
	}
	for i, tr := range traps {
		if name := fmt.Sprintf("T%d", i+1); !claimed[name] {
			t.Errorf("no scenario leads into %s: %s", name, tr.conclusion)
		}
	}
}
