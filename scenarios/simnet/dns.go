package simnet

import (
	"context"
	"net"
	"net/netip"

	"github.com/miekg/dns"

	"ftpdiag/probe"
	"ftpdiag/probe/neterr"
)

// DNSHandler answers one query that came by proto, "udp" or "tcp". A nil answer
// is silence. The ID and the question of the answer are the handler's business
// (dns.Msg.SetReply does it).
type DNSHandler func(q *dns.Msg, proto string) *dns.Msg

// DNS makes the handler answer queries to the server's address, over UDP and
// over TCP. No host needs to own the address.
func (n *Network) DNS(server netip.AddrPort, handler func(q *dns.Msg, proto string) *dns.Msg) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.dns[netip.AddrPortFrom(plain(server.Addr()), server.Port())] = handler
}

// DialDNS opens a connection to a DNS server. Over TCP that is DialTCP. Over
// UDP it succeeds at once, as connect does on a UDP socket, and what rules or a
// missing server answer shows on reading: silence for Drop and AcceptSilent,
// the error of the ICMP message for the rejecting actions, for AcceptClose and
// where no server is on the host. A rule's Delay applies to every datagram.
//
// In either case messages carry the two bytes of length that DNS over TCP
// uses (RFC 1035 section 4.2.2); package dns writes and expects them on every
// connection that is not a net.PacketConn.
func (h *Host) DialDNS(ctx context.Context, proto string, server netip.AddrPort) (net.Conn, error) {
	if proto == "tcp" {
		return h.DialTCP(ctx, netip.Addr{}, server, probe.SocketOptions{})
	}
	if proto != "udp" {
		return nil, &net.OpError{Op: "dial", Net: proto, Err: net.UnknownNetworkError(proto)}
	}
	d, err := h.prepare("udp", netip.AddrPort{}, server)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		d.release()
		return nil, d.failContext(err)
	}
	c, ok := d.associate()
	if !ok {
		d.release()
		return nil, d.failContext(net.ErrClosed)
	}
	h.net.hold(c)
	return c, nil
}

// associate makes the UDP association. It tells false when the network is
// closed.
func (d *dial) associate() (*Conn, bool) {
	n := d.net
	rule := n.judge(d.packet)
	l := newLink(n.delay(d.packet)+rule.Delay, rule)
	c, far := d.conn(l), n.newConn(l, 1, d.target, d.seen)
	for _, end := range []*Conn{c, far} {
		end.local, end.remote = udpAddr(end.local), udpAddr(end.remote)
	}
	if !n.register(c) {
		return nil, false
	}
	n.mu.Lock()
	handler := n.dns[d.target]
	n.mu.Unlock()

	cause := rule.Do.answer()
	switch {
	case rule.Do == Drop, rule.Do == AcceptSilent:
		return c, true // Nobody reads the far end.
	case rule.Do == AcceptClose, cause == neterr.None && handler == nil && d.host != nil:
		cause = neterr.Refused
	case cause == neterr.None && handler == nil:
		return c, true // Nobody owns the address.
	case cause == neterr.None:
		return c, n.serveDNS(far, handler, d.network)
	}
	return c, n.register(far) && n.start(func() { rejectDatagrams(far, cause) })
}

// rejectDatagrams answers the first datagram with an ICMP error.
func rejectDatagrams(c *Conn, cause neterr.Cause) {
	defer c.Close()
	buffer := make([]byte, largestSegment)
	if _, err := c.Read(buffer); err != nil {
		return
	}
	c.link.fail(1-c.end, cause)
	for {
		// Whatever else comes is read, so that closing sends no reset that
		// would arrive in the error's place.
		if _, err := c.Read(buffer); err != nil {
			return
		}
	}
}

// serveDNS answers the queries of one connection until its client closes it.
// It tells false when the network is closed.
func (n *Network) serveDNS(c *Conn, handler DNSHandler, proto string) bool {
	return n.register(c) && n.start(func() {
		defer c.Close()
		stream := &dns.Conn{Conn: c}
		for {
			query, err := stream.ReadMsg()
			if err != nil {
				return
			}
			if reply := handler(query, proto); reply != nil {
				if stream.WriteMsg(reply) != nil {
					return
				}
			}
		}
	})
}

func udpAddr(a net.Addr) net.Addr {
	return net.UDPAddrFromAddrPort(a.(*net.TCPAddr).AddrPort())
}
