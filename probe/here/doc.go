// Package here answers one question: what about this computer could block or
// bend an FTP connection? Firewall, tunnel, container, proxy settings and what
// the kernel counted.
//
// It reads what any user may read, runs nothing but the one program of macOS
// that tells about its firewall, and changes nothing. Firewall rules are not
// among what a user may read: nft, iptables and the connection tracking table
// need privileges on Linux (measured). So most answers are settings and not
// proofs, and each has three values: yes, no, and unknown where this computer
// does not say. [Counters] is the exception: it proves that packets arrived
// here and were thrown away here.
//
// The computer is described by an [Env], so that every system's files can be
// put before this code on any system; [This] is the real one.
package here
