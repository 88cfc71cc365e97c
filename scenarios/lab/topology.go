//go:build linux

package lab

import (
	"context"
	"fmt"
	"os/exec"
	"strings"
)

// The addresses of every world; worlds cannot see each other, so all use the same. Everything that stands for a public
// address comes from the documentation ranges of RFC 5737.
const (
	// A client with public addresses, behind a routing gateway.
	publicClient, publicClientTruth, publicClientGateway = "192.0.2.2", "192.0.2.3", "192.0.2.1"
	// A client with private addresses, behind a translating gateway.
	privateClient, privateClientTruth, privateClientGateway = "10.77.1.2", "10.77.1.3", "10.77.1.1"

	clientGatewayOutside = "198.51.100.10"
	otherEgress          = "198.51.100.11" // a second public address of the client's gateway
	serverGatewayOutside = "198.51.100.1"

	// ServerAddress is where a client finds the server, whether it is the server's own or its gateway's.
	ServerAddress       = "203.0.113.21"
	routedServerGateway = "203.0.113.1"

	hiddenServer, hiddenServerGateway = "192.168.33.21", "192.168.33.1"
)

// The IPv6 addresses, from the documentation range of RFC 3849.
const (
	clientV6, clientTruthV6, clientGatewayV6       = "2001:db8:1::2", "2001:db8:1::3", "2001:db8:1::1"
	clientGatewayOutsideV6, serverGatewayOutsideV6 = "2001:db8:2::10", "2001:db8:2::1"
	serverV6, serverGatewayV6                      = "2001:db8:3::21", "2001:db8:3::1"
	nobodyV6                                       = "2001:db8:3::99" // beside the server, where nobody is
)

// The ports on which the servers listen for passive connections. inetutils cannot be told, it takes any ephemeral port:
// the server's kernel is told instead. A thousand, so that ports in TIME_WAIT never run out.
const (
	firstPassivePort = 40000
	lastPassivePort  = 40999
)

// A Topology is the four computers of one world, addressed and routed, without any firewall yet.
type Topology struct {
	Client, ClientGateway, ServerGateway, Server *Namespace

	// ClientAddress is the client's first address, which ordinary programs use.
	ClientAddress string
	// TruthAddress is the client's second address. The truth is asked from there, so that what is counted and
	// limited per address concerns ftpdiag alone.
	TruthAddress string
	// OwnServerAddress is the server's own address: ServerAddress, or a private one behind it.
	OwnServerAddress string
	// Resolver is where the client's gateway answers DNS questions, if the world has a DNS server.
	Resolver string

	line *DelayLink // between the gateways, where it is a long one
}

