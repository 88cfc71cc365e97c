package probe

import (
	"context"
	"net"
	"net/netip"
)

// Network is everything the examination asks of the outside world. The real
// one is [System]; tests use a network in memory under a fake clock. Errors
// are those the operating system gives (*net.OpError with the true errno,
// *net.DNSError), so that neterr.Of can name their cause.
type Network interface {
	// LookupAddrs asks the system's resolver, as ordinary programs do: hosts
	// file, search suffixes and all. The order is the system's.
	LookupAddrs(ctx context.Context, host string) ([]netip.Addr, error)

	// NameSetup tells how names are looked up here, and what the hosts file
	// says of host. What could not be found out is empty.
	NameSetup(host string) NameSetup

	// DialDNS opens a connection to a DNS server. proto is "udp" or "tcp".
	DialDNS(ctx context.Context, proto string, server netip.AddrPort) (net.Conn, error)

	// DialTCP connects to remote from the address local (the zero Addr lets
	// the system choose), always from a port the system picks.
	DialTCP(ctx context.Context, local netip.Addr, remote netip.AddrPort, opt SocketOptions) (net.Conn, error)

	// ListenTCP listens on local; port 0 means any free one. The listener
	// accepts from the moment the call returns.
	ListenTCP(ctx context.Context, local netip.AddrPort, opt SocketOptions) (net.Listener, error)

	// InterfaceName tells the name of the network interface that carries the
	// address; empty means not known.
	InterfaceName(addr netip.Addr) string
}

// SocketOptions are set on a socket before it connects or listens. The zero
// value is an ordinary socket.
type SocketOptions struct {
	// SmallSegments asks the peer for segments of at most this many bytes
	// (TCP_MAXSEG on Linux, a small receive buffer elsewhere); 0 leaves the
	// system's value. It is how a listing is repeated past a path that loses
	// large packets.
	SmallSegments int

	// SmallBuffer asks for the smallest receive buffer that the system gives,
	// so that replies that are not read wait at the server and then share a
	// segment.
	SmallBuffer bool

	// SharePort, on a listener, lets one of our own outgoing connections use
	// the listener's port as well (SO_REUSEPORT). A system without that
	// listens all the same.
	SharePort bool

	// FromPort is the local port of an outgoing connection, shared with a
	// listener of ours; 0: any free one. A system or network that cannot share
	// ports fails the dial with a local error.
	FromPort uint16
}
