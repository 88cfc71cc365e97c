package report

import (
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strings"

	"ftpdiag/probe"
)

// mask knows the placeholder for everything that it has met, so that the same
// always becomes the same.
type mask struct {
	hosts, users, folders, others map[string]string
	addrs                         map[netip.Addr]netip.Addr
	taken                         map[netip.Addr]bool // placeholders in use, and true addresses, which none may be
	known                         []knownName         // the longest first
}

// newMask gathers what is known from the start.
func newMask(e *probe.Examination) *mask {
	m := &mask{
		hosts: map[string]string{}, users: map[string]string{}, folders: map[string]string{}, others: map[string]string{},
		addrs: map[netip.Addr]netip.Addr{}, taken: map[netip.Addr]bool{},
	}
	m.avoid(e)
	t := e.Target
	if _, err := netip.ParseAddr(t.Host); err != nil && t.Host != "" {
		// A name without dots may be an ordinary word; in the same letters it
		// is most likely meant.
		m.learn(knownName{text: t.Host, by: m.host(t.Host), anyCase: strings.Contains(t.Host, ".")})
	}
	if t.User != "" && !t.PublicName() {
		m.learn(knownName{text: t.User, by: m.user(t.User), anyCase: true})
	}
	if path := strings.Trim(t.Path, "/"); path != "" {
		by := m.folder(path)
		m.learn(knownName{text: path, by: by, marked: !strings.Contains(path, "/")})
	}
	for _, name := range e.Resolution.CNAME {
		m.learn(knownName{text: strings.TrimSuffix(name, "."), by: m.host(name), anyCase: true})
	}
	for _, s := range e.Resolution.Servers {
		if !strings.EqualFold(s.Name, t.Host) {
			m.learn(knownName{text: s.Name, by: m.host(s.Name), anyCase: true})
		}
	}
	for i := range e.Sessions {
		if tls := e.Sessions[i].TLS; tls != nil {
			for _, name := range tls.Certificate.Names {
				if _, err := netip.ParseAddr(name); err != nil {
					m.learn(knownName{text: name, by: m.host(name), anyCase: true})
				}
			}
		}
	}
	slices.SortStableFunc(m.known, func(a, b knownName) int { return len(b.text) - len(a.text) })
	return m
}

func (m *mask) learn(k knownName) {
	if k.text != "" {
		m.known = append(m.known, k)
	}
}

// avoid keeps the addresses that occur from becoming placeholders: a reader
// could not tell.
func (m *mask) avoid(e *probe.Examination) {
	note := func(a netip.Addr) { m.taken[a.Unmap().WithZone("")] = true }
	for _, a := range e.Resolution.Addresses {
		note(a)
	}
	for _, s := range e.Resolution.Servers {
		note(s.Server.Addr())
	}
	for _, k := range e.Connects {
		note(k.Local.Addr())
		note(k.Remote.Addr())
	}
	for _, a := range e.AllAttempts() {
		note(a.Offer.Addr)
		note(a.Announced.Addr())
		note(a.Caller.Addr())
		for _, from := range a.Strangers {
			note(from.Addr())
		}
		for _, call := range a.Calls {
			note(call.From.Addr())
		}
	}
	if e.Here != nil {
		for _, p := range e.Here.Proxies {
			for _, text := range ipv4Text.FindAllString(p.Value, -1) {
				if a, err := netip.ParseAddr(text); err == nil {
					note(a)
				}
			}
		}
	}
	for _, ev := range e.Events {
		for _, text := range slices.Concat(ipv4Text.FindAllString(ev.Text, -1), ipv6Text.FindAllString(ev.Text, -1)) {
			if a, err := netip.ParseAddr(text); err == nil {
				note(a)
			}
		}
	}
}

func (m *mask) host(name string) string {
	return numbered(m.hosts, "host", strings.ToLower(strings.TrimSuffix(name, ".")))
}
func (m *mask) user(name string) string   { return numbered(m.users, "user", name) }
func (m *mask) folder(name string) string { return numbered(m.folders, "folder", name) }
func (m *mask) other(name string) string  { return numbered(m.others, "name", name) }

