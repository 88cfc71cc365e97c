package probe

import (
	"context"

	"ftpdiag/probe/ftp"
)

// askFreshSession asks once more for a method that was refused on a session that
// had used EPSV or EPRT, or with the words that belong to EPSV ALL (RFC 2428
// section 4): this time on a session that has asked for nothing else. EPSV ALL is
// never sent by this program, but a proxy may have sent it, and some servers take
// PASV and PORT amiss from whoever knows the newer commands.
func (r *route) askFreshSession(ctx context.Context, c *control) *control {
	list := r.attempts()
	for _, a := range list {
		if !refusedAfterExtended(list, a) || !deliveredIn(list, a.Method.Mode()) {
			continue
		}
		if worked, _ := find(list, a.Method); worked != nil || !r.worthAnother("no fresh session is tried") {
			continue
		}
		if !c.usable() || r.alone.Load() {
			c.quit(ctx, r.alone.Load())
			c = nil
		}
		fresh := r.open(ctx, ForFollowUp)
		fresh = r.experiment(ctx, fresh, "fresh-session", trial{method: a.Method, variant: FreshSession}, delivered)
		if c.usable() {
			fresh.quit(ctx, false)
		} else {
			c = fresh
		}
	}
	return c
}

// refusedAfterExtended tells whether a method was refused for good where something
// before it on the session may be the reason.
func refusedAfterExtended(list []*Attempt, a *Attempt) bool {
	if a.Variant != Plain || a.Stop.Cause != ByReply || a.Reached != StageNone || !a.Setup.Reply.Code.Permanent() {
		return false
	}
	switch meaning(a.Setup.Reply) {
	case ftp.EPSVAllInEffect:
		return true
	case ftp.ModeDisabled, ftp.FamilyNotSupported, ftp.ForeignAddress, ftp.PrivilegedPort, ftp.PASVMangled, ftp.ServerBroken,
		ftp.TLSRequired, ftp.ProtectionRequired:
		return false // it gives another reason
	default:
	}
	if a.Method == EPSV || a.Method == EPRT {
		return false
	}
	for _, b := range list {
		if b.Session == a.Session && b.Began < a.Began && (b.Method == EPSV || b.Method == EPRT) && b.Reached >= StageOffered {
			return true
		}
	}
	return false
}
