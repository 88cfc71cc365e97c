package report

import "ftpdiag/probe"

// activeWords are the findings about active mode, and the one that says that
// both work.
//
// Never advised: letting the server open connections to any address
// (port_promiscuous, AllowForeignAddress), which makes it a tool for attacks
// on others (RFC 2577 section 3), and opening all high ports.
var activeWords = map[probe.Code]wording{
	probe.BothModesWork: {
		title: "Both modes work.",
		seen:  "A folder list arrived in passive mode and in active mode.",
		head:  "FTP works from this computer in both modes.",
	},
	probe.ActiveBlocked: {
		title:   "Active is blocked.",
		seen:    "[The server replied {reply} and nothing|Nothing] reached this computer[ in {waited}].",
		means:   "[{private}|{Culprit} {likely}drops connections that come from outside.][ {nearby}]",
		head:    "Active mode is blocked.",
		network: "Prefer passive mode. If active mode is needed: allow incoming TCP from {server} to {client} on a small, fixed port range.",
	},
	probe.ActiveRejectedEnRoute: {
		title:   "Active is blocked.",
		seen:    "[The server replied {reply}|The server could not connect], while nothing reached this computer: {culprit} refused the connection.",
		head:    "Active mode is blocked.",
		network: "Prefer passive mode. If active mode is needed: allow incoming TCP from {server} to {client} on a small, fixed port range.",
	},
	probe.ActiveNATUnhelped: {
		title:   "Active is refused.",
		seen:    "[The server does not accept the address this computer announced ({announced}) and replied {reply}.|This computer announced an address behind NAT[, {announced}], which the server cannot reach.]",
		means:   "[The server sees this computer as {seen}.] No FTP helper (ALG) translates the address.[ {nearby}]",
		head:    "Active mode does not get through this network's NAT.",
		network: "Prefer passive mode. If active mode is needed: an FTP helper (ALG) in the router translates the address, without TLS only.",
	},
	probe.ActiveDisabled: {
		title:  "Active is switched off.",
		seen:   "The server refuses active mode[. It replied {reply}].",
		head:   "The server does not allow active mode.",
		server: "Allow active mode (PORT, EPRT) only if some program cannot do passive mode.",
	},
	probe.ActiveServerCannotConnect: {
		title:  "Active fails at the server.",
		seen:   "[The server replied {reply}: that|That] error is the server's own, not the network's.",
		head:   "The server cannot open active connections.",
		server: "Check why the FTP server may not open connections: its own firewall, its rights, or a port already in use.",
	},
	probe.ActiveWrongPeer: {
		title:  "Active comes from elsewhere.",
		seen:   "The data connection came from {caller}, but the login goes to {server}.",
		means:  "Careful programs and firewalls refuse that.",
		head:   "Active connections come from another address than the server's.",
		server: "Let active data connections leave from {server}, the address of the login connection.",
	},
	probe.ActiveLocalFirewall: {
		title:   "Active is blocked by this computer.",
		seen:    "This computer's own firewall {likely}drops the incoming connection[; nothing arrived in {waited}].",
		means:   "Other programs on this computer can have other rules.",
		head:    "This computer's own firewall blocks active mode.",
		user:    "Use passive mode. If that is impossible: allow your FTP program, not every program, in this computer's firewall.",
		network: "",
	},
	probe.ActiveDependsOnALG: {
		title: "Active depends on a device.",
		seen:  "Active works only because a router or firewall changes the dialogue or opens the port.",
		means: "It fails as soon as TLS or another port is used.",
		head:  "Active mode works only with the help of a device on the way.",
		user:  "Avoid active mode: it fails here as soon as TLS or another port is used.",
	},
	probe.EPRTPortDiffer: {
		title:  "{methods} is broken.",
		seen:   "{outcome}",
		head:   "Only {working} works in active mode.",
		server: "Repair {methods}, or the device on the way that does not know it: programs use either form.",
	},
}
