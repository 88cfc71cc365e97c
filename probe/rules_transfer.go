package probe

import (
	"slices"
	"strings"

	"ftpdiag/probe/ftp"
)

// transferRules: why did a listing not arrive whole although its data
// connection opened, or what refused it before? These faults are the same in
// both modes, or concern the data itself.
func transferRules(v *view) []Finding {
	var fs []Finding
	for _, a := range v.attempts {
		if !a.Proper() {
			continue
		}
		f, found := judgeTransfer(v, a)
		if !found {
			continue
		}
		if f.Code == PathDenied && a.Transfer.Asked() && v.listed {
			f.Severity, f.Confidence = SeverityWarning, ConfidenceLikely // another listing of it arrived: it may have been in use
		}
		if v.e.Mode(a.Method.Mode()).Status == Works && f.Code != PathDenied {
			f.Severity = SeverityWarning // another method or path delivers
			if f.Code == DataProtectionRequired && a.Protection == Clear {
				f = v.about(TLSRequired, ConfidenceCertain, a).withSeverity(SeverityInfo) // the check went on under TLS
			}
		}
		fs = append(fs, f)
	}
	return fs
}

func judgeTransfer(v *view, a *Attempt) (Finding, bool) {
	r := a.refusal()
	begun := a.Transfer.Reply.Code.Preliminary()
	// What the reply says comes first: it is the server's own account.
	switch meaning(r) {
	case ftp.ReuseRequired:
		return v.about(DataTLSReuseRequired, ConfidenceCertain, a).withSeverity(SeverityError), true
	case ftp.LocalPermission:
		if !begun && a.Method.Mode() == Passive && a.Reached >= StageConnected {
			// ProFTPD: EACCES before 150 is a data connection from a foreign address.
			return v.about(DataSourceMismatch, ConfidenceLikely, a), true
		}
		if begun && a.Protection.Encrypted() {
			// ProFTPD: EPERM after 150 under TLS is a session that was not resumed.
			return v.about(DataTLSReuseRequired, ConfidenceLikely, a).withSeverity(SeverityError), true
		}
	case ftp.ProtectionRequired, ftp.TLSRequired:
		return v.about(DataProtectionRequired, ConfidenceCertain, a), true
	case ftp.DataTLSFailed:
		return v.about(DataTLSFailed, ConfidenceCertain, a), true
	case ftp.DataPeerRejected:
		return v.about(DataSourceMismatch, ConfidenceCertain, a), true
	case ftp.LocalError:
		return v.about(ServerLocalError, ConfidenceCertain, a), true
	case ftp.ServerBroken:
		if a.Transfer.Asked() && (a.Method.Mode() == Passive || brokenInPassive(v, a)) {
			return v.about(ServerLocalError, ConfidenceLikely, a), true
		}
	default: // the other meanings are judged below, by what the data did
	}
	if final := meaning(a.Final.Reply); final == ftp.FolderUnreadable {
		return v.about(PathDenied, ConfidenceCertain, a), true // with 226 and no data
	}
	if a.Delivered() {
		return Finding{}, false
	}
	if a.Transfer.Asked() && denied(r) && a.Setup.Reply.Code.Completion() {
		f := v.about(PathDenied, ConfidenceCertain, a)
		if !forbidden(r) {
			f.Confidence = ConfidenceLikely // some servers say "no files found" of an empty folder
		}
		return f, true
	}
	if a.Transfer.Reply.Code.Permanent() && meaning(r) != ftp.ServerBroken {
		return v.about(ServerLocalError, ConfidenceLikely, a), true // LIST itself is refused, whatever the mode
	}
	if a.Reached < StageConnected {
		return Finding{}, false // activeRules and passiveRules speak of it
	}
	return judgeBroken(v, a, r, begun)
}

// another tells whether a further attempt over the same path, or the same one, is
// as asked.
func (v *view) another(a *Attempt, is func(*Attempt) bool) bool {
	s := v.session(a)
	return s != nil && slices.ContainsFunc(v.attempts, func(b *Attempt) bool {
		on := v.session(b)
		return on != nil && on.Remote == s.Remote && on.Protection == s.Protection && is(b)
	})
}

// endsEmptyInBoth tells whether data connections of both modes were opened and closed
// without a byte and without a completion reply.
func (v *view) endsEmptyInBoth(a *Attempt) bool {
	in := func(m Mode) bool {
		return v.another(a, func(b *Attempt) bool {
			return b.Method.Mode() == m && b.EOF && b.Bytes == 0 && b.Transfer.Reply.Code.Preliminary() &&
				b.Final.Reply.Code == 0 && b.Final.Stop.Cause == Timeout
		})
	}
	return in(Active) && in(Passive)
}

// passedElse tells whether another attempt with the mode delivered on the same path.
func (v *view) passedElse(a *Attempt) bool {
	return v.another(a, func(b *Attempt) bool {
		return b.Method.Mode() == a.Method.Mode() && b.Proper() && b.Delivered()
	})
}

// oneOff tells whether a listing stalled on an open data connection, its method did
// not stall a second time, and the mode delivers on the same path. Where packets get
// lost, one that had little time has not stalled.
func (v *view) oneOff(a *Attempt) bool {
	return a.stalled() && v.passedElse(a) && !v.another(a, func(b *Attempt) bool {
		return b != a && b.Method == a.Method && b.Proper() && b.stalled() && !(b.Hurried && v.losesPackets(b))
	})
}

