package probe

import (
	"time"

	"ftpdiag/probe/ftp"
)

// methodRules: which single methods fail while their mode works?
func methodRules(v *view) []Finding {
	var fs []Finding
	for _, p := range v.paths {
		fs = append(fs, differ(v, p, PORT, EPRT, EPRTPortDiffer)...)
		fs = append(fs, differ(v, p, EPRT, PORT, EPRTPortDiffer)...)
		fs = append(fs, differ(v, p, PASV, EPSV, EPSVBroken)...)
		fs = append(fs, differ(v, p, EPSV, PASV, PASVBroken)...)
		fs = append(fs, onePortOfSeveral(v, p)...)
		fs = append(fs, onlyOnRetry(v, p)...)
		fs = append(fs, quirks(v, p)...)
	}
	return fs
}

// differ reports that broken failed on a path where works delivered.
func differ(v *view, p Path, works, broken Method, code Code) []Finding {
	var good, bad, goodFailed *Attempt
	var ports []*Attempt // with the failing method, delivered all the same
	for _, a := range v.of(p, works.Mode()) {
		switch {
		case a.Method == works && a.Delivered():
			good = a
		case a.Method == works && unanswered(a, p.Address):
			goodFailed = a
		case a.Method == broken && a.Delivered():
			ports = append(ports, a)
		case a.Method == broken:
			bad = a
		}
	}
	if good == nil || bad == nil {
		return nil
	}
	switch {
	case bad.Setup.Stop.Cause == Timeout && bad.Method.Mode() == Passive && good.Setup.Took > slowPassive:
		return nil // the server takes its time: what comes of one method comes of the other
	case bad.Setup.Stop.Cause == Timeout && bad.Method.Mode() == Passive:
		fs := silentReply(v, bad)
		if _, asked := v.onPath("malformed-port", v.session(bad)); !asked && v.e.Plan.allows("malformed-port") && len(bad.Setup.Reply.Raw) == 0 {
			// Nobody had the time to ask whether something swallows what it
			// cannot read, and packets get lost one after the other, too.
			return []Finding{v.about(ResultsVary, ConfidenceLikely, bad, good)}
		}
		warnOnly(fs) // the other method delivers
		return fs
	case v.shut(p, bad) && bad.Method.Mode() == Passive && unanswered(bad, p.Address):
		// By then not even the control port answered any more: a limit on new
		// connections, or a server that has gone.
		return []Finding{v.about(ResultsVary, ConfidenceLikely, bad, good)}
	case goodFailed != nil && bad.Method.Mode() == Passive && unanswered(bad, p.Address) && v.rangeOf(p) != closedByPort:
		// The method that delivered has failed since, and the other one as
		// well: a limit on new connections, or ports of which some are closed.
		return []Finding{v.about(ResultsVary, ConfidenceLikely, bad, good, goodFailed)}
	case (bad.Setup.Stop.Cause == Closed || bad.Setup.Stop.Cause == Reset) && v.cutOff(bad) == ControlLost, leaving(meaning(bad.Setup.Reply)):
		return []Finding{v.about(ControlLost, ConfidenceLikely, bad).withSeverity(SeverityWarning)}
	case meaning(bad.Setup.Reply) == ftp.PASVMangled:
		return []Finding{v.about(MiddleboxBlocksMode, ConfidenceCertain, bad)}
	case onlyAfterExtended(bad, ports):
		return nil // nobody asks for both on one session but this program
	case bad.OfferError != "":
		return []Finding{v.about(PassiveReplyMalformed, ConfidenceCertain, bad), v.about(code, ConfidenceCertain, bad)}
	case len(ports) > 0 && v.slowElse(bad):
		return nil // the server is slow
	case len(ports) > 0 && (bad.Variant == Retry || ports[0].Variant == Retry):
		return []Finding{v.passed(bad, ports[0])}
	case len(ports) > 0 && bad.Method.Mode() == Passive && bad.Reached == StageConnecting && !wrongAddress(v, bad):
		return []Finding{v.aboutRange(p, ConfidenceCertain, bad, ports[0])}
	case goodFailed != nil && bad.Method.Mode() == Passive && unanswered(bad, p.Address):
		return []Finding{v.aboutRange(p, ConfidenceLikely, bad, good, goodFailed)}
	case len(ports) > 0 && !wrongAddress(v, bad):
		return []Finding{v.about(ResultsVary, ConfidenceCertain, bad, ports[0])}
	case len(ports) > 0:
		return nil // PASV with the control address delivered: the address is the finding
	case denied(bad.refusal()) && bad.Reached > StageNone, bad.Reached >= StageConnected:
		return nil // a permission, or something that came after the method had done its part
	case bad.Hurried, v.calledNoLater(bad):
		return nil // it had less time than usual, or than another one took
	case bad.Method.Mode() == Active && bad.Reached == StageConnecting && bad.Stop.Cause == Timeout && v.slowToList(bad):
		// The server left LIST without a reply in passive mode, too, and came round
		// later: it is not the command.
		return []Finding{v.about(ResultsVary, ConfidenceLikely, bad, good)}
	case bad.Method.Mode() == Active && v.behindNAT(bad) && !switchedOff(bad) && good.Announced.Addr() == bad.Announced.Addr():
		// The same private address led here with the other command: a helper on
		// the way knows that one alone.
		f := v.about(code, ConfidenceLikely, bad)
		f.Party = PartyClientNetwork
		return []Finding{f}
	case bad.Method.Mode() == Active && (bad.Stop.Cause == Timeout || bad.Stop.Cause == ByReply) && bad.Reached >= StageOffered:
		// Accepted, and no call came: a device may know only the other
		// command, or packets were lost.
		f := v.about(code, ConfidenceLikely, bad)
		f.Party = PartyPath
		return []Finding{f}
	case unanswered(bad, p.Address):
		// Something treats the ports of one method otherwise, and the server
		// does not know which of them a client comes for.
		f := v.about(code, ConfidenceLikely, bad)
		f.Party = PartyPath
		return []Finding{f}
	case v.inOtherWords(bad):
		return []Finding{v.about(MiddleboxBlocksMode, ConfidenceLikely, bad).withSeverity(SeverityWarning)}
	case v.mayBeResidue(bad), mayPass(bad):
		return []Finding{v.about(code, ConfidenceLikely, bad)}
	default:
		return []Finding{v.about(code, ConfidenceCertain, bad)}
	}
}

