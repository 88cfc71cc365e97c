package probe

import (
	"ftpdiag/probe/ftp"
	"slices"
)

// tlsRules: what became of TLS, and is the certificate good?
func tlsRules(v *view) []Finding {
	var fs []Finding
	for i := range v.e.Sessions {
		s := &v.e.Sessions[i]
		if s.Auth.Reply.Code.Negative() && (v.e.Target.TLS == TLSExplicit || s.Protection == ExplicitTLS && !v.loggedIn) {
			fs = append(fs, said(TLSUnavailable, ConfidenceCertain, s, s.Auth))
		} else if s.Auth.Reply.Code.Negative() && s.Protection == Clear && s.LoggedIn && !v.e.Target.Anonymous() {
			// The password went in clear, because the server offers nothing else.
			fs = append(fs, said(TLSUnavailable, ConfidenceCertain, s, s.Auth).withSeverity(SeverityWarning))
		}
		t := s.TLS
		if late := s.Auth.Stop.Cause == Timeout || t != nil && t.Stop.Cause == Timeout; late && (s.Hurried || v.secured(s)) {
			continue // too little time was left to tell, or TLS came about a moment ago
		}
		if t == nil && swallowedAUTH(s) {
			// Somebody on the way keeps AUTH to himself, or the server does.
			f := said(TLSHandshakeFailed, ConfidenceLikely, s, s.Auth)
			f.Party = PartyPath
			if x, ok := v.onPath("malformed-port", s); ok && x.Answer == Yes {
				f.Code, f.Party = TLSBlockedByMiddlebox, 0
			}
			if v.loggedIn {
				f.Severity = SeverityWarning
			}
			fs = append(fs, f)
		}
		if t == nil {
			continue
		}
		if t.Stop.Stopped() && t.Stop.Cause != Canceled && s.Purpose != ForFollowUp {
			f := Finding{Code: TLSHandshakeFailed, Session: s.ID, Evidence: last(t.Events), Confidence: ConfidenceCertain}
			if t.Alert == "" || t.NoCommon {
				// An end without an alert may come from a device on the way;
				// and what we lack other programs may have.
				f.Confidence = ConfidenceLikely
			}
			if t.Stop.Cause == Timeout {
				f.Party = PartyPath // large packets may vanish, or the server is stuck
			}
			if sure, demands := t.demandsOurs(); demands && !v.admitted(s) {
				// Whoever runs the server wants it so; what is missing he gives out.
				f.Confidence, f.Party = sure, PartyCredentials
			}
			if x, ok := v.onPath("malformed-port", s); ok && x.Answer == Yes && t.Alert == "" && !t.WantsOurs && s.Auth.Reply.Code == 234 {
				// Something on the way reads the dialogue, and this
				// dialogue died when it could no longer be read.
				f.Code = TLSBlockedByMiddlebox
			}
			if v.loggedIn {
				f.Severity = SeverityWarning // clear works; clients that insist on TLS will fail
			}
			fs = append(fs, f)
		}
		if f, found := v.judgeCertificate(s, t); found {
			fs = append(fs, f)
		}
	}
	return fs
}

// judgeCertificate tells what is wrong with the certificate of a handshake that
// succeeded.
func (v *view) judgeCertificate(s *Session, t *TLSFacts) (Finding, bool) {
	f := Finding{Code: TLSCertificate, Session: s.ID, Evidence: last(t.Events), Confidence: ConfidenceCertain}
	c, late := v.verified(t.Certificate), t.Certificate.Unverified
	wrong := !c.NameOK || c.Expired || !c.Trusted && !c.Unverified
	switch {
	case t.Stop.Stopped(), t.Version == "":
		return Finding{}, false
	case wrong, c.Weak != "" && !(late && s.Withheld):
	case c.Unverified, late && s.Withheld:
		// This computer did not come to an end with it. The server may be right.
		f.Party, f.Severity = PartyTool, SeverityInfo
		if v.loggedIn {
			return f, true
		}
	default:
		return Finding{}, false
	}
	if s.Withheld {
		f.Severity = SeverityError // the password was not sent
	}
	return f, true
}

// verified is what another connection learned of a certificate that was not verified
// in time; otherwise c itself.
func (v *view) verified(c CertFacts) CertFacts {
	for _, s := range v.e.Sessions {
		if !c.Unverified || s.TLS == nil {
			continue
		}
		if o := s.TLS.Certificate; !o.Unverified && o.Subject == c.Subject && o.Issuer == c.Issuer && o.NotBefore.Equal(c.NotBefore) && o.NotAfter.Equal(c.NotAfter) {
			return o
		}
	}
	return c
}

