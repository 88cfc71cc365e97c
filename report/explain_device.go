package report

import "ftpdiag/probe"

// deviceExplanations are about devices on the way. "Under TLS" is how a device
// is told from the server: it cannot read or change the dialogue there.
var deviceExplanations = map[probe.Code]explanation{
	probe.ALGPresent: {
		about: "a device on the way reads this FTP connection",
		what:  "A router or firewall has an FTP helper (ALG: application level gateway) that follows the dialogue on the login connection. By itself that is no fault.",
		why: []string{
			"The router needs it for active mode behind NAT.",
			"A firewall opens data ports by it, or filters commands.",
		},
		tell: []string{"1: this computer's address is private", "2: replies look masked (Xs, asterisks)"},
		user: "Nothing. Prefer passive mode, which needs no helper.",
	},
	probe.ALGRewrites: {
		about: "a device changes the addresses in the dialogue",
		what:  "What this computer sent and what the server got differ: a router or firewall writes other addresses or ports into PORT, EPRT, 227 or 229.",
		why: []string{
			"The FTP helper (ALG) of a NAT router does its work.",
			"A firewall or proxy at the server's side does the same for PASV.",
		},
		tell:    []string{"1: the address in PORT or EPRT is changed", "2: the address in 227 is the server's outside one"},
		user:    "Use passive mode. Under TLS, or on another port than 21, the change ends and what depends on it fails.",
		network: "Nothing, as long as it works. If transfers fail, switch the helper off:",
		server:  "Set the outside address and a fixed passive port range, so that no helper is needed.",
	},
	probe.ALGSwallowsControl: {
		about: "the login connection dies at a mode's command",
		what:  "The login works, and the connection ends or falls silent exactly at PORT, EPRT, PASV or EPSV. Something on the way takes the command or its reply away.",
		why: []string{
			"An FTP helper (ALG) does not understand the command or the form of the reply, and drops it.",
			"A firewall forbids the command.",
			"The server itself crashes on the command.",
		},
		tell: []string{
			"1 and 2: the command works under TLS, or beside the server",
			"2: it dies at once, at every server",
			"3: it dies beside the server too, and its log shows a crash",
		},
		user:    "Use TLS if the server offers it, or the other form of passive mode:",
		network: "Switch off or update the FTP helper:",
		server:  "Write the replies to PASV and EPSV in the standard form.",
	},
	probe.ALGNoPinhole: {
		about: "the addresses are right, the data port stays closed",
		what:  "An FTP helper (ALG) follows the dialogue, and what it lets through is consistent. It does not open the port for the data connection all the same.",
		why: []string{
			"The helper knows PASV or PORT and not the command used, usually EPSV or EPRT.",
			"The reply has a form that the helper cannot read.",
			"A second firewall behind the helper drops the connection.",
		},
		tell: []string{
			"1: the other command of the same mode works",
			"2: F308 stands beside this finding",
			"3: neither command works",
		},
		user:    "Try the other form of passive mode, or the other mode.",
		network: "Allow the passive ports of the server by a rule, instead of the helper:",
		server:  "Give the FTP server a fixed range, and open it by a rule.",
	},
	probe.TLSBlindsALG: {
		about: "it works in clear and fails under TLS",
		what:  "The same mode delivers without TLS and fails with it. A device on the way opens data ports only where it can read the dialogue; TLS hides it.",
		why: []string{
			"A firewall in front of the server opens passive ports by its FTP helper (ALG), not by a rule.",
			"The server's NAT corrects the address in 227, which it cannot do under TLS.",
			"In active mode: the router at this end translates PORT and EPRT.",
		},
		tell: []string{
			"1: passive mode fails, the address in the answer is right",
			"2: passive mode fails, the address in the answer is private",
			"3: only active mode fails",
		},
		user:    "Keep TLS on, and use passive mode.",
		network: "Nothing.",
		server:  "Make the server do what the helper did: fixed range, outside address, and a rule.",
	},
	probe.MiddleboxBlocksMode: {
		about: "a device on the way refuses a mode",
		what:  "The refusal of PORT, EPRT, PASV or EPSV does not come from the server, or the command arrived changed.",
		why: []string{
			"An FTP proxy or firewall at this end allows one mode only.",
			"A home router changes commands (SMC Barricade routers turn PASV into P@SW).",
			"A proxy in front of the server allows one mode only.",
		},
		tell: []string{
			"1 and 2: the command works from another network, or under TLS",
			"3: it fails from every network, and works beside the server",
		},
		user:    "Use the other mode, or TLS if the server offers it: what is hidden cannot be changed.",
		network: "Allow the mode in the proxy, or switch off the FTP inspection:",
		server:  "Nothing, unless the proxy is yours.",
	},
	probe.ControlIntercepted: {
		about: "something answers for the server",
		what:  "The login connection does not reach the server directly: a proxy or security program takes it and speaks in the server's place. The result is about both.",
		why: []string{
			"A transparent FTP proxy in this network.",
			"An antivirus or security program on this computer.",
			"A hotel or guest network that takes every connection.",
		},
		tell: []string{
			"1 and 3: it happens for every computer in this network",
			"2: it happens on this computer only",
		},
		user:    "Try from another network, or with TLS.",
		network: "Exempt FTP to the server from the proxy or inspection:",
		server:  "Nothing.",
	},
	probe.ClientBehindNAT: {
		about: "the server sees another address than this computer's own",
		what:  "This computer is behind NAT: a router replaces its address on the way. That is usual, and passive mode works well with it.",
		why:   []string{"A home or office router.", "A provider that shares one address among customers (100.64.x.x).", "A VPN."},
		tell:  []string{"1: the own address is private (ftpdiag -v)", "2: the router's own outside address is 100.64-127.x.x", "3: it ends when the VPN is switched off"},
		user:  "Nothing. Use passive mode.",
	},
	probe.ALGCorruptsData: {
		about: "data is changed on the way",
		what:  "What came over the data connection is not what the server sent: a device changed bytes in it.",
		why: []string{
			"An FTP helper (ALG) watches all connections and takes data for the dialogue.",
			"A proxy or security program scans data and changes line ends.",
		},
		tell:    []string{"1: it ends under TLS", "2: it ends when that program is paused"},
		user:    "Use TLS if the server offers it. Do not trust files that came over this way.",
		network: "Switch off FTP inspection for the server:",
		server:  "Nothing.",
	},
}
