package hops

import "fmt"

// Answer is what came back for a SYN. The zero value means that it was not
// sent or not waited for to the end.
type Answer uint8

const (
	// NoProbe: nothing is known.
	NoProbe Answer = iota
	// Silent: nothing came back in the time that the hop holds, which has room
	// for the SYN's repetition unless the question had been settled before.
	Silent
	// Expired: a router said that the TTL ran out there. The SYN got that far.
	Expired
	// Unreachable: an ICMP destination unreachable. Its sender and its code
	// are in the hop; the error number of an ordinary connect would not tell
	// it from a closed port or from a missing route.
	Unreachable
	// RST: a TCP reset, by the server or by a device that speaks in its name.
	RST
	// SYNACK: the connection was accepted.
	SYNACK
)

var answerNames = enum[Answer]{"answer", []string{
	"", "silent", "expired", "unreachable", "rst", "syn-ack"}}

// String returns the name of the answer; NoProbe is the empty string.
func (a Answer) String() string { return answerNames.text(a) }

// MarshalText returns the name of the answer, or an error for a value outside
// the enumeration.
func (a Answer) MarshalText() ([]byte, error) { return answerNames.marshal(a) }

// UnmarshalText accepts exactly the names that MarshalText returns.
func (a *Answer) UnmarshalText(text []byte) error { return answerNames.unmarshal(a, text) }

// Final tells whether a larger TTL would bring nothing new: somebody answered
// the SYN itself.
func (a Answer) Final() bool { return a == Unreachable || a == RST || a == SYNACK }

// State is how a measurement ended. The zero value means that none was made.
type State uint8

const (
	// NotMade: there was no measurement.
	NotMade State = iota
	// Complete: it ran to its end.
	Complete
	// Interrupted: the context ended first; what is there is true, but partial.
	Interrupted
	// Failed: this computer could not send; Cause says why.
	Failed
	// Unsupported: not written for this operating system; nothing was sent.
	Unsupported
)

var stateNames = enum[State]{"state", []string{
	"", "complete", "interrupted", "failed", "unsupported"}}

// String returns the name of the state; NotMade is the empty string.
func (s State) String() string { return stateNames.text(s) }

// MarshalText returns the name of the state, or an error for a value outside
// the enumeration.
func (s State) MarshalText() ([]byte, error) { return stateNames.marshal(s) }

// UnmarshalText accepts exactly the names that MarshalText returns.
func (s *State) UnmarshalText(text []byte) error { return stateNames.unmarshal(s, text) }

// enum gives the values of a closed enumeration their names in text and JSON.
type enum[T ~uint8] struct {
	what  string   // of the enumeration, for errors
	names []string // by value
}

func (e enum[T]) text(v T) string {
	if int(v) < len(e.names) {
		return e.names[v]
	}
	return fmt.Sprintf("%s(%d)", e.what, uint8(v))
}

func (e enum[T]) marshal(v T) ([]byte, error) {
	if int(v) < len(e.names) {
		return []byte(e.names[v]), nil
	}
	return nil, fmt.Errorf("hops: no %s has the number %d", e.what, uint8(v))
}

func (e enum[T]) unmarshal(v *T, text []byte) error {
	for i, name := range e.names {
		if name == string(text) {
			*v = T(i)
			return nil
		}
	}
	return fmt.Errorf("hops: %q is not a known %s", text, e.what)
}
