package probe

import (
	"time"

	"ftpdiag/probe/ftp"
)

// quickRefusal: a 425 that comes faster than a second SYN could have been
// answered means that the first one was: by RST or ICMP. ICMP errors surface
// at the server after 1.0 s, with its first retransmission (measured).
const quickRefusal = 2 * time.Second

// activeRules: why did no active method deliver over a path?
func activeRules(v *view) []Finding {
	var fs []Finding
	elsewhere := v.e.Mode(Active).Status == Works
	for _, p := range v.paths {
		list := v.of(p, Active)
		if len(list) == 0 || anyDelivered(list) || v.endedMeanwhile(p, Active) {
			continue
		}
		from := len(fs)
		strong := false
		var weak []Finding
		for _, a := range list {
			f, found := judgeActive(v, a)
			if !found {
				// Accepted, and what became of it is told elsewhere: the
				// mode is not refused.
				strong = strong || a.Reached >= StageOffered
				continue
			}
			if f.Code == ActiveDisabled {
				// A refused command of a pair says little while the
				// other command got further.
				weak = append(weak, f)
				continue
			}
			if (f.Code == ActiveBlocked || f.Code == ActiveRejectedEnRoute) && v.behindNAT(a) {
				// Whatever stopped it, a router at this end stands
				// between the server and the announced address.
				f.Party = PartyClientNetwork
			}
			strong = true
			fs = append(fs, f)
		}
		if !strong && (v.everyMethod(p, list) || !v.e.Interrupted) {
			fs = append(fs, weak...)
		}
		if elsewhere {
			warnOnly(fs[from:])
		}
	}
	return fs
}

// warnOnly lowers findings about a path where a mode fails while it works on
// another: it stops nobody who takes that one.
func warnOnly(fs []Finding) {
	for i := range fs {
		fs[i].Severity = SeverityWarning
	}
}

// judgeActive names the reason why one active attempt opened no data
// connection; none if it did.
func judgeActive(v *view, a *Attempt) (Finding, bool) {
	switch {
	case a.Reached >= StageConnected:
		return Finding{}, false
	case a.Stop.Cause == ByReply && a.Reached == StageNone:
		return refusedPORT(v, a)
	case a.Stop.Cause == ByReply:
		return refusedCall(v, a, a.refusal())
	case a.Stop.Cause == Timeout:
		x, asked := v.experiment("hidden-command", v.session(a))
		if asked && x.Answer == Yes && v.behindNAT(a) {
			// The private address reached the server as it is: nothing
			// translates it, and it leads nowhere from there. Unless there is
			// no NAT: some networks route private addresses.
			f := v.about(ActiveNATUnhelped, ConfidenceLikely, a)
			if s := v.session(a); s != nil && v.e.SeenAs(s.Remote.Addr()).IsValid() {
				f.Confidence = ConfidenceCertain
			}
			f.Evidence = append(f.Evidence, last(x.Events)...)
			return f, true
		}
		if a.Reached == StageNone && v.behindNAT(a) {
			// No reply to PORT: most likely a server that connects before it
			// answers, to an address that leads nowhere from there.
			return v.about(ActiveNATUnhelped, ConfidenceLikely, a), true
		}
		f := v.about(ActiveBlocked, ConfidenceCertain, a)
		if a.Reached == StageNone || !a.Listening || v.behindNAT(a) && !asked || v.slowToList(a) || v.mayBeThrownAway(a) || a.Hurried {
			// As before, without NAT. Or the listener was not proven, or
			// nobody asked what became of the address, or the server may not
			// have begun with LIST. Or the call came, and nobody asked who
			// threw it away. Or it was not waited for long.
			f.Confidence = ConfidenceLikely
		}
		if met := v.met(a); len(met) > 0 {
			f.Evidence = append(f.Evidence, met...)
			if len(met) >= rounds {
				f.Confidence = ConfidenceCertain
			}
		}
		return f, true
	case (a.Stop.Cause == Closed || a.Stop.Cause == Reset) && a.Reached == StageConnecting && v.endsAtList(a):
		return Finding{}, false // in passive mode as well: see transferRules
	case (a.Stop.Cause == Closed || a.Stop.Cause == Reset) && a.Reached == StageConnecting:
		// BusyBox ftpd exits when it cannot connect; a server that died
		// for another reason looks the same.
		return v.about(ActiveBlocked, ConfidenceLikely, a), true
	case a.Stop.Cause == Closed || a.Stop.Cause == Reset:
		return v.about(v.cutOff(a), ConfidenceLikely, a), true
	}
	return Finding{}, false
}

