package probe

import (
	"net/netip"
	"time"

	"ftpdiag/probe/ftp"
	"ftpdiag/probe/here"
)

// Examination is everything that was seen, in one value that can be saved and
// read back. It holds facts only; [Classify] draws the conclusions.
type Examination struct {
	Schema      int           `json:"schema"` // SchemaVersion when it was made
	ToolVersion string        `json:"tool_version"`
	OS          string        `json:"os"` // runtime.GOOS and GOARCH of the computer that asked
	Arch        string        `json:"arch"`
	Started     time.Time     `json:"started"`
	Took        time.Duration `json:"took"`
	Interrupted bool          `json:"interrupted"` // stopped by the person or by the caller's deadline
	Target      Target        `json:"target"`
	Plan        Plan          `json:"plan"`
	Resolution  Resolution    `json:"resolution"`
	Here        *here.Facts   `json:"here,omitempty"`      // what this computer says about itself; nil: not looked
	Interface   string        `json:"interface,omitempty"` // of this computer, towards the server; empty: not known
	Connects    []Connect     `json:"connects"`            // one per address tried on the control port
	Sessions    []Session     `json:"sessions"`            // control connections, in the order opened
	Experiments []Experiment  `json:"experiments,omitempty"`
	Events      []Event       `json:"events"`
}

// Connect is one TCP connect to the control port.
type Connect struct {
	Remote netip.AddrPort `json:"remote"`
	Local  netip.AddrPort `json:"local,omitzero"`
	Began  time.Duration  `json:"began"` // since the start of the examination
	Took   time.Duration  `json:"took"`
	Stop   Stop           `json:"stop,omitzero"`
	Events []int          `json:"events,omitempty"`
}

// Exchange is one command and its reply, or a greeting (no command), or a
// reply that followed data.
type Exchange struct {
	Command string        `json:"command,omitempty"` // as sent; a password is asterisks
	Reply   ftp.Reply     `json:"reply,omitzero"`    // what arrived, whole or not
	Stop    Stop          `json:"stop,omitzero"`     // why no whole reply came
	Took    time.Duration `json:"took"`
	Events  []int         `json:"events,omitempty"`
}

// Asked tells whether the exchange took place at all.
func (x Exchange) Asked() bool {
	return x.Command != "" || x.Reply.Code != 0 || x.Stop.Stopped() || len(x.Events) > 0
}

// Purpose is why a control connection was opened. Zero: not known.
type Purpose uint8

const (
	ForPassive   Purpose = iota + 1 // the first connection: login, folder, the passive methods
	ForActive                       // the active methods, beside the first
	ForNext                         // the next method, because an earlier connection is frozen
	ForFollowUp                     // an experiment
	ForOtherPort                    // the same methods over another control port of the server
)

var purposeNames = enum[Purpose]{"purpose", []string{"", "passive", "active", "next", "follow-up", "other-port"}}

func (p Purpose) String() string                { return purposeNames.text(p) }
func (p Purpose) MarshalText() ([]byte, error)  { return purposeNames.marshal(p) }
func (p *Purpose) UnmarshalText(b []byte) error { return purposeNames.unmarshal(p, b) }

