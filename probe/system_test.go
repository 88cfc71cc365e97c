package probe

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/netip"
	"slices"
	"testing"
	"time"

	"ftpdiag/probe/neterr"
)

// systemPatience ends a test that would otherwise hang; loopback needs
// milliseconds.
const systemPatience = 20 * time.Second

// systemLoopbacks lists the loopback addresses that this computer has.
func systemLoopbacks(t *testing.T) []netip.Addr {
	t.Helper()
	var usable []netip.Addr
	for _, text := range []string{"127.0.0.1", "::1"} {
		addr := netip.MustParseAddr(text)
		ln, err := System{}.ListenTCP(t.Context(), netip.AddrPortFrom(addr, 0), SocketOptions{})
		if err != nil {
			t.Logf("%s left out: %v", addr, err)
			continue
		}
		ln.Close()
		usable = append(usable, addr)
	}
	if len(usable) == 0 {
		t.Skip("no loopback address can be listened on")
	}
	return usable
}

// systemPair connects System to System from and to addr, each side with its
// own options.
func systemPair(t *testing.T, addr netip.Addr, dialOpt, listenOpt SocketOptions) (client, server net.Conn) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), systemPatience)
	defer cancel()
	ln, err := System{}.ListenTCP(ctx, netip.AddrPortFrom(addr, 0), listenOpt)
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	// The listener is alive before anybody accepts: that is how PORT is sent.
	client, err = System{}.DialTCP(ctx, addr, systemAddr(ln.Addr()), dialOpt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	server, err = ln.Accept()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	client.SetDeadline(time.Now().Add(systemPatience))
	server.SetDeadline(time.Now().Add(systemPatience))
	return client, server
}

func systemAddr(a net.Addr) netip.AddrPort { return a.(*net.TCPAddr).AddrPort() }

// systemSend sends a listing's worth of data one way and checks that it
// arrives whole.
func systemSend(t *testing.T, from, to net.Conn) {
	t.Helper()
	sent := bytes.Repeat([]byte("-rw-r--r-- 1 ftp ftp 42 Jan  1 00:00 file\r\n"), 2000)
	written := make(chan error, 1)
	go func() {
		_, err := from.Write(sent)
		written <- err
	}()
	got := make([]byte, len(sent))
	if _, err := io.ReadFull(to, got); err != nil {
		t.Error(err)
	}
	if err := <-written; err != nil {
		t.Error(err)
	}
	if !bytes.Equal(got, sent) {
		t.Error("the data arrived changed")
	}
}

func TestSystemConnectsFromTheGivenAddress(t *testing.T) {
	for _, addr := range systemLoopbacks(t) {
		t.Run(addr.String(), func(t *testing.T) {
			client, server := systemPair(t, addr, SocketOptions{}, SocketOptions{})
			if got := systemAddr(server.RemoteAddr()).Addr(); got != addr {
				t.Errorf("the server sees %v, want %v", got, addr)
			}
			if got := systemAddr(server.LocalAddr()).Addr(); got != addr {
				t.Errorf("the listener is on %v, want %v", got, addr)
			}
			systemSend(t, server, client)
		})
	}
}

