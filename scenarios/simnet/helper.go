package simnet

import (
	"net"
	"net/netip"
)

// Helper is a device that reads the control connection and lets data
// connections in: the FTP helper of Linux (net/netfilter/nf_conntrack_ftp.c and
// nf_nat_ftp.c), which most home routers contain. Its method Through is the
// middlebox of a [Rule]:
//
//	helper := simnet.Netfilter()
//	n.NAT(client, outside)
//	n.Rule(simnet.Rule{Ports: simnet.Port(21), Do: simnet.Through, Through: helper.Through})
//
// It translates what the NAT translates, and its pinholes lead through the NAT.
// Without a NAT it is the helper of a stateful firewall: name it in Rule.Helper
// of the rule that blocks, and what it expects passes that rule.
//
// It reads as Linux does. Only the start of a segment is looked at, and only if
// the segment before it in that direction ended a line: so it never reads a
// client's first line, nor the second line of a segment, nor anything under
// TLS. It knows PORT and EPRT from the client, in any case, and "227 " and
// "229 " from the server. A well-formed address that is not the sender's own
// passes unchanged. One connection at a time is expected for each control
// connection: the last announced, for five minutes.
//
// A Helper keeps no state of its own and may serve any number of connections.
// The zero value reads along and does nothing.
type Helper struct {
	// Rewrite puts the outside address, and if need be another port, in
	// place of the address announced.
	Rewrite bool

	// Pinhole lets the announced connection in, once, from any port of the
	// peer of the control connection.
	Pinhole bool

	// Swallow drops a segment that begins like a command or reply the helper
	// knows and cannot be parsed. The repetitions are dropped too, so that
	// direction of the control connection is dead for good.
	Swallow bool

	// ServerSide places the helper on the router in front of the server
	// instead of that in front of the client. It decides which addresses
	// count as the sender's own, and whose NAT is translated.
	ServerSide bool

	// ClassicOnly makes it read PORT and 227 only, as devices do that are
	// older than the extensions of RFC 2428.
	ClassicOnly bool
}

// Netfilter is the helper of Linux with NAT: it rewrites, lets in and swallows.
func Netfilter() *Helper { return &Helper{Rewrite: true, Pinhole: true, Swallow: true} }

// Through carries one control connection. Both halves must come from a Rule.
func (h *Helper) Through(client, server net.Conn) {
	toClient, toServer := client.(*Conn), server.(*Conn)
	outer := ends{client: address(toServer.local), server: address(toClient.local)}
	own := ends{client: address(toClient.remote), server: outer.server}
	if h.ServerSide {
		own = ends{client: outer.client, server: address(toServer.remote)}
	}
	s := &session{helper: h, net: toClient.net}
	commands := &reader{
		session: s, phrases: commandPhrases, own: own.client, outer: outer.client, peer: outer.server,
	}
	replies := &reader{
		session: s, phrases: replyPhrases, own: own.server, outer: outer.server, peer: outer.client,
	}
	Relay(client, server, commands.read, replies.read)
}

// ends are the addresses of both ends of a control connection.
type ends struct{ client, server netip.Addr }

func address(a net.Addr) netip.Addr { return a.(*net.TCPAddr).AddrPort().Addr() }

// session is one control connection; it owns at most one expectation.
type session struct {
	helper *Helper
	net    *Network
}

// reader reads one direction of a control connection.
type reader struct {
	*session
	phrases   []phrase
	own       netip.Addr // The sender's address on its side of the router.
	outer     netip.Addr // The same address between the routers.
	peer      netip.Addr // The other end's address between the routers.
	lineStart bool       // The segment before ended a line.
}

// read looks at one segment; it is the Edit of its direction.
func (r *reader) read(segment []byte) (out []byte, pass bool) {
	atLineStart := r.lineStart
	r.lineStart = segment[len(segment)-1] == '\n'
	if !atLineStart {
		return segment, true
	}
	found, result := find(r.phrases, segment, r.own.Is4(), r.helper.ClassicOnly)
	switch result {
	case unknownLine:
		return segment, true
	case brokenLine:
		return segment, !r.helper.Swallow
	case knownLine:
	}
	if found.addr.IsValid() && found.addr != r.own {
		return segment, true
	}
	translated := r.own != r.outer
	port := found.port
	if r.helper.Pinhole {
		port = r.net.expect(&expectation{
			helper: r.helper, session: r.session, from: r.peer,
			to:     netip.AddrPortFrom(r.outer, port),
			target: netip.AddrPortFrom(r.own, port),
		}, translated && r.helper.Rewrite)
	}
	if !translated || !r.helper.Rewrite {
		return segment, true
	}
	out = append(out, segment[:found.start]...)
	out = append(out, found.phrase.format(netip.AddrPortFrom(r.outer, port))...)
	return append(out, segment[found.end:]...), true
}
