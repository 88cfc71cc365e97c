package probe

import "ftpdiag/probe/ftp"

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
		if v.e.Mode(a.Method.Mode()).Status == Works && f.Code != PathDenied {
			f.Severity = SeverityWarning // another method or path delivers
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
		if begun && a.Protection.Encrypted() {
			// ProFTPD: EPERM after 150 under TLS is a session that was not resumed.
			return v.about(DataTLSReuseRequired, ConfidenceLikely, a).withSeverity(SeverityError), true
		}
	case ftp.ProtectionRequired:
		return v.about(DataProtectionRequired, ConfidenceCertain, a), true
	case ftp.TLSRequired:
		if a.Setup.Reply.Code.Negative() || a.Transfer.Asked() {
			return v.about(DataProtectionRequired, ConfidenceCertain, a), true
		}
	case ftp.DataTLSFailed:
		return v.about(DataTLSFailed, ConfidenceCertain, a), true
	case ftp.DataPeerRejected:
		return v.about(DataSourceMismatch, ConfidenceCertain, a), true
	case ftp.LocalError:
		return v.about(ServerLocalError, ConfidenceCertain, a), true
	default: // the other meanings are judged below, by what the data did
	}
	if final := meaning(a.Final.Reply); final == ftp.FolderUnreadable {
		return v.about(PathDenied, ConfidenceCertain, a), true // with 226 and no data
	}
	if a.Delivered() {
		return Finding{}, false
	}
	if a.Transfer.Asked() && denied(r) && a.Setup.Reply.Code.Completion() {
		return v.about(PathDenied, ConfidenceCertain, a), true
	}
	if a.Reached < StageConnected {
		return Finding{}, false // activeRules and passiveRules speak of it
	}
	return judgeBroken(v, a, r, begun)
}

// judgeBroken names what ended a listing on an open data connection.
func judgeBroken(v *view, a *Attempt, r ftp.Reply, begun bool) (Finding, bool) {
	switch {
	case a.Stop.Cause == ByTLS:
		return v.about(DataTLSFailed, ConfidenceCertain, a), true
	case !begun && a.Bytes == 0 && a.Method.Mode() == Passive && (r.Code == 425 || a.Stop.Cause == Closed || a.Stop.Cause == Reset || a.Stop.Cause == Timeout) && a.Transfer.Stop.Cause != Closed:
		// Connected for us, not for the server: something between
		// accepted the connection.
		return v.about(PassiveAcceptClosed, ConfidenceCertain, a), true
	case a.Stop.Cause == Timeout && begun && !a.EOF:
		if x, ok := v.experiment("small-segments"); ok {
			code := DataStalled
			if x.Answer == Yes {
				code = DataMTUBlackhole
			}
			f := v.about(code, ConfidenceCertain, a)
			f.Evidence = append(f.Evidence, last(x.Events)...)
			return f, true
		}
		return v.about(DataStalled, ConfidenceLikely, a), true
	case r.Code == 426 || a.Stop.Cause == Reset, r.Code == 425 && a.Bytes > 0:
		return v.about(DataReset, ConfidenceCertain, a), true
	case a.Protection.Encrypted() && begun && a.EOF && a.Bytes == 0 && r.Code.Negative():
		return v.about(DataTLSFailed, ConfidenceLikely, a), true
	case a.Transfer.Stop.Cause == Closed || a.Final.Stop.Cause == Closed || a.Transfer.Stop.Cause == Reset || a.Final.Stop.Cause == Reset:
		return v.about(ControlLost, ConfidenceCertain, a), true
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
