// Package hops answers one question: where on the path does a connection die?
//
// It opens TCP connections with a small time to live (TTL; hop limit in IPv6)
// and looks at what comes back: the router at which the packet expired says
// so, a firewall that rejects names itself, the server answers, or nobody
// does. Two ports of one server are compared TTL by TTL, the control port that
// is known to work and the data port that does not; where they begin to differ
// is where something treats the data port another way. Nothing here needs
// privileges: the error queue of an ordinary socket holds the ICMP message.
//
// # What the answers mean
//
// Measured on Linux with a client, two routers r1 and r2 and a server, so that
// the control port is answered "time exceeded", "time exceeded", "SYN-ACK" at
// TTL 1, 2 and 3:
//
//	what blocks the data port                  TTL 1          TTL 2          TTL 3
//	r1 drops while forwarding                  expired at r1  silent         silent
//	r2 drops while forwarding                  expired at r1  expired at r2  silent
//	r2 drops before routing                    expired at r1  silent         silent
//	r2 rejects while forwarding                expired at r1  expired at r2  unreachable, from r2
//	r2 rejects before routing                  expired at r1  unreachable, from r2
//	r2 resets while forwarding                 expired at r1  expired at r2  RST
//	r2 resets before routing                   expired at r1  RST
//	nothing listens on the server              expired at r1  expired at r2  RST
//	the server's own filter drops              expired at r1  expired at r2  silent
//	this computer's own filter rejects         unreachable, from this computer
//	this computer's own filter drops           silent         silent         silent
//
// A router tests the TTL before it asks its forward rules. So "the last router
// drops while forwarding" and "the server's own filter drops" look the same,
// and so do "this computer drops what it sends" and "the first router drops
// before routing": name the pair. A router that resets while forwarding looks
// like a closed port; [ReceivedTTL] tells the two apart.
//
// # Limits that this package keeps
//
// A router that runs Linux sends one computer a burst of 6 ICMP errors and
// then one a second (icmp_ratelimit, measured for IPv4 and IPv6). Each port
// sends each TTL one SYN, which the kernel repeats once, after a second, if it
// stays unanswered: a comparison asks at most 4 answers of a router, a second
// comparison within a few seconds would ask too many. Because both ports ask
// the same router in the same instant, a router that has fallen silent for
// this reason is silent for the control port as well and proves nothing.
//
// # What callers must keep to
//
// A probe that reaches an open port is a connection for the server until the
// reset that follows at once: it uses up a helper's one-shot pinhole and the
// server's only accept. Never probe a passive port before its real connection
// was tried, and give the probes a PASV of their own. On the control port each
// sweep opens one session for a moment, and [ReceivedTTL] one with a good guess
// and about five with a bad one, one after the other; a server with a
// connection limit counts them.
//
// # Systems
//
// Linux only. Windows and macOS have other ways to the same facts, but their
// answers were not measured; there every result has the state [Unsupported].
package hops
