package probe

// Finding is one conclusion drawn from the facts, with the evidence for it.
// What it means in words is the report's business.
type Finding struct {
	Code       Code       `json:"code"`
	Severity   Severity   `json:"severity"`
	Confidence Confidence `json:"confidence"`
	Party      Party      `json:"party"`
	Mode       Mode       `json:"mode,omitempty"`     // the mode concerned; zero: none or both
	Methods    []Method   `json:"methods,omitempty"`  // the methods concerned
	Session    int        `json:"session,omitempty"`  // the control connection the evidence is from
	Attempts   []int      `json:"attempts,omitempty"` // indexes into Examination.AllAttempts()
	Family     Family     `json:"family,omitempty"`   // the address family concerned; zero: not bound to one
	Evidence   []int      `json:"evidence,omitempty"` // numbers of events
	Explains   []Code     `json:"explains,omitempty"` // consequences of this root cause, not shown on their own
	Folded     bool       `json:"folded,omitempty"`   // another finding explains this one
}

// Severity is how bad it is. Zero: not known.
type Severity uint8

const (
	SeverityInfo    Severity = iota + 1 // worth knowing
	SeverityWarning                     // works, but will bite somebody
	SeverityError                       // stops transfers
)

var severityNames = enum[Severity]{"severity", []string{"", "info", "warning", "error"}}

func (s Severity) String() string                { return severityNames.text(s) }
func (s Severity) MarshalText() ([]byte, error)  { return severityNames.marshal(s) }
func (s *Severity) UnmarshalText(b []byte) error { return severityNames.unmarshal(s, b) }

// Confidence is how far the evidence carries. Zero: unknown.
type Confidence uint8

const (
	ConfidenceUnknown Confidence = iota
	ConfidenceLikely             // one cause fits best, another is possible
	ConfidenceCertain
)

var confidenceNames = enum[Confidence]{"confidence", []string{"unknown", "likely", "certain"}}

func (c Confidence) String() string                { return confidenceNames.text(c) }
func (c Confidence) MarshalText() ([]byte, error)  { return confidenceNames.marshal(c) }
func (c *Confidence) UnmarshalText(b []byte) error { return confidenceNames.unmarshal(c, b) }

// Party is who must act. Zero: not known.
type Party uint8

const (
	PartyNone          Party = iota + 1 // nobody
	PartyUser                           // the person at this computer
	PartyClientNetwork                  // whoever runs the NAT or firewall at this end
	PartyPath                           // somebody between: the evidence does not say at which end
	PartyServerNetwork                  // whoever runs the firewall in front of the server
	PartyServerConfig                   // whoever configures the FTP server
	PartyCredentials                    // whoever gave out the account
	PartyTool                           // nobody: a limit of this run
)

var partyNames = enum[Party]{"party", []string{
	"", "none", "user", "client-network", "path", "server-network", "server-config", "credentials", "tool"}}

func (p Party) String() string                { return partyNames.text(p) }
func (p Party) MarshalText() ([]byte, error)  { return partyNames.marshal(p) }
func (p *Party) UnmarshalText(b []byte) error { return partyNames.unmarshal(p, b) }
