package report

import "ftpdiag/probe"

// activeExplanations are about active mode, and about both modes working.
var activeExplanations = map[probe.Code]explanation{
	probe.BothModesWork: {
		about: "a folder list arrived in passive mode and in active mode",
		what:  "ftpdiag listed the folder in both modes. From this computer FTP works either way, and nothing has to be changed.",
		why:   []string{"Nothing on the way drops connections in either direction.", "An FTP helper (ALG) in a router opens the way for active mode; then F401 or F408 stands beside this finding."},
		tell:  []string{"1: this computer has a public address, or is in the server's own network", "2: this computer is behind NAT and active mode works all the same"},
		user:  "Leave your FTP program in passive mode. If it still cannot open the folder, check its user name, folder and TLS setting.",
	},
	probe.ActiveBlocked: {
		about: "the server cannot connect back to this computer",
		what:  "In active mode the server opens the data connection towards this computer. The server said it would, this computer was listening, and nothing arrived.",
		why: []string{
			"This computer has a private address (10.x.x.x, 172.16-31.x.x, 192.168.x.x) behind a NAT router. The server has no way to reach that address.",
			"A firewall on this side drops connections that come from outside. That is normal and safe.",
			"The server's own firewall does not let it connect to the outside.",
		},
		tell: []string{
			"1: the client address in ftpdiag -v is private",
			"2: active mode works from within the server's network",
			"3: active mode fails for every computer, wherever it is",
		},
		user:    "Use passive mode.",
		network: "Prefer to change nothing. Opening incoming ports is only needed if passive mode is impossible.",
		server:  "Nothing, as long as passive mode works.",
	},
	probe.ActiveRejectedEnRoute: {
		about: "the server's connection to this computer was turned away",
		what:  "In active mode the server tried to connect back and was refused at once. The refusal did not come from this computer, which was listening.",
		why: []string{
			"A firewall on this side refuses connections from outside instead of dropping them.",
			"A NAT router answers for this computer, because it does not know the port.",
			"The server's own firewall refuses connections to the outside.",
		},
		tell: []string{
			"1 and 2: active mode works from within the server's network",
			"2: this computer's address is private (ftpdiag -v)",
			"3: active mode fails for every computer, wherever it is",
		},
		user:    "Use passive mode.",
		network: "Prefer to change nothing. Opening incoming ports is only needed if passive mode is impossible.",
		server:  "Nothing, as long as passive mode works.",
	},
	probe.ActiveNATUnhelped: {
		about: "the address announced in active mode is a private one",
		what:  "In active mode this computer tells the server its own address. That address is valid only behind the NAT router, so the server refuses it or cannot reach it.",
		why: []string{
			"The router has no FTP helper (ALG), or it is switched off. Linux assigns none by itself since kernel 4.7.",
			"The login is under TLS or on another port than 21, where a helper cannot read the address.",
			"The helper translates PORT only, not EPRT.",
		},
		tell: []string{
			"1: active mode fails in clear on port 21 too",
			"2: active mode works with another server, in clear on port 21",
			"3: F209 stands beside this finding",
		},
		user:    "Use passive mode: it announces no address of this computer.",
		network: "Prefer to change nothing. A helper works in clear only, never under TLS.",
		server:  "Nothing. Accepting foreign addresses would open the server to abuse.",
	},
	probe.ActiveDisabled: {
		about: "the server does not allow active mode",
		what:  "The server refuses PORT and EPRT for every address. It is a setting of the server, not a fault of the network.",
		why: []string{
			"The server is set to passive mode only, which is a usual choice.",
			"The server cannot connect to the outside, and its admin switched active mode off for that reason.",
			"A proxy in front of the server knows passive mode only.",
		},
		tell: []string{
			"1 and 2: the setting of the server program says so",
			"3: active mode works from beside the server",
		},
		user:   "Use passive mode.",
		server: "Nothing, as long as passive mode works. To allow active mode:",
	},
	probe.ActiveServerCannotConnect: {
		about: "the server is not able to open active data connections",
		what:  "The server accepted PORT or EPRT, and then reported an error of its own system when it tried to connect. Nothing on the way was involved.",
		why: []string{
			"The server's own firewall or security module (SELinux, AppArmor) does not let the FTP server connect.",
			"The FTP server may not use port 20 as its source port: it needs a right for that.",
			"Port 20 is in use by another data connection to the same address and port.",
		},
		tell: []string{
			"1: the server's reply or log says \"permission denied\"",
			"2: it happens for every transfer from the start",
			"3: it says \"address already in use\" and happens now and then",
		},
		user:   "Use passive mode.",
		server: "Check the FTP server's log, its firewall for outgoing connections, and its right to use port 20.",
	},
	probe.ActiveWrongPeer: {
		about: "active data connections come from another address",
		what:  "The data connection did not come from the address at which the server was reached. Careful programs and firewalls refuse such a connection.",
		why: []string{
			"The server has several addresses and leaves by another one than the one it is reached at.",
			"A load balancer or NAT in front of the server translates incoming connections only.",
			"The servers behind one name are several, and another one answers.",
		},
		tell: []string{
			"1 and 2: the other address belongs to the same operator",
			"3: it changes from run to run",
		},
		user:   "Use passive mode.",
		server: "Let outgoing data connections leave by the address of the login (source NAT, or the server's own setting for its address).",
	},
	probe.ActiveLocalFirewall: {
		about: "this computer's own firewall drops the incoming connection",
		what:  "In active mode the server connects back to this computer. The firewall of this computer itself did not let that connection in.",
		why: []string{
			"The firewall has no rule for the FTP program, which is its normal state.",
			"A rule exists for another program, or for private networks only.",
			"A security program adds rules of its own.",
		},
		tell: []string{
			"1: the firewall's list holds no rule for the program",
			"2: active mode works with one program and not with another",
			"3: active mode works for a moment while that program is paused",
		},
		user:    "Use passive mode. If that is impossible, let in your FTP program only, or a small port range from the server only:",
		network: "Nothing.",
		server:  "Nothing.",
	},
	probe.ActiveDependsOnALG: {
		about: "active mode works only with the help of a device",
		what:  "A router or firewall on the way changes the address in PORT or EPRT, or opens the port that is announced. Without that help active mode would fail here.",
		why: []string{
			"This computer is behind NAT, and the router has an FTP helper (ALG).",
			"A firewall watches the dialogue and lets related connections in.",
		},
		tell: []string{
			"1: the client address is private, and the server sees another one (ftpdiag -v)",
			"2: the addresses are the same on both sides",
		},
		user:    "Use passive mode: under TLS, or on another port than 21, the help ends and active mode fails.",
		network: "Nothing, as long as the programs use passive mode.",
		server:  "Nothing.",
	},
	probe.EPRTPortDiffer: {
		about: "only one of PORT and EPRT works",
		what:  "PORT and EPRT announce the same thing in two forms. One of them works here, the other does not, so it depends on the program whether active mode works.",
		why: []string{
			"A device on the way translates PORT and does not know EPRT, the newer form.",
			"The server does not know EPRT, or has it switched off.",
		},
		tell: []string{
			"1: both work from beside the server",
			"2: the server replies with 500 or 502 to EPRT everywhere",
		},
		user:    "Use passive mode, or a program that uses the form that works (curl: --disable-eprt).",
		network: "Update the FTP helper (ALG), or switch it off.",
		server:  "Allow both forms.",
	},
}
