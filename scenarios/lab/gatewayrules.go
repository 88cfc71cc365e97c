//go:build linux

package lab

import (
	"context"
	"fmt"
	"strings"
)

// Raise loads the rules of both gateways and of the server's own filter.
func (w Firewall) Raise(ctx context.Context, t *Topology) error {
	for _, place := range []struct {
		namespace *Namespace
		rules     string
	}{
		{t.ClientGateway, w.clientRules(t.ClientAddress)},
		{t.ServerGateway, w.serverGatewayRules()},
		{t.Server, w.serverRules()},
	} {
		if err := load(ctx, place.namespace, place.rules); err != nil {
			return err
		}
	}
	for place, rules := range w.Further {
		if err := load(ctx, t.at(place), rules); err != nil {
			return err
		}
	}
	return nil
}

// filter is a table of nftables with one chain at a hook of the filter, for Firewall.Further.
func filter(hook, rules string) string {
	return "table ip more {\n chain " + hook + " { type filter hook " + hook + " priority 5; policy accept;\n  " + rules + "\n }\n}\n"
}

// at is the Firewall.Further of one place.
func at(place Place, rules string) map[Place]string { return map[Place]string{place: rules} }

// controlPorts are the control ports of all worlds, as a set of nftables.
const controlPorts = "{ 21, 990, 2121 }"

// passivePorts is the servers' passive range, as an interval of nftables.
var passivePorts = fmt.Sprintf("%d-%d", firstPassivePort, lastPassivePort)

// assignHelper gives control connections to port 21 to the kernel's FTP helper.
const assignHelper = " ct helper ftp { type \"ftp\" protocol tcp; }\n" +
	" chain assign { type filter hook prerouting priority filter; tcp dport 21 ct helper set \"ftp\"; }\n"

func (w Firewall) clientRules(clientAddress string) string {
	var b strings.Builder
	b.WriteString("table ip lab {\n counter excess { }\n")
	if w.Helper {
		b.WriteString(assignHelper)
	}
	b.WriteString(" chain forward { type filter hook forward priority filter; policy accept;\n")
	// Counts entries of the connection table that are not closed: also sessions which the client has
	// left while the server has not noticed yet, because servers count those too.
	fmt.Fprintf(&b, "  ip saddr %s tcp dport %s ct state new ip ttl > 16 ct count over %d counter name excess reject with tcp reset\n",
		clientAddress, controlPorts, maxControlConnections)
	if rule := w.Inbound.rule(); rule != "" {
		from := ""
		if w.InboundFrom20 {
			from = "tcp sport != 20 "
		}
		b.WriteString("  iifname outside " + from + "ct state new " + rule + "\n")
	}
	b.WriteString(" }\n")
	if w.ClientNAT || w.SplitEgress {
		b.WriteString(" chain translate { type nat hook postrouting priority srcnat;\n")
		if w.SplitEgress {
			fmt.Fprintf(&b, "  oifname outside tcp dport %s snat to %s\n", passivePorts, otherEgress)
		}
		if w.ClientNAT && !w.ClientRouted {
			b.WriteString("  oifname outside masquerade\n")
		}
		b.WriteString(" }\n")
	}
	b.WriteString("}\n")
	return b.String()
}

func (w Firewall) serverGatewayRules() string {
	var b strings.Builder
	b.WriteString("table ip lab {\n")
	if w.HelperAtServer {
		b.WriteString(assignHelper)
	}
	if w.EverySecondPort {
		b.WriteString(" set open { type inet_service; flags dynamic; size 2000; }\n" +
			" set shut { type inet_service; flags dynamic; size 2000; }\n")
	}
	w.writeForwardChain(&b)
	w.writeAddressChains(&b)
	if w.SYNProxy {
		// As in nft(8), SYNPROXY STATEMENT: handshakes are kept away from the connection table until they are complete.
		fmt.Fprintf(&b, " chain untrack { type filter hook prerouting priority raw; iifname outside ip daddr %s tcp flags & (fin|syn|rst|ack) == syn notrack; }\n"+
			" chain complete { type filter hook forward priority -10; iifname outside ct state { invalid, untracked }"+
			" synproxy mss 1460 wscale 7 timestamp sack-perm; ct state invalid drop; }\n", ServerAddress)
	}
	b.WriteString("}\n")
	if w.IPv6 {
		b.WriteString("table ip6 lab {\n chain forward { type filter hook forward priority filter; policy accept;\n")
		if rule := w.ControlV6.rule(); rule != "" {
			b.WriteString("  tcp dport 21 ct state new " + rule + "\n")
		}
		if rule := w.PassiveV6.rule(); rule != "" {
			b.WriteString("  iifname outside tcp dport != 21 ct state new " + rule + "\n")
		}
		if rule := w.ActiveV6.rule(); rule != "" {
			b.WriteString("  iifname inside tcp dport != 21 ct state new " + rule + "\n")
		}
		b.WriteString(" }\n}\n")
	}
	return b.String()
}

