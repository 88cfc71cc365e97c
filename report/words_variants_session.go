package report

import (
	"ftpdiag/probe"
	"ftpdiag/probe/ftp"
)

// sessionVariants are those about the way to the server, the login, TLS and the data.
var sessionVariants = map[probe.Code][]variant{
	probe.DataStalled: {{emptyListArrived, wording{
		user: "Try another folder (--path FOLDER): if its list comes, only the server can tell what is wrong with this one.",
	}}, {byParty(probe.PartyServerConfig), wording{
		user:    "Try another folder: only this list does not come.",
		network: noText,
		server:  "Find out what keeps the FTP server from listing the folder: its size, its disk, or a file system that hangs.",
	}}},
	probe.CompletionMissing: {{endUnproven, wording{
		seen: `A folder list came, but neither the end that TLS announces nor a "226"[ in {waited}]: some of it may be missing.`,
	}}},
	probe.ControlLost: {{byParty(probe.PartyServerConfig), wording{means: "The server ended it."}}, {duringLogin, wording{
		seen: "It ended during the login, without a reply.",
		head: "The connection breaks during the login. Modes not tested yet.",
	}}, {slowToLogIn, wording{
		title:   "The login takes too long.",
		seen:    "The server did not answer the login[ within {loginwait}].",
		means:   noText, // nobody ended it
		head:    "The server does not answer the login. Modes not tested yet.",
		network: noText,
		server:  "Check what the server asks at a login: PAM, LDAP, a database, or DNS may not answer it.",
	}}},
	// This check reuses the session wherever the server lets it, so that where it
	// is refused other programs probably are too.
	probe.DataTLSReuseRequired: {{bySeverity(probe.SeverityError), wording{
		means:  "This check could reuse none.",
		user:   "Try FileZilla, lftp or curl.",
		server: "Repair TLS session reuse, or do not demand it.",
	}}},
	probe.LoginRejected: {{encrypted, wording{
		server: "Check that {user} exists, is not locked, and may log in.",
	}}, {unsure, wording{
		head:   "The server refused this login. Modes not tested yet.",
		server: "Check that {user} exists and is not locked, and that no rule of the server's refuses it.",
	}}, {anonymous, wording{
		seen:     "[The server replied {reply} to the anonymous login.|The server refused the anonymous login.]",
		head:     "The server does not accept anonymous logins. Modes not tested yet.",
		user:     "Ask the server admin for a user name and password, and check again: {rerunuser}",
		commands: []string{"{rerunuser}"},
		server:   "Create an account for this user, if there is none.",
	}}},
	probe.LoginPolicy: {{wantsAccount, wording{
		title:  "An account name is missing.",
		head:   "The server wants an account name (ACCT) too. Modes not tested yet.",
		user:   "Ask the server admin to let {user} log in without one.",
		server: "Let {user} log in without ACCT: few programs can send it.",
	}}, {turnedAway(ftp.AddressNotAllowed), wording{
		title:  "This address is not admitted.",
		head:   "The server lets nobody log in from this address. Modes not tested yet.",
		user:   "Ask the server admin to admit {outer}.",
		server: "Let {user} log in from {outer} too.",
	}}},
	probe.TLSRequired: {{bySeverity(probe.SeverityInfo), wording{
		seen:     "The server refuses to go on without TLS; the check went on with TLS.",
		head:     "The server demands encryption (TLS).",
		user:     "Set encryption in your FTP program to explicit TLS: the server demands it.",
		commands: []string{},
		idle:     noText,
	}}},
	probe.SessionRefused: sessionWords,
	probe.TLSUnavailable: {{refusedForNow, wording{
		title:  "Encryption is out of order.",
		seen:   "[The server replied {reply}.|The server cannot encrypt now.] The password was not sent in clear.",
		head:   "The server cannot encrypt at present. Modes not tested yet.",
		user:   "Ask the server admin to repair TLS, or try again later.",
		server: "Repair TLS in the FTP server: a certificate or its key may be missing.",
	}}, {bySeverity(probe.SeverityWarning), wording{
		seen: "[The server replied {reply}; the|The] password went in clear.",
		head: "The server offers no encryption: the password went in clear.",
		user: "Ask the server admin to turn on TLS: the password travels in clear.",
		idle: noText,
	}}},
	probe.PortExpectsTLS: {{bySeverity(probe.SeverityInfo), wording{
		seen:     "Port {port} is silent until the program starts TLS; the check went on that way.",
		head:     "Port {port} expects TLS from the first byte.",
		user:     "Set encryption in your FTP program to implicit TLS: the port expects it.",
		commands: []string{},
		idle:     noText,
	}}},
	probe.TLSBlockedByMiddlebox: {{loggedInAnyway, wording{
		head: "A device on the way does not let TLS pass.",
		user: "Try TLS from another network.",
	}}},
	probe.TLSHandshakeFailed: {{loggedInAnyway, wording{head: "The TLS handshake with the server failed."}}, {alerted, wording{
		server:  "Check the certificate, the TLS versions and the ciphers of the FTP server.",
		network: noText,
	}}, {wantsCertificate, clientCertWords}, {wantsCertificateToo, wording{head: "Under TLS the server {likely}demands a client certificate."}}},
	probe.TLSCertificate: {{notYetValid, wording{
		user: "Check the date and time of this computer, then check again. If they are right, ask the server admin about the certificate.",
	}}, {loggedInAnyway, wording{head: "The server's certificate is not right."}}, {byParty(probe.PartyTool), unverifiedWords}, {unverifiedBeside, wording{
		head:     "The server's certificate was not verified.",
		user:     noText,
		commands: []string{},
		idle:     noText,
	}}},
	probe.NotFTP: {{speaksSSH, wording{
		user: "Use an SFTP program for this server (SFTP is SSH, not FTP), or ask for the FTP port.",
	}}, {knowsNoUSER, wording{
		seen: "Port {port} greets with {greeting}, but does not know the command USER.",
		head: "What answers on port {port} is {likely}not FTP.",
	}}},
	probe.GreetingMissing: {{encrypted, wording{
		title:  "No FTP under TLS.",
		seen:   "Port {port} speaks TLS, but no FTP greeting came inside it[ in {greeted}].",
		head:   "Port {port} speaks TLS, but no FTP server answers there.",
		server: "Check which service is behind port {port}. If it is FTP, it may wait for name or ident lookups.",
	}}},
	probe.PathDenied: {{notListed, wording{
		title:  "The folder is not listed.",
		means:  "It may be empty, or a right is missing; the network is not the cause.",
		head:   "FTP works, but the server does not list the folder.",
		user:   "Try a folder that surely holds files (--path): if its list comes, this one is empty or not yours to list.",
		server: "Check whether the folder is empty, and that {user} has the right to list it.",
	}}, {deniedInWords, wording{seen: "In place of names the list says {denied}."}}, {folderAsked, wording{
		user:   "Check the name of the folder {folder}, or ask the server admin for the right to list it.",
		server: "Check that {folder} exists and that {user} has the right to list it.",
	}}, {nameMisread, wording{
		means:  "This is a permission on the server, or the server reads the name in another code page than UTF-8.",
		user:   "Check the name of the folder {folder}, or ask the server admin for the right to list it, and for a name in plain letters.",
		server: "Check that {folder} exists, that {user} has the right to list it, and that the FTP server reads names as UTF-8.",
	}}},
	probe.AddressDead: {{mute, wording{
		seen: "{server} accepts connections, but no FTP server answers there; another address works.",
	}}},
	probe.DNSFailure: {{dnsSaidNo, wording{
		seen:    "DNS replied to the question for {host} with an error[: {dns}].",
		network: "Check the DNS servers of this computer[: {dns}]. Other names tell whether they fail for all.",
		server:  "Check the DNS zone of {host}: its own name servers may fail.",
	}}, {dnsOverTCPOnly, wording{
		seen:    "The question for the address of {host} got no answer over UDP[: {dns}].",
		network: "Allow UDP port 53 between this computer and its DNS servers.",
	}}, {serverNamed, wording{
		seen:    "The DNS server named with --resolver gave no answer[: {dns}].",
		head:    "The DNS server named with --resolver does not answer.",
		user:    "Run the check with another --resolver, or without it: then this computer's own DNS servers are asked.",
		network: noText,
	}}, {namedSaidNo, wording{
		seen: "The DNS server named with --resolver replied with an error[: {dns}].",
		head: "The DNS server named with --resolver replies with an error.",
	}}, {namedRefused, wording{server: noText}}},
	probe.ControlRefused:     {{fromHosts, hostsWords}},
	probe.ControlFiltered:    {{fromHosts, hostsWords}},
	probe.ControlUnreachable: {{fromHosts, hostsWords}},
	probe.DNSNoSuchHost: {{nameExists, wording{
		seen:   "{host} exists in DNS, but has no address[: {dns}].",
		head:   "The name {name} has no address.",
		user:   "Check the name: the server may be called otherwise, such as ftp.{host}.",
		server: "Make {host} have an address in DNS, if the server is to be reached by that name.",
	}}, {aliasLeadsNowhere, wording{
		seen:   "{host} is an alias in DNS of {alias}, which has no address[: {dns}].",
		head:   "The name {name} leads to one without an address.",
		user:   "Ask the server admin for the right name.",
		server: "Repair the alias of {host} in DNS: it leads to {alias}.",
	}}},
}

// hostsWords: the address does not come from DNS.
var hostsWords = wording{
	user: "Check the line with {host} in this computer's hosts file: its address may be out of date.",
}

// unverifiedWords: nothing is known to be wrong with the certificate.
var unverifiedWords = wording{
	title:    "The certificate was not verified.",
	seen:     "This computer did not say in time whether it trusts the certificate.",
	head:     "This computer did not verify the certificate in time, so the password was not sent. Modes not tested yet.",
	means:    "It may have waited for certificates or lists from the web.",
	user:     "Check again: {rerun}",
	commands: []string{"{rerun}"},
	server:   noText,
	idle:     "Nothing to do yet: port {port} is reachable.",
}
