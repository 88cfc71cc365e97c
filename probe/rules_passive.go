package probe

import "ftpdiag/probe/ftp"

// passiveRules: why did no passive method deliver over a path? Wrong addresses
// in a 227 are told even where another passive method delivered: clients
// differ in how they cope.
func passiveRules(v *view) []Finding {
	var fs []Finding
	elsewhere := v.e.Mode(Passive).Status == Works
	for _, p := range v.paths {
		list := v.of(p, Passive)
		works := anyDelivered(list)
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
			case !wrongAddress(v, a):
				fs = append(fs, unansweredPort(v, p, a))
			}
		}
		if len(refused) == len(list) || len(refused) > 0 && len(fs) == 0 {
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
	for _, a := range refused {
		switch meaning(a.Setup.Reply) {
		case ftp.PortsExhausted:
			return []Finding{v.about(PassivePortsExhausted, ConfidenceCertain, a)}
		case ftp.ServerBroken:
			// vsftpd's "500 OOPS: vsf_sysutil_bind": no port could be
			// bound; other faults of the server's begin with OOPS too.
			return []Finding{v.about(PassivePortsExhausted, ConfidenceLikely, a)}
		case ftp.PASVMangled:
			return []Finding{v.about(MiddleboxBlocksMode, ConfidenceCertain, a)}
		case ftp.TLSRequired, ftp.ProtectionRequired:
			return nil // not the mode is refused: see transferRules
		case ftp.EPSVAllInEffect:
			return nil // our own doing, were we to send EPSV ALL
		default: // every other text refuses the mode
		}
	}
	if all := v.everyMethod(p, refused); !all && v.e.Interrupted {
		return nil
	} else if !all {
		return []Finding{v.about(PassiveDisabled, ConfidenceLikely, refused...)}
	}
	return []Finding{v.about(PassiveDisabled, ConfidenceCertain, refused...)}
}

// silentReply judges a PASV or EPSV that stayed without a reply.
func silentReply(v *view, a *Attempt) []Finding {
	switch a.Stop.Cause {
	case Closed, Reset:
		return []Finding{v.about(ALGSwallowsControl, ConfidenceLikely, a)}
	case Timeout:
		x, ok := v.experiment("malformed-port")
		switch {
		case len(a.Setup.Reply.Raw) > 0:
			// A reply was on its way and did not end: nobody swallowed it.
			return []Finding{v.about(PassiveReplyMalformed, ConfidenceLikely, a).withSeverity(SeverityError)}
		case ok && x.Answer == Yes:
			return []Finding{v.about(ALGSwallowsControl, ConfidenceCertain, a)}
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
				return v.about(PassiveIPv6Unusable, ConfidenceCertain, a)
			}
		}
	}
	if x, ok := v.experiment("malformed-port"); ok && x.Answer == Yes && x.Stop.Cause == Timeout && a.Stop.Cause == Refused {
		// A helper reads this path and opened nothing: the port is most
		// likely closed because of that, and may be closed at the server.
		f := v.about(ALGNoPinhole, ConfidenceLikely, a)
		f.Evidence = append(f.Evidence, x.Events...)
		return f
	}
	sure := ConfidenceCertain
	if v.e.Interrupted {
		sure = ConfidenceLikely // the questions that could tell otherwise were not asked
	}
	f := v.about(code, sure, a)
	v.locate(&f)
	return f
}
