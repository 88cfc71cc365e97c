//go:build !linux

package hops

import "net/netip"

// Refuser learns who answers a connection with ICMP. This system does not tell
// ordinary programs.
type Refuser struct{}

// Watch does nothing here.
func (*Refuser) Watch(uintptr, bool) error { return nil }

// Done has learned nothing here.
func (*Refuser) Done() netip.Addr { return netip.Addr{} }
