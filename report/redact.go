package report

import (
	"net/netip"
	"reflect"
	"strings"

	"ftpdiag/probe"
)

// Redacted is the same report with placeholders for names, addresses and users:
// host-1, 192.0.2.1, user-1, each always for the same. The verdict and the
// findings stay those of the true facts. Ports, times and commands are kept.
func (r *Report) Redacted() *Report {
	findings := make([]probe.Finding, 0, len(r.Findings))
	for _, f := range r.Findings {
		findings = append(findings, f.Finding)
	}
	redacted := build(redact(r.Examination), findings)
	redacted.Wanted = r.Wanted
	redacted.story.redacted = true
	return redacted.forProgram(r.story.program)
}

// redact copies an examination with placeholders in the place of everything
// that tells who was examined, by whom and from where. It goes through every
// field by its type, so that a field added later is not forgotten. An address
// becomes one of the same reach (private, public, ...), because the diagnosis
// depends on that.
func redact(e *probe.Examination) *probe.Examination {
	m := newMask(e)
	// What the program says of itself holds no name, and what looks like one
	// in it is a version.
	own := map[string]bool{e.ToolVersion: true, e.OS: true, e.Arch: true}
	copied := m.value(reflect.ValueOf(*e), own).Interface().(probe.Examination)
	copied.Target.Password = ""
	copied.Interface = "" // people give them names
	m.surroundings(e, &copied)
	for i := range copied.Sessions {
		s := &copied.Sessions[i]
		if s.TLS != nil {
			// Names of people and companies, in no form that could be found.
			s.TLS.Certificate.Subject = m.other(e.Sessions[i].TLS.Certificate.Subject)
			s.TLS.Certificate.Issuer = m.other(e.Sessions[i].TLS.Certificate.Issuer)
		}
	}
	return &copied
}

var (
	typeAddr     = reflect.TypeFor[netip.Addr]()
	typeAddrPort = reflect.TypeFor[netip.AddrPort]()
)

// value copies a value with everything in it masked. Texts in keep stay.
func (m *mask) value(v reflect.Value, keep map[string]bool) reflect.Value {
	switch v.Type() {
	case typeAddr:
		return reflect.ValueOf(m.addr(v.Interface().(netip.Addr)))
	case typeAddrPort:
		ap := v.Interface().(netip.AddrPort)
		if !ap.Addr().IsValid() {
			return v
		}
		return reflect.ValueOf(netip.AddrPortFrom(m.addr(ap.Addr()), ap.Port()))
	}
	switch v.Kind() {
	case reflect.String:
		if keep[v.String()] {
			return v
		}
		out := reflect.New(v.Type()).Elem()
		out.SetString(m.text(v.String()))
		return out
	case reflect.Struct:
		out := reflect.New(v.Type()).Elem()
		out.Set(v) // with the fields that cannot be set, such as those of time.Time
		for i := range v.NumField() {
			if out.Field(i).CanSet() {
				out.Field(i).Set(m.value(v.Field(i), keep))
			}
		}
		return out
	case reflect.Slice:
		if v.IsNil() {
			return v
		}
		if raw, ok := v.Interface().([]byte); ok {
			return reflect.ValueOf([]byte(m.text(string(raw))))
		}
		out := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			out.Index(i).Set(m.value(v.Index(i), keep))
		}
		return out
	case reflect.Pointer:
		if v.IsNil() {
			return v
		}
		out := reflect.New(v.Type().Elem())
		out.Elem().Set(m.value(v.Elem(), keep))
		return out
	default:
		return v
	}
}

// text masks what stands in a text: first the names that are known, then what
// looks like a host name, then addresses.
func (m *mask) text(s string) string {
	for _, known := range m.known {
		s = known.replace(s)
	}
	s = serverName.ReplaceAllStringFunc(s, func(found string) string {
		name, rest, _ := strings.Cut(found, " ")
		if softwareWords[strings.ToLower(name)] || placeholder.MatchString(name) {
			return found
		}
		return m.host(name) + " " + rest
	})
	s = mailbox.ReplaceAllStringFunc(s, func(found string) string {
		name, host, _ := strings.Cut(found, "@")
		if placeholder.MatchString(name) {
			return found
		}
		return m.user(name) + "@" + host
	})
	s = hostName.ReplaceAllStringFunc(s, func(found string) string {
		if strings.HasSuffix(strings.ToLower(found), ".conf") { // of a server's program
			return found
		}
		return m.host(found)
	})
	s = sixNumbers.ReplaceAllStringFunc(s, m.tuple)
	s = ipv4Text.ReplaceAllStringFunc(s, m.addrText)
	return ipv6Text.ReplaceAllStringFunc(s, m.addrText)
}
