package probe

import (
	"context"
	"net/netip"
	"sync"
	"time"

	"ftpdiag/probe/ftp"
)

// gate lets one login be tried at a time, and none after one was refused for
// what it was: servers lock accounts and ban addresses after a few failures, and
// a person with a mistyped password should cause one. Where a login was accepted
// it may be repeated, until that address refuses it too. It is made by newGate.
type gate struct {
	turn chan struct{} // holds one element while nobody logs in

	mu       *sync.Mutex
	refused  map[netip.Addr]bool
	accepted map[netip.Addr]bool
}

func newGate() gate {
	g := gate{turn: make(chan struct{}, 1), mu: new(sync.Mutex), refused: map[netip.Addr]bool{}, accepted: map[netip.Addr]bool{}}
	g.turn <- struct{}{}
	return g
}

// turnTime is how long a login keeps its turn: a server that takes longer is not
// about to refuse it, and the other family need not wait for it.
const turnTime = 3 * time.Second

// pass waits for the turn. False: the address does not get another login, or ctx
// has ended. done tells what became of the login, and must be called after pass
// returned true.
func (g gate) pass(ctx context.Context, server netip.Addr) (done func(s *Session), ok bool) {
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
	timer := time.AfterFunc(turnTime, release)
	return func(s *Session) {
		timer.Stop()
		g.mu.Lock()
		g.accepted[server] = g.accepted[server] || s.LoggedIn
		g.refused[server] = g.refused[server] || refusedLogin(s)
		g.mu.Unlock()
		release()
	}, true
}

// shut tells whether an address gets no further login.
func (g gate) shut(server netip.Addr) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	for a, refused := range g.refused {
		if refused && (a == server || !g.accepted[server]) {
			return true
		}
	}
	return false
}

// refusedLogin tells whether the server refused a login for its user name or
// password: not for want of TLS, for being one too many, or for a rule about
// addresses, which another address of the server need not have.
func refusedLogin(s *Session) bool {
	if s.LoggedIn || len(s.Login) == 0 {
		return false
	}
	r := s.Login[len(s.Login)-1].Reply
	if !r.Code.Negative() || refusedForLimit(r) || tlsDemanded(s) {
		return false
	}
	switch meaning(r) {
	case ftp.TLSForbidden, ftp.AddressNotAllowed, ftp.ServerBroken, ftp.HomeUnusable:
		return false
	default: // everything else may count as a failure
		return true
	}
}
