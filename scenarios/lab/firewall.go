//go:build linux

package lab

import (
	"fmt"
	"time"
)

// Treatment is what a gateway does to a connection attempt.
type Treatment int

// The zero Treatment lets connections pass.
const (
	Pass   Treatment = iota
	Drop             // no answer at all
	Reset            // a TCP reset in the name of the destination
	Reject           // ICMP "administratively prohibited" (type 3 code 13, RFC 1812 5.2.7.1)
)

// rule is the nftables statement of the treatment; "" is no rule.
func (t Treatment) rule() string {
	switch t {
	case Pass:
		return ""
	case Drop:
		return "counter drop"
	case Reset:
		return "counter reject with tcp reset"
	case Reject:
		return "counter reject with icmp type admin-prohibited"
	}
	panic(fmt.Sprintf("lab: no such treatment: %d", int(t)))
}

// Forwarding is how much of the server's gateway's public address leads to a server with a private one.
type Forwarding int

// The zero Forwarding is a server with a public address, reached by routing.
const (
	NotForwarded           Forwarding = iota
	ControlForwarded                  // only port 21
	ControlAndPassiveRange            // port 21 and the passive ports
)

// A Firewall is the rules of both gateways. Its zero value routes everything both ways.
type Firewall struct {
	// ClientNAT gives the client private addresses and hides them behind the gateway's (masquerade).
	ClientNAT bool
	// ClientRouted leaves the private addresses of ClientNAT as they are and routes them, as within a company.
	ClientRouted bool
	// Helper makes the client's gateway read the control connections to port 21 with the kernel's FTP helper
	// (nf_conntrack_ftp, nf_nat_ftp). It must be assigned by a rule: the kernel no longer does it by itself.
	Helper bool
	// Inbound treats new connections to the client.
	Inbound Treatment
	// InboundFrom20 exempts connections that come from port 20, the data port of RFC 959 section 3.2, from Inbound.
	InboundFrom20 bool
	// Outbound treats the server's own connections, at the server's gateway.
	Outbound Treatment
	// Control treats connections to the server's port 21, PassivePorts those to its passive ports, both at the
	// server's gateway.
	Control, PassivePorts Treatment
	// EverySecondPort drops connections to every second passive port, in the order in which they are first used: half
	// of the range is closed, whatever ports the server chooses.
	EverySecondPort bool
	// PassivePortsAtServer treats connections to the passive ports in the server's own filter.
	PassivePortsAtServer Treatment
	// Forwarding other than NotForwarded gives the server a private address.
	Forwarding Forwarding
	// HelperAtServer makes the server's gateway read the control connections to port 21, as Helper does at the client's.
	HelperAtServer bool
	// HidesClients makes the server's gateway show its own address to the server instead of the client's, as container
	// platforms do.
	HidesClients bool
	// SplitEgress makes connections to passive ports leave from another public address than control connections.
	SplitEgress bool
	// AcceptsAndCloses puts a proxy on the server's gateway that takes every connection to a passive port and closes it:
	// a published port without anybody behind it.
	AcceptsAndCloses bool
	// SYNProxy makes the server's gateway complete handshakes before the server has heard of them.
	SYNProxy bool
	// LargestPacket is the largest packet that the server's gateway passes to the client; larger ones vanish without
	// the ICMP message of RFC 1191. 0: any.
	LargestPacket int
	// LossPercent is how many packets of a hundred get lost, in each direction.
	LossPercent int
	// IPv6 gives client and server IPv6 addresses too. ControlV6 treats connections to port 21 over IPv6, PassiveV6 other
	// connections to the server, ActiveV6 those to the client.
	IPv6                           bool
	ControlV6, PassiveV6, ActiveV6 Treatment
	// Further are tables of nftables beside the lab's own, by the computer they are loaded on.
	Further map[Place]string
	// Delay is how long the line between the gateways takes, one way. 0: no longer than the kernel.
	Delay time.Duration
}

// Place is one of the four computers of a world.
type Place int

// The places, from the client to the server.
const (
	AtClient Place = iota
	AtClientGateway
	AtServerGateway
	AtServer
)