// slowElse tells whether another listing on the same path arrived whole, and took
// at least half as long as one that stalled was waited for.
func (v *view) slowElse(a *Attempt) bool {
	return a.stalled() && v.another(a, func(b *Attempt) bool {
		return b.Delivered() && b.Final.Reply.Code.Completion() && 2*(b.Took-b.Setup.Took-b.Opened) >= a.Waited
	})
}

// acceptedElse: something took a data connection and closed it, and the server says
// nothing of it. Some servers do so themselves where a data connection comes from
// another address than the login, which is the doing of a router before the client.
func (v *view) acceptedElse(a *Attempt) Finding {
	f := v.about(PassiveAcceptClosed, ConfidenceCertain, a)
	f.Party = PartyPath
	if v.e.Interrupted {
		f.Confidence = ConfidenceLikely
	}
	for _, p := range v.paths {
		if slices.Contains(v.of(p, Passive), a) && saysWhoMayConnect(p.Sessions[0]) {
			f.Party = v.accepter(p)
		}
	}
	return f
}

// saysWhoMayConnect tells whether a server is known to answer 425 where a data
// connection comes from another address than the login (the sources stand with
// [ftp.DataPeerRejected]); Pure-FTPd closes it and waits.
func saysWhoMayConnect(s *Session) bool {
	name := ftp.Software(s.Greeting.Reply, s.Syst.Reply, s.Features)
	return slices.ContainsFunc([]string{"vsFTPd", "FileZilla"}, func(known string) bool { return strings.HasPrefix(name, known) })
}

// judgeBroken names what ended a listing on an open data connection.
func judgeBroken(v *view, a *Attempt, r ftp.Reply, begun bool) (Finding, bool) {
	switch {
	case a.Hurried && a.Stop.Cause == Timeout && v.passedElse(a):
		return Finding{}, false // it had less time than another one needed
	case v.slowElse(a) && v.passedElse(a):
		return Finding{}, false // the server is slow, and this one was waited for no longer than another one took
	case v.oneOff(a):
		return v.about(ResultsVary, ConfidenceLikely, a), true
	case a.Stop.Cause == ByTLS:
		return v.about(DataTLSFailed, ConfidenceCertain, a), true
	case !begun && a.Bytes == 0 && a.Method.Mode() == Passive && a.Stop.Cause == Timeout && !a.EOF:
		// Nobody said anything: something between took the connection and
		// the server still waits for it, or the server takes its time.
		f := v.about(PassiveAcceptClosed, ConfidenceLikely, a)
		f.Party = PartyPath
		return f, true
	case !begun && a.Bytes == 0 && a.Method.Mode() == Passive && (r.Code == 425 || a.Stop.Cause == Closed || a.Stop.Cause == Reset || a.Stop.Cause == Timeout) && a.Transfer.Stop.Cause != Closed && a.Transfer.Stop.Cause != Reset:
		// Connected for us, not for the server: something between
		// accepted the connection. Where another one came through, it was
		// not always so.
		if v.passedElse(a) {
			return v.about(ResultsVary, ConfidenceLikely, a), true
		}
		return v.acceptedElse(a), true
	case begun && a.EOF && a.Bytes == 0 && a.Final.Stop.Cause == Timeout && v.endsEmptyInBoth(a):
		// The server itself connects in active mode: an empty folder, and the
		// completion reply is missing.
		return v.about(CompletionMissing, ConfidenceLikely, a).withSeverity(SeverityError), true
	case begun && a.EOF && a.Bytes == 0 && a.Method.Mode() == Passive && a.Final.Stop.Cause == Timeout:
		// 150 is what servers say before they look for the connection; the
		// end of file came from whoever accepted it.
		return v.about(PassiveAcceptClosed, ConfidenceLikely, a), true
	case a.Stop.Cause == Timeout && begun && !a.EOF:
		return v.stalled(a), true
	case !begun && a.Bytes == 0 && (a.Transfer.Stop.Cause == Closed || a.Transfer.Stop.Cause == Reset):
		return v.about(ControlLost, ConfidenceCertain, a), true // at LIST, before any data
	case r.Code == 426 || a.Stop.Cause == Reset, r.Code == 425 && a.Bytes > 0:
		return v.about(DataReset, ConfidenceCertain, a), true
	case a.Protection.Encrypted() && begun && a.EOF && a.Bytes == 0 && r.Code.Negative():
		return v.about(DataTLSFailed, ConfidenceLikely, a), true
	case a.Transfer.Stop.Cause == Closed || a.Final.Stop.Cause == Closed || a.Transfer.Stop.Cause == Reset || a.Final.Stop.Cause == Reset:
		return v.about(ControlLost, ConfidenceCertain, a), true
	case a.Stop.Cause == Closed && !a.EOF && a.Reached >= StageSecured:
		return v.about(DataReset, ConfidenceCertain, a), true // within a TLS record, whatever the server says then
	case r.Code == 451 || r.Code == 452 || r.Code == 551 || r.Code == 552:
		return v.about(ServerLocalError, ConfidenceCertain, a), true
	case r.Code.Negative():
		return v.about(DataReset, ConfidenceLikely, a), true
	}
	return Finding{}, false
}

// withSeverity is the finding with another severity than its code's usual one.
func (f Finding) withSeverity(s Severity) Finding {
	f.Severity = s
	return f
}
