// Package simnet is a network in memory: hosts with addresses, a resolver,
// rules that pass, drop, reject, reset or stall connections, address
// translation, and devices on the way that read FTP: the helper of a router, a
// proxy, a strict inspector. A [Host] is a probe.Network, so that the code that
// examines a real network runs on this one unchanged, and so do servers written
// for it.
//
// It is made for testing/synctest: whoever waits, waits on channels and
// timers, and no lock is held meanwhile. In a bubble the fake clock moves as
// soon as everybody waits, which makes a dial that is dropped for ten seconds
// take ten seconds of fake time and none of real time. A network that is used
// in a bubble must be made in that bubble. Outside a bubble everything works
// the same, in real time.
//
// # Time
//
// [Network.Latency] is the way of a packet in one direction. An attempt to
// connect is answered after one round trip; the listener's Accept returns
// half a round trip later, when the third packet of the handshake has come.
// Data arrive one latency after they were written, in order. Nothing but the
// way takes time: bandwidth is unlimited, lookups of names answer at once, and
// what a host sends to itself arrives at once.
//
// # The way of a connection
//
// The packet that opens a connection leaves its host, is given the outside
// address of the host's [NAT], meets the first [Rule] that matches, is
// translated back by the NAT in front of its destination, and meets the
// destination's listener. An address behind a NAT can be reached from behind
// the same NAT only. A host behind a NAT64 reaches IPv4 addresses through a
// prefix of IPv6. Connections of a host to itself meet neither rules nor
// NAT. An address that nobody owns stays silent.
//
// # Errors
//
// They are those of the operating system: a *net.OpError with the true errno,
// net.ErrClosed for what the program itself closed, io.EOF at the end of a
// stream, *net.DNSError for names. neterr.Of names the cause of each.
//
// # Limits
//
// Every Write up to 64 KiB is one segment and arrives as one Read: segments
// are never joined and are divided only by the segment size that an end asked
// for with SocketOptions.SmallSegments. There is no loss, no repetition, no
// simultaneous open. UDP exists only for DNS.
package simnet
