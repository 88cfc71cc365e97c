package probe

import (
	"time"

	"ftpdiag/probe/ftp"
)

// quickRefusal: a 425 that comes faster than a second SYN could have been
// answered means that the first one was: by RST or ICMP. ICMP errors surface
// at the server after 1.0 s, with its first retransmission (measured).
const quickRefusal = 2 * time.Second

// refusedPORT judges a PORT or EPRT that was answered with 4yz or 5yz.
func refusedPORT(v *view, a *Attempt) (Finding, bool) {
	r := a.Setup.Reply
	if s := v.e.Session(a.Session); s != nil && familyOf(s.Remote.Addr()) == IPv6 &&
		(ThroughNAT64(s.Remote.Addr()) || v.e.SeenAs(s.Remote.Addr()).Is4()) {
		// The server speaks IPv4: whatever it says to an IPv6 address, the
		// translation between the two is the reason.
		return v.about(ActiveNATUnhelped, ConfidenceCertain, a), true
	}
	if f, ok := v.refusedInClearOnly(a); ok {
		return f, true
	}
	switch meaning(r) {
	case ftp.FamilyNotSupported, ftp.NotUnderstood:
		if !v.acceptedAsSeen(a) {
			return v.about(ActiveDisabled, ConfidenceLikely, a), true
		}
		// 500 is also what servers say in words of their own: the command is
		// known, and its address is not liked.
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
		if code == ActiveNATUnhelped {
			v.whoHides(a, &f)
		}
		return f, true
	}
	if meaning(r) == ftp.ForeignAddress && v.seenAsAnnounced(a) {
		return v.about(ActiveDisabled, ConfidenceLikely, a), true // whatever it says: nothing translates the address
	}
	if meaning(r) == ftp.ForeignAddress {
		f := v.about(ActiveNATUnhelped, ConfidenceCertain, a)
		if !v.behindNAT(a) {
			f.Confidence = ConfidenceLikely
		}
		v.whoHides(a, &f)
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

// whoHides names whose translation keeps a server from accepting our address: the
// client's, unless nothing shows one here, and the server's own network where a
// server with a public address sees a local one.
func (v *view) whoHides(a *Attempt, f *Finding) {
	s := v.session(a)
	switch {
	case s == nil:
	case ScopeOf(s.Remote.Addr()) == ScopePublic && ScopeOf(v.e.SeenAs(s.Remote.Addr())).Local():
		f.Party = PartyServerNetwork
		if v.behindNAT(a) {
			f.Confidence = ConfidenceLikely // nobody knows what becomes of the address on its way there
		}
	case !v.behindNAT(a):
		f.Party = PartyPath
	}
}

// acceptedAsSeen tells whether the command of an attempt was accepted with the address
// under which the server sees this computer.
func (v *view) acceptedAsSeen(a *Attempt) bool {
	x, ok := v.experiment("seen-address", v.session(a))
	return ok && x.Answer == Yes && x.Method == a.Method
}

// seenAsAnnounced tells whether the server sees this computer under the address that an
// active attempt announced.
func (v *view) seenAsAnnounced(a *Attempt) bool {
	s := v.session(a)
	return s != nil && a.Announced.IsValid() && v.e.SeenAs(s.Remote.Addr()) == a.Announced.Addr().Unmap()
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
