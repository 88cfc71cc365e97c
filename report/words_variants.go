package report

import (
	"ftpdiag/probe"
	"ftpdiag/probe/ftp"
)

// variants are the wordings that depend on more than the code: who has to act,
// how bad it is, and what else is known.
var variants = map[probe.Code][]variant{
	probe.ActiveBlocked:         {{byParty(probe.PartyServerNetwork, probe.PartyServerConfig), outgoingWords}},
	probe.ActiveRejectedEnRoute: {{byParty(probe.PartyServerNetwork, probe.PartyServerConfig), outgoingWords}},
	probe.PassivePortFiltered: {{byParty(probe.PartyPath, probe.PartyClientNetwork), rangeWords}, {rejected, wording{
		seen: "Connections to {ports} are rejected on the way.[ {where}]",
		head: "The server's passive ports cannot be reached.",
	}}},
	probe.PassivePortRefused: {{byParty(probe.PartyPath, probe.PartyClientNetwork), rangeWords}},
	probe.PASVAddressZero: {{eitherWorks, wording{
		user: "curl and lftp cope with the wrong address; other programs stop at once.",
	}}},
	probe.EPSVBroken: {{eitherWorks, wording{
		user: "Switch EPSV off where a program hangs (curl: --disable-epsv, tnftp: epsv4 off).",
	}}},
	probe.PASVBroken: {{eitherWorks, wording{
		user: "Use a program that knows EPSV, such as curl, where one hangs.",
	}}},
	probe.PASVAddressPrivate: {{eitherWorks, wording{
		user: "FileZilla, WinSCP and curl cope with the wrong address; older programs may hang.",
	}}, {bySeverity(probe.SeverityError), wording{
		user:   noText,
		server: "Make PASV announce {server} ({setting}), set a fixed passive port range and open it for incoming TCP.",
	}}},
	probe.PASVAddressWrong: {{eitherWorks, wording{
		user: "curl ignores the wrong address; other programs may hang.",
	}}, {bySeverity(probe.SeverityError), wording{
		user:   noText,
		server: "Make PASV announce {server} ({setting}), set a fixed passive port range and open it for incoming TCP.",
	}}},
	probe.TLSBlindsALG: {{inMode(probe.Active), wording{
		user:   "Use passive mode when TLS is on.",
		server: noText,
	}}},
	probe.LoginRejected: {{encrypted, wording{
		server: "Check that {user} exists, is not locked, and may log in.",
	}}, {anonymous, wording{
		seen:     "[The server replied {reply} to the anonymous login.|The server refused the anonymous login.]",
		head:     "The server does not accept anonymous logins. Modes not tested yet.",
		user:     "Ask the server admin for a user name and password, and check again: {rerunuser}",
		commands: []string{"{rerunuser}"},
		server:   "Create an account for this user, if there is none.",
	}}},
	probe.TLSRequired: {{bySeverity(probe.SeverityInfo), wording{
		seen:     "The server refuses to go on without TLS; the check went on with TLS.",
		head:     "The server demands encryption (TLS).",
		user:     "Set encryption in your FTP program to explicit TLS.",
		commands: []string{},
		idle:     noText,
	}}},
	probe.PortExpectsTLS: {{bySeverity(probe.SeverityInfo), wording{
		seen:     "Port {port} is silent until the program starts TLS; the check went on that way.",
		head:     "Port {port} expects TLS from the first byte.",
		user:     "Set encryption in your FTP program to implicit TLS.",
		commands: []string{},
		idle:     noText,
	}}},
	probe.TLSCertificate: {{loggedInAnyway, wording{head: "The server's certificate is not right."}}},
	probe.NotFTP: {{speaksSSH, wording{
		user: "Use an SFTP program for this server (SFTP is SSH, not FTP), or ask for the FTP port.",
	}}},
	probe.PathDenied: {{folderAsked, wording{
		user:   "Check the name of the folder {folder}, or ask the server admin for the right to list it.",
		server: "Check that {folder} exists and that {user} has the right to list it.",
	}}},
	probe.DNSNoSuchHost: {{nameExists, wording{
		seen: "{host} exists in DNS, but has no address[: {dns}].",
		head: "The name {name} has no address.",
	}}},
}

// outgoingWords: the server's side does not let its connections out.
var outgoingWords = wording{
	network: noText,
	server:  "Allow the FTP server to open outgoing TCP connections from port 20 to its clients.",
}

// rangeWords: passive ports are closed, and nobody knows at which end.
var rangeWords = wording{
	network: "Allow outgoing TCP from {client} to {server} on the server's passive ports[ (seen: {portlist})].",
	server:  "Tell them that port range; check it is open and forwarded.",
}

func eitherWorks(c *story, _ probe.Finding) bool { return c.verdict.ID == Either }

func loggedInAnyway(c *story, f probe.Finding) bool { return c.loggedIn() }

func encrypted(c *story, f probe.Finding) bool {
	s := c.session(f)
	return s != nil && s.Protection.Encrypted()
}

func speaksSSH(c *story, f probe.Finding) bool {
	s := c.session(f)
	return s != nil && s.Protocol == ftp.ProtocolSSH
}

func folderAsked(c *story, _ probe.Finding) bool { return c.e.Target.Path != "" }

func nameExists(c *story, _ probe.Finding) bool { return c.e.Resolution.Outcome == probe.NameEmpty }
