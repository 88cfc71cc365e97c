package main

import (
	"net/netip"
	"strconv"
	"strings"
	"time"

	"ftpdiag/probe"
)

// setter is an option whose text is checked the moment it is read. Its Set
// returns complaints only.
type setter struct {
	text  string // as given; empty: not given
	kind  string // the value's name in the help
	parse func(string) error
}

func (s *setter) String() string { return s.text }
func (s *setter) Type() string   { return s.kind }
func (s *setter) Set(text string) error {
	if err := s.parse(text); err != nil {
		return err
	}
	s.text = text
	return nil
}

// parsePort reads a port number. what names the port if it is no number.
func parsePort(s, what string) (uint16, error) {
	if !allDigits(strings.TrimPrefix(s, "-")) {
		return 0, complain(what+" needs a number, not "+quote(s),
			"FTP normally uses port 21; then "+what+" can be left out.")
	}
	n, err := strconv.ParseUint(s, 10, 16)
	if err != nil || n == 0 {
		return 0, complain("port "+clip(s)+" does not exist", "Ports go from 1 to 65535. FTP normally uses 21.")
	}
	return uint16(n), nil
}

// choose reads one of a closed list of words.
func choose[T ~uint8](option, text string, words []string, into *T) error {
	for i, word := range words {
		if text == word {
			*into = T(i)
			return nil
		}
	}
	return complain(option+" cannot be "+quote(text), "Use "+either(words)+".")
}

// either lists words as a person does: "auto, always or never".
func either(words []string) string {
	n := len(words) - 1
	if n == 0 {
		return words[0]
	}
	return strings.Join(words[:n], ", ") + " or " + words[n]
}

// parseTime reads how long to wait, more than nothing.
func parseTime(option, text string, into *time.Duration) error {
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 {
		return complain(option + " needs a time such as 10s, 500ms or 1m, not " + quote(text))
	}
	*into = d
	return nil
}

// parseMethods reads --only: modes and methods in any mix. Methods come out
// once each, in the order they are listed here.
func parseMethods(text string, into *[]probe.Method) error {
	groups := []struct {
		word    string
		methods []probe.Method
	}{
		{"active", []probe.Method{probe.PORT, probe.EPRT}},
		{"passive", []probe.Method{probe.PASV, probe.EPSV}},
		{"port", []probe.Method{probe.PORT}},
		{"eprt", []probe.Method{probe.EPRT}},
		{"pasv", []probe.Method{probe.PASV}},
		{"epsv", []probe.Method{probe.EPSV}},
	}
	wanted := map[probe.Method]bool{}
	for word := range strings.SplitSeq(text, ",") {
		known := false
		for _, g := range groups {
			if strings.EqualFold(strings.TrimSpace(word), g.word) {
				known = true
				for _, m := range g.methods {
					wanted[m] = true
				}
			}
		}
		if !known {
			return complain("--only cannot be "+quote(word),
				"Use active, passive, port, eprt, pasv or epsv, or several with commas.")
		}
	}
	*into = nil
	for _, m := range []probe.Method{probe.PORT, probe.EPRT, probe.PASV, probe.EPSV} {
		if wanted[m] {
			*into = append(*into, m)
		}
	}
	return nil
}

// parseIP reads an address without a port.
func parseIP(option, text string, into *netip.Addr) error {
	ip, err := netip.ParseAddr(strings.Trim(text, "[]"))
	if err != nil {
		return complain(option+" needs an address, not "+quote(text), "An address looks like 192.168.1.50 or 2001:db8::5")
	}
	*into = ip.Unmap()
	return nil
}

// dnsPort is where DNS servers listen (RFC 1035 section 4.2).
const dnsPort = 53

// parseResolver reads a DNS server: an address, with or without a port. A name
// would need another DNS server first.
func parseResolver(text string, into *netip.AddrPort) error {
	if ip, err := netip.ParseAddr(strings.Trim(text, "[]")); err == nil {
		*into = netip.AddrPortFrom(ip.Unmap(), dnsPort)
		return nil
	}
	ap, err := netip.ParseAddrPort(text)
	if err != nil || ap.Port() == 0 {
		return complain("--resolver needs the address of a DNS server, not "+quote(text),
			"An address looks like 192.168.1.1 or, with a port, 192.168.1.1:5353")
	}
	*into = netip.AddrPortFrom(ap.Addr().Unmap(), ap.Port())
	return nil
}

// parsePortRange reads A-B, or a single port.
func parsePortRange(text string, into *[2]uint16) error {
	const option = "--active-ports"
	first, last, isRange := strings.Cut(text, "-")
	if !isRange {
		last = first
	}
	if !allDigits(first) || !allDigits(last) {
		return complain(option + " needs two ports such as 50000-50100, not " + quote(text))
	}
	a, err := parsePort(first, option)
	if err != nil {
		return err
	}
	b, err := parsePort(last, option)
	if err != nil {
		return err
	}
	if a > b {
		return complain(option+" "+text+" is the wrong way round", "Did you mean "+last+"-"+first+"?")
	}
	*into = [2]uint16{a, b}
	return nil
}
