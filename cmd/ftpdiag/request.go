package main

import (
	"cmp"
	"net/netip"
	"slices"
	"strconv"

	"ftpdiag/probe"
)

// Control ports (RFC 959 section 5.2.1, and IANA's ftps for TLS from the first
// byte).
const (
	controlPort     = 21
	implicitTLSPort = 990
)

// anonymousUser is the login of a person without an account (RFC 1635).
const anonymousUser = "anonymous"

// target joins what the SERVER word and the options say into the server to
// examine. The password is still missing where a person or a file has to give
// it.
func (o *options) target(a address) (probe.Target, error) {
	t := probe.Target{
		Input:    a.shown,
		Host:     a.host,
		Port:     cmp.Or(o.port, a.port),
		User:     cmp.Or(o.user, a.user),
		Password: probe.Secret(a.password),
		Path:     cmp.Or(o.path, a.path),
		TLS:      cmp.Or(o.tls, a.tls),
	}
	for _, twice := range []struct{ option, address, given string }{
		{"--port", number(a.port), number(o.port)},
		{"--user", a.user, o.user},
		{"--path", a.path, o.path},
		{"--tls", a.tls.String(), o.tls.String()},
	} {
		said := func(s string) bool { return s != "" && s != probe.TLSAuto.String() }
		if said(twice.address) && said(twice.given) && twice.address != twice.given {
			return t, complain("the address says "+clip(twice.address)+", and "+twice.option+" says "+clip(twice.given),
				"Leave one of them out.")
		}
	}
	t.User = cmp.Or(t.User, anonymousUser)
	if t.Anonymous() && t.Password == "" {
		t.Password = probe.PublicPassword
	}
	if t.Port == 0 {
		t.Port = controlPort
		if t.TLS == probe.TLSImplicit {
			t.Port = implicitTLSPort
		}
	}
	return t, nil
}

func number(port uint16) string {
	if port == 0 {
		return ""
	}
	return strconv.Itoa(int(port))
}

// plan is how to examine it. own lists the addresses of this computer.
func (o *options) plan(t probe.Target, own func() []ownAddress) (probe.Plan, error) {
	p := probe.Plan{
		Methods:       o.methods,
		Insecure:      o.insecure,
		Serial:        o.serial,
		Deep:          o.deep,
		Gentle:        o.gentle,
		Samples:       o.samples,
		OtherPort:     o.otherPort,
		Ask:           o.ask,
		Without:       o.without,
		Source:        o.source,
		ActivePorts:   o.activePorts,
		ActiveAddress: o.activeAddress,
		Resolver:      o.resolver,
		// One option for every kind of step: whoever shortens or lengthens the
		// waits thinks of the whole conversation.
		Timeouts: probe.Timeouts{Connect: o.timeout, Greeting: o.timeout, Reply: o.timeout, PortReply: o.timeout, Data: o.dataTimeout},
	}
	switch named := slices.Contains(o.ask, "other-port"); {
	case o.otherPort == t.Port:
		return p, complain("--other-port "+number(t.Port)+" is the port that is checked anyway", "Give another control port of the same server, or leave it out.")
	case named && o.otherPort == 0:
		return p, complain("--experiments other-port needs a port to compare", "Add --other-port N, a control port of the same server beside "+number(t.Port)+".")
	case !named && len(o.ask) > 0 && o.otherPort != 0, o.otherPort != 0 && slices.Contains(o.without, "other-port"):
		return p, complain("--other-port and --experiments contradict each other", "Add other-port to the questions of --experiments, or leave --other-port out.")
	}
	if o.ipv4 && o.ipv6 {
		return p, complain("-4 and -6 cannot be used together", "Leave both out to test IPv4 and IPv6.")
	}
	literal, err := netip.ParseAddr(t.Host)
	isLiteral := err == nil
	switch {
	case o.ipv4:
		p.Family = probe.IPv4
	case o.ipv6:
		p.Family = probe.IPv6
	}
	if p.Family != 0 && isLiteral && familyOf(literal) != p.Family {
		return p, complain(clip(t.Host)+" is "+familyName(familyOf(literal))+", and "+optionOf(p.Family)+" leaves only "+familyName(p.Family),
			"Leave "+optionOf(p.Family)+" out.")
	}
	family := p.Family
	if isLiteral {
		family = familyOf(literal)
	}
	if family == probe.IPv6 && len(o.methods) > 0 && !slices.ContainsFunc(o.methods, func(m probe.Method) bool { return m.Suits(family) }) {
		return p, complain("--only leaves nothing to test over IPv6", "PORT and PASV know IPv4 only. IPv6 has: --only eprt,epsv")
	}
	return p, checkSource(o.source, family, own)
}

// checkSource refuses an address that this computer does not have, or that
// cannot reach the server's kind of address.
func checkSource(source netip.Addr, family probe.Family, own func() []ownAddress) error {
	if !source.IsValid() {
		return nil
	}
	if family != 0 && familyOf(source) != family {
		return complain("--source "+source.String()+" is "+familyName(familyOf(source))+", the server's address is "+familyName(family),
			"Give an address of this computer of the same kind, or leave it out.")
	}
	addresses := own()
	if len(addresses) == 0 || slices.ContainsFunc(addresses, func(a ownAddress) bool { return a.addr == source }) {
		return nil
	}
	return complain(source.String()+" is not an address of this computer", "Its addresses: "+listOwn(addresses))
}

func familyOf(a netip.Addr) probe.Family {
	if a.Unmap().Is4() {
		return probe.IPv4
	}
	return probe.IPv6
}

// familyName is the family as people write it.
func familyName(f probe.Family) string {
	if f == probe.IPv4 {
		return "IPv4"
	}
	return "IPv6"
}

func optionOf(f probe.Family) string {
	if f == probe.IPv4 {
		return "-4"
	}
	return "-6"
}
