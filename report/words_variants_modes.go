package report

import "ftpdiag/probe"

// modeVariants are the wordings about active and passive mode, and the devices that
// read the dialogue, that depend on more than the code: who has to act, how bad it is,
// and what else is known.
var modeVariants = map[probe.Code][]variant{
	probe.ActiveBlocked: {{thrownAway, wording{
		seen:  "No connection came through in {waited}, and this computer threw packets away meanwhile.",
		means: "They may have been the server's calls.",
		user:  "Check whether this computer's own firewall blocks your FTP program.",
	}}, {byParty(probe.PartyServerNetwork, probe.PartyServerConfig), outgoingWords}, {strangerCame, wording{
		seen:    "A connection came from {caller}, which is not the server. The server's own never came[ in {waited}].",
		means:   "So the way in is open at this end.",
		network: noText,
		server:  outgoingWords.server,
	}}},
	probe.ActiveDisabled: {{refusedTwoAddresses, wording{
		seen: "The server refuses active mode for every address tried[. It replied {reply}].",
	}}},
	probe.ActiveRejectedEnRoute: {{byParty(probe.PartyServerNetwork, probe.PartyServerConfig), outgoingWords}},
	probe.PassivePortFiltered: {{byParty(probe.PartyPath, probe.PartyClientNetwork), rangeWords}, {rejected, wording{
		seen: "Connections to {ports} are rejected on the way.[ {where}]",
		head: "The server's passive ports cannot be reached.",
	}}, {besideWrongAddress, wording{network: noText, server: noText}}},
	probe.PassivePortRefused: {{byParty(probe.PartyPath, probe.PartyClientNetwork), rangeWords},
		{byParty(probe.PartyPath, probe.PartyClientNetwork), wording{
			seen: "Refused on {ports}, by the server or by a firewall on the way.",
			head: "The passive ports refuse connections.",
		}},
		{refuserKnown, wording{
			seen:   "Refused on {ports}. {where}",
			head:   "A firewall refuses the passive ports.",
			server: noText,
		}},
		{byParty(probe.PartyUser), wording{
			seen:    "Refused on {ports}. {where}",
			head:    "This computer refuses passive connections.",
			user:    "Allow this computer to connect to {server} on all ports from 1024 up.",
			server:  noText,
			network: noText,
		}},
		{besideWrongAddress, wording{network: noText, server: noText}}},
	probe.ToolLimited: {{func(c *story, _ probe.Finding) bool { return c.crowded() }, wording{
		title:    "Connections are limited.",
		seen:     "A firewall or the server limits how many connections this computer has at a time.",
		user:     "Let your FTP program use one connection at a time (FileZilla: Site Manager, Transfer Settings).",
		commands: []string{},
	}}},
	probe.PassiveAcceptClosed: {{byParty(probe.PartyPath), wording{
		head:    "The passive connections are accepted, and closed at once.",
		network: "Find the proxy or firewall that takes the passive connections to {server}. Login and data must leave from one address.",
		server:  "Find out whether the FTP server closes the passive connections, or a port mapping before it takes them.",
	}}, {leftOpen, wording{
		title:   "Passive gets no answer.",
		seen:    "The connection on {ports} opens, and then the server says nothing[ for {waited}].",
		head:    "LIST stays without an answer.",
		network: "Find out what accepts connections to the passive ports.",
		server:  "Find out whether LIST is slow, or its data connection never arrives.",
	}}},
	probe.ResultsVary: {{offeredPortsDiffer, wording{
		title: "Some ports are closed.",
		seen:  "Calls to some of the ports that were offered came, to others not[: {tally} tries worked].",
		means: "A firewall may let in calls to some ports only.",
		head:  "Active mode works with some ports only.",
		user:  "Use only ports for active mode that the firewall lets in.",
	}}, {oneStalled, wording{
		seen: "One folder list of several did not arrive ({methods}).",
		head: "One of several folder lists did not arrive.",
	}}},
	probe.PASVAddressZero: {{eitherWorks, wording{
		user: "curl and lftp cope with the wrong address; other programs stop at once.",
	}}},
	probe.EPSVBroken: {{byParty(probe.PartyPath), wording{
		title:   "EPSV fails.",
		head:    "EPSV leads to ports that do not answer.",
		server:  noText,
		network: "Find the device on the way that knows PASV and not EPSV: IPv6 depends on EPSV.",
	}}, {eitherWorks, wording{
		user: "Switch EPSV off where a program hangs (curl: --disable-epsv, tnftp: epsv4 off).",
	}}},
	probe.PASVBroken: {{byParty(probe.PartyPath), wording{
		title:   "PASV fails.",
		head:    "PASV leads to ports that do not answer.",
		server:  noText,
		network: "Find the device on the way that knows EPSV and not PASV.",
	}}, {eitherWorks, wording{
		user: "Use a program that knows EPSV, such as curl, where one hangs.",
	}}, {afterEPSVAll, wording{
		title:  "PASV is refused.",
		head:   "The server refuses PASV, as after EPSV ALL.",
		server: "Find out why EPSV ALL is in effect in a new session: this check never sends it.",
	}}},
	probe.EPRTPortDiffer: {{byParty(probe.PartyClientNetwork), wording{
		head:    "A device on the way knows {working} and not {methods}.",
		network: "Switch off the FTP helper that knows only {working}, or update the router it runs on.",
		server:  noText,
	}}, {afterEPSVAll, wording{
		title:  "{methods} is refused.",
		head:   "The server refuses {methods}, as after EPSV ALL.",
		server: "Find out why EPSV ALL is in effect in a new session: this check never sends it.",
	}}},
	probe.MiddleboxBlocksMode: {{inOtherWords, wording{
		seen: "The reply {reply} is not in the words of {software}: it {likely}comes from a device on the way.",
	}}, {otherMethodWorks, wording{
		title:   "A device refuses {methods}.",
		head:    "A device on the way {likely}refuses {methods}.",
		network: "Allow {methods} in the FTP proxy or firewall on the way.",
	}}, {mangled, wording{
		title:   "A device changes {form}.",
		seen:    "[The server replied {reply}: {form} was changed on the way to it.|{outcome}]",
		head:    "A device on the way changes the {form} command.",
		network: "Find the router or firewall that changes {form} into P@SW, and switch that off.",
	}}, {mangledBeside, wording{
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
		user:   "Avoid active mode: it fails here as soon as TLS is on.",
		server: noText,
	}}, {onlyActiveUnderTLS, wording{
		user: "Use active mode under TLS, until passive mode is repaired there.",
	}}},
	probe.ALGRewrites: {{activeFails, wording{user: noText}}, {inMode(probe.Passive), wording{
		title:   "A device changes PASV replies.",
		seen:    "Where nobody on the way can read the reply to PASV, it names another address.",
		head:    "A device before the server changes its PASV replies.",
		user:    "Use a program that knows EPSV as soon as TLS is on.",
		server:  "Make PASV announce {server} ({setting}) before TLS is switched on.",
		network: "Open and forward the passive ports on the router before the server: under TLS it cannot open them by itself.",
	}}},
	probe.ActiveNATUnhelped: {{accepted, wording{title: "Active is blocked."}}, {unhelpedLikely, wording{
		means: "[The server sees this computer as {seen}.] An FTP helper (ALG) that translates the address is likely missing.[ {nearby}]",
		head:  "Active mode likely does not get through this network's NAT.",
	}}, {byParty(probe.PartyServerNetwork), wording{
		means:   "[The server sees this computer as {seen}: a|A] router or container at the server's end hides its clients from it.",
		head:    "The server's own network hides this computer's address from it.",
		network: noText,
		server:  "Prefer passive mode. If active mode is needed: let the FTP server see the addresses of its clients (in Docker: host networking).",
	}}},
	probe.ClientBehindNAT: {{seenLocally, wording{
		title: "Addresses are translated at the server's end.",
		head:  "The server sees this computer under an address of its own network.",
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