// writeForwardChain writes what the server's gateway does to packets on their way through.
func (w Firewall) writeForwardChain(b *strings.Builder) {
	b.WriteString(" chain forward { type filter hook forward priority filter; policy accept;\n")
	fmt.Fprintf(b, "  ip daddr %s drop\n", silentResolver)
	if w.LossPercent > 0 {
		fmt.Fprintf(b, "  numgen random mod 100 < %d drop\n", w.LossPercent)
	}
	if w.LargestPacket > 0 {
		fmt.Fprintf(b, "  iifname inside ip length > %d drop\n", w.LargestPacket)
	}
	if rule := w.Outbound.rule(); rule != "" {
		b.WriteString("  iifname inside ct state new " + rule + "\n")
	}
	if rule := w.Control.rule(); rule != "" {
		b.WriteString("  iifname outside tcp dport 21 ct state new " + rule + "\n")
	}
	if rule := w.PassivePorts.rule(); rule != "" {
		fmt.Fprintf(b, "  iifname outside tcp dport %s ct state new %s\n", passivePorts, rule)
	}
	if w.EverySecondPort {
		fmt.Fprintf(b, "  iifname outside tcp dport %s ct state new jump halve\n", passivePorts)
	}
	if w.Forwarding != NotForwarded {
		// The internet does not carry private addresses. What the helper expects was translated by the helper.
		b.WriteString("  iifname outside ct state new ct status & dnat == 0 drop\n")
	}
	b.WriteString(" }\n")
	if w.EverySecondPort {
		b.WriteString(" chain halve {\n  tcp dport @open accept\n  tcp dport @shut drop\n" +
			"  numgen inc mod 2 == 0 add @shut { tcp dport } drop\n  add @open { tcp dport } accept\n }\n")
	}
}

// writeAddressChains writes how the server's gateway translates addresses.
func (w Firewall) writeAddressChains(b *strings.Builder) {
	if w.AcceptsAndCloses {
		fmt.Fprintf(b, " chain publish { type nat hook prerouting priority dstnat; iifname outside ip daddr %s tcp dport %s redirect to :%d; }\n",
			ServerAddress, passivePorts, acceptorPort)
	}
	if w.Forwarding == NotForwarded {
		return
	}
	b.WriteString(" chain input { type filter hook input priority filter; iifname outside ct state new drop; }\n" +
		" chain forwarding { type nat hook prerouting priority dstnat;\n")
	fmt.Fprintf(b, "  ip daddr %s tcp dport %s dnat to %s\n", ServerAddress, controlPorts, hiddenServer)
	if w.Forwarding == ControlAndPassiveRange {
		fmt.Fprintf(b, "  ip daddr %s tcp dport %s dnat to %s\n", ServerAddress, passivePorts, hiddenServer)
	}
	b.WriteString(" }\n chain translate { type nat hook postrouting priority srcnat;\n")
	if w.HidesClients {
		b.WriteString("  oifname inside masquerade\n")
	}
	fmt.Fprintf(b, "  oifname outside snat to %s\n }\n", ServerAddress)
}

func (w Firewall) serverRules() string {
	rule := w.PassivePortsAtServer.rule()
	if rule == "" {
		return ""
	}
	return fmt.Sprintf("table ip lab {\n chain input { type filter hook input priority filter; tcp dport %s ct state new %s\n }\n}\n",
		passivePorts, rule)
}