// mayPass tells whether a method was refused for a reason that may pass (4yz, RFC 959
// section 4.2.1) and that the reply does not name as a lasting one.
func mayPass(bad *Attempt) bool {
	r := bad.Setup.Reply
	return bad.Reached == StageNone && bad.Stop.Cause == ByReply && !r.Code.Permanent() && meaning(r) != ftp.FamilyNotSupported
}

// calledNoLater tells whether no call came in a time in which another listing on the
// same path had hardly come, either: the server is slow.
func (v *view) calledNoLater(bad *Attempt) bool {
	return bad.Method.Mode() == Active && bad.Stop.Cause == Timeout && bad.Reached == StageConnecting &&
		v.another(bad, func(b *Attempt) bool { return b.Delivered() && 2*(b.Took-b.Setup.Took) >= bad.Waited })
}

// passed judges what failed once and delivered when it was tried again.
func (v *view) passed(bad, again *Attempt) Finding {
	switch meaning(bad.refusal()) {
	case ftp.AddressInUse, ftp.CannotAssign:
		f := v.about(ActiveServerCannotConnect, ConfidenceCertain, bad).withSeverity(SeverityInfo)
		f.Party = PartyServerConfig
		return f
	case ftp.PortsExhausted, ftp.ServerBroken:
		return v.about(PassivePortsExhausted, ConfidenceCertain, bad).withSeverity(SeverityWarning)
	default: // every other reason may be chance
		return v.about(ResultsVary, ConfidenceCertain, bad, again)
	}
}

// onlyOnRetry reports a method that delivered when it was tried again, where the
// other one of the mode delivered nothing to compare it with.
func onlyOnRetry(v *view, p Path) []Finding {
	for _, m := range []Mode{Active, Passive} {
		var bad, again *Attempt
		others := false
		for _, a := range v.of(p, m) {
			switch {
			case a.Variant == Retry && a.Delivered():
				again = a
			case a.Delivered():
				others = true
			case a.Reached > StageNone || !a.Setup.Reply.Code.Permanent():
				bad = a
			}
		}
		if again == nil || others || bad == nil || bad.Method != again.Method {
			continue
		}
		if f := v.passed(bad, again); f.Code == ResultsVary { // the others have a reason that passes, and stop nobody
			return []Finding{f}
		}
	}
	return nil
}

// shut tells whether the control port, too, stopped answering after an attempt had
// begun.
func (v *view) shut(p Path, a *Attempt) bool {
	for _, c := range v.e.Connects {
		if c.Remote.Addr() == p.Address && c.Began > a.Began && c.Stop.Cause.Unanswered() {
			return true
		}
	}
	return false
}

// slowPassive is more than a server takes to open a port: it waits for something
// else before it answers PASV.
const slowPassive = 3 * time.Second

// quirks reports passive replies that deviate from the standard and worked:
// helpers on the way are less tolerant than we are.
func quirks(v *view, p Path) []Finding {
	var fs []Finding
	for _, a := range v.of(p, Passive) {
		if a.OfferError == "" && len(a.Offer.Quirks) > 0 && reportable(a.Offer.Quirks) {
			fs = append(fs, v.about(PassiveReplyMalformed, ConfidenceCertain, a))
		}
	}
	return fs
}

// reportable tells whether a deviation is one on which clients or helpers are
// known to fail. Any delimiter is allowed in a 229 (RFC 2428 section 3), and a
// 227 within a multi-line reply is unusual, not wrong.
func reportable(list []ftp.Quirk) bool {
	for _, q := range list {
		switch q {
		case ftp.QuirkNoParentheses, ftp.QuirkDigitsBeforeAddress, ftp.QuirkBlanksInAddress,
			ftp.QuirkMissingDelimiter, ftp.QuirkAddressInEPSV, ftp.QuirkProtocolInEPSV,
			ftp.QuirkOctetOverflow, ftp.QuirkWrongCode:
			return true
		default: // nobody is known to fail on the others
		}
	}
	return false
}
