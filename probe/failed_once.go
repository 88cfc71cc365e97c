package probe

import (
	"slices"

	"ftpdiag/probe/ftp"
)

// callMissed is an active attempt to which no call came, or came to nothing, while one came to the other
// command: is it the command, or were packets lost? Where they do get lost, a command
// without a reply counts too. nil: there is none.
func callMissed(list []*Attempt, lossy bool) *Attempt {
	for _, a := range list {
		early := a.Reached == StageNone && a.Stop.Cause == ByReply && !a.refusal().Code.Permanent() // called before it answered PORT
		early = early || lossy && a.unheard()
		if a.Method.Mode() != Active || a.Stop.Cause != Timeout && a.Stop.Cause != ByReply || a.Reached != StageConnecting && !early || retried(list, a.Method) {
			continue
		}
		if worked, _ := find(list, a.Method); worked != nil {
			continue
		}
		if other, _ := find(list, EPRT+PORT-a.Method); other != nil {
			return a
		}
	}
	return nil
}

// onceRefused is the only attempt that speaks against a mode, where it is a quick
// refusal that may pass (4yz, RFC 959 section 4.2.1): the mode's other command does
// not suit the address family, or the server does not know it. nil: there is none.
func onceRefused(list []*Attempt, m Mode) *Attempt {
	var once *Attempt
	for _, a := range list {
		switch {
		case a.Method.Mode() != m || !a.Proper():
		case a.Delivered():
			return nil
		case a.Reached == StageNone && a.Setup.Reply.Code.Permanent():
		case once != nil || a.Stop.Cause != ByReply || a.refusal().Code.Permanent() || max(a.Waited, a.Setup.Took) >= quickRefusal:
			return nil
		default:
			once = a
		}
	}
	return once
}

// calledTooLate is an active attempt to which no call came while the server left LIST
// without a reply in passive mode, too, where a listing has arrived since: it may have
// been about to call. nil: there is none.
func calledTooLate(list []*Attempt) *Attempt {
	var missed, slow *Attempt
	since := false
	for _, a := range list {
		switch {
		case a.Method.Mode() == Active && a.Delivered():
			return nil
		case a.Method.Mode() == Active:
			if missed == nil && a.Stop.Cause == Timeout && a.Reached == StageConnecting {
				missed = a
			}
		case a.slowToList():
			slow = a
		case a.Delivered() && a.Proper() && slow != nil && a.Began > slow.Began:
			since = true
		}
	}
	if !since || missed != nil && retried(list, missed.Method) {
		return nil
	}
	return missed
}

// slowToList tells whether LIST stayed without a reply for long although the passive
// data connection was open.
func (a *Attempt) slowToList() bool {
	return a.Method.Mode() == Passive && a.Reached >= StageConnected && a.Transfer.Asked() && a.Stop.Cause == Timeout &&
		(a.Transfer.Reply.Code == 0 || a.Transfer.Took > slowPassive)
}

// OneRefusal tells whether all that speaks against a mode is one quick refusal that
// may pass, and was not asked for again.
func (e *Examination) OneRefusal(m Mode) bool { return onceRefused(e.AllAttempts(), m) != nil }

// oneOff is an attempt whose listing stalled on an open data connection, once, while
// another attempt of the mode delivered: lost packets and busy servers do that now
// and then, and what is there by a rule is there again. nil: there is none.
func oneOff(list []*Attempt) *Attempt {
	for _, a := range list {
		if !a.stalled() || a.Variant != Plain {
			continue
		}
		elsewhere := false
		for _, b := range list {
			elsewhere = elsewhere || b.Method.Mode() == a.Method.Mode() && b.Proper() && b.Delivered()
		}
		if elsewhere && !retried(list, a.Method) {
			return a
		}
	}
	return nil
}

// retried tells whether a method was asked for again already.
func retried(list []*Attempt, m Method) bool {
	return slices.ContainsFunc(list, func(a *Attempt) bool { return a.Method == m && a.Variant == Retry })
}

// stalled tells whether the data connection was open and what should have come over
// it did not.
func (a *Attempt) stalled() bool {
	return a.Stop.Cause == Timeout && a.Reached >= StageConnected && !a.EOF
}

// deliveredIn tells whether any attempt of a mode delivered.
func deliveredIn(list []*Attempt, m Mode) bool {
	for _, a := range list {
		if a.Method.Mode() == m && a.Delivered() {
			return true
		}
	}
	return false
}

// refusal is the negative reply that ended the attempt, wherever it came.
func (a *Attempt) refusal() ftp.Reply {
	for _, x := range []Exchange{a.Final, a.Transfer, a.Setup} {
		if x.Reply.Code.Negative() {
			return x.Reply
		}
	}
	return ftp.Reply{}
}
