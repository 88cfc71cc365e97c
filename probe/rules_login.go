package probe

import "ftpdiag/probe/ftp"

// tlsRules: what became of TLS, and is the certificate good?
func tlsRules(v *view) []Finding {
	var fs []Finding
	for i := range v.e.Sessions {
		s := &v.e.Sessions[i]
		if s.Auth.Reply.Code.Negative() && v.e.Target.TLS == TLSExplicit {
			fs = append(fs, said(TLSUnavailable, ConfidenceCertain, s, s.Auth))
		} else if s.Auth.Reply.Code.Negative() && s.Protection == Clear && s.LoggedIn && !v.e.Target.Anonymous() {
			// The password went in clear, because the server offers nothing else.
			fs = append(fs, said(TLSUnavailable, ConfidenceCertain, s, s.Auth).withSeverity(SeverityWarning))
		}
		t := s.TLS
		if t == nil {
			continue
		}
		if t.Stop.Stopped() && t.Stop.Cause != Canceled && s.Purpose != ForFollowUp {
			f := Finding{Code: TLSHandshakeFailed, Session: s.ID, Evidence: last(t.Events), Confidence: ConfidenceCertain}
			if t.Alert == "" {
				f.Confidence = ConfidenceLikely // an end without an alert may come from a device on the way
			}
			if x, ok := v.experiment("malformed-port"); ok && x.Answer == Yes && t.Alert == "" && s.Auth.Reply.Code == 234 {
				// Something on the way reads the dialogue, and this
				// dialogue died when it could no longer be read.
				f.Code = TLSBlockedByMiddlebox
			}
			if v.loggedIn {
				f.Severity = SeverityWarning // clear works; clients that insist on TLS will fail
			}
			fs = append(fs, f)
		}
		c := t.Certificate
		if !t.Stop.Stopped() && (!c.Trusted || !c.NameOK) {
			f := Finding{Code: TLSCertificate, Session: s.ID, Evidence: last(t.Events), Confidence: ConfidenceCertain}
			if s.Withheld {
				f.Severity = SeverityError // the password was not sent
			}
			fs = append(fs, f)
		}
	}
	return fs
}

// loginRules: why did the login not succeed?
func loginRules(v *view) []Finding {
	var fs []Finding
	for _, s := range v.firsts {
		if s.LoggedIn || len(s.Login) == 0 {
			continue
		}
		x := s.Login[len(s.Login)-1]
		f, found := judgeLogin(s, x)
		if !found {
			continue
		}
		if v.loggedIn {
			if f.Code != TLSRequired {
				continue // another protection or address let us in with the same account
			}
			f.Severity = SeverityInfo
		}
		fs = append(fs, f)
	}
	return fs
}

func judgeLogin(s *Session, x Exchange) (Finding, bool) {
	r := x.Reply
	if x.Stop.Cause == Canceled {
		return Finding{}, false
	}
	if r.Code == 0 {
		// No reply: the connection ended or the server is still thinking.
		return said(ControlLost, ConfidenceLikely, s, x), true
	}
	switch meaning(r) {
	case ftp.TLSRequired:
		return said(TLSRequired, ConfidenceCertain, s, x), true
	case ftp.TLSForbidden, ftp.PolicyRefused, ftp.AddressNotAllowed, ftp.AccountNeeded:
		return said(LoginPolicy, ConfidenceCertain, s, x), true
	case ftp.HomeUnusable:
		return said(LoginHomeUnusable, ConfidenceCertain, s, x), true
	case ftp.LimitPerAddress, ftp.LimitTotal, ftp.LimitPerUser, ftp.Banned, ftp.Shutdown, ftp.NotAvailable:
		return said(SessionRefused, ConfidenceCertain, s, x), true
	case ftp.BadCredentials, ftp.AnonymousForbidden, ftp.AnonymousOnly:
		return said(LoginRejected, ConfidenceCertain, s, x), true
	case ftp.ServerBroken:
		// vsftpd's OOPS after the password: the account was found, what
		// follows it failed.
		if len(s.Login) > 1 {
			return said(LoginHomeUnusable, ConfidenceLikely, s, x), true
		}
		return said(SessionRefused, ConfidenceLikely, s, x), true
	default: // every other text leaves it to the code
	}
	switch r.Code {
	case 332, 532: // RFC 959: need account
		return said(LoginPolicy, ConfidenceCertain, s, x), true
	case 534: // RFC 2228: denied for policy reasons
		return said(TLSRequired, ConfidenceLikely, s, x), true
	case 421: // RFC 959: service not available, closing
		return said(SessionRefused, ConfidenceCertain, s, x), true
	case 530:
		return said(LoginRejected, ConfidenceCertain, s, x), true
	default:
		return said(LoginRejected, ConfidenceLikely, s, x), true
	}
}

// folderRules: may the wanted folder be entered?
func folderRules(v *view) []Finding {
	var fs []Finding
	for _, s := range v.firsts {
		if s.LoggedIn && s.Folder.Reply.Code.Negative() {
			fs = append(fs, said(PathDenied, ConfidenceCertain, s, s.Folder))
		}
	}
	return fs
}
