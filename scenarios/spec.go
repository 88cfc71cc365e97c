package scenarios

import (
	"net"
	"net/netip"
	"time"

	"ftpdiag/probe"
	"ftpdiag/scenarios/simnet"
)

// networkSpec is the network of a scenario.
type networkSpec struct {
	name      string        // of the server; empty: it is addressed by its first address
	dns       dnsFault      // what the name servers answer
	aliases   []string      // the name is an alias of the first, that of the next; the last has the addresses
	search    []string      // suffixes that the client's system tries with short names; the server's name has the first
	hosts     bool          // the client's hosts file has the name
	servers   []netip.Addr  // the server's addresses
	unclaimed []netip.Addr  // addresses of the name behind which there is nothing
	client    []netip.Addr  // the client's own addresses; several of a family are used in turn
	outside   netip.Addr    // of the NAT in front of the client; not valid: none
	nat64     netip.Prefix  // through which an IPv6 client reaches the server; not valid: directly
	deaf      bool          // the client's system lets nobody listen
	firewall  bool          // the client's own firewall drops the server's connections, and its counters tell
	noise     time.Duration // between two packets to everybody that the client's own firewall drops and counts; 0: there are none
	inside    netip.Addr    // the server's own address behind a NAT; not valid: it has its public one
	forwards  [][2]uint16   // ports that this NAT forwards besides the control port
	latency   time.Duration
	helper    *simnet.Helper // the FTP helper of the device on the way; nil: none
	middlebox middlebox      // what carries the control connection in the helper's place; nil: nothing
	sabotage  [2]string      // text that is replaced in the payload of data connections, and by what; empty: none
	stranger  netip.Addr     // who connects to whatever the server is told to connect to; not valid: nobody
	nat       simnet.Action  // what the NATs do with connections that nobody asked for; Pass: the usual reset
	control   []wayRule      // connections to the control port
	active    []wayRule      // connections from the server to the client
	passive   []wayRule      // connections from the client to other ports
}

// wayRule is what happens on the way to the connections of one kind.
type wayRule struct {
	ports  [2]uint16  // first and last destination port; zero: any
	to     netip.Addr // only to this address; not valid: any
	do     simnet.Action
	after  int64         // bytes, of stall-after, reset-after and black-hole
	delay  time.Duration // that an attempt to connect takes longer
	first  int           // only the first so many connections; 0: all
	beside int           // only while the client has so many connections open to the server; 0: always

	unexpected bool // connections that the helper expects pass: a stateful firewall
}

// middlebox carries a control connection.
type middlebox func(client, server net.Conn)

// dnsFault is how the question for the server's name goes wrong. Zero: it does
// not.
type dnsFault uint8

const (
	dnsFine dnsFault = iota
	dnsNoSuchName
	dnsNoData
	dnsServFail
	dnsTimeout
	dnsRefused
	dnsTruncated // over UDP; all is well over TCP
	dnsTCPOnly   // no answer over UDP; all is well over TCP
)

// serverSpec is the server of a scenario.
type serverSpec struct {
	style           *style
	greeting        script // nil: the style's
	cues            []cue
	also            uint16                // another control port; 0: none
	limit           int                   // control connections from one address; 0: any number
	off             map[probe.Method]bool // methods that the server refuses
	advertise       netip.Addr            // in 227; not valid: the control connection's
	ports           [2]uint16             // passive ports; zero: any
	pasvReply       script                // nil: the style's
	epsvReply       script                // nil: the style's
	dialFrom        netip.Addr            // source of active data connections; not valid: the control connection's
	listing         []byte
	data            script // what happens on a data connection; nil: the listing
	completion      completion
	completionDelay time.Duration // of completionLate
	completionReply script        // nil: the style's
	tls             tlsSpec
	patience        time.Duration // how long the server waits for the client at a passive port; 0: as the style does
}

// completion is when the reply that ends a transfer comes. Zero: after the
// data connection was closed.
type completion uint8

const (
	completionNormal completion = iota
	completionEarly             // before the data (IIS 7.5 and later, pyftpdlib)
	completionLate
	completionMissing
	completionAfterClose // after the client has closed the data connection (ProFTPD)
)
