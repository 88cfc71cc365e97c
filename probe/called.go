package probe

import (
	"net/netip"
	"slices"
	"time"
)

// Called tells when somebody connected to our listener, by the server's replies
// to PORT or EPRT and to LIST. Zero: not known, as in records of earlier versions.
//
// What is compared are two moments on this computer: when a connection was accepted,
// and when a whole reply had been read. A connection that was accepted first had
// arrived before we knew the reply; that the server dialled before it wrote the
// reply does not follow, because a reply may be late. Nor does it follow from the
// opposite that the server waited. A call and a reply of which one follows closely
// upon the other arrive within microseconds, less than this program needs to turn
// from one connection to the other: on one computer, and where the server replies as
// soon as it is connected, either may be first. A call that was accepted much later
// than a reply did come after it.
type Called uint8

const (
	BeforePortReply Called = iota + 1 // no reply to PORT or EPRT had been read, or none ever was
	BeforeListReply                   // that one had been read, and none to LIST (150, 125, a refusal), or none ever was
	AfterListReply                    // the first reply to LIST had been read
)

var calledNames = enum[Called]{"order of a call", []string{"", "before-port-reply", "before-list-reply", "after-list-reply"}}

func (c Called) String() string                { return calledNames.text(c) }
func (c Called) MarshalText() ([]byte, error)  { return calledNames.marshal(c) }
func (c *Called) UnmarshalText(b []byte) error { return calledNames.unmarshal(c, b) }

// Call is one connection to our listener while it was announced.
type Call struct {
	From   netip.AddrPort `json:"from"`
	At     time.Duration  `json:"at"` // when it was accepted, since the start of the examination
	Called Called         `json:"called,omitempty"`
}

// Call is the connection that was taken for the server's. False: nobody was, or the
// record is of an earlier version, which kept no more than the address.
func (a *Attempt) Call() (Call, bool) { return a.callOf(a.Caller) }

// StrangerCalls are the connections of Strangers, without the one that was taken for
// the server's after all. Those of an earlier version's record have no time.
func (a *Attempt) StrangerCalls() []Call {
	var calls []Call
	for _, from := range a.Strangers {
		if from == a.Caller {
			continue
		}
		call, known := a.callOf(from)
		if !known {
			call = Call{From: from}
		}
		calls = append(calls, call)
	}
	return calls
}

func (a *Attempt) callOf(from netip.AddrPort) (Call, bool) {
	if i := slices.IndexFunc(a.Calls, func(c Call) bool { return c.From == from }); i >= 0 {
		return a.Calls[i], true
	}
	return Call{}, false
}

// file writes down everybody who called. The replies must be in their places.
func (a *Attempt) file(callers []*caller) {
	port, list := replied(a.Setup), replied(a.Transfer)
	for _, in := range callers {
		a.Calls = append(a.Calls, Call{From: in.from, At: in.at, Called: orderOf(in.event, port, list)})
		if !in.server {
			a.Strangers = append(a.Strangers, in.from)
		}
		a.insert(in.event)
	}
}

// insert puts the number of an event in its place. The last one stays the last: it
// carries the outcome, which a call that nobody waited for any more is not.
func (a *Attempt) insert(event int) {
	i := slices.IndexFunc(a.Events, func(n int) bool { return n > event })
	if i < 0 {
		i = max(0, len(a.Events)-1)
	}
	a.Events = slices.Insert(a.Events, i, event)
}

// replied is the number of the event with which a reply was there as a whole; 0: none
// was.
func replied(x Exchange) int {
	if x.Reply.Code == 0 || x.Stop.Stopped() || len(x.Events) == 0 {
		return 0
	}
	return x.Events[len(x.Events)-1]
}

// orderOf compares the event of a call with those of the replies to PORT and LIST; 0:
// there was none. Events are numbered in the order in which they were written down.
func orderOf(call, port, list int) Called {
	switch {
	case port == 0 || call < port:
		return BeforePortReply
	case list == 0 || call < list:
		return BeforeListReply
	default:
		return AfterListReply
	}
}
