package probe

import (
	"slices"

	"ftpdiag/probe/ftp"
)

// passiveRules: why did no passive method deliver over a path? Wrong addresses
// in a 227 are told even where another passive method delivered: clients
// differ in how they cope.
func passiveRules(v *view) []Finding {
	var fs []Finding
	elsewhere := v.e.Mode(Passive).Status == Works
	for _, p := range v.paths {
		list := v.of(p, Passive)
		works := anyDelivered(list)
		// The same once more, with less time: part of the evidence, no case of
		// its own.
		list = slices.DeleteFunc(list, func(a *Attempt) bool { return a.Variant == Alone })
		from := len(fs)
		fs = append(fs, addressFindings(v, list, works)...)
		if works || len(list) == 0 {
			continue
		}
		var refused []*Attempt
		for _, a := range list {
			switch {
			case a.Reached >= StageConnected:
			case a.Stop.Cause == ByReply && a.OfferError != "":
				f := v.about(PassiveReplyMalformed, ConfidenceCertain, a)
				f.Severity = SeverityError
				fs = append(fs, f)
			case a.Stop.Cause == ByReply:
				refused = append(refused, a)
			case a.Reached == StageNone:
				fs = append(fs, silentReply(v, a)...)
			case !wrongAddress(v, a) && !v.comparedWithClear(p, Passive):
				fs = append(fs, unansweredPort(v, p, a))
			}
		}
		if len(refused) == len(list) {
			fs = append(fs, refusedPassive(v, p, refused)...)
		}
		if elsewhere {
			warnOnly(fs[from:])
		}
	}
	return fs
}

// wrongAddress tells whether the attempt dialled an advertised address that is
// not the server's.
func wrongAddress(v *view, a *Attempt) bool {
	s := v.e.Session(a.Session)
	return s != nil && a.Dialled.IsValid() && a.Dialled.Addr().Unmap() != s.Remote.Addr().Unmap()
}

// addressFindings judges the addresses in 227 replies: an address that was
// dialled and did not answer, or zero.
func addressFindings(v *view, list []*Attempt, works bool) []Finding {
	var fs []Finding
	for _, a := range list {
		switch {
		case a.Method != PASV || a.Delivered() && !a.Offer.Addr.IsUnspecified():
			continue
		case a.Offer.Addr.IsValid() && a.Offer.Addr.IsUnspecified():
			fs = append(fs, v.about(PASVAddressZero, ConfidenceCertain, a))
		case a.Variant == Plain && wrongAddress(v, a) && a.Reached <= StageConnecting && a.Stop.Cause != Canceled:
			code := PASVAddressWrong
			if ScopeOf(a.Dialled.Addr()).Local() {
				code = PASVAddressPrivate
			}
			f := v.about(code, ConfidenceCertain, a)
			f.Severity = SeverityError
			if works {
				f.Severity = SeverityWarning
			}
			fs = append(fs, f)
		}
	}
	return fs
}

// refusedPassive judges PASV and EPSV that were answered with 4yz or 5yz.
func refusedPassive(v *view, p Path, refused []*Attempt) []Finding {
	sure := ConfidenceCertain
	if v.e.Interrupted {
		sure = ConfidenceLikely // under TLS it might have been accepted
	}
	for _, a := range refused {
		if f, ok := v.refusedInClearOnly(a); ok {
			return []Finding{f}
		}
		if !a.Setup.Reply.Code.Permanent() {
			sure = ConfidenceLikely // 4yz: the reason may pass (RFC 959 section 4.2.1)
		}
		switch meaning(a.Setup.Reply) {
		case ftp.PortsExhausted:
			return []Finding{v.about(PassivePortsExhausted, ConfidenceCertain, a)}
		case ftp.LimitPerAddress, ftp.LimitTotal, ftp.LimitPerUser:
			return []Finding{v.about(PassivePortsExhausted, ConfidenceLikely, a)} // with no connection of ours beside
		case ftp.ServerBroken:
			// vsftpd's "500 OOPS: vsf_sysutil_bind": no port could be
			// bound; other faults of the server's begin with OOPS too.
			return []Finding{v.about(PassivePortsExhausted, ConfidenceLikely, a)}
		case ftp.PASVMangled:
			return []Finding{v.about(MiddleboxBlocksMode, ConfidenceCertain, a)}
		case ftp.NotAvailable, ftp.IdleTimeout, ftp.Shutdown:
			return []Finding{v.about(ControlLost, ConfidenceLikely, a)} // 421: the session ends, whatever the command
		case ftp.TLSRequired, ftp.ProtectionRequired:
			return nil // not the mode is refused: see transferRules
		case ftp.PRETNeeded:
			sure = ConfidenceLikely // a program that announces its transfers in another way may be served
		case ftp.EPSVAllInEffect:
			return []Finding{v.about(MiddleboxBlocksMode, ConfidenceLikely, a)} // see refusedPORT
		default: // every other text refuses the mode
		}
	}
	switch all := v.everyMethod(p, refused); {
	case !all && v.e.Interrupted:
		return nil
	case v.inOtherWords(refused...):
		return []Finding{v.about(MiddleboxBlocksMode, ConfidenceLikely, refused...)}
	case !all:
		sure = ConfidenceLikely
	}
	return []Finding{v.about(PassiveDisabled, sure, refused...)}
}

