package probe

import (
	"time"

	"ftpdiag/probe/ftp"
)

// nameRules: why is there no address?
func nameRules(v *view) []Finding {
	r := v.e.Resolution
	if len(r.Addresses) > 0 || v.e.Interrupted {
		return nil
	}
	f := Finding{Evidence: last(r.Events)}
	switch r.Outcome {
	case NameFound:
		return nil // nothing was asked
	case NameMissing, NameEmpty:
		f.Code = DNSNoSuchHost
		if len(r.CNAME) > 0 {
			f.Party = PartyServerNetwork // the name is right, what it is an alias of is not
		}
	case NameTimeout:
		f.Code = DNSFailure
		if r.Named() {
			f.Party = PartyUser
		}
	case NameRefused:
		f.Code, f.Party, f.Confidence = DNSFailure, PartyPath, ConfidenceLikely
		if r.Named() {
			f.Party = PartyUser // it is not there for this computer, or passes on the refusal of one that is not
		}
	case NameServFail:
		// The zone or the resolver: the answer does not say which.
		f.Code, f.Party, f.Confidence = DNSFailure, PartyPath, ConfidenceLikely
	case NameUnsolved:
		f.Code, f.Party, f.Confidence = DNSFailure, PartyPath, ConfidenceLikely
	}
	return []Finding{f}
}

// connectRules: which addresses do not take connections, and is any left?
func connectRules(v *view) []Finding {
	alive := map[string]bool{}
	for _, c := range v.e.Connects {
		if !c.Stop.Stopped() {
			alive[c.Remote.String()] = true
		}
	}
	var dead []Connect
	for _, c := range v.e.Connects {
		if c.Stop.Stopped() && !alive[c.Remote.String()] && c.Stop.Cause != Canceled {
			dead = append(dead, c)
		}
	}
	if len(dead) == 0 {
		return nil
	}
	if len(alive) > 0 {
		var fs []Finding
		for _, c := range dead {
			// No route of that family from here is no fault of the server's.
			if c.Stop.Cause == NetUnreachable || c.Stop.Cause == Local {
				continue
			}
			f := Finding{Code: AddressDead, Family: familyOf(c.Remote.Addr()), Evidence: last(c.Events)}
			if f.Family == IPv6 && c.Stop.Cause != Refused {
				f.Party = PartyPath // this network's own IPv6 may lead nowhere
			}
			fs = append(fs, f)
		}
		return fs
	}
	// The cause that says most: a refusal is an answer, silence at least
	// concerns packets that were sent, a missing route may be ours.
	worst := dead[0]
	for _, c := range dead[1:] {
		if weight(c.Stop.Cause) > weight(worst.Stop.Cause) {
			worst = c
		}
	}
	f := Finding{Family: familyOf(worst.Remote.Addr()), Evidence: last(worst.Events)}
	switch worst.Stop.Cause {
	case Refused:
		f.Code = ControlRefused
		// The RST may come from the host or from a firewall at either end.
		f.Confidence, f.Party = ConfidenceCertain, PartyPath
	case Timeout:
		f.Code = ControlFiltered
	default:
		f.Code = ControlUnreachable
		if worst.Stop.Cause == NetUnreachable || worst.Stop.Cause == Local {
			f.Party = PartyUser // nothing left this computer
		}
	}
	return []Finding{f}
}

// weight orders causes by how much they say about the server.
func weight(c Cause) int {
	switch c {
	case Refused:
		return 4
	case Timeout:
		return 3
	case HostUnreachable, Prohibited:
		return 2
	case NetUnreachable:
		return 1
	default:
		return 0
	}
}

// Times that tell kinds of greeting apart.
const (
	// lateGreeting on a path whose round trip is short is the server's own
	// delay: reverse DNS (5 s steps) or ident (10 s).
	lateGreeting = 3 * time.Second

	// resolverPatience: what waits for reverse DNS or ident waits 5 s or more
	// (resolv.conf(5); ProFTPD and wu-ftpd: 10 s).
	resolverPatience = 4900 * time.Millisecond

	// proxyPatience: a transparent proxy (OpenBSD ftp-proxy) accepts at once
	// and gives up on a dead server after 30 s.
	proxyPatience = 25 * time.Second
)

