package probe

import (
	"context"
	"net"
	"net/netip"
	"strconv"
	"syscall"

	"ftpdiag/probe/hops"
)

// System is the real network: this computer's resolver, sockets and
// interfaces. The zero value is ready, and all values are the same.
type System struct{}

var _ Network = System{}

// LookupAddrs implements [Network]. The addresses are in the system's order
// without repetition, IPv4 ones in their four-byte form. A literal address is
// returned as it is, zone included.
//
// Which resolver answers is left to package net: on Windows and macOS always
// the system's own, elsewhere the one that resolv.conf and nsswitch.conf call
// for, as far as a program without cgo can follow them.
func (System) LookupAddrs(ctx context.Context, host string) ([]netip.Addr, error) {
	// Not LookupNetIP: that one loses the zone of a link-local address.
	found, err := new(net.Resolver).LookupIPAddr(ctx, host)
	if err != nil {
		return nil, err
	}
	var addrs []netip.Addr
	seen := make(map[netip.Addr]bool, len(found))
	for _, f := range found {
		addr, ok := netip.AddrFromSlice(f.IP)
		if !ok {
			continue
		}
		// A hosts file may give one address twice, or once as ::ffff:a.b.c.d;
		// a server is not to be examined twice for that.
		addr = addr.Unmap().WithZone(f.Zone)
		if !seen[addr] {
			seen[addr] = true
			addrs = append(addrs, addr)
		}
	}
	return addrs, nil
}

// DialDNS implements [Network].
func (System) DialDNS(ctx context.Context, proto string, server netip.AddrPort) (net.Conn, error) {
	return new(net.Dialer).DialContext(ctx, proto, server.String())
}

// DialTCP implements [Network]. With one literal address there is nothing to
// race: exactly this remote is tried, once, until the system gives up or ctx
// ends.
func (System) DialTCP(ctx context.Context, local netip.Addr, remote netip.AddrPort, opt SocketOptions) (net.Conn, error) {
	var refuser hops.Refuser
	options := prepare(opt, false)
	dialer := net.Dialer{
		// Probes on an idle control connection would keep alive the very
		// NAT entries whose expiry is to be seen.
		KeepAlive: -1,
		Control: func(network, address string, raw syscall.RawConn) error {
			if err := options(network, address, raw); err != nil {
				return err
			}
			// Where this fails, who refused stays unknown.
			return raw.Control(func(fd uintptr) { _ = refuser.Watch(fd, network == "tcp6") })
		},
	}
	dialer.SetMultipathTCP(false) // Middleboxes are judged by what ordinary FTP programs send.
	if local.IsValid() {
		dialer.LocalAddr = net.TCPAddrFromAddrPort(netip.AddrPortFrom(local.Unmap(), opt.FromPort))
	}
	remote = unmap(remote)
	conn, err := dialer.DialContext(ctx, networkOf(remote.Addr()), remote.String())
	if from := refuser.Done(); err != nil && from.IsValid() {
		return nil, &RefusedBy{Err: err, From: from}
	}
	return conn, err
}

// RefusedBy is the error of a connection that somebody answered with ICMP.
type RefusedBy struct {
	Err  error
	From netip.Addr // who; behind NAT as this computer sees it
}

func (r *RefusedBy) Error() string { return r.Err.Error() + " (ICMP from " + r.From.String() + ")" }
func (r *RefusedBy) Unwrap() error { return r.Err }

// ListenTCP implements [Network]. It listens on exactly this address: the
// unspecified one of a family covers that family only.
func (System) ListenTCP(ctx context.Context, local netip.AddrPort, opt SocketOptions) (net.Listener, error) {
	local = unmap(local)
	network := networkOf(local.Addr())
	// Package net asks the context only while it resolves names.
	if err := ctx.Err(); err != nil {
		return nil, &net.OpError{Op: "listen", Net: network, Addr: net.TCPAddrFromAddrPort(local), Err: err}
	}
	config := net.ListenConfig{KeepAlive: -1, Control: prepare(opt, true)}
	config.SetMultipathTCP(false)
	return config.Listen(ctx, network, local.String())
}

// InterfaceName implements [Network]. The name is the one people know: "eth0",
// "en0", on Windows "Ethernet" or "Wi-Fi". A link-local address without a zone
// is that of the first interface that has it.
func (System) InterfaceName(addr netip.Addr) string {
	interfaces, err := net.Interfaces()
	if err != nil {
		return ""
	}
	zone, addr := addr.Zone(), addr.Unmap().WithZone("")
	for _, ifi := range interfaces {
		if zone != "" && zone != ifi.Name && zone != strconv.Itoa(ifi.Index) {
			continue
		}
		own, err := ifi.Addrs()
		if err != nil {
			continue // The interface went away meanwhile.
		}
		for _, a := range own {
			if prefix, ok := a.(*net.IPNet); ok && prefix.IP.Equal(addr.AsSlice()) {
				return ifi.Name
			}
		}
	}
	return ""
}

// prepare makes the hook by which package net lets a socket be set up before
// it connects or listens.
func prepare(opt SocketOptions, listens bool) func(network, address string, raw syscall.RawConn) error {
	return func(_, _ string, raw syscall.RawConn) error {
		var optErr error
		err := raw.Control(func(fd uintptr) { optErr = setOptions(fd, opt, listens) })
		if err != nil {
			return err
		}
		return optErr
	}
}

// networkOf names the network of package net for one family, so that an IPv6
// socket never serves IPv4 as well.
func networkOf(addr netip.Addr) string {
	if addr.Is4() {
		return "tcp4"
	}
	return "tcp6"
}

func unmap(a netip.AddrPort) netip.AddrPort {
	return netip.AddrPortFrom(a.Addr().Unmap(), a.Port())
}
