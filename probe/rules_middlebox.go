package probe

import (
	"slices"

	"ftpdiag/probe/ftp"
)

// middleboxRules: what shows that a device on the way takes part?
func middleboxRules(v *view) []Finding {
	var fs []Finding
	fs = append(fs, rewriting(v)...)
	fs = append(fs, blinded(v)...)
	for _, x := range v.e.Experiments {
		if x.Name != "malformed-port" || x.Answer != Yes {
			continue
		}
		f := Finding{Code: ALGPresent, Session: x.Session, Evidence: last(x.Events), Confidence: ConfidenceCertain}
		if x.Stop.Cause != Timeout || !x.Confirmed {
			f.Confidence = ConfidenceLikely // a server may hang up on nonsense as well, and a packet get lost
		}
		fs = append(fs, f)
	}
	fs = append(fs, answersPORT(v)...)
	fs = append(fs, corrupted(v)...)
	fs = append(fs, otherPort(v)...)
	fs = append(fs, ownFilter(v)...)
	for _, c := range v.e.Connects {
		// A private address that reaches a public server was translated.
		if !c.Stop.Stopped() && v.e.BehindNAT(c.Local.Addr(), c.Remote.Addr()) && !v.routed(c.Remote.Addr()) {
			fs = append(fs, Finding{Code: ClientBehindNAT, Confidence: ConfidenceLikely, Evidence: last(c.Events)})
		}
	}
	for i := range v.e.Sessions {
		s := &v.e.Sessions[i]
		for _, x := range []Exchange{s.Greeting, s.Syst} {
			if x.Reply.Code.Completion() && ftp.Masked(x.Reply) {
				fs = append(fs, said(ALGPresent, ConfidenceLikely, s, x))
			}
		}
		if s.SeenAs.IsValid() && s.Local.IsValid() && s.SeenAs.Unmap() != s.Local.Addr().Unmap() {
			f := said(ClientBehindNAT, ConfidenceCertain, s, whereSeen(s))
			for _, a := range s.Attempts {
				if _, ok := ftp.SeenAddress(a.Setup.Reply); ok && len(f.Evidence) == 0 {
					f.Evidence = last(a.Setup.Events) // the refusal names it
				}
			}
			if len(f.Evidence) == 0 {
				f.Evidence = last(s.Connect.Events)
			}
			fs = append(fs, f)
		}
	}
	return fs
}

// whereSeen is the exchange in which the server named our address, unless it
// refused a PORT with it.
func whereSeen(s *Session) Exchange {
	switch {
	case s.Peer.Asked():
		return s.Peer
	case s.Stat.Asked() || s.LoggedIn:
		return s.Stat
	case len(s.Login) > 0:
		return s.Login[len(s.Login)-1]
	default:
		return s.Greeting
	}
}

// corrupted: the same folder has one content in clear, whenever it is listed,
// and another under TLS, whenever it is listed; and the clear listings are from
// before and after the protected ones.
func corrupted(v *view) []Finding {
	var open, secret []*Attempt
	for _, a := range v.attempts {
		switch {
		case !a.Delivered() || a.Digest == "":
		case a.Protection == Clear:
			open = append(open, a)
		case a.Protection.Encrypted():
			secret = append(secret, a)
		}
	}
	if len(open) < 2 || len(secret) < 2 || open[0].Digest == secret[0].Digest || open[len(open)-1].Began < secret[len(secret)-1].Began {
		return nil
	}
	for _, list := range [][]*Attempt{open, secret} {
		for _, a := range list {
			if a.Digest != list[0].Digest {
				return nil // the folder itself changes
			}
		}
	}
	return []Finding{v.about(ALGCorruptsData, ConfidenceLikely, open[0], secret[0])}
}

// blinded: a mode delivered in clear and was refused or blocked under TLS, over
// the same address, for a reason that is not TLS itself.
func blinded(v *view) []Finding {
	var fs []Finding
	for _, clear := range v.paths {
		for _, secret := range v.paths {
			if clear.Protection != Clear || !secret.Protection.Encrypted() || clear.Address != secret.Address {
				continue
			}
			for _, m := range []Mode{Active, Passive} {
				if !anyDelivered(v.of(secret, m)) {
					fs = append(fs, blindedMode(v, clear, secret, m)...)
				}
			}
		}
	}
	return fs
}

// blindedMode judges a mode that delivered nothing under TLS, by a method that
// delivered in clear.
func blindedMode(v *view, clear, secret Path, m Mode) []Finding {
	for _, a := range v.of(secret, m) {
		var open *Attempt
		for _, b := range v.of(clear, m) {
			if b.Method == a.Method && b.Delivered() {
				open = b
			}
		}
		if open == nil || !blockedUnderTLS(a) {
			continue
		}
		f := v.about(TLSBlindsALG, v.surelyBlinded(clear, secret, a), a, open)
		if v.endedMeanwhile(secret, m) {
			return []Finding{v.about(ResultsVary, ConfidenceLikely, a, open)}
		}
		for _, x := range v.e.Experiments {
			if on := v.e.Session(x.Session); x.Name == "clear-again" && x.Method.Mode() == m && on != nil && on.Remote.Addr() == secret.Address {
				f.Evidence = append(f.Evidence, last(x.Events)...)
			}
		}
		if m == Passive {
			// A helper at either end may have opened the port. If the
			// server names another address where nobody can read it, the
			// one that put in the address stands before the server.
			f.Party = PartyPath
			if a.Offer.Addr.IsValid() && open.Offer.Addr.IsValid() && a.Offer.Addr != open.Offer.Addr {
				f.Party = PartyServerNetwork
			}
		}
		return []Finding{f}
	}
	return nil
}

