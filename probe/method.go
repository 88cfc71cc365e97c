package probe

import (
	"fmt"

	"ftpdiag/probe/ftp"
)

// Mode says who opens the data connection. Zero: not known.
type Mode uint8

const (
	Active  Mode = iota + 1 // the server connects to the client (RFC 959 3.2)
	Passive                 // the client connects to the server (RFC 1579)
)

var modeNames = enum[Mode]{"mode", []string{"", "active", "passive"}}

func (m Mode) String() string                { return modeNames.text(m) }
func (m Mode) MarshalText() ([]byte, error)  { return modeNames.marshal(m) }
func (m *Mode) UnmarshalText(b []byte) error { return modeNames.unmarshal(m, b) }

// Method is one command that prepares a data connection. Zero: not known.
type Method uint8

const (
	PORT Method = iota + 1 // RFC 959, IPv4 only
	EPRT                   // RFC 2428, both families
	PASV                   // RFC 959, IPv4 only
	EPSV                   // RFC 2428, both families
)

var methodNames = enum[Method]{"method", []string{"", "port", "eprt", "pasv", "epsv"}}

func (m Method) String() string                { return methodNames.text(m) }
func (m Method) MarshalText() ([]byte, error)  { return methodNames.marshal(m) }
func (m *Method) UnmarshalText(b []byte) error { return methodNames.unmarshal(m, b) }

// Mode tells which mode the method belongs to.
func (m Method) Mode() Mode {
	switch m {
	case PORT, EPRT:
		return Active
	case PASV, EPSV:
		return Passive
	default:
		return 0
	}
}

// Suits tells whether the method can carry an address of the family: PORT and
// PASV have room for four octets only (RFC 2428 section 1).
func (m Method) Suits(f Family) bool {
	return f == IPv4 || m == EPRT || m == EPSV
}

// Family is an address family. Zero: not known, or any.
type Family uint8

const (
	IPv4 Family = iota + 1
	IPv6
)

var familyNames = enum[Family]{"family", []string{"", "ipv4", "ipv6"}}

func (f Family) String() string                { return familyNames.text(f) }
func (f Family) MarshalText() ([]byte, error)  { return familyNames.marshal(f) }
func (f *Family) UnmarshalText(b []byte) error { return familyNames.unmarshal(f, b) }

// Protection says how a control connection (and the data connections that
// belong to it) is secured. Zero: not known.
type Protection uint8

const (
	Clear       Protection = iota + 1
	ExplicitTLS            // AUTH TLS, then PBSZ 0 and PROT P (RFC 4217)
	ImplicitTLS            // TLS from the first byte (port 990 by custom)
)

var protectionNames = enum[Protection]{"protection", []string{"", "clear", "explicit-tls", "implicit-tls"}}

func (p Protection) String() string                { return protectionNames.text(p) }
func (p Protection) MarshalText() ([]byte, error)  { return protectionNames.marshal(p) }
func (p *Protection) UnmarshalText(b []byte) error { return protectionNames.unmarshal(p, b) }

// Encrypted tells whether the protection is a form of TLS.
func (p Protection) Encrypted() bool { return p == ExplicitTLS || p == ImplicitTLS }

// enum gives a small closed set of values its texts. texts[0] is the zero
// value's; an unknown text is an error, so that a damaged file is noticed.
type enum[T ~uint8] struct {
	kind  string
	texts []string
}

func (e enum[T]) text(v T) string {
	if int(v) < len(e.texts) {
		return e.texts[v]
	}
	return fmt.Sprintf("%s(%d)", e.kind, v)
}

func (e enum[T]) marshal(v T) ([]byte, error) {
	if int(v) >= len(e.texts) {
		return nil, fmt.Errorf("no %s has the value %d", e.kind, v)
	}
	return []byte(e.texts[v]), nil
}

func (e enum[T]) unmarshal(v *T, b []byte) error {
	for i, t := range e.texts {
		if t == string(b) {
			*v = T(i)
			return nil
		}
	}
	return fmt.Errorf("%q is not a %s", b, e.kind)
}

// refusal is why an attempt ends with a negative reply to its command. A limit
// on connections may be of our own making where another one of ours is open or
// has just ended, and pyftpdlib counts data connections too: only a retry with
// none beside it tells. So may a want of passive ports be, while another attempt
// of ours keeps one.
func (c *control) refusal(a *Attempt) Stop {
	switch meaning(a.Setup.Reply) {
	case ftp.LimitPerAddress, ftp.LimitTotal, ftp.LimitPerUser:
		a.Beside = c.x.company.most(c.peer().Addr())
		if a.Variant != Retry || a.Beside > 0 {
			return Stop{Cause: Limit, Text: "the server counts too many connections"}
		}
	case ftp.PortsExhausted, ftp.AddressInUse, ftp.ServerBroken:
		if a.Method.Mode() == Passive && c.x.offers.Load() > 0 {
			return Stop{Cause: Limit, Text: "a passive port is kept for another connection of ours"}
		}
	default: // the mode or the address is refused
	}
	return Stop{Cause: ByReply}
}

// verb is the method as it is written on the wire.
func (m Method) verb() string {
	switch m {
	case PORT:
		return "PORT"
	case EPRT:
		return "EPRT"
	case PASV:
		return "PASV"
	case EPSV:
		return "EPSV"
	default:
		return ""
	}
}