// NewTopology builds the four namespaces, named prefix + c, g, f, s. The caller must Close it, also after an error.
func NewTopology(ctx context.Context, prefix string, wall Firewall) (*Topology, error) {
	t := &Topology{
		ClientAddress: publicClient, TruthAddress: publicClientTruth,
		OwnServerAddress: ServerAddress,
	}
	clientGateway, serverGateway := publicClientGateway, routedServerGateway
	if wall.ClientNAT {
		t.ClientAddress, t.TruthAddress, clientGateway = privateClient, privateClientTruth, privateClientGateway
	}
	t.Resolver = clientGateway
	if wall.Forwarding != NotForwarded {
		t.OwnServerAddress, serverGateway = hiddenServer, hiddenServerGateway
	}

	for _, place := range []struct {
		namespace **Namespace
		letter    string
	}{{&t.Client, "c"}, {&t.ClientGateway, "g"}, {&t.ServerGateway, "f"}, {&t.Server, "s"}} {
		namespace, err := NewNamespace(ctx, prefix+place.letter)
		if err != nil {
			return t, err
		}
		*place.namespace = namespace
	}

	lines := []string{
		fmt.Sprintf("link add eth0 netns %s type veth peer name inside netns %s", t.Client.name, t.ClientGateway.name),
		fmt.Sprintf("link add inside netns %s type veth peer name eth0 netns %s", t.ServerGateway.name, t.Server.name),
	}
	if wall.Delay == 0 {
		lines = append(lines, fmt.Sprintf("link add outside netns %s type veth peer name outside netns %s", t.ClientGateway.name, t.ServerGateway.name))
	}
	if err := ip(ctx, "", lines...); err != nil {
		return t, err
	}
	if wall.Delay > 0 {
		line, err := newDelayLine(t.ClientGateway, t.ServerGateway, "outside", wall.Delay)
		if err != nil {
			return t, err
		}
		t.line = line
	}

	clientGatewayLines := []string{
		"addr add " + clientGateway + "/24 dev inside", "link set inside up",
		"addr add " + clientGatewayOutside + "/24 dev outside", "link set outside up",
		"route add default via " + serverGatewayOutside,
	}
	if wall.SplitEgress {
		clientGatewayLines = append(clientGatewayLines, "addr add "+otherEgress+"/24 dev outside")
	}
	serverGatewayLines := []string{
		"addr add " + serverGateway + "/24 dev inside", "link set inside up",
		"addr add " + serverGatewayOutside + "/24 dev outside", "link set outside up",
	}
	if wall.Forwarding != NotForwarded {
		serverGatewayLines = append(serverGatewayLines, "addr add "+ServerAddress+"/32 dev outside")
	}
	if wall.ClientRouted {
		serverGatewayLines = append(serverGatewayLines, "route add 10.77.1.0/24 via "+clientGatewayOutside)
	}
	if !wall.ClientNAT {
		serverGatewayLines = append(serverGatewayLines, "route add 192.0.2.0/24 via "+clientGatewayOutside)
	}
	for _, step := range []struct {
		namespace *Namespace
		lines     []string
	}{
		{t.Client, []string{
			"addr add " + t.ClientAddress + "/24 dev eth0", "addr add " + t.TruthAddress + "/24 dev eth0",
			"link set eth0 up", "route add default via " + clientGateway + " src " + t.ClientAddress,
		}},
		{t.ClientGateway, clientGatewayLines},
		{t.ServerGateway, serverGatewayLines},
		{t.Server, []string{
			"addr add " + t.OwnServerAddress + "/24 dev eth0", "link set eth0 up", "route add default via " + serverGateway,
		}},
	} {
		if err := ip(ctx, step.namespace.name, step.lines...); err != nil {
			return t, err
		}
	}
	for _, gateway := range []*Namespace{t.ClientGateway, t.ServerGateway} {
		if err := gateway.SetKernel("ipv4/ip_forward", "1"); err != nil {
			return t, err
		}
	}
	if wall.IPv6 {
		if err := t.addIPv6(ctx); err != nil {
			return t, err
		}
	}
	if wall.SYNProxy {
		// What nft(8) asks for: without it the connection table takes packets in the middle of a connection for a new one.
		if err := t.ServerGateway.SetKernel("netfilter/nf_conntrack_tcp_loose", "0"); err != nil {
			return t, err
		}
	}
	if wall.LargestPacket > 0 {
		// A gateway sees many segments of a local connection as one packet, which no line would carry.
		if err := ip(ctx, t.Server.name, "link set eth0 gso_max_segs 1"); err != nil {
			return t, err
		}
	}
	err := t.Server.SetKernel("ipv4/ip_local_port_range", fmt.Sprintf("%d %d", firstPassivePort, lastPassivePort))
	return t, err
}

// addIPv6 addresses and routes the four computers for IPv6. nodad: a line of two ends has no duplicate to wait for.
func (t *Topology) addIPv6(ctx context.Context) error {
	for _, step := range []struct {
		namespace *Namespace
		lines     []string
	}{
		{t.ClientGateway, []string{
			"addr add " + clientGatewayV6 + "/64 dev inside nodad", "addr add " + clientGatewayOutsideV6 + "/64 dev outside nodad",
			"route add 2001:db8:3::/64 via " + serverGatewayOutsideV6,
		}},
		{t.ServerGateway, []string{
			"addr add " + serverGatewayV6 + "/64 dev inside nodad", "addr add " + serverGatewayOutsideV6 + "/64 dev outside nodad",
			"route add 2001:db8:1::/64 via " + clientGatewayOutsideV6,
		}},
		{t.Client, []string{
			"addr add " + clientV6 + "/64 dev eth0 nodad", "addr add " + clientTruthV6 + "/64 dev eth0 nodad",
			"route add default via " + clientGatewayV6 + " src " + clientV6,
		}},
		{t.Server, []string{"addr add " + serverV6 + "/64 dev eth0 nodad", "route add default via " + serverGatewayV6}},
	} {
		if err := ip(ctx, step.namespace.name, step.lines...); err != nil {
			return err
		}
	}
	for _, gateway := range []*Namespace{t.ClientGateway, t.ServerGateway} {
		if err := gateway.SetKernel("ipv6/conf/all/forwarding", "1"); err != nil {
			return err
		}
	}
	return nil
}

// at is the computer at a place.
func (t *Topology) at(p Place) *Namespace {
	return [...]*Namespace{AtClient: t.Client, AtClientGateway: t.ClientGateway, AtServerGateway: t.ServerGateway, AtServer: t.Server}[p]
}

// Close removes the namespaces that were made.
func (t *Topology) Close() {
	if t.line != nil {
		t.line.Close()
	}
	for _, namespace := range []*Namespace{t.Client, t.ClientGateway, t.ServerGateway, t.Server} {
		if namespace != nil {
			namespace.Close()
		}
	}
}

// load gives a rule set to nft inside the namespace.
func load(ctx context.Context, n *Namespace, rules string) error {
	cmd := exec.CommandContext(ctx, "nft", "-f", "-")
	cmd.Stdin = strings.NewReader(rules)
	if out, err := n.Output(cmd); err != nil {
		return fmt.Errorf("nft in %s: %w: %s", n.name, err, out)
	}
	return nil
}