// Session is one control connection from greeting to end.
type Session struct {
	ID            int            `json:"id"` // 1, 2, 3 ...; Event.Session refers to it
	Purpose       Purpose        `json:"purpose"`
	Extra         bool           `json:"extra"` // another control connection of ours was open to the same server
	Remote        netip.AddrPort `json:"remote"`
	Local         netip.AddrPort `json:"local"`
	Protection    Protection     `json:"protection"` // what was wanted of this connection
	Connect       Connect        `json:"connect"`
	Greeting      Exchange       `json:"greeting,omitzero"`
	Protocol      ftp.Protocol   `json:"protocol,omitzero"`    // what the first bytes look like, if not FTP; of a silent port, those that answered a ClientHello
	SpeaksTLS     bool           `json:"speaks_tls,omitempty"` // a silent port answered a ClientHello
	Auth          Exchange       `json:"auth,omitzero"`        // AUTH TLS
	TLS           *TLSFacts      `json:"tls,omitempty"`
	Hurried       bool           `json:"hurried,omitempty"`        // TLS was given less time than usual: that it did not come says nothing
	Protect       []Exchange     `json:"protect,omitempty"`        // PBSZ, PROT
	DataProtected bool           `json:"data_protected,omitempty"` // PROT P was accepted
	Login         []Exchange     `json:"login,omitempty"`          // USER, PASS
	LoggedIn      bool           `json:"logged_in"`
	Unexamined    bool           `json:"unexamined,omitempty"` // no time was left for another slow login
	Withheld      bool           `json:"withheld,omitempty"`   // the password was not sent, because the certificate is bad or TLS failed
	Feat          Exchange       `json:"feat,omitzero"`
	Features      []string       `json:"features,omitempty"`
	Syst          Exchange       `json:"syst,omitzero"`
	Stat          Exchange       `json:"stat,omitzero"`
	Peer          Exchange       `json:"peer,omitzero"`    // ESTP, where the server knows it
	SeenAs        netip.Addr     `json:"seen_as,omitzero"` // our address in the server's words; zero: it does not say
	UTF8          Exchange       `json:"utf8,omitzero"`    // OPTS UTF8 ON, before a folder whose name is not in ASCII alone
	Folder        Exchange       `json:"folder,omitzero"`  // CWD
	Attempts      []Attempt      `json:"attempts,omitempty"`
	Dismissed     bool           `json:"dismissed,omitempty"` // a 421 came unasked
	End           Stop           `json:"end,omitzero"`        // why it ended before we were through; zero: we ended it
}

// TLSFacts is what a TLS handshake on a control connection showed.
type TLSFacts struct {
	Version     string        `json:"version,omitempty"` // "TLS 1.3"
	Cipher      string        `json:"cipher,omitempty"`
	Took        time.Duration `json:"took"`
	Stop        Stop          `json:"stop,omitzero"`        // handshake failed
	WantsOurs   bool          `json:"wants_ours,omitempty"` // the server asked for a client certificate; most do without one
	Alert       string        `json:"alert,omitempty"`      // the alert's text, if the server sent one
	AlertCode   uint8         `json:"alert_code,omitempty"` // its number (RFC 8446 section 6); 0: none came, or its number is not known
	NoCommon    bool          `json:"no_common,omitempty"`  // the alert says that both sides have nothing in common: version, cipher or strength
	Weak        string        `json:"weak,omitempty"`       // what about version and cipher is too weak today; empty: nothing
	Instead     ftp.Protocol  `json:"instead,omitzero"`     // what a failed handshake was answered with, by its first bytes
	Certificate CertFacts     `json:"certificate,omitzero"`
	Events      []int         `json:"events,omitempty"`
}

// CertFacts judges the server's certificate without acting on it.
type CertFacts struct {
	Subject    string    `json:"subject,omitempty"`
	Issuer     string    `json:"issuer,omitempty"`
	Names      []string  `json:"names,omitempty"`
	NotBefore  time.Time `json:"not_before,omitzero"`
	NotAfter   time.Time `json:"not_after,omitzero"`
	Trusted    bool      `json:"trusted"`              // chain leads to a root of this system and is valid today
	Unverified bool      `json:"unverified,omitempty"` // the system did not say in time whether it trusts the chain, so that Trusted says nothing
	NameOK     bool      `json:"name_ok"`              // made out to the host asked for
	Expired    bool      `json:"expired"`              // by this computer's clock it is after NotAfter, or before NotBefore
	Problem    string    `json:"problem,omitempty"`    // the verifier's words; empty: good
	Weak       string    `json:"weak,omitempty"`       // what about it is too weak today; empty: nothing
}

// SchemaVersion is the version of the saved form of an Examination. Readers
// accept this one and older.
const SchemaVersion = 1
