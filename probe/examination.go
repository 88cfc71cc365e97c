package probe

import (
	"net/netip"
	"time"

	"ftpdiag/probe/ftp"
	"ftpdiag/probe/here"
	"ftpdiag/probe/hops"
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

// ServerReply is what one DNS server said when asked directly.
type ServerReply struct {
	Server   netip.AddrPort `json:"server"`
	Proto    string         `json:"proto"` // udp or tcp
	Name     string         `json:"name"`  // asked for: the target's, or with a suffix that the system tries
	Question string         `json:"question"`
	Outcome  NameOutcome    `json:"outcome"`
	Rcode    string         `json:"rcode,omitempty"` // as DNS writes it, NOERROR, NXDOMAIN, ...
	Addrs    []netip.Addr   `json:"addresses,omitempty"`
	Stop     Stop           `json:"stop,omitzero"`
	Took     time.Duration  `json:"took"`
}

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
	ForPassive  Purpose = iota + 1 // the first connection: login, folder, the passive methods
	ForActive                      // the active methods, beside the first
	ForNext                        // the next method, because an earlier connection is frozen
	ForFollowUp                    // an experiment
)

var purposeNames = enum[Purpose]{"purpose", []string{"", "passive", "active", "next", "follow-up"}}

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
	Protect       []Exchange     `json:"protect,omitempty"`        // PBSZ, PROT
	DataProtected bool           `json:"data_protected,omitempty"` // PROT P was accepted
	Login         []Exchange     `json:"login,omitempty"`          // USER, PASS
	LoggedIn      bool           `json:"logged_in"`
	Withheld      bool           `json:"withheld,omitempty"` // the password was not sent, because the certificate is bad or TLS failed
	Feat          Exchange       `json:"feat,omitzero"`
	Features      []string       `json:"features,omitempty"`
	Syst          Exchange       `json:"syst,omitzero"`
	Stat          Exchange       `json:"stat,omitzero"`
	Peer          Exchange       `json:"peer,omitzero"`    // ESTP, where the server knows it
	SeenAs        netip.Addr     `json:"seen_as,omitzero"` // our address in the server's words; zero: it does not say
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
	NoCommon    bool          `json:"no_common,omitempty"`  // the alert says that both sides have nothing in common: version, cipher or strength
	Weak        string        `json:"weak,omitempty"`       // what about version and cipher is too weak today; empty: nothing
	Instead     ftp.Protocol  `json:"instead,omitzero"`     // what a failed handshake was answered with, by its first bytes
	Certificate CertFacts     `json:"certificate,omitzero"`
	Events      []int         `json:"events,omitempty"`
}

// CertFacts judges the server's certificate without acting on it.
type CertFacts struct {
	Subject   string    `json:"subject,omitempty"`
	Issuer    string    `json:"issuer,omitempty"`
	Names     []string  `json:"names,omitempty"`
	NotBefore time.Time `json:"not_before,omitzero"`
	NotAfter  time.Time `json:"not_after,omitzero"`
	Trusted   bool      `json:"trusted"` // chain leads to a root of this system and is valid today
	NameOK    bool      `json:"name_ok"` // made out to the host asked for
	Expired   bool      `json:"expired"`
	Problem   string    `json:"problem,omitempty"` // the verifier's words; empty: good
	Weak      string    `json:"weak,omitempty"`    // what about it is too weak today; empty: nothing
}

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
)

var variantNames = enum[Variant]{"variant", []string{
	"plain", "control-address", "second-port", "seen-address", "hidden-command", "small-segments", "fresh-tls", "retry",
	"hidden-reply", "alone", "accompanied", "fresh-session"}}

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
	Strangers  []netip.AddrPort `json:"strangers,omitempty"`   // active: others who connected and were not taken for the server
	Beside     int              `json:"beside,omitempty"`      // passive: other control connections of ours to the server meanwhile; at least so many if it connected, at most if not
	Crowded    bool             `json:"crowded,omitempty"`     // it failed for the company: alone the method connects, beside another connection it does not
	Opened     time.Duration    `json:"opened"`                // from dialling, or from LIST, to the open data connection
	TLSVersion string           `json:"tls_version,omitempty"` // of the data connection: "TLS 1.3"; empty: no handshake succeeded
	Resumed    bool             `json:"resumed,omitempty"`     // the data connection resumed the control connection's TLS session
	Transfer   Exchange         `json:"transfer,omitzero"`     // LIST and the first reply: 1xx, or a refusal
	Bytes      int64            `json:"bytes"`
	Entries    int              `json:"entries"`          // lines of the listing
	Denied     string           `json:"denied,omitempty"` // the words that came in place of names: the folder may not be read
	Digest     string           `json:"digest,omitempty"` // of the listing's bytes: tells whether two listings are the same
	EOF        bool             `json:"eof"`              // the listing's end was seen
	Final      Exchange         `json:"final,omitzero"`   // the reply after the data
	Waited     time.Duration    `json:"waited"`           // how long we waited for what did not come
	Began      time.Duration    `json:"began"`            // since the start of the examination
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

// Experiment is one follow-up question, asked because its answer can change
// the conclusion.
type Experiment struct {
	Name       string             `json:"name"`
	Question   string             `json:"question"` // what it was to decide
	Class      ProofClass         `json:"class"`
	Session    int                `json:"session"` // where; 0: nowhere yet
	Answer     Answer             `json:"answer"`
	Confirmed  bool               `json:"confirmed,omitempty"` // asked a second time, with the same answer
	Hops       *hops.Localisation `json:"hops,omitempty"`      // where a port's connections die; nil: not followed
	Stop       Stop               `json:"stop,omitzero"`       // how the connection ended on which it was asked, where that is the answer
	Hop        int                `json:"hop,omitempty"`       // behind which hop of how many a device reads the dialogue
	Distance   int                `json:"distance,omitempty"`
	HopAddress netip.Addr         `json:"hop_address,omitzero"` // of the router at that hop
	Events     []int              `json:"events,omitempty"`
}

// ProofClass is how much an experiment's answer can carry. Zero: not known.
type ProofClass uint8

const (
	Proof        ProofClass = iota + 1 // settles the question alone
	Differential                       // settles it by comparison with another attempt
	Hint                               // supports, never decides
)

var proofClassNames = enum[ProofClass]{"proof class", []string{"", "proof", "differential", "hint"}}

func (c ProofClass) String() string                { return proofClassNames.text(c) }
func (c ProofClass) MarshalText() ([]byte, error)  { return proofClassNames.marshal(c) }
func (c *ProofClass) UnmarshalText(b []byte) error { return proofClassNames.unmarshal(c, b) }

// Answer is what an experiment brought. Zero: no answer.
type Answer uint8

const (
	NoAnswer Answer = iota
	Yes
	No
)

var answerNames = enum[Answer]{"answer", []string{"none", "yes", "no"}}

func (a Answer) String() string                { return answerNames.text(a) }
func (a Answer) MarshalText() ([]byte, error)  { return answerNames.marshal(a) }
func (a *Answer) UnmarshalText(b []byte) error { return answerNames.unmarshal(a, b) }

// SchemaVersion is the version of the saved form of an Examination. Readers
// accept this one and older.
const SchemaVersion = 1
