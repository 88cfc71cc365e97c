package scenarios

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"ftpdiag/scenarios/simnet"
)

// The addresses of a scenario that names none: TEST-NET-2 and TEST-NET-3 (RFC
// 5737), which count as public, so that nothing about them is remarkable.
var (
	defaultServer = netip.MustParseAddr("198.51.100.20")
	defaultClient = netip.MustParseAddr("203.0.113.40")
)

// defaultLatency makes a round trip of 20 ms, an ordinary distance.
const defaultLatency = 10 * time.Millisecond

// networkFields are the keys of the section "network".
func (s *Scenario) networkFields() fields {
	n := &s.network
	return fields{
		"name":      text(&n.name),
		"dns":       n.setDNS,
		"alias":     func(_, v string) error { n.aliases = list(v); return nil },
		"search":    func(_, v string) error { n.search = list(v); return nil },
		"hosts":     yesNo(&n.hosts),
		"server":    addrs(&n.servers),
		"unclaimed": addrs(&n.unclaimed),
		"client":    n.setClient,
		"inside":    addr(&n.inside),
		"forward":   n.addForward,
		"latency":   duration(&n.latency),
		"helper":    n.setHelper,
		"nat":       n.setNAT,
		"nat64":     n.setNAT64,
		"middlebox": n.setMiddlebox,
		"payload":   n.setSabotage,
		"stranger":  addr(&n.stranger),
		"deaf":      yesNo(&n.deaf),
		"firewall":  n.setFirewall,
		"noise":     duration(&n.noise),
		"control":   rules(&n.control),
		"active":    rules(&n.active),
		"passive":   rules(&n.passive),
	}
}

// setClient takes "192.168.1.50 behind 203.0.113.9, 2001:db8:1::50".
func (n *networkSpec) setClient(_, v string) error {
	n.client = nil
	for _, one := range list(v) {
		own, outside, nat := strings.Cut(one, " behind ")
		a, err := netip.ParseAddr(own)
		if err != nil {
			return err
		}
		n.client = append(n.client, a)
		if !nat {
			continue
		}
		if n.outside, err = netip.ParseAddr(outside); err != nil {
			return err
		}
	}
	return nil
}

func (n *networkSpec) setDNS(_, v string) error {
	fault, known := map[string]dnsFault{
		"no-such-name": dnsNoSuchName, "no-data": dnsNoData, "server-failure": dnsServFail, "timeout": dnsTimeout,
		"refused": dnsRefused, "truncated": dnsTruncated, "tcp-only": dnsTCPOnly,
	}[v]
	if !known {
		return fmt.Errorf("%q is none of no-such-name, no-data, server-failure, timeout, refused, truncated, tcp-only", v)
	}
	n.dns = fault
	return nil
}

// setHelper takes the abilities of the device's FTP helper: "rewrite pinhole
// swallow classic server-side". "netfilter" is the first three.
func (n *networkSpec) setHelper(_, v string) error {
	n.helper = &simnet.Helper{}
	for _, word := range strings.Fields(v) {
		switch word {
		case "netfilter":
			n.helper = simnet.Netfilter()
		case "rewrite":
			n.helper.Rewrite = true
		case "pinhole":
			n.helper.Pinhole = true
		case "swallow":
			n.helper.Swallow = true
		case "classic":
			n.helper.ClassicOnly = true
		case "server-side":
			n.helper.ServerSide = true
		default:
			return fmt.Errorf("%q is none of netfilter, rewrite, pinhole, swallow, classic, server-side", word)
		}
	}
	return nil
}

func (n *networkSpec) addForward(_, v string) error {
	r, err := portRange(v)
	n.forwards = append(n.forwards, r)
	return err
}

// setFirewall takes "drop".
func (n *networkSpec) setFirewall(_, v string) error {
	if v != simnet.Drop.String() {
		return fmt.Errorf("%q is not %v", v, simnet.Drop)
	}
	n.firewall = true
	n.active = append(n.active, wayRule{do: simnet.Drop})
	return nil
}

func (n *networkSpec) setNAT(_, v string) (err error) {
	n.nat, err = actionNamed(v)
	return err
}

