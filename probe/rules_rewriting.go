package probe

import "net/netip"

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
			sure, refuted := v.hiddenFails(p, a)
			if refuted {
				continue
			}
			if a.Reached == StageNone && a.Stop.Cause == ByReply {
				fs = append(fs, v.about(ALGRewrites, sure, a))
			}
			switch p.Mode(Active).Status {
			case Works, Unreliable:
				fs = append(fs, v.about(ActiveDependsOnALG, sure, a))
			case Fails:
				// Rewritten, and the connection is blocked all the same: by
				// the device that rewrites, or by the server's own network.
				fs = append(fs, v.about(ALGNoPinhole, ConfidenceLikely, a))
			case Untested:
			}
		}
	}
	return fs
}

// hiddenFails is how sure it is that a hidden PORT failed for being hidden: for
// certain if its address was refused for good, or leads nowhere from there, or if the command delivered in plain
// sight both before and after. refuted: it fails in plain sight as well by now.
func (v *view) hiddenFails(p Path, hidden *Attempt) (sure Confidence, refuted bool) {
	if hidden.Stop.Cause == ByReply && hidden.Setup.Reply.Code.Permanent() || v.behindNAT(hidden) {
		return ConfidenceCertain, false
	}
	before := false
	sure = ConfidenceLikely
	for _, a := range v.of(p, Active) {
		switch {
		case a.Method != hidden.Method:
		case a.Began < hidden.Began:
			before = before || a.Delivered()
		case a.Delivered():
			sure = ConfidenceCertain
		case before:
			refuted = true
		}
	}
	return sure, refuted && sure != ConfidenceCertain
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
