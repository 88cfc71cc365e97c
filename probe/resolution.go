package probe

import (
	"net/netip"
	"time"
)

// Resolution is how the name became addresses.
type Resolution struct {
	Literal   bool          `json:"literal"` // the target was an address: nothing was asked
	Addresses []netip.Addr  `json:"addresses"`
	Resolver  string        `json:"resolver"` // "system", or the DNS server asked
	CNAME     []string      `json:"cname,omitempty"`
	InHosts   bool          `json:"in_hosts,omitempty"` // this computer's hosts file gives the name an address that was used
	Outcome   NameOutcome   `json:"outcome"`            // why there is no address; zero: there is one
	Servers   []ServerReply `json:"servers,omitempty"`
	Took      time.Duration `json:"took"`
	Events    []int         `json:"events,omitempty"`
}

// Named tells whether the person said which DNS server to ask: this computer's
// own are innocent then.
func (r Resolution) Named() bool { return r.Resolver != "" && r.Resolver != "system" }

// ServerReply is what one DNS server said when asked directly.
type ServerReply struct {
	Server   netip.AddrPort `json:"server"`
	Proto    string         `json:"proto"` // udp or tcp
	Name     string         `json:"name"`  // asked for: the target's, or with a suffix that the system tries
	Question string         `json:"question"`
	Outcome  NameOutcome    `json:"outcome"`
	Rcode    string         `json:"rcode,omitempty"` // as DNS writes it, NOERROR, NXDOMAIN, ...
	Addrs    []netip.Addr   `json:"addresses,omitempty"`
	CNAME    []string       `json:"cname,omitempty"`
	Stop     Stop           `json:"stop,omitzero"`
	Took     time.Duration  `json:"took"`
}

// truncated stands for the rcode of an answer that was cut.
const truncated = "TRUNCATED"

// Truncated tells whether the answer was too long for UDP, so that it has neither
// outcome nor rcode.
func (r ServerReply) Truncated() bool { return r.Rcode == truncated }

// NameOutcome is how a question about a name ended. Zero: it has addresses.
type NameOutcome uint8

const (
	NameFound   NameOutcome = iota
	NameMissing             // NXDOMAIN
	NameEmpty               // the name exists, but not with an address (no data)
	NameServFail
	NameRefused
	NameTimeout  // no DNS server answered
	NameUnsolved // failed for a reason not found out
)

var nameOutcomeNames = enum[NameOutcome]{"name outcome", []string{
	"found", "no-such-name", "no-data", "server-failure", "refused", "timeout", "unsolved"}}

func (o NameOutcome) String() string                { return nameOutcomeNames.text(o) }
func (o NameOutcome) MarshalText() ([]byte, error)  { return nameOutcomeNames.marshal(o) }
func (o *NameOutcome) UnmarshalText(b []byte) error { return nameOutcomeNames.unmarshal(o, b) }
