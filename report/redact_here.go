package report

import (
	"net/netip"
	"strconv"
	"strings"

	"ftpdiag/probe"
	"ftpdiag/probe/here"
)

// surroundings masks what this computer says about itself: people give names to
// tunnels, and proxies are called by names that need not look like any. Which
// tunnel the connection uses stays to be seen, because wordings rest on it.
func (m *mask) surroundings(from, to *probe.Examination) {
	if from.Here == nil {
		return
	}
	h := to.Here // a copy already
	for i, name := range from.Here.Tunnels.Interfaces {
		h.Tunnels.Interfaces[i] = m.other(name)
	}
	h.Tunnels.IPv4.Interface = m.other(from.Here.Tunnels.IPv4.Interface)
	h.Tunnels.IPv6.Interface = m.other(from.Here.Tunnels.IPv6.Interface)
	if from.Interface != "" {
		to.Interface = m.other(from.Interface)
	}
	for i, p := range from.Here.Proxies {
		h.Proxies[i] = here.Proxy{Variable: p.Variable, Value: m.proxy(p)}
	}
}

// proxy masks the hosts of a setting: one of a proxy, or those that need none.
func (m *mask) proxy(p here.Proxy) string {
	if strings.EqualFold(p.Variable, "no_proxy") {
		list := strings.Split(p.Value, ",")
		for i, item := range list {
			list[i] = m.place(strings.TrimSpace(item))
		}
		return strings.Join(list, ",")
	}
	scheme, rest, found := strings.Cut(p.Value, "://")
	if !found {
		scheme, rest = "", p.Value
	} else {
		scheme += "://"
	}
	if ap, err := netip.ParseAddrPort(rest); err == nil {
		return scheme + netip.AddrPortFrom(m.addr(ap.Addr()), ap.Port()).String()
	}
	host, port := rest, ""
	if i := strings.LastIndexByte(rest, ':'); i >= 0 && !strings.HasSuffix(rest, "]") && strings.Count(rest, ":") == 1 {
		host, port = rest[:i], rest[i:]
	}
	return scheme + m.place(host) + port
}

// place masks a name, an address or a range of addresses.
func (m *mask) place(name string) string {
	if a, err := netip.ParseAddr(strings.Trim(name, "[]")); err == nil {
		return m.addr(a).String()
	}
	if net, err := netip.ParsePrefix(name); err == nil {
		return m.addr(net.Addr()).String() + "/" + strconv.Itoa(net.Bits())
	}
	bare := strings.TrimPrefix(name, ".")
	if bare == "" || bare == "*" || strings.EqualFold(bare, "localhost") {
		return name
	}
	return name[:len(name)-len(bare)] + m.host(bare)
}
