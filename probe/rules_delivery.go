package probe

import (
	"ftpdiag/probe/ftp"
)

// deliveryRules: what is worth saying of listings that arrived?
func deliveryRules(v *view) []Finding {
	var fs []Finding
	active, passive := false, false
	var listed []*Attempt
	for _, a := range v.attempts {
		if !a.Delivered() || !a.Proper() {
			continue
		}
		active = active || a.Method.Mode() == Active
		passive = passive || a.Method.Mode() == Passive
		listed = append(listed, a)
		if a.Denied != "" {
			fs = append(fs, v.about(PathDenied, ConfidenceCertain, a))
		}
		if a.Bytes == 0 {
			f := v.about(ListingEmpty, ConfidenceCertain, a)
			if x, ok := v.experiment("folder-status", v.session(a)); ok && x.Answer == No {
				f = v.about(PathDenied, ConfidenceCertain, a)
				f.Evidence = append(f.Evidence, last(x.Events)...)
			}
			fs = append(fs, f)
		}
		if f, missing := missingCompletion(v, a); missing {
			fs = append(fs, f)
		}
		if a.Method.Mode() == Active && a.Caller.IsValid() && len(a.Strangers) > 0 && a.Caller == a.Strangers[0] {
			fs = append(fs, v.about(ActiveWrongPeer, ConfidenceCertain, a))
		}
	}
	if active && passive {
		fs = append(fs, v.about(BothModesWork, ConfidenceCertain, listed...))
	}
	return append(fs, withoutReuse(v)...)
}

// missingCompletion judges a listing that came to its end, and after which no completion
// reply came.
func missingCompletion(v *view, a *Attempt) (f Finding, missing bool) {
	if a.Final.Reply.Code != 0 || !a.EOF || a.Final.Stop.Cause == Canceled || a.Stop.Cause == Canceled {
		return f, false
	}
	code, sure := CompletionMissing, ConfidenceCertain
	switch {
	case a.Final.Stop.Cause == Closed || a.Final.Stop.Cause == Reset:
		code = ControlLost
	case a.Hurried && v.completes(a):
		return f, false // it comes in its time
	case a.Hurried, a.NoNotify:
		sure = ConfidenceLikely // it had little time; or neither TLS nor a reply says that the listing is whole
	}
	return v.about(code, sure, a).withSeverity(SeverityWarning), true
}

// completes tells whether the server completed another listing on the same path.
func (v *view) completes(a *Attempt) bool {
	return v.another(a, func(b *Attempt) bool { return b.Delivered() && b.Final.Reply.Code.Completion() })
}

// withoutReuse: a protected listing arrived when the data connection resumed
// the control connection's TLS session, and not without.
func withoutReuse(v *view) []Finding {
	for _, a := range v.attempts {
		x, ok := v.experiment("fresh-tls", v.session(a))
		if ok && x.Answer == No && a.Variant == FreshTLS && !a.Delivered() && a.Reached >= StageConnected {
			return []Finding{v.about(DataTLSReuseRequired, ConfidenceCertain, a).withSeverity(SeverityWarning)}
		}
	}
	return nil
}

// refusedFurther tells whether a further control connection was turned away, for
// a reason that has to do with being one more, and in which exchange.
func refusedFurther(s *Session) (by Exchange, refused bool) {
	switch {
	case s.LoggedIn || s.Greeting.Stop.Cause == Canceled:
		return by, false
	case s.Greeting.Reply.Code.Negative(), s.Greeting.Stop.Cause == Closed && s.TLS == nil:
		return s.Greeting, true
	case len(s.Login) == 0:
		return by, false
	}
	by = s.Login[len(s.Login)-1]
	switch meaning(by.Reply) {
	case ftp.TLSForbidden, ftp.TLSRequired:
		return by, false
	default: // the same account was let in a moment ago
	}
	return by, by.Stop.Cause != Canceled && by.Stop.Cause != ByTLS
}

// toolRules: what did this tool, or the person, keep from being tested?
func toolRules(v *view) []Finding {
	var fs []Finding
	var limited, deaf []*Attempt
	for _, a := range v.attempts {
		switch {
		case a.Delivered():
		case a.Stop.Cause == Limit, a.Crowded:
			limited = append(limited, a)
		case a.Stop.Cause == Local && a.Method.Mode() == Active && !a.Setup.Asked():
			deaf = append(deaf, a)
		}
	}
	refused := Finding{Code: ToolLimited}
	for i := range v.e.Sessions {
		s := &v.e.Sessions[i]
		if by, turnedAway := refusedFurther(s); turnedAway && v.loggedIn && (s.Purpose != ForPassive || s.Extra) {
			refused.Session = s.ID
			refused.Evidence = append(refused.Evidence, last(by.Events)...)
		}
	}
	f := v.about(ToolLimited, ConfidenceCertain, limited...)
	f.Evidence = append(f.Evidence, refused.Evidence...)
	if len(limited) > 0 && len(f.Evidence) > 0 {
		fs = append(fs, f)
	} else if refused.Session != 0 {
		fs = append(fs, refused)
	}
	if len(deaf) > 0 {
		fs = append(fs, v.about(NoListener, ConfidenceCertain, deaf...))
	}
	if v.e.Interrupted {
		f := Finding{Code: Stopped}
		if n := len(v.e.Events); n > 0 {
			f.Evidence = []int{v.e.Events[n-1].N}
		}
		fs = append(fs, f)
	}
	return fs
}