// secured tells whether TLS came about on another connection to the same address.
func (v *view) secured(s *Session) bool {
	return slices.ContainsFunc(v.e.Sessions, func(o Session) bool {
		return o.Remote == s.Remote && o.TLS != nil && !o.TLS.Stop.Stopped()
	})
}

// admitted tells whether the server went on under TLS on another connection to the same
// address: it answered the login there.
func (v *view) admitted(s *Session) bool {
	return slices.ContainsFunc(v.e.Sessions, func(o Session) bool {
		return o.Remote == s.Remote && o.TLS != nil && !o.TLS.Stop.Stopped() && len(o.Login) > 0 && o.Login[0].Reply.Code != 0
	})
}

// swallowedAUTH tells whether AUTH TLS stayed without a reply.
func swallowedAUTH(s *Session) bool {
	if !s.Auth.Asked() || s.Auth.Reply.Code != 0 {
		return false
	}
	switch s.Auth.Stop.Cause {
	case Timeout, Closed, Reset:
		return true
	default: // we ourselves did not wait
		return false
	}
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
		if v.loggedIn && f.Code != TLSRequired {
			continue // another protection or address let us in with the same account
		}
		if v.e.Interrupted && v.undecided(s) {
			f.Confidence = ConfidenceLikely // the other address might have let us in
		}
		if f.Code == TLSRequired && (v.loggedIn || v.triedTLS(s)) {
			f.Severity = SeverityInfo // and was given, or what is wrong with it is a finding of its own
		}
		fs = append(fs, f)
	}
	return fs
}

// undecided tells whether a login at another address than a session's had not come
// to its end when the examination was stopped.
func (v *view) undecided(s *Session) bool {
	for _, o := range v.firsts {
		if n := len(o.Login); o.Remote != s.Remote && !o.LoggedIn && (n == 0 || o.Login[n-1].Stop.Cause == Canceled || o.Login[n-1].Reply.Code.Positive()) {
			return true
		}
	}
	return false
}

// triedTLS tells whether TLS was tried at the address of a session.
func (v *view) triedTLS(s *Session) bool {
	for i := range v.e.Sessions {
		other := &v.e.Sessions[i]
		if other.Remote == s.Remote && (other.TLS != nil && other.TLS.Stop.Stopped() || swallowedAUTH(other)) {
			return true
		}
	}
	return false
}

func judgeLogin(s *Session, x Exchange) (Finding, bool) {
	r := x.Reply
	if x.Stop.Cause == Canceled {
		return Finding{}, false
	}
	if x.Stop.Cause == ByTLS {
		return Finding{}, false // tlsRules speak of it
	}
	if r.Code == 0 {
		// No reply: the connection ended or the server is still thinking.
		f := said(ControlLost, ConfidenceLikely, s, x)
		if x.Stop.Cause == Timeout {
			f.Party = PartyServerConfig
		}
		return f, true
	}
	if unheardOf(x) && len(s.Login) == 1 && !s.Syst.Reply.Code.Completion() && s.Syst.Reply.Code != 530 {
		// Who knows neither USER nor SYST, not even as commands for later, is no
		// FTP server, most likely; mail servers greet with 220 too.
		f := said(NotFTP, ConfidenceLikely, s, x)
		f.Evidence = append(f.Evidence, last(s.Greeting.Events)...)
		f.Evidence = append(f.Evidence, last(s.Syst.Events)...)
		return f, true
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
	default: // 530 as well: RFC 959 says no more than "not logged in"
		return said(LoginRejected, ConfidenceLikely, s, x), true
	}
}

// folderRules: may the wanted folder be entered, and did the connection live to
// see the data?
func folderRules(v *view) []Finding {
	var fs []Finding
	for _, s := range v.firsts {
		if s.LoggedIn && len(s.Attempts) == 0 && (s.End.Cause == Closed || s.End.Cause == Reset) {
			for _, x := range []Exchange{s.Folder, s.UTF8, s.Syst, s.Feat} {
				if x.Stop.Stopped() {
					fs = append(fs, said(ControlLost, ConfidenceLikely, s, x))
					break
				}
			}
		}
		if s.LoggedIn && s.Folder.Reply.Code.Negative() {
			f := said(PathDenied, ConfidenceCertain, s, s.Folder)
			if !ascii(v.e.Target.Path) && !s.UTF8.Reply.Code.Completion() {
				f.Confidence = ConfidenceLikely // the server may have read another name
			}
			fs = append(fs, f)
		}
	}
	return fs
}
