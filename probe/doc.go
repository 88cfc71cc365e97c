// Package probe answers two questions about an FTP server: what happened on
// the wire, and what does it mean?
//
// [Prober.Run] asks the network and writes down facts in an [Examination]. It
// never concludes. [Classify] draws the conclusions from the facts. It never
// does I/O, so that an examination saved yesterday can be classified by a
// newer version today.
//
// The examination, in the order of the wire:
//
//  1. Name: the system's resolver; where it fails, each configured DNS server
//     is asked directly (resolve.go, dns.go).
//  2. This computer: its firewall, tunnels and proxies, beside all that follows
//     (surroundings.go, package here).
//  3. Control: connect, greeting (connect.go, greeting.go).
//  4. Login: AUTH TLS where wanted, USER, PASS, FEAT, SYST (secure.go,
//     enter.go, login.go). A login that fails is not repeated (gate.go).
//  5. Folder: CWD, before any data connection.
//  6. Data: the passive methods on the first control connection, the active
//     ones on a second beside it (route.go, passive.go, active.go and door.go,
//     listing.go). A method that stalls keeps its own deadline while the next
//     one starts on a fresh connection.
//  7. Follow-up questions, the experiments, only where their answer can change
//     the conclusion or the person asks for them (experiments.go lists them;
//     followups.go, ask_*.go, simultaneous.go, undertls.go). One of them
//     follows the path to a passive port that does not answer (ask_hops.go,
//     package hops).
//
// Firewalls and servers limit the connections of one client, and ours are
// counted (beside.go): what failed in company is tried alone (ask_alone.go).
//
// The conclusions stand in classify.go, which asks the rules_*.go; codes.go
// lists the findings.
//
// Nothing on the server is changed: no file is written, renamed or deleted.
// Never sent: LIST after a refused PORT, EPSV ALL, a command in two pieces
// (a Linux connection tracking helper freezes the connection then, measured),
// a test connection to a passive port before the real one (it uses up the
// server's only accept), and anything to an address that is neither the
// control connection's peer nor announced by it.
package probe
