package report

import "ftpdiag/probe"

// reachExplanations are about the way to the server.
var reachExplanations = map[probe.Code]explanation{
	probe.DNSNoSuchHost: {
		about: "the server's name has no address",
		what:  "DNS knows no such name, or no address for it. Nothing was sent to any server.",
		why: []string{
			"The name is mistyped.",
			"It is a name inside a company, and this computer is not in that network or VPN.",
			"The name was removed or has expired.",
		},
		tell: []string{
			"1: a colleague's program shows another spelling",
			"2: it works within the company or with the VPN",
			"3: it fails everywhere, and did work before",
		},
		user: "Check the spelling, and the VPN for names inside a company.",
	},
	probe.DNSFailure: {
		about: "the name lookup does not work",
		what:  "The DNS server did not answer, or answered with an error. Whether the name exists is not known.",
		why: []string{
			"This computer has no network connection, or its DNS server does not answer.",
			"The DNS servers of the name's zone fail.",
			"A VPN or security program changes the DNS settings.",
		},
		tell: []string{
			"1: other names fail too",
			"2: other names work, from every network this one fails",
			"3: it ends when that program is switched off",
		},
		user:    "Check the network connection and the VPN. To ask another DNS server: --resolver ADDRESS.",
		network: "Check the DNS servers of this computer.",
	},
	probe.AddressDead: {
		about: "one of the server's addresses does not answer",
		what:  "The name has several addresses, or both IPv4 and IPv6, and not all of them answer. Programs that try the dead one first are slow or fail.",
		why: []string{
			"One of several servers is off, and is still in DNS.",
			"The server has an IPv6 address in DNS and does not listen there.",
			"This network's IPv6 does not reach the outside.",
		},
		tell: []string{
			"1 and 2: it is dead from every network",
			"3: other servers fail over IPv6 too",
		},
		user:    "Give the program the address that answers, instead of the name.",
		network: "Check IPv6 if other servers fail over it too.",
		server:  "Repair the address, or remove it from DNS.",
	},
	probe.ControlRefused: {
		about: "the server refuses connections to its FTP port",
		what:  "The computer was reached and refused the connection. Nothing listens on this port, or a firewall refuses in its place.",
		why: []string{
			"The FTP server is not running.",
			"FTP is on another port, or the computer offers SFTP (port 22) only.",
			"A firewall refuses the connection.",
		},
		tell: []string{
			"1 and 2: it is refused beside the server too",
			"3: it works beside the server",
		},
		user:   "Check the server's name and port number; ask the server admin whether FTP is running.",
		server: "Start the FTP server, and open its port for incoming connections.",
	},
	probe.ControlFiltered: {
		about: "the server's FTP port gives no answer",
		what:  "No answer came to the attempt to connect, not even a refusal. It is not known from here on which side it gets lost.",
		why: []string{
			"A firewall at this end does not let FTP out.",
			"A firewall in front of the server does not let FTP in, or only from certain addresses.",
			"The server is off, or the address is not its own any more.",
		},
		tell: []string{
			"1: other FTP servers do not answer from here either",
			"2: it works from another network",
			"3: no other service of the server answers",
		},
		user:    "Check the server's name and port number, then try from another network.",
		network: "Let connections to the server's FTP port out.",
		server:  "Check that the FTP server runs, and that its port is open.",
	},
	probe.ControlUnreachable: {
		about: "there is no way to the server",
		what:  "A router, or this computer itself, reported that the server cannot be reached, or that it is forbidden.",
		why: []string{
			"This computer has no network connection or no route, as without its VPN.",
			"The address is a private one of another network.",
			"A firewall says so openly (\"prohibited\").",
		},
		tell: []string{
			"1: other servers cannot be reached either",
			"2: the address begins with 10, 172.16-31 or 192.168",
			"3: other services of the server work",
		},
		user:    "Check the network connection and the VPN.",
		network: "Check the routes and firewall rules towards the server.",
	},
	probe.GreetingMissing: {
		about: "the port is open, and no server speaks",
		what:  "The connection opened, and no greeting of FTP came, nor under TLS where TLS is spoken.",
		why: []string{
			"The FTP server hangs or is overloaded; its system still accepts connections.",
			"It waits for a name or ident lookup for longer than ftpdiag waited.",
			"A port forwarding or load balancer accepts, and nobody is behind it.",
			"Another service listens there, one that waits for the other side.",
		},
		tell: []string{
			"1: beside the server no greeting comes either",
			"2: the greeting comes with --timeout 2m",
			"3: beside the server it greets at once",
			"4: the server admin knows another port",
		},
		user:   "Check the port number, and send the report to the server admin.",
		server: "Check that the FTP server is alive, and what it waits for.",
	},
	probe.GreetingDelayed: {
		about: "the server greets late",
		what:  "The connection opened quickly and the greeting took long. After that everything works; programs with a short limit give up before.",
		why: []string{
			"The server looks up the name of this computer's address, and that lookup fails slowly.",
			"The server asks this computer by ident (port 113), and a firewall drops the question.",
			"The server is overloaded.",
		},
		tell: []string{
			"1: it is slow from addresses without a name",
			"2: the delay is always the same, and a firewall here drops port 113",
			"3: other commands are slow too",
		},
		user:    "Raise the time limit of your FTP program.",
		network: "Refuse connections to port 113 instead of dropping them.",
		server:  "Turn both lookups off.",
	},
	probe.PortExpectsTLS: {
		about: "the port expects TLS from the first byte",
		what:  "The port is one for implicit TLS, usually 990: the server says nothing until TLS begins.",
		why: []string{
			"The server offers implicit TLS on this port.",
			"A TLS proxy is in front of the FTP server.",
		},
		tell: []string{"1: the port is 990", "2: the port is another one"},
		user: "Set the encryption of your FTP program to implicit TLS:",
	},
	probe.NotFTP: {
		about: "another service answers on this port",
		what:  "What answers speaks another protocol: SSH, HTTP, mail or something else.",
		why: []string{
			"The port is that of another service: 22 is SSH (and SFTP), 80 and 443 are web servers.",
			"The server offers SFTP, which is not FTP.",
			"A proxy or a guest network answers in the server's place.",
		},
		tell: []string{
			"1 and 2: the greeting begins with SSH or HTTP",
			"3: every port of every server answers so",
		},
		user: "Check the port number. For SFTP use an SFTP program.",
	},
}
