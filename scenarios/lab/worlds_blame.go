//go:build linux

package lab

import (
	"fmt"
	"time"
)

// slowFirstListing makes pyftpdlib send no listing before so many seconds after the first LIST, as a disk that has gone to sleep.
const slowFirstListing = `import time
from pyftpdlib.filesystems import AbstractedFS
_format, _first = AbstractedFS.format_list, []
def _slow(self, *args, **named):
    def lines():
        _first or _first.append(time.time())
        time.sleep(max(0, _first[0] + 8.5 - time.time()))
        yield from _format(self, *args, **named)
    return lines()
AbstractedFS.format_list = _slow`

// blameWorlds are those in which it is easy to accuse somebody innocent.
var blameWorlds = []World{
	{
		// The refusal comes from the client's own gateway.
		Name:    "client-network-refuses-other-ports",
		Wall:    Firewall{Further: at(AtClientGateway, filter("forward", onlyWellKnown+"reject"))},
		Servers: twoServers,
		Truth:   activeOnly,
		Verdict: Verdict{
			ID: "active-required", Primary: []string{"passive-port-refused"}, Active: "works", Passive: "fails", Within: withinHealthy,
			Innocent:  []string{"server-network", "server-config"},
			Forbidden: anyOf(blamesActive, without(blamesPassive, "passive-port-refused"), blamesHelper, blamesData, blamesReach),
		},
	},
	{
		// And here from the client itself.
		Name:    "client-refuses-other-ports",
		Wall:    Firewall{Further: at(AtClient, filter("output", "ct state new tcp dport "+passivePorts+" reject"))},
		Servers: twoServers,
		Truth:   activeOnly,
		Verdict: Verdict{
			ID: "active-required", Primary: []string{"passive-port-refused"}, Active: "works", Passive: "fails", Within: withinHealthy,
			Innocent:  []string{"server-network", "server-config"},
			Forbidden: anyOf(blamesActive, without(blamesPassive, "passive-port-refused"), blamesHelper, blamesData, blamesReach),
		},
	},
	{
		// The helper that TLS blinds is the server's.
		Name:    "helper-opens-passive-tls",
		Wall:    Firewall{HelperAtServer: true, PassivePorts: Drop},
		Setting: Setting{TLS: TLSOffered},
		Servers: twoServers,
		Truth:   append(bothWork[:len(bothWork):len(bothWork)], works(ActiveTLS), fails(PassiveTLS)),
		Verdict: Verdict{
			ID: "either", Primary: []string{"tls-blinds-alg"}, Active: "works", Passive: "works", Within: withinOneDropped,
			Innocent: []string{"user", "client-network"}, Forbidden: anyOf(blamesActive, blamesReach),
		},
	},
	{
		// The server's certificate does not fit into a packet that passes.
		Name:    "large-packets-vanish-tls-offered",
		Wall:    Firewall{LargestPacket: 700},
		Setting: Setting{TLS: TLSOffered},
		Servers: twoServers,
		Truth:   bothWork,
		Verdict: Verdict{
			ID: "either", Primary: []string{"tls-handshake-failed", "data-mtu-blackhole"}, Active: "works", Passive: "works",
			Innocent: []string{"server-config", "user"}, Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, blamesReach),
		},
	},
	{
		Name:    "large-packets-vanish-tls-required",
		Wall:    Firewall{LargestPacket: 700},
		Setting: Setting{TLS: TLSRequired, Exclusive: true},
		Servers: twoServers,
		Truth:   []Expectation{fails(ActiveEPRT), fails(PassiveEPSV), fails(PassiveTLS)},
		Verdict: Verdict{
			ID: "undetermined", Primary: []string{"tls-handshake-failed"}, Active: "untested", Passive: "untested", Exit: 5,
			Innocent: []string{"server-config", "user"}, Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper),
		},
	},
	{
		// EPSV meets a shut port, PASV an open one, and the next EPSV a shut one.
		Name:    "passive-range-half-open-no-samples",
		Wall:    Firewall{EverySecondPort: true},
		Servers: twoServers,
		Truth:   []Expectation{works(ActiveEPRT), fails(PassiveEPSV), works(PassivePASV)}, OneAtATime: true,
		Verdict: Verdict{
			ID: "either", Primary: []string{"passive-range-partly-open", "results-vary"}, Active: "works", Passive: "unreliable",
			Forbidden: anyOf(blamesActive, []string{"epsv-broken", "pasv-broken", "passive-disabled", "passive-port-refused"}, blamesHelper, blamesData),
		},
	},
	{
		Name:    "slow-first-listing",
		Setting: Setting{Lines: slowFirstListing},
		Servers: []Kind{Pyftpdlib},
		// Not asked beforehand: it would wake the disk.
		Verdict: Verdict{
			ID: "either", Primary: []string{"both-modes-work"}, Active: "works", Passive: "works",
			Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, []string{"eprt-port-differ", "data-reset"}),
		},
	},
	{
		Name:    "slow-pasv-8-s",
		Setting: Setting{Lines: sleepIn("handler.ftp_PASV", 8) + "\n" + sleepIn("handler.ftp_EPSV", 8)},
		Servers: []Kind{Pyftpdlib},
		Truth:   []Expectation{worksLate(ActiveEPRT), worksLate(PassiveEPSV)},
		Verdict: unhurried(40 * time.Second),
	},
	{
		Name:    "slow-login-20-s",
		Setting: Setting{Lines: sleepIn("authorizer.validate_authentication", 20), Exclusive: true},
		Servers: []Kind{Pyftpdlib},
		Truth:   []Expectation{worksLate(PassiveEPSV)},
		Verdict: unhurried(60 * time.Second), // two logins, one after the other
	},
	{
		Name: "slow-transfer", Folder: largeFolder,
		Setting: Setting{Lines: "from pyftpdlib.handlers import ThrottledDTPHandler\nThrottledDTPHandler.write_limit = 1000\nhandler.dtp_handler = ThrottledDTPHandler"},
		Servers: []Kind{Pyftpdlib},
		Truth:   []Expectation{worksLate(ActiveEPRT), worksLate(PassiveEPSV)},
		Verdict: Verdict{
			ID: "either", Primary: []string{"both-modes-work"}, Active: "works", Passive: "works",
			Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, blamesReach, []string{"tool-limited", "data-reset"}),
		},
	},
	{
		Name:    "client-certificate-wanted-vsftpd",
		Setting: Setting{TLS: TLSRequired, Lines: "require_cert=YES", Exclusive: true},
		Servers: []Kind{Vsftpd},
		Login:   Password,
		Truth:   []Expectation{fails(PassiveTLS)},
		Verdict: certificateWanted,
	},
	{
		Name:    "client-certificate-wanted-proftpd",
		Setting: Setting{TLS: TLSRequired, Lines: "TLSVerifyClient on", Exclusive: true},
		Servers: []Kind{ProFTPD},
		Login:   Password,
		Truth:   []Expectation{fails(PassiveTLS)},
		Verdict: certificateWanted,
	},
	{
		Name:    "implicit-tls-explicit-asked",
		Setting: Setting{TLS: ImplicitTLS, Port: 990},
		Options: []string{"--tls", "explicit"},
		Servers: []Kind{Vsftpd},
		Truth:   tlsImplicit,
		Verdict: Verdict{
			ID: "undetermined", Primary: []string{"implicit-tls"}, Active: "untested", Passive: "untested", Exit: 5,
			Innocent: []string{"server-config", "server-network", "path"}, Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper),
		},
	},
	{
		// Private addresses that are routed, as within a company: nothing is translated, nothing reads the dialogue.
		Name:    "private-client-routed",
		Wall:    Firewall{ClientNAT: true, ClientRouted: true},
		Truth:   bothWork,
		Verdict: routed,
	},
	{
		Name:    "private-client-routed-active-dropped",
		Wall:    Firewall{ClientNAT: true, ClientRouted: true, Inbound: Drop},
		Servers: twoServers,
		Truth:   passiveOnly,
		Verdict: Verdict{
			ID: "passive-required", Primary: []string{"active-blocked"}, Active: "fails", Passive: "works", Within: withinOneDropped,
			Forbidden: anyOf(without(blamesActive, "active-blocked"), blamesPassive, blamesHelper, blamesData, blamesReach, []string{"client-behind-nat"}),
		},
	},
	{
		// The server's calls leave from another public address than the one that clients connect to.
		Name: "calls-from-other-address",
		Wall: Firewall{Forwarding: ControlAndPassiveRange, Further: at(AtServerGateway,
			"table ip more {\n chain leave { type nat hook postrouting priority srcnat - 5; oifname outside snat to "+serverGatewayOutside+"\n }\n}\n")},
		Setting: Setting{ExternalAddress: ServerAddress},
		Servers: []Kind{Vsftpd, ProFTPD, PureFTPd, Pyftpdlib},
		Truth:   bothWork,
		Runs:    4,
		Verdict: Verdict{
			ID: "either", Primary: []string{"active-wrong-peer"}, Active: "works", Passive: "works", Within: withinHealthy,
			Forbidden: anyOf(without(blamesActive, "active-wrong-peer"), blamesPassive, blamesHelper, blamesData, blamesReach, []string{"eprt-port-differ"}),
		},
	},
	{
		Name:    "one-client-pyftpdlib",
		Setting: Setting{Lines: "server.max_cons = 1"},
		Servers: []Kind{Pyftpdlib},
		Truth:   bothWork, OneAtATime: true, Runs: 4, Verdict: limited,
	},
	{
		// The session ends by its own fault ("500 OOPS: vsf_sysutil_bind"), not by the next command's.
		Name:    "promiscuous-vsftpd",
		Setting: Setting{Lines: "port_promiscuous=YES"},
		Servers: []Kind{Vsftpd},
		Truth:   passiveOnly,
		Runs:    4,
		Verdict: Verdict{
			ID: "passive-required", Primary: []string{"active-server-cannot-connect"}, Active: "fails", Passive: "works",
			Forbidden: anyOf(without(blamesActive, "active-server-cannot-connect"), blamesPassive, blamesHelper, blamesReach),
		},
	},
	{
		// "530 Anonymous sessions may not use encryption.": a rule, not a limit.
		Name:    "anonymous-in-clear-only",
		Setting: Setting{TLS: TLSOffered, Lines: "allow_anon_ssl=NO", Exclusive: true},
		Servers: []Kind{Vsftpd},
		Truth:   bothWork,
		Verdict: Verdict{
			ID: "either", Primary: []string{"both-modes-work"}, Active: "works", Passive: "works", Within: withinHealthy,
			Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, blamesData, blamesReach, []string{"tool-limited"}),
		},
	},
	{
		// Refuses LIST after the data connection has come up.
		Name:    "listing-off-pyftpdlib",
		Setting: Setting{Lines: `authorizer.user_table["anonymous"]["perm"] = ""`},
		Servers: []Kind{Pyftpdlib},
		Truth:   noneWorks,
		Runs:    6,
		Verdict: listingRefused,
	},
	{
		// A device that does not let AUTH TLS through. Every program that begins with it hangs.
		Name:    "auth-tls-swallowed",
		Wall:    Firewall{Further: at(AtServerGateway, filter("forward", beginsWith("AUTH", "drop")))},
		Setting: Setting{TLS: TLSOffered},
		Servers: twoServers,
		Truth:   append(bothWork[:len(bothWork):len(bothWork)], works(PassiveTLS)),
		Verdict: Verdict{
			ID: "either", Present: []string{"tls-blocked-by-middlebox", "tls-handshake-failed"}, Active: "works", Passive: "works",
			Innocent: []string{"server-config"}, Forbidden: anyOf(blamesActive, blamesPassive, blamesReach),
		},
	},
	{
		Name:    "auth-tls-swallowed-login",
		Wall:    Firewall{Further: at(AtServerGateway, filter("forward", beginsWith("AUTH", "reject with tcp reset")))},
		Setting: Setting{TLS: TLSOffered},
		Login:   Password,
		Servers: twoServers,
		Truth:   append(bothWork[:len(bothWork):len(bothWork)], works(PassiveTLS)),
		Verdict: Verdict{
			ID: "undetermined", Primary: []string{"tls-blocked-by-middlebox", "tls-handshake-failed"}, Active: "untested", Passive: "untested", Exit: 5,
			Innocent: []string{"server-config"}, Forbidden: anyOf(blamesActive, blamesPassive, blamesReach),
		},
	},
	{
		Name:    "auth-tls-swallowed-required",
		Wall:    Firewall{Further: at(AtServerGateway, filter("forward", beginsWith("AUTH", "drop")))},
		Setting: Setting{TLS: TLSRequired},
		Servers: oneServer,
		Truth:   []Expectation{works(PassiveTLS)},
		Verdict: Verdict{
			ID: "undetermined", Primary: []string{"tls-blocked-by-middlebox", "tls-handshake-failed"}, Active: "untested", Passive: "untested", Exit: 5,
			Innocent: []string{"server-config", "user"}, Forbidden: anyOf(blamesActive, blamesPassive, blamesReach),
		},
	},
	{
		// A device that cuts the dialogue at LIST: no data connection has done anything wrong.
		Name:    "dialogue-cut-at-list",
		Wall:    Firewall{Further: at(AtServerGateway, filter("forward", beginsWith("LIST", "reject with tcp reset")))},
		Servers: []Kind{Vsftpd, ProFTPD, PureFTPd},
		Truth:   bothWork,
		Verdict: Verdict{
			ID: "neither", Primary: []string{"control-lost"}, Active: "fails", Passive: "fails", Exit: 1, Within: withinHealthy,
			Forbidden: anyOf(blamesActive, blamesPassive, blamesReach),
		},
	},
	{
		// As printers that take scans.
		Name:    "no-list-command",
		Setting: Setting{Lines: "def _unknown(self, *args):\n    self.respond('502 LIST not implemented.')\nhandler.ftp_LIST = _unknown"},
		Servers: []Kind{Pyftpdlib},
		Truth:   noneWorks,
		Verdict: Verdict{
			ID: "neither", Primary: []string{"server-local-error"}, Party: "server-config", Active: "fails", Passive: "fails", Exit: 1,
			Innocent: []string{"path", "client-network", "server-network"}, Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, []string{"data-reset"}),
		},
	},
	{
		Name:    "dialogue-ends-at-feat",
		Setting: Setting{Lines: "def _end(self, *args):\n    self.close()\nhandler.ftp_FEAT = _end"},
		Servers: []Kind{Pyftpdlib},
		Truth:   bothWork,
		Verdict: Verdict{
			ID: "undetermined", Primary: []string{"control-lost"}, Active: "untested", Passive: "untested", Exit: 3, Within: withinHealthy,
			Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper),
		},
	},
	{
		// "421" and the end at SYST: what is sent after that fails for no reason of its own.
		Name:    "dialogue-ends-after-syst",
		Setting: Setting{Lines: "def _end(self, *args):\n    self.respond('421 Bye.')\n    self.close_when_done()\nhandler.ftp_SYST = _end"},
		Servers: []Kind{Pyftpdlib},
		Truth:   bothWork,
		Runs:    3,
		Verdict: Verdict{
			ID: "either", Primary: []string{"control-lost"}, Active: "works", Passive: "works",
			Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper),
		},
	},
}

// beginsWith is a rule about ftpdiag's segments to port 21 that begin with four letters.
func beginsWith(letters, verdict string) string {
	return fmt.Sprintf("ip saddr %s tcp dport 21 @ih,0,32 0x%x %s", publicClient, letters, verdict)
}

// certificateWanted is the verdict where the server demands a certificate of the client: the handshake ends so, under TLS 1.3
// after the client took it for done.
var certificateWanted = Verdict{
	ID: "undetermined", Primary: []string{"tls-handshake-failed"}, Active: "untested", Passive: "untested", Exit: 5, Within: withinHealthy,
	Innocent: []string{"server-config", "path", "client-network", "server-network"}, Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, []string{"control-lost"}),
}

// routed is healthy, with nothing translated.
var routed = Verdict{
	ID: "either", Primary: []string{"both-modes-work"}, Active: "works", Passive: "works", Within: withinHealthy,
	Forbidden: append(healthy.Forbidden[:len(healthy.Forbidden):len(healthy.Forbidden)], "client-behind-nat"),
}