// refusedInClearOnly judges a command that was refused for good in clear and accepted
// under TLS at the same address: whoever refused it reads what is sent.
func (v *view) refusedInClearOnly(a *Attempt) (Finding, bool) {
	s := v.session(a)
	if s == nil || s.Protection != Clear || !a.Setup.Reply.Code.Permanent() || tlsWanted(meaning(a.Setup.Reply)) {
		return Finding{}, false
	}
	for _, b := range v.attempts {
		on := v.session(b)
		if on != nil && on.Protection.Encrypted() && on.Remote == s.Remote && b.Method == a.Method && b.Announced.Addr() == a.Announced.Addr() && b.Reached >= StageOffered {
			return v.about(MiddleboxBlocksMode, ConfidenceLikely, a, b), true // a server may have a rule about clear sessions
		}
	}
	return Finding{}, false
}

// tlsWanted tells whether a refusal asks for TLS.
func tlsWanted(m ftp.Meaning) bool { return m == ftp.TLSRequired || m == ftp.ProtectionRequired }

// endedMeanwhile tells whether a mode that failed under TLS on a path had delivered
// in clear before, and did not after, or not at every port: what ended it has nothing
// to do with TLS.
func (v *view) endedMeanwhile(p Path, m Mode) bool {
	if !p.Protection.Encrypted() {
		return false
	}
	for _, clear := range v.paths {
		if clear.Protection == Clear && clear.Address == p.Address && m == Passive && v.rangeOf(clear) != sameForAll {
			return true
		}
	}
	return slices.ContainsFunc(v.e.Experiments, func(x Experiment) bool {
		on := v.e.Session(x.Session)
		return x.Name == "clear-again" && x.Answer == No && x.Method.Mode() == m && on != nil && on.Remote.Addr() == p.Address
	})
}

// comparedWithClear tells whether a mode that failed under TLS on a path delivered in
// clear at the same address: then the comparison tells what that means.
func (v *view) comparedWithClear(p Path, m Mode) bool {
	return p.Protection.Encrypted() && slices.ContainsFunc(v.paths, func(clear Path) bool {
		return clear.Protection == Clear && clear.Address == p.Address && anyDelivered(v.of(clear, m))
	})
}

// surelyBlinded is how sure it is that TLS is what blocks a mode that delivered in
// clear: it must deliver in clear after that, too, and fail under TLS in a way that
// neither one port of several nor one lost call explains.
func (v *view) surelyBlinded(clear, secret Path, a *Attempt) Confidence {
	again := false
	for _, b := range v.of(clear, a.Method.Mode()) {
		again = again || b.Began > a.Began && b.Delivered() && (b.Method.Mode() == Active || b.Beside >= a.Beside)
	}
	thorough := a.Stop.Cause == ByReply && a.refusal().Code.Permanent() // of an address, before any connection
	if a.Method.Mode() == Passive {
		thorough = thorough || v.closedThroughout(secret)
	} else {
		thorough = thorough || onceRefused(v.of(secret, Active), Active) == nil && !(a.Hurried && a.Stop.Cause == Timeout)
	}
	if again && thorough {
		return ConfidenceCertain
	}
	return ConfidenceLikely
}

// blockedUnderTLS tells whether a protected attempt failed before TLS could
// matter: its address was refused, or its connection did not come about. A
// refusal that may pass (4yz) counts only where it tells of a connection.
func blockedUnderTLS(a *Attempt) bool {
	r := a.refusal()
	switch meaning(r) {
	case ftp.ReuseRequired, ftp.ProtectionRequired, ftp.DataTLSFailed, ftp.TLSRequired, ftp.PortsExhausted, ftp.ServerBroken,
		ftp.LimitPerAddress, ftp.LimitTotal, ftp.LimitPerUser, ftp.AddressInUse, ftp.CannotAssign:
		return false
	default: // the other refusals come before TLS could matter
	}
	if a.Stop.Cause == ByReply && !r.Code.Permanent() && a.Method.Mode() == Passive {
		return false
	}
	return a.Reached < StageConnected && (a.Stop.Cause == ByReply || a.Stop.Cause.Unanswered())
}

// mayBeThrownAway tells whether this computer threw packets away during an
// attempt, and whether they were the server's calls is open.
func (v *view) mayBeThrownAway(a *Attempt) bool {
	x, asked := v.onPath("own-filter", v.session(a))
	return a.Discarded >= fewestCalls && !(asked && x.Answer == No)
}

// ownFilter: while the server should have called, this computer received and
// threw away about as many packets as a server sends calls, and hardly any when
// nobody called.
func ownFilter(v *view) []Finding {
	var fs []Finding
	for _, a := range v.attempts {
		x, ok := v.onPath("own-filter", v.session(a))
		if !ok || x.Answer != Yes {
			continue
		}
		if a.Discarded >= fewestCalls && a.Stop.Cause == Timeout && a.Method.Mode() == Active {
			f := v.about(ActiveLocalFirewall, ConfidenceLikely, a)
			f.Evidence = append(f.Evidence, x.Events...)
			fs = append(fs, f)
		}
	}
	return fs
}
