package here

import (
	"io/fs"
	"net"
	"slices"
	"strconv"
	"strings"
)

// Tunnels is what can be read about virtual private networks. A tunnel has its
// own filters at its other end, lets connections in rarely, and carries
// smaller packets.
type Tunnels struct {
	// Interfaces are the names of tunnels that are up. A DSL or mobile line
	// that is dialled with PPP is one of them in name only.
	Interfaces []string `json:"interfaces,omitempty"`
	// IPv4 and IPv6 tell whether packets to the internet leave through one.
	// The interface of the control connection's own address is better
	// evidence where it is known: look for it in Interfaces.
	IPv4 Route `json:"ipv4"`
	IPv6 Route `json:"ipv6"`
}

// Route is where packets to the internet leave.
type Route struct {
	Interface string `json:"interface,omitempty"` // empty: there is no such route, or it is not known
	// Tunnel is unknown where a tunnel is up but the table that everybody
	// sees does not use it: rules may (WireGuard's do).
	Tunnel Tri `json:"tunnel"`
}

// Through tells whether an interface is a tunnel that is up.
func (t Tunnels) Through(name string) bool { return slices.Contains(t.Interfaces, name) }

func tunnels(env Env) Tunnels {
	if env.OS == "linux" {
		return linuxTunnels(env)
	}
	return otherTunnels(env)
}

// linuxTunnels reads the kernel's own description of its interfaces and its
// main routing tables.
func linuxTunnels(env Env) Tunnels {
	var t Tunnels
	known := false
	if env.Root != nil {
		entries, err := fs.ReadDir(env.Root, "sys/class/net")
		known = err == nil
		for _, entry := range entries {
			if linuxTunnel(env, "sys/class/net/"+entry.Name()) {
				t.Interfaces = append(t.Interfaces, entry.Name())
			}
		}
	}
	if text, ok := env.read("proc/net/route"); ok {
		t.IPv4.Interface = defaultRoute4(text)
	}
	if text, ok := env.read("proc/net/ipv6_route"); ok {
		t.IPv6.Interface = defaultRoute6(text)
	}
	for _, r := range []*Route{&t.IPv4, &t.IPv6} {
		switch {
		case t.Through(r.Interface):
			r.Tunnel = Yes
		case known && r.Interface != "" && len(t.Interfaces) == 0:
			r.Tunnel = No
		}
	}
	return t
}

// tunnelTypes are the hardware types of interfaces that wrap packets into
// others (linux/if_arp.h): PPP, IP in IP, IP in IPv6, IPv6 in IP, GRE over
// either, and none at all, which is what TUN devices and WireGuard have.
var tunnelTypes = []string{"512", "768", "769", "776", "778", "823", "65534"}

// linuxTunnel tells whether the interface described in a folder is a tunnel
// that is up. A TAP device calls itself Ethernet, but has the file of its kind.
func linuxTunnel(env Env, folder string) bool {
	flags, _ := env.read(folder + "/flags")
	number, err := strconv.ParseUint(strings.TrimSpace(flags), 0, 32)
	const up = 1 // IFF_UP, linux/if.h
	if err != nil || number&up == 0 {
		return false
	}
	kind, _ := env.read(folder + "/type")
	return slices.Contains(tunnelTypes, strings.TrimSpace(kind)) || env.exists(folder+"/tun_flags") == Yes
}

// otherTunnels goes by what interfaces can do: one that reaches many machines
// can broadcast, a tunnel cannot. macOS has several tunnels of its own up at
// all times, with link-local addresses only; those carry nothing of ours.
// Routes are not read, so nothing but the absence of tunnels is sure.
func otherTunnels(env Env) Tunnels {
	var t Tunnels
	if env.Interfaces == nil {
		return t
	}
	list, err := env.Interfaces()
	if err != nil {
		return t
	}
	for _, nic := range list {
		if nic.Flags&net.FlagUp == 0 || nic.Flags&(net.FlagLoopback|net.FlagBroadcast) != 0 {
			continue
		}
		for _, addr := range nic.Addrs {
			if !addr.IsLinkLocalUnicast() && !addr.IsLoopback() {
				t.Interfaces = append(t.Interfaces, nic.Name)
				break
			}
		}
	}
	if len(t.Interfaces) == 0 {
		t.IPv4.Tunnel, t.IPv6.Tunnel = No, No
	}
	return t
}