// greetingRules: what did the first bytes show?
func greetingRules(v *view) []Finding {
	var fs []Finding
	for _, s := range v.firsts {
		f, found := judgeGreeting(v, s)
		if !found {
			continue
		}
		if v.loggedIn && !s.LoggedIn && refusedForLimit(s.Greeting.Reply) {
			// We ourselves were in already, over another address.
			f.Code, f.Severity, f.Party = ToolLimited, SeverityInfo, PartyTool
		} else if v.loggedIn && !s.LoggedIn && f.Severity != SeverityInfo && f.Code != GreetingDelayed {
			// Another address or protection let us in: this one is dead.
			f.Code, f.Severity, f.Party = AddressDead, SeverityWarning, PartyServerConfig
		}
		fs = append(fs, f)
	}
	return fs
}

func judgeGreeting(v *view, s *Session) (Finding, bool) {
	g := s.Greeting
	switch {
	case s.SpeaksTLS:
		f := said(PortExpectsTLS, ConfidenceCertain, s, g)
		if v.loggedIn {
			f.Severity = SeverityInfo // the check went on that way
		}
		return f, true
	case s.Protocol == ftp.ProtocolTLS:
		// Bytes of TLS, and no handshake: what is spoken inside is not known.
		return v.toHello(said(PortExpectsTLS, ConfidenceLikely, s, g), s), true
	case foreign(s.Protocol):
		return v.toHello(said(NotFTP, ConfidenceCertain, s, g), s), true
	case !g.Asked(), g.Stop.Cause == Canceled:
		return Finding{}, false
	case g.Reply.Code.Negative() && meaning(g.Reply) == ftp.TLSRequired:
		return said(TLSRequired, ConfidenceCertain, s, g), true
	case g.Reply.Code.Negative():
		return said(SessionRefused, ConfidenceCertain, s, g), true
	case g.Stop.Cause == Timeout && len(g.Reply.Raw) == 0:
		f := said(GreetingMissing, ConfidenceCertain, s, g)
		if s.TLS != nil {
			f.Confidence = ConfidenceLikely // any service with TLS waits for the client; not every one complains
		}
		return f, true
	case g.Stop.Cause == Closed && len(g.Reply.Raw) == 0 && g.Took >= proxyPatience:
		return said(ControlIntercepted, ConfidenceLikely, s, g), true
	case (g.Stop.Cause == Closed || g.Stop.Cause == Reset) && len(g.Reply.Raw) == 0:
		// A wrapper, a ban, a limit kept in silence: the close does not say.
		return said(SessionRefused, ConfidenceLikely, s, g), true
	case g.Stop.Stopped():
		return said(NotFTP, ConfidenceLikely, s, g), true
	case g.Reply.Code != 0 && g.Took >= lateGreeting && s.Connect.Took < time.Second:
		f := said(GreetingDelayed, ConfidenceCertain, s, g)
		if g.Took < resolverPatience {
			f.Confidence = ConfidenceLikely // a greeting that was lost and sent again takes as long
		}
		return f, true
	}
	return Finding{}, false
}

// toHello adds to a finding about a port what answered a ClientHello there.
func (v *view) toHello(f Finding, s *Session) Finding {
	for i := range v.e.Sessions {
		if o := &v.e.Sessions[i]; o.Remote == s.Remote && o.TLS != nil && o.TLS.Instead == s.Protocol {
			f.Evidence = append(f.Evidence, last(o.TLS.Events)...)
		}
	}
	return f
}

// last is the last of a list of events, as a list.
func last(events []int) []int {
	if len(events) == 0 {
		return nil
	}
	return events[len(events)-1:]
}
