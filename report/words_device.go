package report

import "ftpdiag/probe"

// deviceWords are the findings about devices on the way. Turning TLS off would
// let such devices read the dialogue again; it is never advised, because the
// password then travels in clear.
var deviceWords = map[probe.Code]wording{
	probe.ALGPresent: {
		title: "An FTP helper is on the way.",
		seen:  "A router or firewall {likely}reads this FTP connection.[ {reader}]",
		head:  "A router or firewall reads this FTP connection.",
	},
	probe.ALGRewrites: {
		title: "A device changes the dialogue.",
		seen:  "A router or firewall on the way {likely}changes the addresses in it.[ {reader}]",
		means: "It cannot do that under TLS.",
		head:  "A device on the way changes the FTP dialogue.",
		user:  "Avoid active mode: it fails here as soon as TLS or another port is used.",
	},
	probe.ALGSwallowsControl: {
		title:   "{subject} kills the connection.",
		seen:    "The login connection dies right after {methods}[; no reply came in {waited}].",
		means:   "An FTP helper (ALG) on the way {likely}swallows the command or its reply.",
		head:    "A device on the way swallows {methods}.",
		network: "Switch off or update the FTP helper (ALG) in the router or firewall.",
		server:  "Write 227 and 229 in standard form: some helpers drop others.",
	},
	probe.ALGNoPinhole: {
		title:   "The data port stays closed.",
		seen:    "{outcome} An FTP helper (ALG) {likely}does not open it.",
		head:    "A device {likely}does not open the data port.",
		network: "Allow the passive port range by a fixed rule.",
		server:  "Set a fixed passive port range, and open it by a fixed rule.",
	},
	probe.TLSBlindsALG: {
		title:  "TLS makes a difference.",
		seen:   "{Mode} works in clear and fails under TLS.[ {ownhelper}]",
		means:  "A device on the way {likely}opens data ports only where it can read the dialogue.",
		head:   "Under TLS a device on the way no longer opens the data port.",
		server: "Set a fixed passive port range and the outside address, and open the range by a fixed rule: TLS hides the dialogue.",
	},
	probe.MiddleboxBlocksMode: {
		title:   "A device refuses {mode} mode.",
		seen:    "[The reply {reply} {likely}does not come from the server.|{outcome} A device on the way {likely}refuses the command.]",
		head:    "A device on the way {likely}refuses {mode} mode.",
		network: "Allow {mode} mode in the FTP proxy or firewall on the way.",
	},
	probe.ControlIntercepted: {
		title:   "Something answers for the server.",
		seen:    "A proxy or security program {likely}answers in place of {server}.",
		head:    "Something on the way answers for the server.",
		network: "Exempt FTP to {server} from the proxy, or check the proxy first: this result is about both.",
	},
	probe.ClientBehindNAT: {
		title: "This computer is behind NAT.",
		seen:  "[The server sees it as {seen}; its|Its] own address is {client}.",
		head:  "This computer is behind NAT.",
	},
	probe.ALGCorruptsData: {
		title:   "Data is changed on the way.",
		seen:    "The folder list does not arrive as the server sent it.",
		head:    "A device on the way changes the data.",
		network: "Switch off FTP inspection for {server} in the device that changes the data.",
	},
}