func TestSystemLeavesTheLocalAddressToTheSystem(t *testing.T) {
	addr := systemLoopbacks(t)[0]
	ln, err := System{}.ListenTCP(t.Context(), netip.AddrPortFrom(addr, 0), SocketOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	conn, err := System{}.DialTCP(t.Context(), netip.Addr{}, systemAddr(ln.Addr()), SocketOptions{})
	if err != nil {
		t.Fatal(err)
	}
	conn.Close()
}

func TestSystemSmallSegmentsCarryData(t *testing.T) {
	small := SocketOptions{SmallSegments: 536}
	for _, addr := range systemLoopbacks(t) {
		t.Run(addr.String()+" dialing", func(t *testing.T) {
			client, server := systemPair(t, addr, small, SocketOptions{})
			systemSend(t, server, client)
		})
		t.Run(addr.String()+" listening", func(t *testing.T) {
			client, server := systemPair(t, addr, SocketOptions{}, small)
			systemSend(t, client, server)
		})
	}
}

func TestSystemErrorsKeepTheirCause(t *testing.T) {
	addr := netip.MustParseAddr("127.0.0.1")
	held, err := System{}.ListenTCP(t.Context(), netip.AddrPortFrom(addr, 0), SocketOptions{})
	if err != nil {
		t.Skip(err)
	}
	defer held.Close()
	open := systemAddr(held.Addr())

	gone, err := System{}.ListenTCP(t.Context(), netip.AddrPortFrom(addr, 0), SocketOptions{})
	if err != nil {
		t.Fatal(err)
	}
	closed := systemAddr(gone.Addr())
	gone.Close()

	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	late, cancel := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
	defer cancel()
	// 192.0.2.0/24 is for documentation (RFC 5737) and no computer's own.
	foreign := netip.MustParseAddr("192.0.2.1")

	dial := func(ctx context.Context, local netip.Addr, remote netip.AddrPort) error {
		_, err := System{}.DialTCP(ctx, local, remote, SocketOptions{})
		return err
	}
	listen := func(ctx context.Context, local netip.AddrPort) error {
		_, err := System{}.ListenTCP(ctx, local, SocketOptions{})
		return err
	}
	dialDNS := func(ctx context.Context, proto string) error {
		_, err := System{}.DialDNS(ctx, proto, open)
		return err
	}
	for _, tt := range []struct {
		name string
		err  error
		want neterr.Cause
	}{
		{"closed port", dial(t.Context(), addr, closed), neterr.Refused},
		{"from a foreign address", dial(t.Context(), foreign, open), neterr.Local},
		{"from the other family", dial(t.Context(), netip.IPv6Loopback(), open), neterr.Local},
		{"dial canceled", dial(canceled, addr, open), neterr.Canceled},
		{"dial too late", dial(late, addr, open), neterr.Timeout},
		{"port taken", listen(t.Context(), open), neterr.Local},
		{"on a foreign address", listen(t.Context(), netip.AddrPortFrom(foreign, 0)), neterr.Local},
		{"listen canceled", listen(canceled, netip.AddrPortFrom(addr, 0)), neterr.Canceled},
		{"listen too late", listen(late, netip.AddrPortFrom(addr, 0)), neterr.Timeout},
		{"DNS over UDP canceled", dialDNS(canceled, "udp"), neterr.Canceled},
		{"DNS over TCP canceled", dialDNS(canceled, "tcp"), neterr.Canceled},
	} {
		if got := neterr.Of(tt.err); got != tt.want {
			t.Errorf("%s: %v is %q, want %q", tt.name, tt.err, got, tt.want)
		}
	}
}

func TestSystemDialDNSKeepsDatagramsAndStreamsApart(t *testing.T) {
	server, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Skip(err)
	}
	defer server.Close()
	server.SetDeadline(time.Now().Add(systemPatience))
	conn, err := System{}.DialDNS(t.Context(), "udp", server.LocalAddr().(*net.UDPAddr).AddrPort())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := conn.Write([]byte("query")); err != nil {
		t.Fatal(err)
	}
	got := make([]byte, 16)
	n, _, err := server.ReadFrom(got)
	if err != nil || string(got[:n]) != "query" {
		t.Errorf("the server received %q, %v", got[:n], err)
	}
}

func TestSystemLooksUpLocalhost(t *testing.T) {
	addrs, err := System{}.LookupAddrs(t.Context(), "localhost")
	if err != nil {
		t.Fatal(err)
	}
	if len(addrs) == 0 {
		t.Error("localhost has no address")
	}
	for i, addr := range addrs {
		if !addr.IsLoopback() || addr.Is4In6() || slices.Contains(addrs[:i], addr) {
			t.Errorf("unexpected address %v in %v", addr, addrs)
		}
	}
}

func TestSystemKeepsLiteralAddresses(t *testing.T) {
	for text, want := range map[string]string{
		"192.0.2.1":        "192.0.2.1",
		"::ffff:192.0.2.1": "192.0.2.1",
		"fe80::1%eth7":     "fe80::1%eth7",
	} {
		addrs, err := System{}.LookupAddrs(t.Context(), text)
		if err != nil || !slices.Equal(addrs, []netip.Addr{netip.MustParseAddr(want)}) {
			t.Errorf("%s: %v, %v; want %s", text, addrs, err, want)
		}
	}
}

func TestSystemNamesInterfaces(t *testing.T) {
	for _, addr := range systemLoopbacks(t) {
		name := System{}.InterfaceName(addr)
		ifi, err := net.InterfaceByName(name)
		if err != nil {
			t.Errorf("%v is on %q: %v", addr, name, err)
			continue
		}
		if ifi.Flags&net.FlagLoopback == 0 {
			t.Errorf("%v is on %s, which is no loopback interface", addr, name)
		}
	}
	for _, text := range []string{"192.0.2.1", "fe80::1%no-such-interface"} {
		if name := (System{}).InterfaceName(netip.MustParseAddr(text)); name != "" {
			t.Errorf("%s is said to be on %q", text, name)
		}
	}
	if name := (System{}).InterfaceName(netip.Addr{}); name != "" {
		t.Errorf("no address is said to be on %q", name)
	}
}

func TestDNSServersAreListedOnceAtTheirPort(t *testing.T) {
	got := dnsServers([]netip.Addr{
		netip.MustParseAddr("192.0.2.53"),
		netip.MustParseAddr("fe80::53%2"),
		netip.MustParseAddr("::ffff:192.0.2.53"),
	})
	want := []netip.AddrPort{
		netip.MustParseAddrPort("192.0.2.53:53"),
		netip.MustParseAddrPort("[fe80::53%2]:53"),
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
