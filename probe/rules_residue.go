package probe

// A refusal may be due to what was asked before on the same session, and then
// says nothing about the method.

// onlyAfterExtended tells whether a refused method delivered on a session that had
// asked for nothing else.
func onlyAfterExtended(bad *Attempt, delivered []*Attempt) bool {
	if bad.Stop.Cause != ByReply || bad.Reached != StageNone {
		return false
	}
	for _, a := range delivered {
		if a.Variant == FreshSession {
			return true
		}
	}
	return false
}

// mayBeResidue tells whether a refusal may be due to what was asked before it. One
// on a fresh session is not, and comes after it.
func (v *view) mayBeResidue(bad *Attempt) bool { return refusedAfterExtended(v.attempts, bad) }
