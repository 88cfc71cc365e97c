package report

import "ftpdiag/probe"

// dataWords are the findings about data connections in either mode. Changing
// the mode helps with none of them.
var dataWords = map[probe.Code]wording{
	probe.DataTLSReuseRequired: {
		title: "TLS session reuse is required.",
		seen:  "[The server replied {reply}.|The server ends data connections that do not reuse the TLS session of the login.]",
		means: "It accepts only programs that reuse the TLS session of the login.",
		head:  "The server wants TLS sessions reused.",
		user:  "Use a program that reuses TLS sessions, such as FileZilla, WinSCP, lftp or curl.",
	},
	probe.DataProtectionRequired: {
		title: "Data must be encrypted.",
		seen:  "[The server replied {reply}.|The server refuses data connections without encryption.]",
		head:  "The server wants data connections encrypted.",
		user:  "Turn on TLS for data connections too (protection level P; explicit TLS in most programs).",
	},
	probe.DataTLSFailed: {
		title:  "TLS fails on data connections.",
		seen:   "{outcome}",
		means:  "TLS on the login connection works.",
		head:   "TLS fails on {which}.",
		server: "Check the FTP server's log and its TLS settings for data connections.",
	},
	probe.DataMTUBlackhole: {
		title:   "Large packets get lost.",
		seen:    "[{Bytes} arrived, then nothing[ for {waited}]. ]With small packets the same folder list arrives.",
		head:    "Large packets get lost on the way.",
		network: "Limit the TCP segment size (MSS clamping) on the tunnel or router between {client} and {server}, and let ICMP \"packet too big\" pass.",
		server:  "Check the MTU of the server's own network, tunnel and VPN.",
	},
	probe.DataStalled: {
		title:   "[{side} data stops.|The data stops.]",
		seen:    "[{Bytes} arrived, then nothing|The data connection opens, but nothing arrives][ for {waited}].[ {smaller}]",
		head:    "{Which} open, but the data stops.",
		network: "Check traffic inspection between {client} and {server}: data connections open, then no data passes.",
		server:  "Check the FTP server's log for transfers that stall.",
	},
	probe.DataReset: {
		title:   "[{side} is cut off.|The data connection is cut.]",
		seen:    "[The server replied {reply}.|{outcome}]",
		head:    "{Which} open, but are cut.",
		network: "Check traffic inspection between {client} and {server}: data connections are cut after they open.",
		server:  "Check the FTP server's log for transfers that are cut.",
	},
	probe.PathDenied: {
		title:  "The folder is refused.",
		seen:   "[The server replied {reply}.|The server does not list {folder}.]",
		means:  "This is a permission on the server, not a network problem.",
		head:   "FTP works, but the server refuses the folder.",
		user:   "Check the name of the folder, or ask the server admin for the right to list it.",
		server: "Check that the folder exists and that {user} has the right to list it.",
	},
	probe.ListingEmpty: {
		title: "The folder is empty.",
		seen:  "The folder list is complete and has no entries.",
		head:  "The folder is empty.",
	},
	probe.CompletionMissing: {
		title:   "The closing reply is missing.",
		seen:    `The whole folder list arrived, but no "226"[ in {waited}].`,
		means:   "Programs wait for it and then report an error.",
		head:    "The server does not confirm the end of transfers.",
		user:    "Expect programs to hang after each list or file: only the admins can repair that.",
		network: "Check that idle limits and FTP inspection let the login connection live while data flows.",
		server:  "Check why the FTP server sends no reply after a transfer.",
	},
	probe.ControlLost: {
		title:   "The login connection breaks.",
		seen:    "[It ended around {methods}.|It ended during the test.]",
		means:   "The server or {culprit} ended it.",
		head:    "The login connection breaks during the test.",
		network: "Check FTP inspection and idle limits for TCP port {port} between {client} and {server}.",
		server:  "Check the FTP server's log for sessions that end early.",
	},
	probe.ServerLocalError: {
		title:  "The server reports its own error.",
		seen:   "[The server replied {reply}.|The server reports a local error.]",
		means:  "The network is not the cause.",
		head:   "The server reports an error of its own.",
		server: "Check disk space, file rights and the FTP server's log.",
	},
}
