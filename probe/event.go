package probe

import "time"

// Direction is who did something. Zero: not known.
type Direction uint8

const (
	Send    Direction = iota + 1 // we sent it
	Receive                      // it came from the other side
	Note                         // it happened to a connection, or is our own remark
)

var directionNames = enum[Direction]{"direction", []string{"", "send", "receive", "event"}}

func (d Direction) String() string                { return directionNames.text(d) }
func (d Direction) MarshalText() ([]byte, error)  { return directionNames.marshal(d) }
func (d *Direction) UnmarshalText(b []byte) error { return directionNames.unmarshal(d, b) }

// Channel is where it happened. Zero: not known.
type Channel uint8

const (
	Control Channel = iota + 1
	Data
	DNS
)

var channelNames = enum[Channel]{"channel", []string{"", "control", "data", "dns"}}

func (c Channel) String() string                { return channelNames.text(c) }
func (c Channel) MarshalText() ([]byte, error)  { return channelNames.marshal(c) }
func (c *Channel) UnmarshalText(b []byte) error { return channelNames.unmarshal(c, b) }

// Event is one line of the conversation. Texts are cleaned: they hold no
// control characters, and no password ever.
//
// One without a number is for whoever watches, and not kept: it says what is asked or
// waited for. Without a text it says that nobody is, any more, on its control
// connection.
type Event struct {
	N         int           `json:"n"`       // 1, 2, 3 ... over the whole examination; evidence points here; 0: said, and not kept
	At        time.Duration `json:"at"`      // since the start
	Session   int           `json:"session"` // number of the control connection; 0: none
	Direction Direction     `json:"direction"`
	Channel   Channel       `json:"channel"`
	Text      string        `json:"text"`
	Code      int           `json:"code,omitempty"`  // reply code, if it is a reply
	Step      Step          `json:"step,omitempty"`  // what the examination was doing
	Waits     bool          `json:"waits,omitempty"` // from now on somebody is waited for; of what we send and of 1yz that is understood
}

// Step is what the examination is doing, for the progress line. Zero: none.
type Step uint8

const (
	StepName Step = iota + 1
	StepConnect
	StepLogin
	StepPassive
	StepActive
	StepFollowUp
)

var stepNames = enum[Step]{"step", []string{"", "name", "connect", "login", "passive", "active", "follow-up"}}

func (s Step) String() string                { return stepNames.text(s) }
func (s Step) MarshalText() ([]byte, error)  { return stepNames.marshal(s) }
func (s *Step) UnmarshalText(b []byte) error { return stepNames.unmarshal(s, b) }
