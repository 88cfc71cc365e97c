package probe

import "ftpdiag/probe/ftp"

// What shows that a mode is not to blame: the server is slow, broken, or leaving.

// brokenInPassive tells whether the server reports a fault of its own for LIST in
// passive mode as well: then it has nothing to do with calling us.
func brokenInPassive(v *view, a *Attempt) bool {
	p, ok := v.path(a)
	if !ok {
		return false
	}
	for _, b := range v.of(p, Passive) {
		if b.Transfer.Asked() && meaning(b.refusal()) == ftp.ServerBroken {
			return true
		}
	}
	return false
}

// slowToList tells whether the server left LIST without a reply for long on the same
// path although its passive data connection was open: then it may be slow in active
// mode as well, and not have called yet.
func (v *view) slowToList(a *Attempt) bool {
	p, ok := v.path(a)
	if !ok {
		return false
	}
	for _, b := range v.of(p, Passive) {
		if b.slowToList() {
			return true
		}
	}
	return false
}

// endsAtList tells whether the control connection ended at LIST on the same path
// with a passive data connection open: then LIST is what it cannot bear.
func (v *view) endsAtList(a *Attempt) bool {
	p, ok := v.path(a)
	if !ok {
		return false
	}
	for _, b := range v.of(p, Passive) {
		if b.Reached >= StageConnected && b.Bytes == 0 && (b.Transfer.Stop.Cause == Closed || b.Transfer.Stop.Cause == Reset) {
			return true
		}
	}
	return false
}

// cutOff is what the end of the control connection at a command means: a device
// that cannot bear the command, or, where the server takes no connection any
// more or has reported a fault of its own, that it has gone.
func (v *view) cutOff(a *Attempt) Code {
	s := v.session(a)
	if s != nil && troubled(s) {
		return ControlLost
	}
	for _, c := range v.e.Connects {
		if s != nil && c.Remote == s.Remote && c.Began > s.Connect.Began && c.Stop.Stopped() && c.Stop.Cause != Canceled {
			return ControlLost
		}
	}
	return ALGSwallowsControl
}

// troubled tells whether the server reported a fault of its own, or that it ends
// the session, on a control connection.
func troubled(s *Session) bool {
	if s.Dismissed || s.Syst.Reply.Code == 421 || s.Feat.Reply.Code == 421 || s.UTF8.Reply.Code == 421 || s.Folder.Reply.Code == 421 {
		return true
	}
	for i := range s.Attempts {
		for _, x := range []Exchange{s.Attempts[i].Setup, s.Attempts[i].Transfer, s.Attempts[i].Final} {
			if m := meaning(x.Reply); m == ftp.ServerBroken || leaving(m) {
				return true
			}
		}
	}
	return false
}

// leaving tells whether a reply announces the end of the session: 421 without
// a reason that has to do with the command.
func leaving(m ftp.Meaning) bool {
	switch m {
	case ftp.NotAvailable, ftp.IdleTimeout, ftp.Shutdown:
		return true
	default:
		return false
	}
}
