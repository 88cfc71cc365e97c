package report

import "ftpdiag/probe"

// reachWords are the findings about the way to the server.
var reachWords = map[probe.Code]wording{
	probe.DNSNoSuchHost: {
		title: "The name has no address.",
		seen:  "DNS knows no address for {host}[: {dns}].",
		head:  "There is no server called {name}.",
		user:  "Check the spelling[: did you mean {meant}?|.] Names inside a company need its network or VPN.",
	},
	probe.DNSFailure: {
		title:   "The name lookup failed.",
		seen:    "The question for the address of {host} got no answer[: {dns}].",
		head:    "The address of {name} could not be found out: DNS fails.",
		user:    "Check the network connection and the VPN, then try again.",
		network: "Check the DNS servers of this computer[: {dns}].",
	},
	probe.AddressDead: {
		title:  "One address is dead.",
		seen:   "{dead}",
		means:  "Programs that try it first are slow or fail.",
		head:   "One of the server's addresses does not answer.",
		server: "Repair the address that does not answer, or remove it from DNS.",
	},
	probe.ControlRefused: {
		title:   "Port {port} is refused.",
		seen:    "The connection to {server} was refused[ after {connected}], by the server or by a firewall on the way.",
		head:    "Connections to port {port} of the server are refused.",
		user:    "Check the server's name and port number, then try from another network: if it works there, this network refuses FTP. If not, ask the server admin whether FTP is running.",
		server:  "Start the FTP server, and open TCP port {port} for incoming connections.",
		network: "Allow outgoing TCP to {server} port {port}.",
	},
	probe.ControlFiltered: {
		title:   "Port {port} does not answer.",
		seen:    "{server} gave no answer[ in {connected}]. Either the server is off, or a firewall drops FTP.",
		head:    "The server does not answer on port {port}.",
		user:    "Check the server's name and port number, then try from another network: if it works there, this network blocks FTP.",
		network: "Allow outgoing TCP to {server} port {port}.",
		server:  "Check that the FTP server runs, and that TCP port {port} is open for incoming connections.",
	},
	probe.ControlUnreachable: {
		title:   "There is no way to the server.",
		seen:    "The network reports that {server} cannot be reached.",
		head:    "There is no way from this computer to the server.",
		user:    "Check the network connection and the VPN.",
		network: "Check the routes and firewall rules towards {server}.",
	},
	probe.GreetingMissing: {
		title:  "The server says nothing.",
		seen:   "Port {port} accepted the connection, but no greeting came[ in {greeted}].",
		head:   "Port {port} accepts connections, but no FTP server answers.",
		user:   "Check the port number, and send this report to the server admin.",
		server: "Check that the FTP server behind port {port} is alive, and not waiting for name or ident lookups.",
	},
	probe.GreetingDelayed: {
		title:   "The greeting is slow.",
		seen:    "[It came after {greeted}.|It came late.]",
		means:   "The server {likely}waits for a name or ident lookup.",
		head:    "The server greets late.",
		server:  "Turn off reverse name lookup and ident lookup in the FTP server.",
		network: "",
	},
	probe.PortExpectsTLS: {
		title:    "The port expects TLS at once.",
		seen:     "Port {port} is silent until the program starts TLS.",
		head:     "Port {port} expects TLS from the first byte. Modes not tested yet.",
		user:     "Set encryption in your FTP program to implicit TLS, and check again: {rerunimplicit}",
		commands: []string{"{rerunimplicit}"},
		idle:     "Nothing to do yet: port {port} is reachable.",
	},
	probe.NotFTP: {
		title: "Another service answers.",
		seen:  "[Port {port} greets with {greeting}.|What port {port} says is not FTP.]",
		head:  "[Port {port} of this server speaks {service}, not FTP.|What answers on port {port} is not FTP.]",
		user:  "Check the server's name and port number.",
	},
}