// rounds is how often our own connection must have met the server's call before
// that counts as proof that the server calls: something else may answer on port 20
// once.
const rounds = 2

// met are the events in which a connection of ours met the server's call on the
// path of an attempt: the server is calling, and only its way in is closed.
func (v *view) met(a *Attempt) []int {
	s := v.session(a)
	var events []int
	for _, x := range v.e.Experiments {
		on := v.e.Session(x.Session)
		if x.Name == "simultaneous-open" && x.Answer == Yes && s != nil && on != nil && on.Remote == s.Remote && on.Protection == s.Protection {
			events = append(events, last(x.Events)...)
		}
	}
	return events
}

// refusedPORT judges a PORT or EPRT that was answered with 4yz or 5yz.
func refusedPORT(v *view, a *Attempt) (Finding, bool) {
	r := a.Setup.Reply
	if s := v.e.Session(a.Session); s != nil && familyOf(s.Remote.Addr()) == IPv6 &&
		(ThroughNAT64(s.Remote.Addr()) || s.SeenAs.Is4()) {
		// The server speaks IPv4: whatever it says to an IPv6 address, the
		// translation between the two is the reason.
		return v.about(ActiveNATUnhelped, ConfidenceCertain, a), true
	}
	if f, ok := v.refusedInClearOnly(a); ok {
		return f, true
	}
	switch meaning(r) {
	case ftp.FamilyNotSupported, ftp.NotUnderstood:
		return v.about(ActiveDisabled, ConfidenceLikely, a), true
	case ftp.ConnectRefused, ftp.ConnectTimedOut, ftp.NoRoute, ftp.NetworkUnreachable, ftp.HostUnreachable,
		ftp.LocalPermission, ftp.AddressInUse, ftp.CannotAssign, ftp.DataConnectionFailed, ftp.TransferStalled, ftp.ServerBroken:
		// Servers that connect before they answer (pyftpdlib, goftp, IIS), and
		// faults of the server's own, which are no rule against the mode.
		return refusedCall(v, a, r)
	case ftp.LimitPerAddress, ftp.LimitTotal, ftp.LimitPerUser:
		f := v.about(ActiveServerCannotConnect, ConfidenceLikely, a) // with no connection of ours beside
		f.Party = PartyServerConfig
		return f, true
	case ftp.TLSRequired, ftp.ProtectionRequired:
		return Finding{}, false // not the mode is refused
	case ftp.EPSVAllInEffect:
		// Not from us: something on the way said so, or a server confuses
		// its sessions.
		return v.about(MiddleboxBlocksMode, ConfidenceLikely, a), true
	default: // the other meanings are judged below, with what the experiments say
	}
	if x, ok := v.experiment("seen-address", v.session(a)); ok && (x.Method == 0 || x.Method == a.Method) {
		code := ActiveDisabled // refused with every address: a rule
		if x.Answer == Yes {
			code = ActiveNATUnhelped // refused for the address alone
		}
		f := v.about(code, ConfidenceCertain, a)
		f.Evidence = append(f.Evidence, last(x.Events)...)
		if s := v.e.Session(x.Session); code == ActiveNATUnhelped && s != nil && !v.behindNAT(a) {
			f.Party = PartyPath
			if ScopeOf(s.SeenAs).Local() && ScopeOf(a.Announced.Addr()) == ScopePublic {
				f.Party = PartyServerNetwork // a router there hides clients from the server
			}
		}
		return f, true
	}
	if meaning(r) == ftp.ForeignAddress {
		f := v.about(ActiveNATUnhelped, ConfidenceCertain, a)
		if !v.behindNAT(a) {
			f.Confidence, f.Party = ConfidenceLikely, PartyPath
		}
		if v.e.Interrupted {
			f.Confidence = ConfidenceLikely // the other command might have been translated
		}
		return f, true
	}
	if v.behindNAT(a) && meaning(r) != ftp.ModeDisabled && meaning(r) != ftp.PermissionDenied {
		return v.about(ActiveNATUnhelped, ConfidenceLikely, a), true
	}
	c := ConfidenceLikely
	if m := meaning(r); !v.e.Interrupted && (m == ftp.ModeDisabled || m == ftp.PermissionDenied) {
		// vsftpd says 500 to a wrong address and 550 to a mode switched off.
		c = ConfidenceCertain
	}
	return v.about(ActiveDisabled, c, a), true
}

