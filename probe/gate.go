package probe

import (
	"context"

	"ftpdiag/probe/ftp"
)

// gate lets one login be tried at a time, and none after one was refused for
// its user name or password: servers lock accounts and ban addresses after a
// few failures, and a person with a mistyped password should cause one. It is
// made by newGate.
type gate struct {
	turn    chan struct{} // holds one element while nobody logs in
	refused *bool         // written by whoever has the turn
}

func newGate() gate {
	g := gate{turn: make(chan struct{}, 1), refused: new(bool)}
	g.turn <- struct{}{}
	return g
}

// pass waits for the turn. False: a login was refused, or ctx has ended. done
// tells what became of the login, and must be called after pass returned true.
func (g gate) pass(ctx context.Context) (done func(s *Session), ok bool) {
	select {
	case <-g.turn:
	case <-ctx.Done():
		return nil, false
	}
	if *g.refused || ctx.Err() != nil {
		g.turn <- struct{}{}
		return nil, false
	}
	return func(s *Session) {
		*g.refused = *g.refused || refusedLogin(s)
		g.turn <- struct{}{}
	}, true
}

// refusedLogin tells whether the server refused a login for what it was: not
// for want of TLS, nor for being one too many.
func refusedLogin(s *Session) bool {
	if s.LoggedIn || len(s.Login) == 0 {
		return false
	}
	r := s.Login[len(s.Login)-1].Reply
	if !r.Code.Negative() || refusedForLimit(r) || tlsDemanded(s) {
		return false
	}
	switch meaning(r) {
	case ftp.TLSForbidden:
		return false
	default: // everything else may count as a failure
		return true
	}
}