// silentReply judges a PASV or EPSV that stayed without a reply.
func silentReply(v *view, a *Attempt) []Finding {
	switch a.Stop.Cause {
	case Closed, Reset:
		return []Finding{v.about(v.cutOff(a), ConfidenceLikely, a)}
	case Timeout:
		x, ok := v.onPath("malformed-port", v.session(a))
		switch {
		case len(a.Setup.Reply.Raw) > 0:
			// A reply was on its way and did not end: nobody swallowed it.
			return []Finding{v.about(PassiveReplyMalformed, ConfidenceLikely, a).withSeverity(SeverityError)}
		case ok && x.Answer == Yes && x.Stop.Cause == Timeout && x.Confirmed:
			return []Finding{v.about(ALGSwallowsControl, ConfidenceCertain, a)}
		case ok && x.Answer == Yes:
			return []Finding{v.about(ALGSwallowsControl, ConfidenceLikely, a)} // not twice, or cut off, not swallowed: another kind of device
		case ok:
			// No helper reads this path: the server itself froze, or
			// another kind of device stands in the way.
			return []Finding{v.about(ControlLost, ConfidenceLikely, a)}
		default:
			return []Finding{v.about(ALGSwallowsControl, ConfidenceLikely, a)}
		}
	case Unknown:
		// Bytes that are no reply, or a reply without an end.
		return []Finding{v.about(PassiveReplyMalformed, ConfidenceLikely, a).withSeverity(SeverityError)}
	default:
		return nil
	}
}

// unansweredPort judges a passive port at the right address that did not take
// the connection.
func unansweredPort(v *view, p Path, a *Attempt) Finding {
	code := PassivePortFiltered
	if a.Stop.Cause == Refused {
		code = PassivePortRefused
	}
	if p.Family == IPv6 {
		for _, q := range v.paths {
			if q.Family == IPv4 && anyDelivered(v.of(q, Passive)) {
				f := v.about(PassiveIPv6Unusable, ConfidenceCertain, a)
				if !v.closedThroughout(p) {
					f.Confidence = ConfidenceLikely
				}
				f.Party = v.refuser(p, a)
				v.locate(&f)
				return f
			}
		}
	}
	if x, ok := v.onPath("malformed-port", v.session(a)); ok && x.Answer == Yes && x.Confirmed && x.Stop.Cause == Timeout && a.Stop.Cause == Refused {
		// A helper reads this path and opened nothing: the port is most
		// likely closed because of that, and may be closed at the server.
		f := v.about(ALGNoPinhole, ConfidenceLikely, a)
		f.Evidence = append(f.Evidence, x.Events...)
		return f
	}
	sure := ConfidenceCertain
	if ok := readsPORT(v, a); ok {
		sure = ConfidenceLikely // it may be closed by whoever reads the dialogue
	}
	_, alone := v.experiment("alone", v.session(a))
	if v.e.Interrupted || a.Beside > 0 && !alone && anyDelivered(v.of(p, Active)) || !v.closedThroughout(p) {
		sure = ConfidenceLikely // the questions that could tell otherwise were not asked
	}
	f := v.about(code, sure, a)
	f.Party = v.refuser(p, a)
	v.locate(&f)
	return f
}

// readsPORT tells whether a malformed PORT met something on the way of a refused
// attempt that reads it, although only once.
func readsPORT(v *view, a *Attempt) bool {
	x, ok := v.onPath("malformed-port", v.session(a))
	return ok && x.Answer == Yes && a.Stop.Cause == Refused
}

// closedThroughout tells whether so many passive ports did not answer that the
// range is closed and not some of its ports, or who turned them away is known.
func (v *view) closedThroughout(p Path) bool {
	n, need := 0, fewestPorts
	for _, a := range v.of(p, Passive) {
		if unanswered(a, p.Address) {
			n++
		}
		if a.Stop.Cause == Refused {
			need = fewestPorts + 1 // more cost next to nothing: that they were not tried is for want of time
		}
		if a.Stop.From.IsValid() {
			return true
		}
	}
	return n >= need
}
