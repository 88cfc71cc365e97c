package here

import (
	"net"
	"net/netip"
	"reflect"
	"testing"
)

const (
	routeHeader = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"
	viaEth0     = "eth0\t00000000\t010200C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n"
	viaTun0Low  = "tun0\t00000000\t0100080A\t0003\t0\t0\t0\t00000080\t0\t0\t0\n"
	viaTun0High = "tun0\t00000080\t0100080A\t0003\t0\t0\t0\t00000080\t0\t0\t0\n"
	viaPpp0     = "ppp0\t00000000\t00000000\t0001\t0\t0\t50\t00000000\t0\t0\t0\n"
	refused     = "eth0\t00000000\t00000000\t0203\t0\t0\t1\t00000000\t0\t0\t0\n"

	zero      = "00000000000000000000000000000000"
	six       = zero + " 00 " + zero + " 00 fe800000000000000000000000000001 00000400 00000003 00000000 00000003     eth0\n"
	sixTun    = "20000000000000000000000000000000 03 " + zero + " 00 " + zero + " 00000400 00000003 00000000 00000001     tun0\n"
	sixReject = zero + " 00 " + zero + " 00 " + zero + " ffffffff 00000001 00000000 00200200       lo\n"
	sixLocal  = "fd000000000000000000000000000000 40 " + zero + " 00 " + zero + " 00000100 00000001 00000000 00000001     wg0\n"
)

// nic describes a Linux interface.
func nic(m map[string]string, name, kind, flags string) {
	m["sys/class/net/"+name+"/type"] = kind + "\n"
	m["sys/class/net/"+name+"/flags"] = flags + "\n"
}

func TestLinuxTunnels(t *testing.T) {
	for _, tt := range []struct {
		name          string
		tun           string // flags of tun0, if there is one
		route, route6 string
		want          Tunnels
	}{
		{"plain", "", routeHeader + viaEth0, six + sixReject,
			Tunnels{IPv4: Route{"eth0", No}, IPv6: Route{"eth0", No}}},
		{"whole default through the tunnel's halves", "0x1051", routeHeader + viaEth0 + viaTun0Low + viaTun0High, six + sixTun,
			Tunnels{[]string{"tun0"}, Route{"tun0", Yes}, Route{"tun0", Yes}}},
		{"tunnel for IPv4 only", "0x1051", routeHeader + viaEth0 + viaTun0Low + viaTun0High, six,
			Tunnels{[]string{"tun0"}, Route{"tun0", Yes}, Route{"eth0", Unknown}}},
		{"tunnel up that the table does not use", "0x1051", routeHeader + viaEth0, sixReject + sixLocal,
			Tunnels{[]string{"tun0"}, Route{"eth0", Unknown}, Route{"", Unknown}}},
		{"tunnel down", "0x1050", routeHeader + viaEth0, "",
			Tunnels{IPv4: Route{"eth0", No}}},
		{"smaller metric wins, refused routes do not count", "", routeHeader + viaEth0 + refused + viaPpp0, "",
			Tunnels{IPv4: Route{"ppp0", No}}},
		{"tables that make no sense", "", "eth0\t00000000\tx\n\nzz zz zz zz zz zz zz zz\neth0\t00000000\t0\tQ\t0\t0\t0\t0\n", "x\n",
			Tunnels{}},
	} {
		m := map[string]string{"proc/net/route": tt.route, "proc/net/ipv6_route": tt.route6}
		nic(m, "lo", "772", "0x9")
		nic(m, "eth0", "1", "0x1003")
		if tt.tun != "" {
			nic(m, "tun0", "65534", tt.tun)
		}
		if got := tunnels(Env{OS: "linux", Root: files(m)}); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s:\n got %+v\nwant %+v", tt.name, got, tt.want)
		}
	}
}

func TestLinuxKindsOfTunnels(t *testing.T) {
	m := map[string]string{}
	nic(m, "lo", "772", "0x9")
	nic(m, "eth0", "1", "0x1003")
	nic(m, "ppp0", "512", "0x10d1")
	nic(m, "wg0", "65534", "0x91")
	nic(m, "gre1", "778", "0xd1")
	nic(m, "tap0", "1", "0x1003")
	m["sys/class/net/tap0/tun_flags"] = "0x1002\n"
	got := tunnels(Env{OS: "linux", Root: files(m)})
	if want := []string{"gre1", "ppp0", "tap0", "wg0"}; !reflect.DeepEqual(got.Interfaces, want) {
		t.Errorf("tunnels are %v, want %v", got.Interfaces, want)
	}
	if !got.Through("wg0") || got.Through("eth0") || got.Through("") {
		t.Error("Through does not tell tunnels from other interfaces")
	}
}

func TestOtherTunnels(t *testing.T) {
	addr := func(s ...string) (list []netip.Addr) {
		for _, a := range s {
			list = append(list, netip.MustParseAddr(a))
		}
		return list
	}
	const ethernet = net.FlagUp | net.FlagBroadcast | net.FlagMulticast
	const ptp = net.FlagUp | net.FlagPointToPoint | net.FlagMulticast
	idle := []Interface{
		{"lo0", net.FlagUp | net.FlagLoopback, addr("127.0.0.1", "::1")},
		{"en0", ethernet, addr("192.0.2.5", "fe80::1")},
		{"utun0", ptp, addr("fe80::2")}, // macOS has these at all times
		{"utun9", net.FlagPointToPoint, addr("10.8.0.2")},
	}
	vpn := append(idle[:3:3], Interface{"utun4", ptp, addr("fe80::3", "10.8.0.2")},
		Interface{"Wintun", net.FlagUp | net.FlagMulticast, addr("10.9.0.2")})
	for _, tt := range []struct {
		name string
		list []Interface
		err  error
		want Tunnels
	}{
		{"none in use", idle, nil, Tunnels{IPv4: Route{Tunnel: No}, IPv6: Route{Tunnel: No}}},
		{"two in use", vpn, nil, Tunnels{Interfaces: []string{"utun4", "Wintun"}}},
		{"not readable", nil, errDenied, Tunnels{}},
	} {
		env := Env{OS: "darwin", Interfaces: func() ([]Interface, error) { return tt.list, tt.err }}
		if got := tunnels(env); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
		}
	}
}
