//go:build linux

package lab

import (
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"strings"
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
	// Helper makes the client's gateway read the control connections to port 21 with the kernel's FTP helper
	// (nf_conntrack_ftp, nf_nat_ftp). It must be assigned by a rule: the kernel no longer does it by itself.
	Helper bool
	// Inbound treats new connections to the client.
	Inbound Treatment
	// Control treats connections to the server's port 21, PassivePorts those to its passive ports, both at the
	// server's gateway.
	Control, PassivePorts Treatment
	// Forwarding other than NotForwarded gives the server a private address.
	Forwarding Forwarding
}

// maxControlConnections is the most control connections ftpdiag may hold at a time. Servers limit them per
// address, and the common limits begin at 4 to 5 (IIS and hosting panels aside).
const maxControlConnections = 4

// Raise loads the rules of both gateways.
func (w Firewall) Raise(ctx context.Context, t *Topology) error {
	if err := load(ctx, t.ClientGateway, w.clientRules(t.ClientAddress)); err != nil {
		return err
	}
	return load(ctx, t.ServerGateway, w.serverRules())
}

func (w Firewall) clientRules(clientAddress string) string {
	var b strings.Builder
	b.WriteString("table ip lab {\n counter excess { }\n")
	if w.Helper {
		b.WriteString(" ct helper ftp { type \"ftp\" protocol tcp; }\n" +
			" chain assign { type filter hook prerouting priority filter; tcp dport 21 ct helper set \"ftp\"; }\n")
	}
	b.WriteString(" chain forward { type filter hook forward priority filter; policy accept;\n")
	// Counts entries of the connection table that are not closed: also sessions which the client has
	// left while the server has not noticed yet, because servers count those too.
	fmt.Fprintf(&b, "  ip saddr %s tcp dport 21 ct state new ct count over %d counter name excess reject with tcp reset\n",
		clientAddress, maxControlConnections)
	if rule := w.Inbound.rule(); rule != "" {
		b.WriteString("  iifname outside ct state new " + rule + "\n")
	}
	b.WriteString(" }\n")
	if w.ClientNAT {
		b.WriteString(" chain translate { type nat hook postrouting priority srcnat; oifname outside masquerade; }\n")
	}
	b.WriteString("}\n")
	return b.String()
}

func (w Firewall) serverRules() string {
	var b strings.Builder
	b.WriteString("table ip lab {\n chain forward { type filter hook forward priority filter; policy accept;\n")
	if rule := w.Control.rule(); rule != "" {
		b.WriteString("  iifname outside tcp dport 21 ct state new " + rule + "\n")
	}
	if rule := w.PassivePorts.rule(); rule != "" {
		fmt.Fprintf(&b, "  iifname outside tcp dport %d-%d ct state new %s\n", firstPassivePort, lastPassivePort, rule)
	}
	if w.Forwarding != NotForwarded {
		// The internet does not carry private addresses.
		b.WriteString("  iifname outside ct state new ct status & dnat == 0 drop\n")
	}
	b.WriteString(" }\n")
	if w.Forwarding != NotForwarded {
		b.WriteString(" chain input { type filter hook input priority filter; iifname outside ct state new drop; }\n" +
			" chain forwarding { type nat hook prerouting priority dstnat;\n")
		fmt.Fprintf(&b, "  ip daddr %s tcp dport 21 dnat to %s\n", ServerAddress, hiddenServer)
		if w.Forwarding == ControlAndPassiveRange {
			fmt.Fprintf(&b, "  ip daddr %s tcp dport %d-%d dnat to %s\n", ServerAddress, firstPassivePort, lastPassivePort, hiddenServer)
		}
		fmt.Fprintf(&b, " }\n chain translate { type nat hook postrouting priority srcnat; oifname outside snat to %s; }\n", ServerAddress)
	}
	b.WriteString("}\n")
	return b.String()
}

// ExcessControlConnections returns how many control connections from the client's first address were turned away
// because maxControlConnections were open.
func (t *Topology) ExcessControlConnections(ctx context.Context) (int, error) {
	out, err := t.ClientGateway.Output(exec.CommandContext(ctx, "nft", "-j", "list", "counter", "ip", "lab", "excess"))
	if err != nil {
		return 0, fmt.Errorf("nft list counter: %w: %s", err, out)
	}
	var answer struct {
		Nftables []struct {
			Counter *struct{ Packets int }
		}
	}
	if err := json.Unmarshal([]byte(out), &answer); err != nil {
		return 0, fmt.Errorf("nft list counter: %w", err)
	}
	for _, object := range answer.Nftables {
		if object.Counter != nil {
			return object.Counter.Packets, nil
		}
	}
	return 0, fmt.Errorf("nft list counter: no counter in %s", out)
}
