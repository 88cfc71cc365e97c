package probe

import (
	"net/netip"

	"ftpdiag/probe/hops"
)

// Experiment is one follow-up question, asked because its answer can change
// the conclusion.
type Experiment struct {
	Name       string             `json:"name"`
	Question   string             `json:"question"` // what it was to decide
	Class      ProofClass         `json:"class"`
	Method     Method             `json:"method,omitempty"` // with which it was asked; zero: none, or several
	Session    int                `json:"session"`          // where; 0: nowhere yet
	Answer     Answer             `json:"answer"`
	Confirmed  bool               `json:"confirmed,omitempty"` // asked a second time, with the same answer
	Hops       *hops.Localisation `json:"hops,omitempty"`      // where a port's connections die; nil: not followed
	Stop       Stop               `json:"stop,omitzero"`       // how the connection ended on which it was asked, where that is the answer
	Hop        int                `json:"hop,omitempty"`       // behind which hop of how many a device reads the dialogue
	Distance   int                `json:"distance,omitempty"`
	HopAddress netip.Addr         `json:"hop_address,omitzero"` // of the router at that hop
	Replies    []Exchange         `json:"replies,omitempty"`    // malformed-port: to XORT, which does not exist, and to PORT, of each time it was asked
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
