package report

import "ftpdiag/probe"

// dataExplanations are about data connections, whatever the mode. The mode is
// not the cause of any of them.
var dataExplanations = map[probe.Code]explanation{
	probe.DataTLSReuseRequired: {
		about: "the server wants the TLS session of the login reused",
		what:  "Under TLS each data connection has a handshake of its own. This server demands that it continues the TLS session of the login, as a proof that it is the same program.",
		why: []string{
			"The server program demands it unless told otherwise (vsftpd, ProFTPD, FileZilla Server).",
			"The FTP program starts a new TLS session for each data connection.",
			"The server gives out sessions that cannot be resumed, usually with TLS 1.3.",
		},
		tell: []string{
			"1 and 2: one program works and another does not",
			"3: no program works, or it works with TLS 1.2 only",
		},
		user:   "Use a program that reuses TLS sessions:",
		server: "Nothing, if the programs can do it. Otherwise:",
	},
	probe.DataProtectionRequired: {
		about: "the server wants data connections encrypted",
		what:  "The login is under TLS, the data connection was to be in clear, and the server refuses that (it wants PROT P).",
		why: []string{
			"The FTP program encrypts the login only.",
			"The server demands another level than the program offers.",
		},
		tell:   []string{"1: the program has a setting for encrypted data, or \"clear data\"", "2: the reply names the level"},
		user:   "Turn on encryption for data connections too. Full explicit TLS includes it:",
		server: "Nothing.",
	},
	probe.DataTLSFailed: {
		about: "TLS works for the login and fails for data",
		what:  "The data connection opens, and its TLS handshake fails for another reason than session reuse.",
		why: []string{
			"The server uses other TLS settings for data, or its certificate file cannot be read there.",
			"A device on the way does not let TLS pass on data ports.",
			"The server closes before the handshake ends, because the folder or login is refused.",
		},
		tell: []string{
			"1: it fails beside the server too",
			"2: it works beside the server",
			"3: the reply after it names the reason",
		},
		user:   "Send the report to the server admin.",
		server: "Check the FTP server's log and its TLS settings for data connections.",
	},
	probe.DataMTUBlackhole: {
		about: "large packets get lost on the way",
		what:  "The data connection opens, and the data stops as soon as packets are full. With small packets the same folder list arrives. Logins work because their packets are small.",
		why: []string{
			"A tunnel, VPN or DSL line on the way carries smaller packets than its ends believe.",
			"A firewall drops the ICMP messages that would say so (\"packet too big\").",
			"The server's own network card or tunnel is set too large.",
		},
		tell: []string{
			"1 and 2: large downloads of other services through the same way hang too",
			"1: it ends when the VPN is switched off",
			"3: it happens for every computer",
		},
		user:    "Changing the mode does not help. Without VPN it may work.",
		network: "Limit the segment size where the tunnel begins, and let ICMP \"packet too big\" pass.",
		server:  "Check the MTU of the server's own network, tunnel and VPN.",
	},
	probe.DataStalled: {
		about: "the data connection opens, and the data stops",
		what:  "The data connection opened. Nothing, or only a part, arrived before the waiting time was over. Smaller packets did not help, or not even an empty list arrived.",
		why: []string{
			"A security device holds the data back to inspect it.",
			"The server is overloaded, or its disk is.",
			"A limit of the server on speed or transfers.",
		},
		tell: []string{
			"1: it works from another network",
			"2: it happens everywhere, at busy times",
			"3: it happens everywhere, for this user only",
		},
		user:    "Changing the mode does not help. Try again later, and from another network.",
		network: "Check inspection of data connections between this computer and the server.",
		server:  "Check the FTP server's log for transfers that stall.",
	},
	probe.DataReset: {
		about: "the data connection is cut",
		what:  "The data connection opened and was then cut (a reset, or 426 from the server) before everything had arrived.",
		why: []string{
			"A firewall or intrusion prevention system ends the connection.",
			"The FTP server's process for the transfer ends: its log says why.",
			"A NAT or load balancer forgot the connection.",
		},
		tell: []string{
			"1 and 3: it works from another network, or beside the server",
			"2: it happens beside the server too",
		},
		user:    "Changing the mode does not help. Try from another network.",
		network: "Check inspection of data connections between this computer and the server.",
		server:  "Check the FTP server's log for transfers that are cut.",
	},
	probe.PathDenied: {
		about: "the server refuses the folder",
		what:  "The data connection is not the problem: the server refuses to list this folder. It is a permission, or the folder does not exist.",
		why: []string{
			"The user has no right to list the folder.",
			"The folder does not exist, or its name is written another way (capital letters count).",
			"The user sees only a part of the server: paths begin at the home folder.",
			"The name has letters beyond ASCII, and the server reads it in another code page than UTF-8.",
		},
		tell: []string{
			"1: the reply says \"permission denied\"",
			"2: the reply says \"no such file or directory\"",
			"3: ftpdiag without --path works",
			"4: folders with plain names can be listed",
		},
		user:   "Check the name of the folder, or ask the server admin for the right to list it.",
		server: "Check that the folder exists and that the user may enter and list it.",
	},
	probe.ListingEmpty: {
		about: "the folder is empty",
		what:  "The folder list arrived completely and holds no entry. The data connection works.",
		why: []string{
			"The folder is really empty.",
			"The server hides what the user may not see.",
			"Files are in another folder than the one after login.",
		},
		tell: []string{"1: the server admin sees no files either", "2: the server admin sees files", "3: another --path shows them"},
		user: "Nothing, or give the right folder: --path FOLDER.",
	},
	probe.CompletionMissing: {
		about: "the server does not confirm the end of a transfer",
		what:  "The whole list arrived, and the closing reply (226) did not. Programs wait for it and then report an error, although everything is there.",
		why: []string{
			"A firewall forgot the login connection while the data connection was busy.",
			"The server waits for a proper end of the TLS data connection.",
			"A fault of the server program.",
		},
		tell: []string{
			"1: it happens with long transfers only",
			"2: it happens under TLS only",
			"3: it happens always, beside the server too",
		},
		user:    "Let the program send keep-alive commands, if it has that setting.",
		network: "Raise the idle limit for TCP connections to the server's FTP port.",
		server:  "Check why no reply follows a transfer: log, version and TLS settings.",
	},
	probe.ControlLost: {
		about: "the login connection breaks during the test",
		what:  "The login connection ended between commands or during a transfer. Without it no transfer can go on.",
		why: []string{
			"An FTP helper (ALG) or inspection ended it; if that is at a mode's command, F403 says so.",
			"The server process ended: a crash, a limit, or a session closed by its admin.",
			"A NAT or firewall forgot the connection.",
		},
		tell: []string{
			"1: it works under TLS, or from another network",
			"2: the server's log says so",
			"3: it happens after a pause of always the same length",
		},
		user:    "Try again, and from another network.",
		network: "Check FTP inspection and idle limits between this computer and the server.",
		server:  "Check the FTP server's log for sessions that end early.",
	},
	probe.ServerLocalError: {
		about: "the server reports an error of its own",
		what:  "The server replied with 451, 452, 551 or 552: something on the server failed. Neither the network nor the mode is the cause.",
		why: []string{
			"Its disk is full, or a quota is used up.",
			"A file or folder cannot be read: a broken mount, or rights.",
			"A part of the server program fails: its log says which.",
		},
		tell:   []string{"1: the reply speaks of space or quota (452, 552)", "2 and 3: it is 451, for one folder or for all"},
		user:   "Send the report to the server admin.",
		server: "Check disk space, quotas, file rights and the FTP server's log.",
	},
}
