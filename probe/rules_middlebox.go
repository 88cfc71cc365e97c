package probe

import (
	"net/netip"
	"strings"

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
		if x.Stop.Cause != Timeout {
			f.Confidence = ConfidenceLikely // a server may hang up on nonsense as well
		}
		fs = append(fs, f)
	}
	fs = append(fs, corrupted(v)...)
	fs = append(fs, ownFilter(v)...)
	for _, c := range v.e.Connects {
		// A private address that reaches a public server was translated.
		if !c.Stop.Stopped() && v.e.BehindNAT(c.Local.Addr(), c.Remote.Addr()) && !v.routed(c.Remote.Addr()) {
			fs = append(fs, Finding{Code: ClientBehindNAT, Confidence: ConfidenceLikely, Evidence: last(c.Events)})
		}
	}
	for i := range v.e.Sessions {
		s := &v.e.Sessions[i]
		// Cisco ASA inspection writes X over the reply to SYST.
		if t := s.Syst.Reply.Text(); s.Syst.Reply.Code == 215 && strings.Contains(t, "XXXX") && strings.Trim(t, "X ") == "" {
			fs = append(fs, said(ALGPresent, ConfidenceLikely, s, s.Syst))
		}
		if s.SeenAs.IsValid() && s.Local.IsValid() && s.SeenAs.Unmap() != s.Local.Addr().Unmap() {
			f := said(ClientBehindNAT, ConfidenceCertain, s, s.Stat)
			if s.Peer.Asked() {
				f = said(ClientBehindNAT, ConfidenceCertain, s, s.Peer)
			}
			for _, a := range s.Attempts {
				if _, ok := ftp.SeenAddress(a.Setup.Reply); ok && len(f.Evidence) == 0 {
					f.Evidence = last(a.Setup.Events) // Pure-FTPd's refusal names it
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

// routed tells whether the server at an address called the address of ours that a
// packet-based helper could not read: then that address leads here from there,
// unless a proxy that reads line by line put in another.
func (v *view) routed(server netip.Addr) bool {
	for _, a := range v.attempts {
		s := v.session(a)
		if a.Variant == HiddenCommand && a.Delivered() && s != nil && s.Remote.Addr() == server && !v.e.SeenAs(server).IsValid() {
			return true
		}
	}
	return false
}

// rewriting: a PORT that delivered was refused, or led nowhere, where no
// packet-based helper could read it.
func rewriting(v *view) []Finding {
	var fs []Finding
	for _, p := range v.paths {
		x, ok := v.experiment("hidden-command", p.Sessions[0])
		switch {
		case !ok:
		case x.Answer == Yes:
			fs = append(fs, lineRewriter(v, p)...)
		case x.Answer == No:
			fs = append(fs, packetRewriter(v, p)...)
		}
		fs = append(fs, replyRewriter(v, p)...)
	}
	return fs
}

// replyRewriter: where no packet-based helper could read the 227, it named
// another address than in plain sight, or its port was closed.
func replyRewriter(v *view, p Path) []Finding {
	x, ok := v.experiment("hidden-reply", p.Sessions[0])
	if !ok || x.Answer != No {
		return nil
	}
	var plain, hidden *Attempt
	for _, s := range p.Sessions {
		for i := range s.Attempts {
			switch a := &s.Attempts[i]; {
			case a.Method == PASV && a.Variant == Plain && a.Delivered():
				plain = a
			case a.Variant == HiddenReply:
				hidden = a
			}
		}
	}
	switch {
	case plain == nil || hidden == nil:
		return nil
	case plain.Offer.Addr != hidden.Offer.Addr:
		f := v.about(ALGRewrites, ConfidenceCertain, hidden, plain)
		f.Party = PartyServerNetwork // it knows the server's other address
		return []Finding{f}
	default:
		// A device opens the port for those whose reply it has read; or one
		// port of several is closed.
		return []Finding{v.about(ALGPresent, ConfidenceLikely, hidden, plain)}
	}
}

// packetRewriter: without the helper's reading, PORT fails on this path.
func packetRewriter(v *view, p Path) []Finding {
	var fs []Finding
	for _, s := range p.Sessions {
		for i := range s.Attempts {
			a := &s.Attempts[i]
			if a.Variant != HiddenCommand || a.Delivered() {
				continue
			}
			if a.Reached == StageNone && a.Stop.Cause == ByReply {
				fs = append(fs, v.about(ALGRewrites, ConfidenceCertain, a))
			}
			switch p.Mode(Active).Status {
			case Works, Unreliable:
				fs = append(fs, v.about(ActiveDependsOnALG, ConfidenceCertain, a))
			case Fails:
				// Rewritten, and the connection is blocked all the same.
				fs = append(fs, v.about(ALGNoPinhole, ConfidenceCertain, a))
			case Untested:
			}
		}
	}
	return fs
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
		f := v.about(TLSBlindsALG, ConfidenceCertain, a, open)
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

// lineRewriter: a server that sees us under another address reached us although
// we announced our own, even where a packet-based helper could not read it. A proxy that
// reads the dialogue line by line put another address in, unless the server does
// not look at the address and something lets its call in.
func lineRewriter(v *view, p Path) []Finding {
	for _, s := range p.Sessions {
		for i := range s.Attempts {
			a := &s.Attempts[i]
			seen := v.e.SeenAs(p.Address)
			if a.Variant == HiddenCommand && a.Delivered() && seen.IsValid() && seen != a.Announced.Addr() {
				return []Finding{v.about(ALGRewrites, ConfidenceLikely, a), v.about(ActiveDependsOnALG, ConfidenceLikely, a)}
			}
		}
	}
	return nil
}
