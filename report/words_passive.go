package report

import "ftpdiag/probe"

// passiveWords are the findings about passive mode.
//
// Never advised: accepting data connections from any address
// (pasv_promiscuous and the like), and opening all high ports.
var passiveWords = map[probe.Code]wording{
	probe.PassivePortFiltered: {
		title:   "Passive is blocked.",
		seen:    "No answer[ in {waited}] on {ports}.[ {where}]",
		head:    "The server's passive ports do not answer.",
		server:  "Set a fixed passive port range (such as {range}) and open it for incoming TCP in the firewall.",
		network: "Check that outgoing TCP to {server} is allowed on high ports.",
	},
	probe.PassivePortRefused: {
		title:  "Passive is refused.",
		seen:   "Refused on {ports}, by the server or a firewall before it.[ {where}]",
		head:   "The server's passive ports are closed.",
		server: "Set a fixed passive port range (such as {range}), open it for incoming TCP and forward it to the FTP server.",
	},
	probe.PASVAddressPrivate: {
		title:  "PASV is broken.",
		seen:   `[It says "connect to {offered}", {address}.|It announces a wrong address.] The server's real address is {server}.`,
		head:   "The server's PASV answer is wrong.",
		user:   "Use passive mode in FileZilla, WinSCP or curl, which cope with the wrong address. Older programs may hang.",
		server: "Make PASV announce {server} ({setting}).",
	},
	probe.PASVAddressZero: {
		title:  "PASV names no address.",
		seen:   `[It says "connect to {offered}", {address}.|It announces a wrong address.] The server's real address is {server}.`,
		head:   "The server's PASV answer is wrong.",
		user:   "Use passive mode in curl or lftp, which cope with the wrong address. Other programs stop at once.",
		server: "Make PASV announce {server} ({setting}).",
	},
	probe.PASVAddressWrong: {
		title:  "PASV is broken.",
		seen:   `[It says "connect to {offered}", {address} {server}.|It announces a wrong address.]`,
		head:   "The server's PASV answer is wrong.",
		user:   "Use passive mode in curl, which ignores the wrong address. Other programs may hang.",
		server: "Make PASV announce {server} ({setting}).",
	},
	probe.PassiveDisabled: {
		title:  "Passive is switched off.",
		seen:   "The server refuses PASV and EPSV[. It replied {reply}].",
		head:   "The server does not allow passive mode.",
		server: "Allow passive mode with a fixed port range (such as {range}), and open that range for incoming TCP.",
	},
	probe.PassiveAcceptClosed: {
		title:  "Passive is cut off.",
		seen:   "Something accepts the connection on {ports} and closes it[. The server replied {reply}].",
		head:   "Something in front of the server takes the passive connections.",
		server: "Find the proxy or port mapping that answers on the passive ports, and forward them to the FTP server instead.",
	},
	probe.PassiveReplyMalformed: {
		title:  "{subject} answers oddly.",
		seen:   "The server says {setup}. Standard is a form such as {standard}.",
		means:  "Some programs and routers cannot read it.",
		head:   "The server's {form} answer is not standard.",
		server: "Make the {form} answer standard, such as {standard}.",
	},
	probe.PassivePortsExhausted: {
		title:  "Passive has no free port.",
		seen:   "[The server replied {reply}: all|All] of its passive ports are in use.",
		head:   "The server has no free passive port.",
		user:   "Wait some minutes and try again.",
		server: "Enlarge the passive port range, and open the added ports in the firewall.",
	},
	probe.DataSourceMismatch: {
		title:   "Passive is refused.",
		seen:    "[The server replied {reply}: it|The server] sees the data connection come from another address than the login.",
		head:    "The server sees this computer under two addresses.",
		network: "Let all connections from {client} to {server} leave by one outside address.",
		server:  "Remove source address translation in front of the FTP server.",
	},
	probe.EPSVBroken: {
		title:  "EPSV is broken.",
		seen:   "{outcome}",
		head:   "The server's EPSV does not work.",
		user:   "Use passive mode with EPSV switched off (curl: --disable-epsv, tnftp: epsv4 off).",
		server: "Repair EPSV, or the device on the way that does not know it: IPv6 depends on it.",
	},
	probe.PASVBroken: {
		title:  "PASV is broken.",
		seen:   "{outcome}",
		head:   "The server's PASV does not work.",
		user:   "Use passive mode in a program that knows EPSV, such as curl.",
		server: "Repair PASV: many programs use nothing else over IPv4.",
	},
	probe.PassiveIPv6Unusable: {
		title:  "Passive fails over IPv6.",
		seen:   "{outcome} Over IPv4 passive works.",
		head:   "Passive mode fails over IPv6.",
		user:   "Use the server's IPv4 address until IPv6 is repaired.",
		server: "Open the passive port range for IPv6 too.",
	},
	probe.PassiveRangePartlyOpen: {
		title:  "Some passive ports are blocked.",
		seen:   "{Tally} work[: {open} answered, {blocked} did not].",
		head:   "Some of the server's passive ports are blocked.",
		user:   "Try again when a folder list or file hangs: each one uses another port.",
		server: "Open the whole passive port range in the firewall.",
	},
}
