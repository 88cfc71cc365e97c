package probe

import (
	"context"
	"net/netip"
	"sync"

	"ftpdiag/probe/ftp"
)

// gate lets one login be tried at a time, and none after one was refused for
// what it was: servers lock accounts and ban addresses after a few failures, and
// a person with a mistyped password should cause one. Where a login was accepted
// it may be repeated, until that address refuses it too. It is made by newGate.
type gate struct {
	turn chan struct{} // holds one element while nobody logs in

	mu       *sync.Mutex
	refused  map[netip.AddrPort]bool
	accepted map[netip.AddrPort]bool
}

func newGate() gate {
	g := gate{turn: make(chan struct{}, 1), mu: new(sync.Mutex), refused: map[netip.AddrPort]bool{}, accepted: map[netip.AddrPort]bool{}}
	g.turn <- struct{}{}
	return g
}

// pass waits for the turn. False: the address does not get another login, or ctx
// has ended. done tells what became of the login, and must be called after pass
// returned true.
func (g gate) pass(ctx context.Context, server netip.AddrPort) (done func(s *Session), ok bool) {
	select {
	case <-g.turn:
	case <-ctx.Done():
		return nil, false
	}
	release := sync.OnceFunc(func() { g.turn <- struct{}{} })
	if g.shut(server) || ctx.Err() != nil {
		release()
		return nil, false
	}
	return func(s *Session) {
		g.mu.Lock()
		g.refused[server] = g.refused[server] || refusedLogin(s, g.accepted[server])
		g.accepted[server] = g.accepted[server] || s.LoggedIn
		g.mu.Unlock()
		release()
	}, true
}

// shut tells whether an address gets no further login.
func (g gate) shut(server netip.AddrPort) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	for a, refused := range g.refused {
		if refused && (a == server || !g.accepted[server]) {
			return true
		}
	}
	return false
}

// refusedLogin tells whether a login failed for its user name or password, or may
// have: not for want of TLS, for being one too many, or for a rule about addresses,
// which another address of the server need not have. accepted: the same login was
// good here before.
func refusedLogin(s *Session, accepted bool) bool {
	if s.LoggedIn || len(s.Login) == 0 {
		return false
	}
	x := s.Login[len(s.Login)-1]
	sent := len(s.Login) > 1 // PASS
	if !x.Reply.Code.Negative() {
		// A server that hangs up on a bad password, or is slow to say so, has
		// counted it all the same.
		return sent && !accepted && x.Stop.Cause != Canceled && x.Stop.Cause != ByTLS
	}
	switch meaning(x.Reply) {
	case ftp.TLSRequired, ftp.TLSForbidden, ftp.AddressNotAllowed, ftp.ServerBroken, ftp.HomeUnusable,
		ftp.LimitPerAddress, ftp.LimitTotal, ftp.LimitPerUser, ftp.Shutdown:
		return false
	case ftp.BadCredentials, ftp.Banned:
		return true
	default: // everything else may count as a failure
	}
	if refusedForLimit(x.Reply) { // 421 and no more than that
		return sent && !accepted
	}
	return !tlsDemanded(s)
}
