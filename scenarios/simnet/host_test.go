package simnet

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"runtime"
	"syscall"
	"testing"

	"ftpdiag/probe"
	"ftpdiag/probe/neterr"
)

func TestPortsInOrder(t *testing.T) {
	inWorld(t, func(w *world) {
		port := func(l net.Listener) uint16 { return l.Addr().(*net.TCPAddr).AddrPort().Port() }
		first := w.listen(w.client, 0)
		equal(w, "first port", port(first), 49152)
		w.listen(w.server, 21)
		c := w.dial(w.client, netip.AddrPortFrom(w.serverAddr, 21))
		equal(w, "second port", c.LocalAddr().String(), "198.51.100.7:49153")
		w.client.NextPort(49152) // Both ports from there are in use.
		equal(w, "third port", port(w.listen(w.client, 0)), 49154)
		first.Close()
		c.Close()
		w.client.NextPort(49152)
		equal(w, "port given back by the listener", port(w.listen(w.client, 0)), 49152)
		equal(w, "port given back by the connection", port(w.listen(w.client, 0)), 49153)
		w.client.NextPort(65535)
		w.listen(w.client, 0)
		equal(w, "port after the last", port(w.listen(w.client, 0)), 49155)
	})
}

func TestListenFails(t *testing.T) {
	taken := syscall.EADDRINUSE
	if runtime.GOOS == "windows" {
		taken = 10048 // WSAEADDRINUSE: syscall's value is invented there, and bind never returns it
	}
	inWorld(t, func(w *world) {
		w.listen(w.server, 21)
		c := w.dial(w.client, netip.AddrPortFrom(w.serverAddr, 21))
		own := c.LocalAddr().(*net.TCPAddr).AddrPort()
		one, err := w.client.ListenTCP(w.Context(), netip.AddrPortFrom(w.clientAddr, 2000), probe.SocketOptions{})
		equal(w, "listening", err, nil)
		tests := []struct {
			local string
			want  error
		}{
			{"0.0.0.0:2000", taken},
			{"[::]:2000", taken},
			{"198.51.100.7:2000", taken},
			{"127.0.0.1:2000", nil},
			{"[2001:db8::7]:2000", nil},
			{own.String(), taken}, // A connection leaves from there.
			{"192.0.2.200:2001", syscall.EADDRNOTAVAIL},
		}
		for _, test := range tests {
			l, err := w.client.ListenTCP(w.Context(), netip.MustParseAddrPort(test.local), probe.SocketOptions{})
			if test.want == nil {
				if err != nil {
					w.Errorf("listen on %s: %v", test.local, err)
					continue
				}
				l.Close()
				continue
			}
			isErr(w, err, test.want)
			equal(w, "cause for "+test.local, neterr.Of(err), neterr.Local)
		}
		one.Close()
		w.listen(w.client, 2000)
	})
}

func TestListenerOnOneAddress(t *testing.T) {
	inWorld(t, func(w *world) {
		local := netip.AddrPortFrom(w.serverAddr, 2000)
		l, err := w.server.ListenTCP(w.Context(), local, probe.SocketOptions{})
		equal(w, "listening", err, nil)
		equal(w, "listener's address", l.Addr().String(), "203.0.113.1:2000")
		equal(w, "its own address", w.dialCause(w.client, local), neterr.None)
		equal(w, "another address", w.dialCause(w.client, netip.MustParseAddrPort("[2001:db8::1]:2000")), neterr.Refused)
	})
}

func TestListenerEnds(t *testing.T) {
	inWorld(t, func(w *world) {
		l := w.listen(w.server, 21)
		c := w.dial(w.client, netip.AddrPortFrom(w.serverAddr, 21))
		l.Close()
		equal(w, "connection nobody accepted", w.readCause(c), neterr.Reset)
		_, err := l.Accept()
		isErr(w, err, net.ErrClosed)
		isErr(w, l.Close(), net.ErrClosed)
	})
}

func TestListenerDeadline(t *testing.T) {
	inWorld(t, func(w *world) {
		l := w.listen(w.server, 21).(*Listener)
		l.SetDeadline(w.start.Add(1000 * ms))
		_, err := l.Accept()
		equal(w, "cause", neterr.Of(err), neterr.Timeout)
		w.at(1000 * ms)
	})
}

func TestOpenCountsWhatHostsHold(t *testing.T) {
	inWorld(t, func(w *world) {
		w.open(0, 0)
		l := w.listen(w.server, 21)
		client := w.dial(w.client, netip.AddrPortFrom(w.serverAddr, 21))
		w.open(1, 1) // The server has not accepted yet.
		server := w.accept(l)
		w.open(2, 1)
		client.Close()
		w.open(1, 1)
		server.Abort()
		l.Close()
		w.open(0, 0)
	})
}

func TestNames(t *testing.T) {
	inWorld(t, func(w *world) {
		six := netip.MustParseAddr("2001:db8::1")
		w.Name("FTP.example.org", six, w.serverAddr)
		addrs, err := w.client.LookupAddrs(w.Context(), "ftp.example.org.")
		equal(w, "error", err, nil)
		if len(addrs) != 2 || addrs[0] != six || addrs[1] != w.serverAddr {
			w.Errorf("addresses are %v", addrs)
		}
		addrs, err = w.client.LookupAddrs(w.Context(), "192.0.2.1")
		if err != nil || len(addrs) != 1 || addrs[0] != netip.MustParseAddr("192.0.2.1") {
			w.Errorf("an address as text gives %v, %v", addrs, err)
		}
		_, err = w.client.LookupAddrs(w.Context(), "unknown.example.org")
		if dnsErr := (*net.DNSError)(nil); !errors.As(err, &dnsErr) || !dnsErr.IsNotFound {
			w.Errorf("an unknown name gives %#v", err)
		}
		broken := &net.DNSError{Err: "server misbehaving", Name: "broken.example.org", IsTemporary: true}
		w.NameError("broken.example.org", broken)
		_, err = w.client.LookupAddrs(w.Context(), "broken.example.org")
		equal(w, "error", err, error(broken))

		ctx, cancel := context.WithCancel(w.Context())
		cancel()
		_, err = w.client.LookupAddrs(ctx, "ftp.example.org")
		equal(w, "cause when cancelled", neterr.Of(err), neterr.Canceled)
	})
}

func TestInterfaceName(t *testing.T) {
	inWorld(t, func(w *world) {
		for addr, want := range map[string]string{
			"127.0.0.1": "lo", "::1": "lo", "198.51.100.7": "eth0",
			"::ffff:198.51.100.7": "eth0", "203.0.113.1": "",
		} {
			equal(w, "interface of "+addr, w.client.InterfaceName(netip.MustParseAddr(addr)), want)
		}
	})
}
