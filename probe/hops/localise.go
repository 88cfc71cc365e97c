package hops

import (
	"context"
	"net/netip"
)

// Localisation is everything this package can find out about a data port that
// does not work.
type Localisation struct {
	Control    Path       `json:"control"`
	Data       Path       `json:"data"`
	Comparison Comparison `json:"comparison"`
	// DataTTL and ControlTTL are the TTLs with which the ports' answers
	// arrive. They are looked for only where they decide something: where the
	// data port was reset at a TTL that reaches the server.
	DataTTL    Received `json:"data_ttl,omitzero"`
	ControlTTL Received `json:"control_ttl,omitzero"`
}

// Localise compares the paths to the control port and the data port with
// [TracePair], and where the data port was reset and the TTL of the SYN does
// not tell by whom, with [ReceivedTTL]. It takes a round trip per hop when the
// data port is answered, 1.3 s more when it is not, and 3 s more for the
// received TTLs.
func Localise(ctx context.Context, local netip.Addr, control, data netip.AddrPort, opt Options) Localisation {
	var l Localisation
	l.Control, l.Data = TracePair(ctx, local, control, data, opt)
	l.Comparison = Compare(l.Control, l.Data)
	if l.Comparison.Fate != RST || l.Comparison.Early || l.Comparison.Distance == 0 {
		return l
	}
	// The reset comes first: at a closed port the search opens no session,
	// and its result is the guess that makes the search at the control port
	// end after one.
	l.DataTTL = ReceivedTTL(ctx, local, data, InitialTTL-(l.Comparison.Distance-1), opt)
	if l.DataTTL.TTL == 0 {
		return l
	}
	l.ControlTTL = ReceivedTTL(ctx, local, control, l.DataTTL.TTL, opt)
	return l
}

// SameTTL tells whether the data port's reset arrived with the TTL of the
// control port's answer. known is false where that was not measured. A reset
// that did not is not the server's; one that did may be.
func (l Localisation) SameTTL() (same, known bool) {
	if l.DataTTL.TTL == 0 || l.ControlTTL.TTL == 0 {
		return false, false
	}
	return l.DataTTL.TTL == l.ControlTTL.TTL, true
}
