package probe

import (
	"net/netip"
	"strings"
	"time"
)

// TLSMode is what the person wants of encryption. Zero: auto.
type TLSMode uint8

const (
	TLSAuto     TLSMode = iota // anonymous: in clear, and under TLS too where offered; a real password: TLS where offered
	TLSOff                     // never
	TLSExplicit                // AUTH TLS on the ordinary port, or fail
	TLSImplicit                // TLS from the first byte
)

var tlsModeNames = enum[TLSMode]{"TLS mode", []string{"auto", "off", "explicit", "implicit"}}

func (m TLSMode) String() string                { return tlsModeNames.text(m) }
func (m TLSMode) MarshalText() ([]byte, error)  { return tlsModeNames.marshal(m) }
func (m *TLSMode) UnmarshalText(b []byte) error { return tlsModeNames.unmarshal(m, b) }

// Target is the server to examine and how to log in.
type Target struct {
	Input    string  `json:"input"` // as the person typed it, without a password
	Host     string  `json:"host"`  // name or address literal, without brackets
	Port     uint16  `json:"port"`
	User     string  `json:"user"`
	Password Secret  `json:"-"`
	Account  bool    `json:"account,omitempty"` // the login is somebody's own, by its name or password; Run sets it, because no password is kept. False: see Anonymous
	Path     string  `json:"path"`              // folder to list; empty: where the login leads
	TLS      TLSMode `json:"tls"`
}

// PublicPassword is what the public login is given where the person gives nothing:
// it is a mail address by custom (RFC 1635). Servers that check it look for its form
// only, and nobody can be written to under this one (RFC 2606).
const PublicPassword Secret = "ftpdiag@example.com"

// PublicName tells whether the login has the name of the public one (RFC 1635). A
// person's account may be called so too: see Anonymous.
func (t Target) PublicName() bool { return t.User == "anonymous" || t.User == "ftp" }

// Anonymous tells whether the login is the public one (RFC 1635), whose
// password is no secret: by its name, and because nobody gave it a password of
// their own. Where the password is not known any more, Account tells.
func (t Target) Anonymous() bool {
	return t.PublicName() && !t.Account && publicPassword(t.User, t.Password)
}

// publicPassword tells whether a password is one that the public login asks for:
// none, this program's, one of the words that are everybody's, or under the name that
// nobody's account has what RFC 1635 names, a mail address (without its host, if
// somebody likes) or "guest".
func publicPassword(user string, p Secret) bool {
	switch p {
	case "", PublicPassword, "anonymous", "ftp", "none":
		return true
	}
	name, host, mail := strings.Cut(string(p), "@")
	return user == "anonymous" && (p == "guest" || mail && name != "" && !strings.ContainsAny(host, "@ "))
}

// Secret is a password: it can be sent, never printed. Every formatting verb
// and encoder shows asterisks.
type Secret string

const hidden = "********"

func (s Secret) String() string               { return hidden }
func (s Secret) GoString() string             { return hidden }
func (s Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// Plan is what the person asked for beyond the target. The zero value is the
// default examination.
type Plan struct {
	Methods       []Method       `json:"methods,omitempty"`    // methods to try; empty: all that suit
	Family        Family         `json:"family,omitempty"`     // only this family; zero: any
	Insecure      bool           `json:"tls_insecure"`         // go on with a bad certificate even with a real password
	Serial        bool           `json:"serial"`               // one control connection at a time
	Deep          bool           `json:"deep"`                 // ask also what is rarely worth its time
	Gentle        bool           `json:"gentle"`               // ask nothing that looks unusual on the wire
	Ask           []string       `json:"ask,omitempty"`        // names of the experiments to make; empty: those the evidence calls for
	Without       []string       `json:"without,omitempty"`    // names of experiments not to make
	Samples       int            `json:"samples"`              // further passive ports to try; 0: one, where a port failed
	OtherPort     uint16         `json:"other_port,omitempty"` // another control port of the same server, to compare; 0: none
	Source        netip.Addr     `json:"source,omitzero"`      // local address to use
	ActivePorts   [2]uint16      `json:"active_ports"`         // first and last local port to offer; zero: any
	ActiveAddress netip.Addr     `json:"active_address,omitzero"`
	Resolver      netip.AddrPort `json:"resolver,omitzero"` // DNS server to ask instead of the system
	Timeouts      Timeouts       `json:"timeouts"`
}

// Wants tells whether the plan includes the method.
func (p Plan) Wants(m Method) bool {
	if len(p.Methods) == 0 {
		return true
	}
	for _, x := range p.Methods {
		if x == m {
			return true
		}
	}
	return false
}

// Timeouts are the limits of single steps. A zero field means its default.
type Timeouts struct {
	Connect   time.Duration `json:"connect"`    // TCP connect of the control connection
	Greeting  time.Duration `json:"greeting"`   // first reply
	Reply     time.Duration `json:"reply"`      // any other reply
	PortReply time.Duration `json:"port_reply"` // reply to PORT and EPRT
	Data      time.Duration `json:"data"`       // opening a data connection, either direction
	Patience  time.Duration `json:"patience"`   // silence after which the next method starts meanwhile
}

// WithDefaults fills the zero fields, for whoever wants to know how long a step
// may take.
func (t Timeouts) WithDefaults() Timeouts {
	def := func(d *time.Duration, v time.Duration) {
		if *d == 0 {
			*d = v
		}
	}
	def(&t.Connect, 10*time.Second)   // Linux repeats a SYN after 1, 3 and 7 s: three repeats are seen
	def(&t.Greeting, 35*time.Second)  // ident (10 s in ProFTPD and wu-ftpd) plus reverse DNS (5 s a server) delay greetings by up to 30 s
	def(&t.Reply, 15*time.Second)     // slower servers exist only at login (PAM, LDAP), and they are rare
	def(&t.PortReply, 35*time.Second) // pyftpdlib connects before it answers PORT and gives up after 30 s
	def(&t.Data, 8*time.Second)       // SYNs at 0, 1, 3 and 7 s have then been seen
	def(&t.Patience, 1*time.Second)   // a healthy data connection is there within a few round trips
	return t
}
