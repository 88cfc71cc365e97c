package probe

import (
	"slices"

	"ftpdiag/probe/ftp"
)

// view is an examination prepared for the rules: the same facts, sorted.
type view struct {
	e        *Examination // without what was tried over another control port
	whole    *Examination
	all      []*Attempt // of whole: Finding.Attempts are indexes into it
	attempts []*Attempt
	paths    []Path
	firsts   []*Session // the first session of each address, and the one under TLS where clear was refused
	loggedIn bool       // somewhere
	listed   bool       // a listing with something in it arrived
}

func newView(whole *Examination) *view {
	e := whole.overItsPort()
	v := &view{e: e, whole: whole, all: whole.AllAttempts(), attempts: e.AllAttempts(), paths: e.Paths()}
	for i := range e.Sessions {
		s := &e.Sessions[i]
		v.loggedIn = v.loggedIn || s.LoggedIn
		if s.Purpose == ForPassive && !s.Extra {
			v.firsts = append(v.firsts, s)
		}
	}
	for _, a := range v.attempts {
		v.listed = v.listed || a.Delivered() && a.Bytes > 0 && a.Variant != TinyListing
	}
	return v
}

// overItsPort is the examination without what was tried over another control port for
// comparison: whatever is true there need not be here. Attempts are shared.
func (e *Examination) overItsPort() *Examination {
	if e.Plan.OtherPort == 0 || e.Plan.OtherPort == e.Target.Port {
		return e
	}
	own := *e
	own.Sessions = slices.DeleteFunc(slices.Clone(e.Sessions), func(s Session) bool { return s.Purpose == ForOtherPort })
	own.Connects = slices.DeleteFunc(slices.Clone(e.Connects), func(c Connect) bool { return c.Remote.Port() == e.Plan.OtherPort })
	return &own
}

// of are the attempts of one path in one mode, plain ones and those with the
// control address, that count as tries.
func (v *view) of(p Path, m Mode) []*Attempt {
	var list []*Attempt
	for _, s := range p.Sessions {
		for i := range s.Attempts {
			a := &s.Attempts[i]
			if a.Method.Mode() == m && a.Proper() {
				list = append(list, a)
			}
		}
	}
	return list
}

// about makes a finding from attempts.
func (v *view) about(code Code, c Confidence, list ...*Attempt) Finding {
	f := Finding{Code: code, Confidence: c}
	for _, a := range list {
		f.Mode = a.Method.Mode()
		f.Session = a.Session
		f.Evidence = append(f.Evidence, a.evidence()...)
		known := false
		for _, m := range f.Methods {
			known = known || m == a.Method
		}
		if !known {
			f.Methods = append(f.Methods, a.Method)
		}
		for i, b := range v.all {
			if a == b {
				f.Attempts = append(f.Attempts, i)
			}
		}
		if s := v.whole.Session(a.Session); s != nil {
			f.Family = familyOf(s.Remote.Addr())
		}
	}
	return f
}

// evidence are the events that carry an attempt's outcome: the replies and the
// last thing that happened.
func (a *Attempt) evidence() []int {
	var ns []int
	for _, list := range [][]int{a.Setup.Events, a.Transfer.Events, a.Final.Events, a.Events} {
		if len(list) > 0 {
			ns = append(ns, list[len(list)-1])
		}
	}
	return ns
}

// said makes a finding from an exchange on a session.
func said(code Code, c Confidence, s *Session, x Exchange) Finding {
	f := Finding{Code: code, Confidence: c, Session: s.ID, Family: familyOf(s.Remote.Addr())}
	if n := len(x.Events); n > 0 {
		f.Evidence = []int{x.Events[n-1]}
	}
	return f
}

// experiment finds the answer to a named follow-up question that was asked at
// the address and under the protection of a session; of several, the first that
// is an answer. What is true of one address or protection need not be of
// another.
func (v *view) experiment(name string, of *Session) (Experiment, bool) {
	return v.answer(name, of, true)
}

// onPath is experiment for questions about the way, whose answers hold for every
// protection.
func (v *view) onPath(name string, of *Session) (Experiment, bool) {
	return v.answer(name, of, false)
}

func (v *view) answer(name string, of *Session, protection bool) (Experiment, bool) {
	if of == nil {
		return Experiment{}, false
	}
	for _, x := range v.e.Experiments {
		on := v.e.Session(x.Session)
		if x.Name == name && x.Answer != NoAnswer && on != nil && on.Remote == of.Remote &&
			(!protection || on.Protection == of.Protection) {
			return x, true
		}
	}
	return Experiment{}, false
}

// session is the control connection of an attempt.
func (v *view) session(a *Attempt) *Session { return v.e.Session(a.Session) }

// path is the path to which an attempt belongs.
func (v *view) path(a *Attempt) (Path, bool) {
	for _, p := range v.paths {
		for _, s := range p.Sessions {
			if s.ID == a.Session {
				return p, true
			}
		}
	}
	return Path{}, false
}

// everyMethod tells whether the attempts include every method of their mode
// that the path's address family can carry: a mode is refused only when each
// way into it is.
func (v *view) everyMethod(p Path, list []*Attempt) bool {
	tried := map[Method]bool{}
	for _, a := range list {
		tried[a.Method] = true
	}
	for _, m := range []Method{PORT, EPRT, PASV, EPSV} {
		if len(list) > 0 && m.Mode() == list[0].Method.Mode() && m.Suits(p.Family) && !tried[m] {
			return false
		}
	}
	return true
}

// behindNAT tells whether the client must be behind NAT for the server of this
// attempt.
func (v *view) behindNAT(a *Attempt) bool {
	s := v.e.Session(a.Session)
	return s != nil && v.e.BehindNAT(a.Announced.Addr(), s.Remote.Addr())
}

// forbidden tells whether a reply says that the folder may not be read.
func forbidden(r ftp.Reply) bool {
	m := meaning(r)
	return m == ftp.FolderUnreadable || m == ftp.PermissionDenied
}

// denied tells whether a reply refuses the folder and not the data connection.
func denied(r ftp.Reply) bool {
	switch meaning(r) {
	case ftp.FolderUnreadable, ftp.NoSuchFile, ftp.PermissionDenied:
		return true
	default: // the code decides
	}
	return r.Code == 550 || r.Code == 450 || r.Code == 553
}
