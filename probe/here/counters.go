package here

import (
	"io/fs"
	"strconv"
	"strings"
)

// Counters is how many packets this computer's IP layer has seen since it
// started. Two of them, taken before and after something, tell whether packets
// arrived and were thrown away here; see [Counters.Since].
//
// Linux only. The zero value knows nothing.
type Counters struct {
	IPv4 IPCounters `json:"ipv4"`
	IPv6 IPCounters `json:"ipv6"`
}

// IPCounters is the part of one family (RFC 4293; Linux: ip_rcv and
// ip_local_deliver count before and after the hooks of the packet filter).
type IPCounters struct {
	Known     bool   `json:"known"` // false: the others mean nothing
	Received  uint64 `json:"received"`
	Delivered uint64 `json:"delivered"` // to a protocol such as TCP
	Forwarded uint64 `json:"forwarded"`
	// Excused is what was not delivered for a reason that is counted: bad
	// headers, no such address, fragments that became parts of one packet.
	Excused uint64 `json:"excused"`
	// Unreachable is how many ICMP "destination unreachable" were sent, as a
	// filter does that rejects, and a closed UDP port.
	Unreachable uint64 `json:"unreachable"`
}

// Growth is what happened between two Counters.
type Growth struct {
	IPv4 IPGrowth `json:"ipv4"`
	IPv6 IPGrowth `json:"ipv6"`
}

// IPGrowth is the part of one family.
type IPGrowth struct {
	Known    bool  `json:"known"` // false: the others mean nothing
	Received int64 `json:"received"`
	// Discarded is how many packets arrived and vanished without a reason
	// being counted: this computer's own filter, mostly. Measured with a
	// server that repeats its SYN four times: 4 where the input chain drops,
	// 3 where prerouting drops, 1 (and Unreachable 1) where it rejects, 0 where
	// another computer drops and where nothing is wrong. What netdev ingress
	// or XDP drop is not counted at all.
	//
	// Other traffic makes noise: multicast that nobody here listens to counts
	// too. Compare with an idle time of the same length.
	Discarded   int64 `json:"discarded"`
	Unreachable int64 `json:"unreachable"`
}

// ReadCounters reads the counters out of a file system from "/" on, that of
// Env. What is not there or not readable is not Known; nil knows nothing.
func ReadCounters(root fs.FS) Counters {
	env := Env{Root: root}
	var c Counters
	if text, ok := env.read("proc/net/snmp"); ok {
		c.IPv4 = countersOf(pairsOfLines(text), ipv4Names)
	}
	if text, ok := env.read("proc/net/snmp6"); ok {
		c.IPv6 = countersOf(pairsInLines(text), ipv6Names)
	}
	return c
}

// Since is what has happened since an earlier reading. A family that was not
// known at both times is not known.
func (c Counters) Since(before Counters) Growth {
	return Growth{IPv4: c.IPv4.since(before.IPv4), IPv6: c.IPv6.since(before.IPv6)}
}

func (c IPCounters) since(before IPCounters) IPGrowth {
	if !c.Known || !before.Known {
		return IPGrowth{}
	}
	// Unsigned differences are right even where a counter of a small computer
	// has gone over its largest value.
	received := int64(c.Received - before.Received)
	return IPGrowth{
		Known:    true,
		Received: received,
		Discarded: received - int64(c.Delivered-before.Delivered) -
			int64(c.Forwarded-before.Forwarded) - int64(c.Excused-before.Excused),
		Unreachable: int64(c.Unreachable - before.Unreachable),
	}
}

// counterNames are the names that a family's counters have.
type counterNames struct {
	received, delivered, forwarded, unreachable string
	fragments, reassembled                      string
	excused                                     []string
}

var ipv4Names = counterNames{
	received: "Ip.InReceives", delivered: "Ip.InDelivers", forwarded: "Ip.ForwDatagrams",
	unreachable: "Icmp.OutDestUnreachs", fragments: "Ip.ReasmReqds", reassembled: "Ip.ReasmOKs",
	excused: []string{"Ip.InHdrErrors", "Ip.InAddrErrors", "Ip.InUnknownProtos", "Ip.InDiscards"},
}

var ipv6Names = counterNames{
	received: "Ip6InReceives", delivered: "Ip6InDelivers", forwarded: "Ip6OutForwDatagrams",
	unreachable: "Icmp6OutDestUnreachs", fragments: "Ip6ReasmReqds", reassembled: "Ip6ReasmOKs",
	excused: []string{"Ip6InHdrErrors", "Ip6InTooBigErrors", "Ip6InNoRoutes", "Ip6InAddrErrors",
		"Ip6InUnknownProtos", "Ip6InTruncatedPkts", "Ip6InDiscards"},
}

// countersOf picks a family's counters. Without the two that matter it knows
// nothing; any other may be missing in an old kernel.
func countersOf(numbers map[string]uint64, n counterNames) IPCounters {
	received, hasReceived := numbers[n.received]
	delivered, hasDelivered := numbers[n.delivered]
	if !hasReceived || !hasDelivered {
		return IPCounters{}
	}
	c := IPCounters{Known: true, Received: received, Delivered: delivered,
		Forwarded: numbers[n.forwarded], Unreachable: numbers[n.unreachable]}
	for _, name := range n.excused {
		c.Excused += numbers[name]
	}
	// Of the fragments of a packet, all arrive and one packet is delivered.
	c.Excused += numbers[n.fragments] - numbers[n.reassembled]
	return c
}

// pairsOfLines reads the format of /proc/net/snmp: a line of names and a line
// of numbers, both beginning with the protocol.
func pairsOfLines(text string) map[string]uint64 {
	numbers := map[string]uint64{}
	lines := strings.Split(text, "\n")
	for i := 0; i+1 < len(lines); i++ {
		names, values := strings.Fields(lines[i]), strings.Fields(lines[i+1])
		if len(names) == 0 || len(names) != len(values) || names[0] != values[0] {
			continue
		}
		for j := 1; j < len(names); j++ {
			if number, err := strconv.ParseUint(values[j], 10, 64); err == nil {
				numbers[strings.TrimSuffix(names[0], ":")+"."+names[j]] = number
			}
		}
	}
	return numbers
}

// pairsInLines reads the format of /proc/net/snmp6: a name and a number a line.
func pairsInLines(text string) map[string]uint64 {
	numbers := map[string]uint64{}
	for line := range strings.Lines(text) {
		if words := strings.Fields(line); len(words) == 2 {
			if number, err := strconv.ParseUint(words[1], 10, 64); err == nil {
				numbers[words[0]] = number
			}
		}
	}
	return numbers
}