func (n *networkSpec) setNAT64(_, v string) (err error) {
	if n.nat64, err = netip.ParsePrefix(v); err == nil && (n.nat64.Bits() != 96 || n.nat64.Addr().Is4()) {
		err = fmt.Errorf("%s is no /96 of IPv6", v)
	}
	return err
}

// setMiddlebox takes "proxy" or "strict".
func (n *networkSpec) setMiddlebox(_, v string) error {
	switch v {
	case "proxy":
		n.middlebox = simnet.Proxy
	case "strict":
		n.middlebox = simnet.Strict
	default:
		return fmt.Errorf("%q is neither proxy nor strict", v)
	}
	return nil
}

// setSabotage takes "192.168.1.50 becomes 203.0.113.9".
func (n *networkSpec) setSabotage(_, v string) error {
	from, to, ok := strings.Cut(v, " becomes ")
	if !ok || from == "" {
		return fmt.Errorf("%q is not \"TEXT becomes TEXT\"", v)
	}
	n.sabotage = [2]string{from, to}
	return nil
}

// rules takes "drop", "stall-after 4096", "late 3s" and the like; the key may carry ports
// ("passive 40001-40003"), an address ("control 198.51.100.21"), "first 2": only
// so many connections, "beside 2": only those of a client that has so many open
// already, or "unexpected": what the helper expects passes.
func rules(into *[]wayRule) field {
	return func(arg, v string) error {
		word, count, counted := strings.Cut(v, " ")
		var r wayRule
		do, err := simnet.Pass, error(nil)
		if word == "late" {
			r.delay, err = time.ParseDuration(count)
			counted = false
		} else {
			do, err = actionNamed(word)
		}
		if err != nil {
			return err
		}
		r.do = do
		if counts := do == simnet.StallAfter || do == simnet.ResetAfter || do == simnet.BlackHole; counts != counted {
			return fmt.Errorf("%s: a number of bytes belongs to stall-after, reset-after and black-hole alone", v)
		}
		if counted {
			if r.after, err = strconv.ParseInt(count, 10, 64); err != nil {
				return err
			}
		}
		if n, ok := strings.CutPrefix(arg, "first "); ok {
			if r.first, err = strconv.Atoi(n); err != nil || r.first < 1 {
				return fmt.Errorf("%q is no number of connections", n)
			}
		} else if n, ok := strings.CutPrefix(arg, "beside "); ok {
			if r.beside, err = strconv.Atoi(n); err != nil || r.beside < 1 {
				return fmt.Errorf("%q is no number of connections", n)
			}
		} else if a, err := netip.ParseAddr(arg); err == nil {
			r.to = a
		} else if arg == "unexpected" {
			r.unexpected = true
		} else if arg != "" {
			if r.ports, err = portRange(arg); err != nil {
				return err
			}
		}
		*into = append(*into, r)
		return nil
	}
}

// actionNamed finds the action by the name that it prints.
func actionNamed(name string) (simnet.Action, error) {
	for a := simnet.Pass; a <= simnet.ResetAfter; a++ {
		if a.String() == name && a != simnet.Through {
			return a, nil
		}
	}
	return 0, fmt.Errorf("%q is nothing that a network does", name)
}

// portRange takes "40001-40010" or "40001".
func portRange(v string) ([2]uint16, error) {
	lo, hi, many := strings.Cut(v, "-")
	if !many {
		hi = lo
	}
	first, err := parsePort(lo)
	if err != nil {
		return [2]uint16{}, err
	}
	last, err := parsePort(hi)
	if err == nil && (first == 0 || last < first) {
		err = fmt.Errorf("%q is no range of ports", v)
	}
	return [2]uint16{first, last}, err
}

func addr(into *netip.Addr) field {
	return func(_, v string) (err error) { *into, err = netip.ParseAddr(v); return err }
}

func addrs(into *[]netip.Addr) field {
	return func(_, v string) error {
		*into = nil
		for _, p := range list(v) {
			a, err := netip.ParseAddr(p)
			if err != nil {
				return err
			}
			*into = append(*into, a)
		}
		return nil
	}
}
