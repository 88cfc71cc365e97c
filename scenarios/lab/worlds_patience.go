//go:build linux

package lab

import (
	"fmt"
	"strings"
	"time"
)

// sleepIn makes pyftpdlib sleep before it does what a method of one of its objects or classes does, for Setting.Lines.
func sleepIn(method string, seconds int) string {
	const wrap = `import time
_owner_%[2]s = %[1]s if isinstance(%[1]s, type) else type(%[1]s)
def _sleep_%[2]s(self, *args, _then=_owner_%[2]s.%[2]s, **named):
    time.sleep(%[3]d)
    return _then(self, *args, **named)
_owner_%[2]s.%[2]s = _sleep_%[2]s`
	object, name, _ := strings.Cut(method, ".")
	return fmt.Sprintf(wrap, object, name, seconds)
}

// unhurried is the verdict where a server only takes its time.
func unhurried(within time.Duration) Verdict {
	return Verdict{
		ID: "either", Primary: []string{"both-modes-work"}, Active: "works", Passive: "works", Within: within,
		Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, blamesData, blamesReach),
	}
}

// patienceWorlds are servers that take their time.
var patienceWorlds = []World{
	{
		// As a password that is checked far away.
		Name:    "slow-login",
		Setting: Setting{Lines: sleepIn("authorizer.validate_authentication", 3)},
		Servers: []Kind{Pyftpdlib},
		Truth:   []Expectation{worksLate(PassiveEPSV)},
		Verdict: unhurried(15 * time.Second),
	},
	{
		// As a disk that has gone to sleep.
		Name:    "slow-folder",
		Setting: Setting{Lines: sleepIn("handler.ftp_LIST", 5)},
		Servers: []Kind{Pyftpdlib},
		Truth:   []Expectation{worksLate(ActiveEPRT), worksLate(PassiveEPSV)},
		Verdict: unhurried(15 * time.Second),
	},
	{
		Name:    "slow-pasv",
		Setting: Setting{Lines: sleepIn("handler.ftp_PASV", 4) + "\n" + sleepIn("handler.ftp_EPSV", 4)},
		Servers: []Kind{Pyftpdlib},
		Truth:   []Expectation{worksLate(ActiveEPRT), worksLate(PassiveEPSV)},
		Verdict: unhurried(15 * time.Second),
	},
	{
		// Gives up on the call before ftpdiag does.
		Name:    "impatient-server",
		Wall:    Firewall{Inbound: Drop},
		Setting: Setting{Lines: "connect_timeout=2\naccept_timeout=2"},
		Servers: []Kind{Vsftpd},
		Truth:   passiveOnly,
		Verdict: Verdict{
			ID: "passive-required", Primary: []string{"active-blocked"}, Active: "fails", Passive: "works", Within: withinOneDropped,
			Forbidden: anyOf(without(blamesActive, "active-blocked"), blamesPassive, blamesHelper, blamesData, blamesReach),
		},
	},
}
