package report

import "ftpdiag/probe"

// toolExplanations are about the limits of a run of ftpdiag.
var toolExplanations = map[probe.Code]explanation{
	probe.ToolLimited: {
		about: "the server's limits kept some tests from running",
		what:  "The server allows few connections at a time from one address. ftpdiag could not open a second one, and leaves out what needs it. Nobody is blamed for that.",
		why: []string{
			"The server's limit for each address is low.",
			"Other programs on this computer, or others behind the same NAT, use up the limit.",
		},
		tell:   []string{"1: it happens with no other program open", "2: it ends when they are closed"},
		user:   "Close other FTP programs and check again, or run with --serial: one connection at a time.",
		server: "If programs fail in the same way, raise the limit.",
	},
	probe.NoListener: {
		about: "this computer could not listen for the active test",
		what:  "In active mode this computer waits for the server's connection. Its system did not allow that, so active mode was not tested.",
		why: []string{
			"The ports given with --active-ports are in use.",
			"A security program or sandbox does not allow listening.",
		},
		tell: []string{"1: it works without --active-ports", "2: it fails with any port"},
		user: "Give other ports or none. Passive mode needs no listening:",
	},
	probe.ResultsVary: {
		about: "the same test gave different results",
		what:  "ftpdiag repeated a test and got another result. It says how many tries worked, and does not guess.",
		why: []string{
			"Several servers are behind one name or load balancer, and not all are set alike.",
			"Some of the passive ports are blocked; then F314 stands beside this finding.",
			"A line on the way loses packets.",
		},
		tell: []string{
			"1: greetings or addresses differ from run to run",
			"2: always the same ports fail",
			"3: other services are unreliable too",
		},
		user:   "Run the check again at another time, and send both reports.",
		server: "Check that all servers behind the name have the same settings.",
	},
	probe.Stopped: {
		about: "the check was stopped before its end",
		what:  "The run was ended by a person or by the system. What was found until then is in the report, and the rest is unknown.",
		why:   []string{"Ctrl-C, or a closed window.", "A time limit of a script or service manager."},
		tell:  []string{"1: the exit code is 130", "2: the exit code is 143"},
		user:  "Run the check again and let it finish.",
	},
}
