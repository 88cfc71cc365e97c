package probe

import "ftpdiag/probe/ftp"

// atOtherPort is a method that was tried over another control port of the server, and
// over the one that was asked for.
type atOtherPort struct {
	there         *Attempt // over the other port
	worked, first *Attempt // over the first: one that delivered, and one that did not; nil: none
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
		o := atOtherPort{}
		o.worked, o.first = find(here, x.Method)
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
		case o.worked != nil && o.there.Delivered():
		case o.worked != nil && mode == Active && sameElsewhere(o.there) == No:
			fs = append(fs, v.about(ActiveDependsOnALG, ConfidenceLikely, o.there, o.worked))
			if meaning(o.there.Setup.Reply) == ftp.ForeignAddress { // and not so where it was rewritten
				fs = append(fs, v.about(ALGRewrites, ConfidenceLikely, o.there, o.worked))
			}
		case o.worked != nil && sameElsewhere(o.there) == No:
			f := v.about(ALGPresent, ConfidenceLikely, o.there, o.worked)
			if a, b := o.there.Offer.Addr, o.worked.Offer.Addr; a.IsValid() && b.IsValid() && a != b {
				f.Code, f.Party = ALGRewrites, PartyServerNetwork // it knows the server's other address
			}
			fs = append(fs, f)
		case o.first != nil && o.there.Delivered() && readElsewhere(o.first):
			fs = append(fs, v.about(MiddleboxBlocksMode, ConfidenceLikely, o.first, o.there).withSeverity(SeverityWarning))
		}
	}
	return fs
}

// readElsewhere tells whether a failure is of the kind that a device causes that reads
// the dialogue: the command was refused, or the server's call did not come. Closed
// passive ports are not: another instance of the server may have other ones. A command
// that was swallowed has a finding of its own.
func readElsewhere(a *Attempt) bool {
	called := a.Method.Mode() == Active && a.Reached == StageConnecting && a.Stop.Cause.Unanswered()
	return called || a.Reached == StageNone && a.Setup.Reply.Code.Permanent()
}
