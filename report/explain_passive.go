package report

import "ftpdiag/probe"

// passiveExplanations are about passive mode.
var passiveExplanations = map[probe.Code]explanation{
	probe.PassivePortFiltered: {
		about: "the server's passive ports do not answer",
		what:  "In passive mode the server names a port, and this computer connects to it. The address was right, but the port gave no answer.",
		why: []string{
			"The firewall in front of the server lets port 21 in, but not the passive ports.",
			"The NAT in front of the server forwards port 21 only.",
			"The network of this computer lets only well-known ports out.",
			"The login is under TLS, and a device that used to open the ports can no longer read them.",
		},
		tell: []string{
			"1 and 2: passive mode fails from other networks too, and works beside the server",
			"3: passive mode works from another network",
			"4: F405 stands beside this finding",
		},
		user:    "Send the report to the server admin. Active mode may do until then:",
		network: "Let connections to the server out on its passive ports.",
		server:  "Give the FTP server a fixed range, and open just that range.",
	},
	probe.PassivePortRefused: {
		about: "the server's passive ports refuse connections",
		what:  "In passive mode the server names a port, and this computer connects to it. The address was right, but the connection was refused.",
		why: []string{
			"A firewall in front of the server refuses the passive ports.",
			"The NAT in front of the server does not forward them, and refuses by itself.",
			"The server closed the port before the connection came: it counts on another address.",
		},
		tell: []string{
			"1 and 2: passive mode works beside the server",
			"3: it happens now and then, or the refusal takes as long as the server is away",
		},
		user:    "Send the report to the server admin. Active mode may do until then:",
		network: "Let connections to the server out on its passive ports.",
		server:  "Give the FTP server a fixed range, open just that range, and forward it.",
	},
	probe.PASVAddressPrivate: {
		about: "the PASV answer names a private address",
		what:  "The server's answer to PASV (227) names an address that is valid only inside the server's own network. Programs that believe it connect to nowhere, or to the wrong computer.",
		why: []string{
			"The server is behind NAT and announces the address of its own network card.",
			"It is in a container, and announces the container's address.",
			"An FTP helper (ALG) used to correct the answer, and TLS hides it from the helper.",
		},
		tell: []string{
			"1 and 2: the address in the report is the server's inside one",
			"3: F405 stands beside this finding",
		},
		user:   "Use a program that ignores the address, or EPSV, which names none:",
		server: "Make the server announce its outside address, and forward the passive ports.",
	},
	probe.PASVAddressZero: {
		about: "the PASV answer names the address 0.0.0.0",
		what:  "The server's answer to PASV (227) names 0.0.0.0, which is no address. Some programs take it as \"the address you are connected to\", others stop.",
		why: []string{
			"The server is to announce the address it listens on, and listens on all of them.",
			"A setting for the outside address is empty, usually in a container.",
			"The operator means it so: some services announce 0.0.0.0 on purpose.",
		},
		tell: []string{
			"1 and 2: the setting for the outside address of the server program",
			"3: the manual of the service says so",
		},
		user:   "Use a program that ignores the address, or EPSV, which names none:",
		server: "Make the server announce its outside address.",
	},
	probe.PASVAddressWrong: {
		about: "the PASV answer names another computer's address",
		what:  "The server's answer to PASV (227) names a public address that is not the one at which the server was reached. Careful programs refuse it, others connect to the wrong computer.",
		why: []string{
			"The server's outside address has changed, and its setting still holds the old one.",
			"A load balancer or a second line is in front: login and data enter at different addresses.",
			"The server announces a name that has another address from here.",
		},
		tell: []string{
			"1: the address in the report was the server's before",
			"2: data connections to the announced address work",
			"3: the setting holds a name instead of an address",
		},
		user:   "Use a program that ignores the address, or EPSV, which names none:",
		server: "Make the server announce the address at which it is reached.",
	},
	probe.PassiveDisabled: {
		about: "the server does not allow passive mode",
		what:  "The server refuses PASV and EPSV on a clean connection. It is a setting of the server, or of a proxy in front of it.",
		why: []string{
			"Passive mode is switched off in the server program.",
			"The server is old or a small device, and knows active mode only.",
			"A device on the way refuses the commands; then F406 stands beside this finding.",
		},
		tell: []string{
			"1: the setting of the server program says so",
			"2: HELP of the server does not list PASV",
			"3: passive mode works beside the server",
		},
		user:   "Use active mode for this server only; behind NAT it will usually fail.",
		server: "Allow passive mode with a fixed range, and open that range.",
	},
	probe.PassiveAcceptClosed: {
		about: "something takes the data connection and closes it",
		what:  "The passive port accepted the connection and closed it again, or the server says that no connection came. What answered was not the FTP server.",
		why: []string{
			"A proxy or port mapping in front of the server answers on all ports and has nobody behind this one.",
			"A security program on this computer or on the way opens the connection for itself first.",
			"A load balancer leads login and data to different servers.",
		},
		tell: []string{
			"1: it happens from every network, and not beside the server",
			"2: it happens from this computer only",
			"3: it works now and then (F903)",
		},
		user:   "Send the report to the server admin. Active mode may do until then:",
		server: "Forward the passive ports to the FTP server, with the same numbers inside and outside.",
	},
	probe.PassiveReplyMalformed: {
		about: "the passive answer is not in the standard form",
		what:  "The answer to PASV or EPSV deviates from RFC 959 or RFC 2428. ftpdiag could make sense of it; many programs and routers cannot.",
		why: []string{
			"The server program writes its own form, or its text was changed in its settings.",
			"A device on the way rewrote the answer wrongly.",
		},
		tell: []string{
			"1: the answer is the same beside the server",
			"2: it is right under TLS, or beside the server",
		},
		user:    "Use a program that takes the other form of passive mode:",
		network: "Switch off the FTP helper (ALG) if it is the cause.",
		server:  "Update the server program, or restore its own reply texts.",
	},
	probe.PassivePortsExhausted: {
		about: "the server has no free passive port",
		what:  "The server refused PASV or EPSV because every port of its passive range is in use.",
		why: []string{
			"The range is smaller than the number of transfers at the same time. Ports stay taken for some minutes after a transfer.",
			"A program opens many connections at once.",
			"Connections that nobody closed hold the ports.",
		},
		tell: []string{
			"1: it happens at busy times",
			"2: it ends when that program stops",
			"3: it ends when the FTP server restarts",
		},
		user:   "Wait some minutes. Let your program open fewer connections at a time.",
		server: "Enlarge the range, and open the added ports in the firewall.",
	},
	probe.DataSourceMismatch: {
		about: "the server sees this computer under two addresses",
		what:  "The server refuses the data connection because it comes from another address than the login. That rule protects against stolen connections.",
		why: []string{
			"This network has several lines or a pool of outside addresses, and uses another one for each connection.",
			"A proxy or VPN takes one of the two connections.",
			"The network in front of the server changes source addresses, as a Kubernetes Service does.",
		},
		tell: []string{
			"1 and 2: it happens from this network only",
			"3: it happens for every computer, and the server's log shows inside addresses",
		},
		user:    "Try without VPN or proxy. Active mode may do until then.",
		network: "Let all connections of one computer to the server leave by one address.",
		server:  "Keep the clients' source addresses. Switching the server's check off would let others take data connections over.",
	},
	probe.EPSVBroken: {
		about: "PASV works, EPSV does not",
		what:  "EPSV is the newer form of passive mode, and the only one over IPv6. PASV works here and EPSV fails, so it depends on the program whether passive mode works.",
		why: []string{
			"A device on the way knows PASV and not EPSV: it does not open the port that 229 names.",
			"The server does not know EPSV, or has it switched off.",
			"A load balancer leads the data connection elsewhere.",
		},
		tell: []string{
			"1: EPSV works under TLS, or beside the server",
			"2: the server replies with 500, 502 or 522 to EPSV everywhere",
			"3: it works with one of the servers behind the name (F903)",
		},
		user:    "Use PASV:",
		network: "Update the FTP helper (ALG), or switch it off.",
		server:  "Allow EPSV. IPv6 depends on it.",
	},
	probe.PASVBroken: {
		about: "EPSV works, PASV does not",
		what:  "PASV is the older form of passive mode, and many programs use nothing else over IPv4. EPSV works here and PASV fails.",
		why: []string{
			"The server names a wrong address in its answer to PASV; then F303, F304 or F305 says more.",
			"A device on the way changes the answer to PASV.",
			"The server refuses PASV, usually after EPSV ALL.",
		},
		tell: []string{
			"1: the address in the 227 answer is not the server's",
			"2: PASV works under TLS, or beside the server",
			"3: the reply to PASV is a refusal (5xx)",
		},
		user:    "Use a program that knows EPSV:",
		network: "Switch off the FTP helper (ALG) if it is the cause.",
		server:  "Repair PASV: check the outside address that it announces.",
	},
	probe.PassiveIPv6Unusable: {
		about: "passive mode fails over IPv6 and works over IPv4",
		what:  "The server has an IPv6 address, and the login works there. The data connection fails over IPv6 only. Many programs prefer IPv6 and so fail.",
		why: []string{
			"The passive ports are open in the firewall for IPv4 only.",
			"The server does not know EPSV, which IPv6 needs.",
			"The way over IPv6 loses data or is not finished.",
		},
		tell: []string{
			"1: the IPv6 ports give no answer, those of IPv4 do",
			"2: the server refuses EPSV",
			"3: other services of the server fail over IPv6 too",
		},
		user:   "Use IPv4 until it is repaired: give the server's IPv4 address instead of its name.",
		server: "Open the passive ports for IPv6 too, or take the IPv6 address out of DNS.",
	},
	probe.PassiveRangePartlyOpen: {
		about: "some of the passive ports are blocked",
		what:  "Every transfer gets another passive port. Some of the ports that ftpdiag was given answered, others did not. Lists and files therefore fail now and then.",
		why: []string{
			"The range in the firewall is smaller than that of the FTP server, or another one.",
			"The server takes any port when its range is used up (ProFTPD does).",
			"The ports that fail are taken by another program or forwarding rule.",
		},
		tell: []string{
			"1: the blocked ports lie at one end of the range",
			"2: the blocked ports lie far outside of the range",
			"3: single ports within the range fail, always the same",
		},
		user:   "Try again when a list or file hangs: the next one gets another port.",
		server: "Make the two ranges the same.",
	},
}
