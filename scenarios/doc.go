// Package scenarios answers one question: which networks and servers do we
// know how to break?
//
// A [Scenario] is a named situation as data: a network, a server on it, and
// what an examination must find out. Its server is scripted: it speaks FTP as
// a certain daemon does and misbehaves where the scenario says so. A scenario
// runs on a network in memory ([Scenario.StartInMemory], scenarios/simnet),
// where a minute of silence takes no time, and if it needs no more than one
// computer can show, on real sockets as well ([Scenario.Start]).
//
// # How to add a scenario
//
// Make a file catalogue/NUMBER-NAME.txtar. The number decides the place in the
// catalogue; the name is the scenario's. The file has sections of lines
// "key: value"; lines that begin with # are remarks:
//
//	-- scenario --
//	summary: The server accepts PORT, but its connection to us never arrives.
//	priority: P0
//	loopback: yes
//	-- expect --
//	verdict: passive-required
//	primary: active-blocked
//	party: path
//	forbidden: active-disabled
//	active: fails
//	passive: works
//	method epsv: works
//	within: 10.5s
//	-- network --
//	active: drop
//	-- server --
//	style: vsftpd
//
// Run "go test ./scenarios -run /NAME": a mistake in the file is reported with
// its line, a wrong expectation with the whole dialogue. Then add its report to
// the goldens with "go test ./scenarios -run /NAME -update" and read it.
//
// # scenario
//
//	summary   one sentence
//	priority  P0, P1 or P2
//	loopback  yes: real sockets can show it
//	traps     wrong conclusions that suggest themselves here, as the tests
//	          number them: T5
//
// # expect
//
//	verdict    id of the verdict
//	primary    the first finding
//	confidence of the primary finding: certain or likely
//	recommend  the mode that must be recommended: active or passive
//	findings   others that must be there, divided by commas
//	forbidden  false accusations
//	party      who the primary finding asks to act: user, client-network, path, server-network,
//	           server-config, credentials, tool, none; of several, one of them. An error must say it
//	innocent   those of whom no finding that stops transfers may ask it
//	active     works, fails, unreliable or untested; passive likewise
//	method M   the same for port, eprt, pasv or epsv
//	within     longest duration in memory (12.5s)
//
// # network
//
//	name       of the server (ftp.example.com)
//	server     its addresses (198.51.100.20)
//	unclaimed  addresses of the name behind which nobody is; they come first
//	client     its addresses (203.0.113.40), "192.168.1.50 behind 203.0.113.9" for NAT;
//	           of several of a family each is used in turn
//	nat64      prefix through which an IPv6 client reaches an IPv4 server: 64:ff9b::/96
//	deaf       yes: the client's system lets nobody listen
//	firewall   drop: what the client's own firewall does to the server's connections, and counts
//	noise      how often the client's own firewall drops and counts what others send: 500ms
//	inside     the server's own address behind a NAT that forwards the control port
//	forward    further ports that this NAT forwards: 40001-40020
//	nat        what the NATs do with unsolicited connections: drop, refuse ...
//	helper     abilities of an FTP helper on the way: netfilter, rewrite, pinhole, swallow, classic, server-side
//	middlebox  in the helper's place: proxy (line by line), strict (ends what is not in order)
//	payload    text that a router replaces in what data connections carry: TEXT becomes TEXT
//	stranger   address of somebody who connects to whatever the client announces
//	dns        no-such-name, no-data, server-failure, timeout, refused, truncated (over UDP),
//	           tcp-only; timeout: nobody is at the address
//	alias      names that the name leads to, one to the next; the last has the addresses
//	search     suffixes that the client's system tries with a short name; in DNS the
//	           server's name ends with the first
//	hosts      yes: the client's hosts file has the server's name
//	latency    of one way (10ms)
//	control    what happens to connections to the control port
//	active     ... from the server to the client
//	passive    ... from the client to any port from 1024 on
//
// What happens is one of pass, drop, refuse, reject-host, reject-net,
// reject-prohibited, accept-close, accept-silent, black-hole N, stall-after N
// and reset-after N (bytes), and late 3s: the attempt to connect takes so much
// longer, as lost SYNs make it. The key may name ports ("passive 40001-40003") or
// a destination ("control 198.51.100.21"); "active unexpected" spares what the
// helper expects, as a stateful firewall does; "passive first 2" concerns the
// first two connections, "passive beside 2" those of a client that has two open
// to the server already. The first rule that fits counts.
//
// # target
//
//	user, password, path, port, tls   as on the command line (anonymous, 21, auto)
//	deep                              yes: ask also what is rarely worth its time
//	resolver                          yes: ask the network's DNS server; the system knows no name
//	samples                           further passive ports to try
//	active-ports                      local ports to offer in active mode (50000-50010)
//	other-port                        another control port of the server, to compare
//	stop                              when the person ends the examination (2s)
//
// # server
//
//	style       the daemon: vsftpd, proftpd, pure-ftpd, pyftpdlib, inetutils, filezilla,
//	            filezilla-0.9, iis, goftp, busybox, apache, plain
//	greeting    script in place of the style's greeting
//	on VERB     script in place of the reply to a command; * is any command. Conditions may
//	            follow: active, passive (the mode prepared last), tls, clear, in, out (of the
//	            login), unannounced (no PRET since the last transfer), also (on the other
//	            control port), once, for 900ms (from its first time on)
//	patience    how long it waits for the client at a passive port (60s)
//	also        another port that takes control connections; the way does nothing to those
//	limit       control connections from one address
//	off         methods or modes that it refuses
//	advertise   address in 227
//	ports       passive ports (40001-40020)
//	pasv-reply  script in place of 227; epsv-reply in place of 229
//	dial-from   source address of active data connections
//	listing     empty, or N entries; the section "listing" holds one word by word
//	data        script for data connections in place of the listing
//	completion  early, missing, after-close, "late 3s", or a script in place of 226
//	tls         offered, implicit, reuse, no-tickets, expired, other-name, clear-data,
//	            no-close-notify, torn (data connections end without one, or within a record),
//	            asks-cert (for a client certificate, and goes on without), wants-cert (ends TLS
//	            without one; vsftpd sends no alert), tls-1.2 (and none newer)
//
// A script is a row of steps divided by " | ":
//
//	230 Hello.     send a reply; \r \n \t \e \\ \xHH are bytes, {client} {server} {user}
//	               {path} {tuple} {address} {port} {error} are filled in
//	normal         what the style does; on a data connection: send the listing
//	unsaid         what the style does, without a reply
//	first N        on a data connection: send the first N bytes of the listing
//	wait 5s        wait
//	silence        say nothing
//	freeze         say nothing and read nothing any more
//	always 500 No  send this reply to every command from now on
//	close, reset   end the connection
//	raw TEXT       send bytes without a line end
//	trickle 1s TEXT, repeat N TEXT, endless TEXT
//	               send one byte a second, N times the text, or the text for ever
package scenarios
