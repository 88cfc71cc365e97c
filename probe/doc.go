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
//  2. Control: connect, greeting (connect.go, greeting.go).
//  3. Login: AUTH TLS where wanted, USER, PASS, FEAT, SYST (secure.go,
//     login.go). A login that fails is not repeated.
//  4. Folder: CWD, before any data connection.
//  5. Data: the passive methods on the first control connection, the active
//     ones on a second beside it (lanes.go, passive.go, active.go,
//     listing.go). A method that stalls keeps its own deadline while the next
//     one starts on a fresh connection.
//  6. Follow-up questions, only where their answer can change the conclusion
//     (followups.go, ask_*.go, undertls.go).
//
// Nothing on the server is changed: no file is written, renamed or deleted.
// Never sent: LIST after a refused PORT, EPSV ALL, a command in two pieces
// (a Linux connection tracking helper freezes the connection then, measured),
// a test connection to a passive port before the real one (it uses up the
// server's only accept), and anything to an address that is neither the
// control connection's peer nor announced by it.
package probe
