package scenarios

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"ftpdiag/probe"
)

// defaultListing is short enough for one segment, so that a path that loses
// large ones must be made to show it.
const defaultListing = "drwxr-xr-x    2 0        0            4096 Jan 01  2000 pub\r\n" +
	"-rw-r--r--    1 0        0             512 Jan 01  2000 README\r\n" +
	"-rw-r--r--    1 0        0           20480 Jan 01  2000 notes.txt\r\n"

// defaultPorts is the passive range of scenarios in memory, as administrators
// choose it.
var defaultPorts = [2]uint16{40001, 40020}

// defaults sets what a file need not say.
func (s *Scenario) defaults() {
	s.target = probe.Target{Port: 21, User: "anonymous", Password: "guest@example.com"}
	s.network = networkSpec{
		name: "ftp.example.com", servers: []netip.Addr{defaultServer}, client: []netip.Addr{defaultClient},
		latency: defaultLatency,
	}
	s.server = serverSpec{
		style: vsftpd, off: map[probe.Method]bool{}, ports: defaultPorts, listing: []byte(defaultListing),
		tls: tlsSpec{tickets: true},
	}
}

// serverFields are the keys of the section "server".
func (s *Scenario) serverFields() fields {
	v := &s.server
	return fields{
		"style":      v.setStyle,
		"greeting":   scripted(&v.greeting),
		"on":         v.setCue,
		"also":       number(&v.also),
		"limit":      count(&v.limit),
		"patience":   duration(&v.patience),
		"off":        v.setOff,
		"advertise":  addr(&v.advertise),
		"ports":      func(_, val string) (err error) { v.ports, err = portRange(val); return err },
		"pasv-reply": scripted(&v.pasvReply),
		"epsv-reply": scripted(&v.epsvReply),
		"dial-from":  addr(&v.dialFrom),
		"listing":    v.setListing,
		"data":       scripted(&v.data),
		"completion": v.setCompletion,
		"tls":        v.setTLS,
	}
}

func scripted(into *script) field {
	return func(_, v string) (err error) { *into, err = parseScript(v); return err }
}

func (v *serverSpec) setStyle(_, name string) error {
	if v.style = styleNamed(name); v.style != nil {
		return nil
	}
	var names []string
	for _, st := range styles {
		names = append(names, st.name)
	}
	slices.Sort(names)
	return fmt.Errorf("no daemon is called %q (%s)", name, strings.Join(names, ", "))
}

// setCue takes "on LIST active once: 425 ... | close".
func (v *serverSpec) setCue(arg, value string) error {
	c, err := parseCue(arg)
	if err != nil {
		return err
	}
	c.play, err = parseScript(value)
	v.cues = append(v.cues, c)
	return err
}

// setOff takes methods or modes: "active", "pasv, epsv".
func (v *serverSpec) setOff(_, value string) error {
	for _, word := range list(value) {
		var mode probe.Mode
		if mode.UnmarshalText([]byte(word)) == nil {
			for _, m := range []probe.Method{probe.PORT, probe.EPRT, probe.PASV, probe.EPSV} {
				if m.Mode() == mode {
					v.off[m] = true
				}
			}
			continue
		}
		var m probe.Method
		if err := m.UnmarshalText([]byte(word)); err != nil {
			return err
		}
		v.off[m] = true
	}
	return nil
}

// setListing takes "empty" or "500 entries"; the section "listing" holds one
// word by word.
func (v *serverSpec) setListing(_, value string) error {
	if value == "empty" {
		v.listing = nil
		return nil
	}
	number, _, ok := strings.Cut(value, " entries")
	n, err := strconv.Atoi(number)
	if !ok || err != nil {
		return fmt.Errorf("%q is neither \"empty\" nor \"N entries\"", value)
	}
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "-rw-r--r--    1 0        0           20480 Jan 01  2000 file%05d.dat\r\n", i+1)
	}
	v.listing = []byte(b.String())
	return nil
}

// setCompletion takes "early", "missing", "after-close", "late 3s" or a script in place of
// the style's reply.
func (v *serverSpec) setCompletion(_, value string) (err error) {
	switch word, rest, _ := strings.Cut(value, " "); word {
	case "early":
		v.completion = completionEarly
	case "after-close":
		v.completion = completionAfterClose
	case "missing":
		v.completion = completionMissing
	case "late":
		v.completion = completionLate
		err = duration(&v.completionDelay)("", rest)
	default:
		v.completionReply, err = parseScript(value)
	}
	return err
}

// setTLS takes words: "offered", "implicit", "reuse" (data connections must
// resume the control connection's session), "no-tickets" (no session can be
// resumed), "expired", "other-name", "clear-data" (data connections stay in
// clear whatever was agreed), "no-close-notify" (they end without one), "torn" (they end
// within a record), "asks-cert" and "wants-cert" (a certificate of the client's), "tls-1.2" (none newer).
func (v *serverSpec) setTLS(_, value string) error {
	for _, word := range strings.Fields(value) {
		switch word {
		case "offered":
			v.tls.offered = true
		case "implicit":
			v.tls.implicit = true
		case "reuse":
			v.tls.reuse = true
		case "no-tickets":
			v.tls.tickets = false
		case "expired":
			v.tls.cert = certExpired
		case "other-name":
			v.tls.cert = certOtherName
		case "clear-data":
			v.tls.clearData = true
		case "no-close-notify":
			v.tls.noNotify = true
		case "torn":
			v.tls.torn = true
		case "asks-cert":
			v.tls.client = clientCertAsked
		case "wants-cert":
			v.tls.client = clientCertDemanded
		case "tls-1.2":
			v.tls.old = true
		default:
			return fmt.Errorf("%q is none of offered, implicit, reuse, no-tickets, expired, other-name, clear-data, "+
				"no-close-notify, torn, asks-cert, wants-cert, tls-1.2", word)
		}
	}
	return nil
}