// refusedCall judges a negative reply that tells how the server's own
// connection to us fared.
func refusedCall(v *view, a *Attempt, r ftp.Reply) (Finding, bool) {
	begun := a.Transfer.Reply.Code.Preliminary()
	waited := max(a.Waited, a.Setup.Took)
	m := meaning(r)
	if local := m == ftp.LocalPermission || m == ftp.AddressInUse || m == ftp.CannotAssign || m == ftp.ServerBroken; !local &&
		a.Reached == StageNone && v.behindNAT(a) {
		// A server that connects before it answers PORT, to the address it
		// was told, which is not one that leads here.
		return v.about(ActiveNATUnhelped, ConfidenceLikely, a), true
	}
	switch m {
	case ftp.ConnectRefused:
		return v.about(ActiveRejectedEnRoute, ConfidenceCertain, a), true
	case ftp.NoRoute, ftp.NetworkUnreachable, ftp.HostUnreachable:
		if v.behindNAT(a) {
			return v.about(ActiveNATUnhelped, ConfidenceLikely, a), true
		}
		if m == ftp.NetworkUnreachable {
			return v.about(ActiveRejectedEnRoute, ConfidenceLikely, a), true // the server itself may have no route
		}
		return v.about(ActiveRejectedEnRoute, ConfidenceCertain, a), true
	case ftp.ConnectTimedOut, ftp.TransferStalled:
		return v.about(ActiveBlocked, ConfidenceCertain, a), true
	case ftp.LocalPermission:
		if begun {
			return Finding{}, false // after 150 this is ProFTPD's word for a TLS session that was not resumed
		}
		return v.about(ActiveServerCannotConnect, ConfidenceCertain, a), true
	case ftp.AddressInUse, ftp.CannotAssign:
		f := v.about(ActiveServerCannotConnect, ConfidenceCertain, a)
		f.Party = PartyServerConfig
		if v.e.Interrupted {
			f.Confidence = ConfidenceLikely // it passes, mostly, and may not have been tried again
		}
		return f, true
	case ftp.ServerBroken:
		if brokenInPassive(v, a) {
			return Finding{}, false // LIST itself is what breaks: see transferRules
		}
		f := v.about(ActiveServerCannotConnect, ConfidenceLikely, a)
		f.Party = PartyServerConfig
		return f, true
	case ftp.ReuseRequired, ftp.ProtectionRequired, ftp.DataTLSFailed, ftp.TLSRequired:
		return Finding{}, false // the data connection was never tried: see transferRules
	default: // every other text leaves it to code and time
	}
	if r.Code != 425 && r.Code != 426 && r.Code != 421 || denied(r) {
		return Finding{}, false // not about the connection
	}
	// The text hides the reason (vsftpd, pyftpdlib, FileZilla): the time tells
	// an answer from silence.
	if waited < quickRefusal {
		return v.about(ActiveRejectedEnRoute, ConfidenceLikely, a), true
	}
	return v.about(ActiveBlocked, ConfidenceLikely, a), true
}

func anyDelivered(list []*Attempt) bool {
	for _, a := range list {
		if a.Delivered() {
			return true
		}
	}
	return false
}
