package probe

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
		if a.Bytes == 0 {
			f := v.about(ListingEmpty, ConfidenceCertain, a)
			if x, ok := v.experiment("folder-status"); ok && x.Answer == No {
				f = v.about(PathDenied, ConfidenceCertain, a)
				f.Evidence = append(f.Evidence, last(x.Events)...)
			}
			fs = append(fs, f)
		}
		if a.Final.Reply.Code == 0 && a.EOF {
			code := CompletionMissing
			if a.Final.Stop.Cause == Closed || a.Final.Stop.Cause == Reset {
				code = ControlLost
			}
			fs = append(fs, v.about(code, ConfidenceCertain, a).withSeverity(SeverityWarning))
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

// withoutReuse: a protected listing arrived when the data connection resumed
// the control connection's TLS session, and not without.
func withoutReuse(v *view) []Finding {
	x, ok := v.experiment("fresh-tls")
	if !ok || x.Answer != No {
		return nil
	}
	for _, a := range v.attempts {
		if a.Variant == FreshTLS && !a.Delivered() && a.Reached >= StageConnected {
			return []Finding{v.about(DataTLSReuseRequired, ConfidenceCertain, a).withSeverity(SeverityWarning)}
		}
	}
	return nil
}

// toolRules: what did this tool, or the person, keep from being tested?
func toolRules(v *view) []Finding {
	var fs []Finding
	var limited, deaf []*Attempt
	for _, a := range v.attempts {
		switch {
		case a.Delivered():
		case a.Stop.Cause == Limit:
			limited = append(limited, a)
		case a.Stop.Cause == Local && a.Method.Mode() == Active && !a.Setup.Asked():
			deaf = append(deaf, a)
		}
	}
	refused := Finding{Code: ToolLimited}
	for i := range v.e.Sessions {
		s := &v.e.Sessions[i]
		if (s.Purpose != ForPassive || s.Extra) && !s.LoggedIn && (len(s.Login) > 0 || s.Greeting.Reply.Code.Negative() || s.Greeting.Stop.Cause == Closed) && v.loggedIn {
			refused.Session = s.ID
			refused.Evidence = append(refused.Evidence, last(s.Greeting.Events)...)
		}
	}
	if len(limited) > 0 {
		f := v.about(ToolLimited, ConfidenceCertain, limited...)
		f.Evidence = append(f.Evidence, refused.Evidence...)
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
