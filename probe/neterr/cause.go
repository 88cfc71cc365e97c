package neterr

import (
	"fmt"
)

// Cause tells why a network operation stopped. The zero value None means that
// there was no error; an error that nothing here knows is Unknown. The names
// are those of the key "stop" in the report.
type Cause uint8

const (
	// None means that the operation did not fail.
	None Cause = iota
	// Timeout means that nobody answered in time: a deadline of ours or the
	// system's own patience ended.
	Timeout
	// Refused means that a reset or an ICMP "port unreachable" answered the
	// attempt to connect. A firewall that rejects looks the same as a port
	// on which nothing listens.
	Refused
	// Reset means that an established connection was torn down by a reset.
	Reset
	// Closed means that the peer closed the connection in good order.
	Closed
	// HostUnreachable means that a router, or this computer after asking in
	// vain for the hardware address, said that the host cannot be reached.
	// Linux and Windows say so as well for an IPv4 packet that was
	// "administratively prohibited".
	HostUnreachable
	// NetUnreachable means that there is no route to the network, here or at
	// a router on the way.
	NetUnreachable
	// Prohibited means that a rule forbids the connection: one of this
	// computer, or one on the way where the system passes that on (Linux
	// does for IPv6).
	Prohibited
	// Local means that this computer could not carry out the operation and
	// nothing was learned about the network: the address is in use or not
	// ours, sockets have run out, we closed the connection ourselves.
	Local
	// Canceled means that the program gave up the operation.
	Canceled
	// Unknown means that there was an error that is none of the above.
	Unknown
)

// names holds the text of every cause. They are part of the JSON promise and
// never change.
var names = [...]string{
	None:            "",
	Timeout:         "timeout",
	Refused:         "refused",
	Reset:           "reset",
	Closed:          "closed",
	HostUnreachable: "host-unreachable",
	NetUnreachable:  "net-unreachable",
	Prohibited:      "prohibited",
	Local:           "local",
	Canceled:        "canceled",
	Unknown:         "unknown",
}

// String returns the name of the cause; None is the empty string. A value
// outside the enumeration shows its number.
func (c Cause) String() string {
	if int(c) < len(names) {
		return names[c]
	}
	return fmt.Sprintf("Cause(%d)", uint8(c))
}

// MarshalText returns the name of the cause. It fails for a value outside the
// enumeration.
func (c Cause) MarshalText() ([]byte, error) {
	if int(c) < len(names) {
		return []byte(names[c]), nil
	}
	return nil, fmt.Errorf("neterr: no cause has the number %d", uint8(c))
}

// UnmarshalText accepts exactly the names that MarshalText returns.
func (c *Cause) UnmarshalText(text []byte) error {
	for i, name := range names {
		if name == string(text) {
			*c = Cause(i)
			return nil
		}
	}
	return fmt.Errorf("neterr: %q is not a cause", text)
}
