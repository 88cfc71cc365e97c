// Command ftpdiag checks an FTP server from this computer and tells whether
// passive mode is required to reach it.
//
// The package asks what the person wants and decides how to leave: it reads
// the command line into a [probe.Target] and a [probe.Plan], shows what is
// going on while the examination runs, and ends with one of the exit codes of
// `ftpdiag help exit-codes`. What happened on the wire is found out by package
// probe, and what is said about it by package report. The other commands
// (commands.go lists them) show what was found before, or explain it, without
// any examination; demo examines a server of package scenarios.
//
// The network, the streams, the variables and the person at the keyboard come in
// through environment, so tests run the whole program in one process, on any
// network. Only files are read and written where they are. Only main ends the
// process.
package main
