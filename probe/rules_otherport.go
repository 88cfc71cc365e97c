package probe

import (
	"net/netip"

	"ftpdiag/probe/ftp"
)

// atOtherPort is a method that was tried over another control port of the server, and
// over the one that was asked for.
type atOtherPort struct {
	server        netip.Addr
	there         *Attempt // over the other port
	worked, first *Attempt // over the first: one that delivered, and one that did not; nil: none
	steady        bool     // over the first, it never failed
	modeWorks     bool     // over the first, some method of its mode delivered
}

// otherPortTried lists the methods whose results over the two ports can be compared.
func (v *view) otherPortTried() (list []atOtherPort) {
	for _, x := range v.whole.Experiments {
		s := v.whole.Session(x.Session)
		if x.Name != "other-port" || x.Answer == NoAnswer || s == nil {
			continue
		}
		var here []*Attempt
		for _, a := range v.attempts {
			if on := v.session(a); on != nil && on.Remote.Addr() == s.Remote.Addr() {
				here = append(here, a)
			}
		}
		o := atOtherPort{server: s.Remote.Addr(), steady: true, modeWorks: deliveredIn(here, x.Method.Mode())}
		o.worked, o.first = find(here, x.Method)
		for _, a := range here {
			o.steady = o.steady && (a.Method != x.Method || !a.Proper() || a.Delivered())
		}
		for i := range s.Attempts {
			if a := &s.Attempts[i]; a.Method == x.Method && a.Variant == OtherPort {
				o.there = a
			}
		}
		if o.there != nil {
			list = append(list, o)
		}
	}
	return list
}

// otherPort: a method works over one control port of the server and not over another.
// A device that reads the dialogue on one of them is the usual reason; the server may
// be set up in two ways as well, so that nothing here is certain.
func otherPort(v *view) []Finding {
	var fs []Finding
	for _, o := range v.otherPortTried() {
		mode := o.there.Method.Mode()
		switch {
		case o.worked != nil && !o.steady, o.worked != nil && o.there.Delivered():
		case o.worked != nil && mode == Active && v.readsPORT(o):
			fs = append(fs, v.about(ActiveDependsOnALG, ConfidenceLikely, o.there, o.worked))
			if meaning(o.there.Setup.Reply) == ftp.ForeignAddress { // and not so where it was rewritten
				fs = append(fs, v.about(ALGRewrites, ConfidenceLikely, o.there, o.worked))
			}
		case o.worked != nil && mode == Passive && blockedThere(o.there):
			f := v.about(ALGPresent, ConfidenceLikely, o.there, o.worked)
			if a, b := o.there.Offer.Addr, o.worked.Offer.Addr; a.IsValid() && b.IsValid() && a != b {
				f.Code, f.Party = ALGRewrites, PartyServerNetwork // it knows the server's other address
			}
			fs = append(fs, f)
		case o.first != nil && o.there.Delivered() && !o.modeWorks && readElsewhere(o.first):
			fs = append(fs, v.about(MiddleboxBlocksMode, ConfidenceLikely, o.first, o.there).withSeverity(SeverityWarning))
		}
	}
	return fs
}

// blockedThere tells whether an attempt's data connection was not answered, or the
// server says so.
func blockedThere(a *Attempt) bool {
	return a.Reached == StageConnecting && a.Stop.Cause.Unanswered() || a.Reached < StageConnected && a.refusal().Code == 425
}

// readsPORT tells whether an active attempt over the other port failed as it does where
// nobody translates the address or lets the call in. A refusal of the mode itself is
// the server's own rule for that port.
func (v *view) readsPORT(o atOtherPort) bool {
	if blockedThere(o.there) {
		return true
	}
	switch meaning(o.there.Setup.Reply) {
	case ftp.ForeignAddress:
		return true
	case ftp.ModeDisabled, ftp.PermissionDenied, ftp.NotUnderstood, ftp.FamilyNotSupported:
		return false
	default:
		return o.there.Setup.Reply.Code.Permanent() && v.e.BehindNAT(o.there.Announced.Addr(), o.server)
	}
}

// readElsewhere tells whether a failure is of the kind that a device causes that reads
// the dialogue: the command was refused, or the server's call did not come. Closed
// passive ports are not: another instance of the server may have other ones. A command
// that was swallowed has a finding of its own.
func readElsewhere(a *Attempt) bool {
	called := a.Method.Mode() == Active && a.Reached == StageConnecting && a.Stop.Cause.Unanswered()
	return called || a.Reached == StageNone && a.Setup.Reply.Code.Permanent()
}
