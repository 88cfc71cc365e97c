package probe

import (
	"errors"
	"net/netip"

	"ftpdiag/probe/neterr"
)

// Stage is how far an attempt at a data connection got. Zero: nothing was
// sent.
type Stage uint8

const (
	StageNone       Stage = iota // the command was not sent, or was refused
	StageOffered                 // the server accepted PORT/EPRT, or named a port in 227/229
	StageConnecting              // passive: our SYN is out; active: LIST is out and the server should be dialling
	StageConnected               // the TCP connection of the data connection exists
	StageSecured                 // its TLS handshake is complete (protected sessions only)
	StageFlowing                 // at least one byte of the listing arrived
	StageDone                    // the whole listing arrived: end of file and a positive completion reply
)

var stageNames = enum[Stage]{"stage", []string{"none", "offered", "connecting", "connected", "secured", "flowing", "done"}}

func (s Stage) String() string                { return stageNames.text(s) }
func (s Stage) MarshalText() ([]byte, error)  { return stageNames.marshal(s) }
func (s *Stage) UnmarshalText(b []byte) error { return stageNames.unmarshal(s, b) }

// Cause is why something went no further. Zero: it did not stop.
type Cause uint8

const (
	NotStopped      Cause = iota
	Timeout               // nothing happened before our deadline
	Refused               // RST, or ICMP port unreachable, which Linux reports alike
	Reset                 // RST on an established connection
	Closed                // the peer ended the connection
	HostUnreachable       // ICMP host unreachable or administratively prohibited (IPv4)
	NetUnreachable        // no route, here or further on
	Prohibited            // the system or an ICMP answer forbids it
	ByReply               // a 4xx or 5xx reply
	ByTLS                 // the handshake failed
	WrongPeer             // something else than the server connected to our listener
	Local                 // this computer could not do its part (bind, listen, no such address)
	Canceled              // the person stopped the run
	Limit                 // a connection limit kept the attempt from running
	Unknown               // none of these; Stop.Text has the system's words
)

var causeNames = enum[Cause]{"cause", []string{
	"", "timeout", "refused", "reset", "closed", "host-unreachable", "net-unreachable", "prohibited",
	"reply", "tls", "wrong-peer", "local", "canceled", "limit", "unknown",
}}

func (c Cause) String() string                { return causeNames.text(c) }
func (c Cause) MarshalText() ([]byte, error)  { return causeNames.marshal(c) }
func (c *Cause) UnmarshalText(b []byte) error { return causeNames.unmarshal(c, b) }

// Unanswered tells the causes that look like a filter or a dead path: the
// other side stayed silent or something on the way said no.
func (c Cause) Unanswered() bool {
	switch c {
	case Timeout, Refused, HostUnreachable, NetUnreachable, Prohibited:
		return true
	default:
		return false
	}
}

// Stop says why something went no further.
type Stop struct {
	Cause Cause      `json:"cause"`
	Text  string     `json:"text,omitempty"` // the system's own words, for the engineer
	From  netip.Addr `json:"from,omitzero"`  // who said so with ICMP; not valid: nobody, or not known
}

// Stopped tells whether it stopped at all.
func (s Stop) Stopped() bool { return s.Cause != NotStopped }

// by names who said so, for the timeline.
func (s Stop) by() string {
	if !s.From.IsValid() {
		return ""
	}
	return ", said by " + s.From.String()
}

// stopOf turns an error of the network into a Stop.
func stopOf(err error) Stop {
	if err == nil {
		return Stop{}
	}
	st := Stop{Cause: causeOf(neterr.Of(err)), Text: err.Error()}
	if by := (*RefusedBy)(nil); errors.As(err, &by) {
		st.From = by.From
	}
	return st
}

// causeOf translates the operating system's reasons into ours, which are more.
func causeOf(c neterr.Cause) Cause {
	switch c {
	case neterr.None:
		return NotStopped
	case neterr.Timeout:
		return Timeout
	case neterr.Refused:
		return Refused
	case neterr.Reset:
		return Reset
	case neterr.Closed:
		return Closed
	case neterr.HostUnreachable:
		return HostUnreachable
	case neterr.NetUnreachable:
		return NetUnreachable
	case neterr.Prohibited:
		return Prohibited
	case neterr.Local:
		return Local
	case neterr.Canceled:
		return Canceled
	default:
		return Unknown
	}
}
