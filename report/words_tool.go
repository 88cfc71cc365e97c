package report

import "ftpdiag/probe"

// toolWords are the limits of this run itself. What the tool caused is never
// counted against anybody.
var toolWords = map[probe.Code]wording{
	probe.ToolLimited: {
		title: "Some tests could not run.",
		seen:  "The server allows too few connections at a time[: {reply}].",
		head:  "The server's connection limit kept some tests from running.",
		user:  "Close other FTP programs, then check again: {rerun}",

		commands: []string{"{rerun}"},
	},
	probe.NoListener: {
		title: "Active was not tested.",
		seen:  "This computer could not listen for the server's connection.",
		head:  "This computer could not listen for the active test.",
	},
	probe.ResultsVary: {
		title: "Results vary.",
		seen:  "The same test did not always give the same result[: {tally} tries worked].",
		head:  "The same test gave different results.",
		user:  "Run the check again at another time.",
	},
	probe.Stopped: {
		title: "Stopped early.",
		seen:  "The check was stopped[ after {took}], before all tests were done.",
		head:  "Stopped before all tests were done.",
	},
}
