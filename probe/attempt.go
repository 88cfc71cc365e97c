package probe

import (
	"net/netip"
	"time"

	"ftpdiag/probe/ftp"
)

// Variant is what sets an attempt apart from the plain one. Zero: plain.
type Variant uint8

const (
	Plain          Variant = iota
	ControlAddress         // PASV, but the control connection's address is dialled instead of the advertised one
	SecondPort             // the same method again, to get another passive port
	SeenAddress            // PORT with the address under which the server sees us
	HiddenCommand          // PORT behind a NOOP in one segment, where packet-based helpers do not look
	SmallSegments          // the listing again, asking for small TCP segments
	FreshTLS               // data connection without resuming the control connection's TLS session
	Retry                  // the same once more, because the server's reason passes
	HiddenReply            // PASV whose reply comes behind others in one segment, where packet-based helpers do not look
	Alone                  // the same once more, as the only connection of ours to the server
	Accompanied            // the same once more, beside another control connection of ours
	FreshSession           // the same once more, on a session that has asked for nothing else
	OtherPort              // the same over another control port of the server
	TinyListing            // the listing of a name that is not there
)

var variantNames = enum[Variant]{"variant", []string{
	"plain", "control-address", "second-port", "seen-address", "hidden-command", "small-segments", "fresh-tls", "retry",
	"hidden-reply", "alone", "accompanied", "fresh-session", "other-port", "tiny-listing"}}

func (v Variant) String() string                { return variantNames.text(v) }
func (v Variant) MarshalText() ([]byte, error)  { return variantNames.marshal(v) }
func (v *Variant) UnmarshalText(b []byte) error { return variantNames.unmarshal(v, b) }

// Attempt is one try to get a listing over one data connection. Reached and
// Stop are independent: how far it got, and why no further.
type Attempt struct {
	Method     Method           `json:"method"`
	Variant    Variant          `json:"variant"`
	Session    int              `json:"session"`
	Protection Protection       `json:"protection"`
	Reached    Stage            `json:"reached"`
	Stop       Stop             `json:"stop,omitzero"`
	Pret       Exchange         `json:"pret,omitzero"`         // passive: PRET, which some servers want first
	Setup      Exchange         `json:"setup,omitzero"`        // PORT, EPRT, PASV or EPSV and its reply
	Offer      ftp.Endpoint     `json:"offer,omitzero"`        // passive: what 227 or 229 says
	OfferError string           `json:"offer_error,omitempty"` // why 227 or 229 could not be read
	Announced  netip.AddrPort   `json:"announced,omitzero"`    // active: what we announced
	Listening  bool             `json:"listening"`             // active: our listener accepted a connection of our own on the same address just before
	Dialled    netip.AddrPort   `json:"dialled,omitzero"`      // passive: where we connected, or tried to
	Discarded  int              `json:"discarded,omitempty"`   // active: packets that this computer received and threw away while waiting; 0 also if not known
	Caller     netip.AddrPort   `json:"caller,omitzero"`       // active: who connected
	Strangers  []netip.AddrPort `json:"strangers,omitempty"`   // active: who connected from another address than the server's
	Calls      []Call           `json:"calls,omitempty"`       // active: when each of them connected, in that order; empty also where it was not written down
	Beside     int              `json:"beside,omitempty"`      // passive: other control connections of ours to the server meanwhile; at least so many if it connected, at most if not
	Crowded    bool             `json:"crowded,omitempty"`     // it failed for the company: alone the method connects, beside another connection it does not
	Opened     time.Duration    `json:"opened"`                // from dialling, or from LIST, to the open data connection; zero also if it was there before LIST
	TLSVersion string           `json:"tls_version,omitempty"` // of the data connection: "TLS 1.3"; empty: no handshake succeeded
	Resumed    bool             `json:"resumed,omitempty"`     // the data connection resumed the control connection's TLS session
	NoNotify   bool             `json:"no_notify,omitempty"`   // TLS of the data connection ended without close_notify, which alone proves that the end is whole (RFC 8446 section 6.1); many servers send none
	Transfer   Exchange         `json:"transfer,omitzero"`     // LIST and the first reply: 1xx, or a refusal
	Bytes      int64            `json:"bytes"`
	Entries    int              `json:"entries"`           // lines of the listing
	Denied     string           `json:"denied,omitempty"`  // the words that came in place of names: the folder may not be read
	Hurried    bool             `json:"hurried,omitempty"` // the call, the connection, the data or the completion reply was given less time than usual
	Digest     string           `json:"digest,omitempty"`  // of the listing's bytes: tells whether two listings are the same
	EOF        bool             `json:"eof"`               // the listing's end was seen
	Final      Exchange         `json:"final,omitzero"`    // the reply after the data
	Waited     time.Duration    `json:"waited"`            // how long we waited for what did not come
	Began      time.Duration    `json:"began"`             // since the start of the examination
	Took       time.Duration    `json:"took"`
	Events     []int            `json:"events,omitempty"`
}

// Delivered tells whether the listing arrived whole (design law: only data on
// our own socket proves a mode). A missing completion reply after the end of
// the listing does not take that away, and a listing that we cut because it is
// endless, or slow and still flowing, is proof enough.
func (a Attempt) Delivered() bool {
	if meaning(a.Final.Reply) == ftp.FolderUnreadable {
		return false // "226 Transfer done (but failed to open directory)."
	}
	whole := a.EOF && a.Bytes > 0 && a.Transfer.Reply.Code.Positive() && a.Final.Reply.Code == 0
	cut := a.Stop.Cause == Limit && a.Reached == StageFlowing // by us: it flowed for as long as we read
	return a.Reached == StageDone || whole || cut || a.Bytes >= enoughBytes
}