// numbered is the placeholder for a name: the kind and a number. A placeholder
// and no name stay what they are.
func numbered(known map[string]string, kind, name string) string {
	if name == "" || placeholder.MatchString(name) {
		return name
	}
	if known[name] == "" {
		known[name] = fmt.Sprintf("%s-%d", kind, len(known)+1)
	}
	return known[name]
}

// pools are where placeholders for addresses come from: those for
// documentation where public ones belong (RFC 5737, RFC 3849), else low ones of
// the same reach. Loopback and the unspecified address say nothing about
// anybody.
var pools = map[probe.Scope][2]string{
	probe.ScopePublic:    {"192.0.2.1", "2001:db8::1"},
	probe.ScopePrivate:   {"10.0.0.1", "fd00::1"},
	probe.ScopeShared:    {"100.64.0.1", ""},
	probe.ScopeLinkLocal: {"169.254.0.1", "fe80::1"},
	probe.ScopeOther:     {"240.0.0.1", "ff0e::1"},
}

// addr is the placeholder for an address.
func (m *mask) addr(a netip.Addr) netip.Addr {
	key := a.Unmap().WithZone("")
	pool, ok := pools[probe.ScopeOf(key)]
	if !ok {
		return a
	}
	first := pool[0]
	if key.Is6() {
		first = pool[1]
	}
	if probe.ThroughNAT64(key) {
		first = "64:ff9b::c000:201" // 192.0.2.1 as an IPv6-only network shows it: the findings rest on that
	}
	if _, ok := m.addrs[key]; !ok {
		next := netip.MustParseAddr(first)
		for m.taken[next] {
			next = next.Next()
		}
		m.addrs[key], m.taken[next] = next, true
	}
	return m.addrs[key]
}

// addrText masks a text that may be an address.
func (m *mask) addrText(s string) string {
	a, err := netip.ParseAddr(s)
	if err != nil {
		return s
	}
	if masked := m.addrs[a.Unmap()]; !masked.IsValid() && m.masked(a) {
		return s // a placeholder already
	}
	return m.addr(a).String()
}

// masked tells whether an address is a placeholder that was given away.
func (m *mask) masked(a netip.Addr) bool {
	for _, by := range m.addrs {
		if by == a {
			return true
		}
	}
	return false
}

// tuple masks the address in the six numbers of PORT and 227.
func (m *mask) tuple(s string) string {
	n := strings.Split(s, ",")
	a, err := netip.ParseAddr(strings.Join(n[:4], "."))
	if err != nil {
		return s
	}
	return strings.ReplaceAll(m.addr(a).String(), ".", ",") + "," + n[4] + "," + n[5]
}

// What looks like a name or an address in a server's text.
var (
	hostName   = regexp.MustCompile(`(?i)\b(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+[a-z][a-z0-9-]*[a-z0-9]\b`)
	mailbox    = regexp.MustCompile(`[A-Za-z0-9._%+-]+@(?:host-[0-9]|(?:[A-Za-z0-9-]+\.)+[A-Za-z])`)
	sixNumbers = regexp.MustCompile(`\b\d{1,3},\d{1,3},\d{1,3},\d{1,3},\d{1,3},\d{1,3}\b`)
	ipv4Text   = regexp.MustCompile(`\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b`)
	ipv6Text   = regexp.MustCompile(`(?i)\b[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?:\b|::)`)
	// The greeting of BSD's server and its descendants: "220 name FTP server".
	serverName  = regexp.MustCompile(`\b[A-Za-z][A-Za-z0-9_-]* (?:FTP|ftp) (?:[Ss]erver|[Ss]ervice)\b`)
	placeholder = regexp.MustCompile(`^(?:host|user|folder|name)-\d+$`)
)

// softwareWords stand where the greeting of BSD's server has the host's name.
var softwareWords = map[string]bool{
	"proftpd": true, "microsoft": true, "titan": true, "cerberus": true, "xlight": true, "wing": true, "serv-u": true,
	"the": true, "an": true, "a": true, "this": true, "is": true, "no": true, "to": true, "my": true, "our": true,
}
