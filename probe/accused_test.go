package probe_test

import (
	"slices"

	"ftpdiag/probe"
	"ftpdiag/probe/hops"
)

// untouched says why the facts do not reach the party that a finding asks to act;
// empty: they do, or nobody is named.
func untouched(e *probe.Examination, f probe.Finding) string {
	switch f.Party {
	case probe.PartyUser:
		return userUntouched(e, f)
	case probe.PartyCredentials:
		if !anySession(e, func(s *probe.Session) bool { return len(s.Login) > 0 || s.TLS != nil && s.TLS.WantsOurs }) {
			return "no login was tried, and no certificate asked for"
		}
	case probe.PartyClientNetwork:
		return clientNetworkUntouched(e, f)
	case probe.PartyServerNetwork, probe.PartyServerConfig:
		return serverUntouched(e, f)
	case probe.PartyNone, probe.PartyTool:
		if f.Severity == probe.SeverityError {
			return "nobody could, and it stops transfers"
		}
	case probe.PartyPath:
	}
	return ""
}

// userUntouched: who sits at this computer is asked for what the server said that a
// program must do otherwise, for a name or a route that is missing here, and for this
// computer's own firewall, but only where this computer's own counters or packets show it.
func userUntouched(e *probe.Examination, f probe.Finding) string {
	switch {
	case f.Code == probe.ActiveLocalFirewall:
		if !anyAttempt(e, f, func(a *probe.Attempt, _ *probe.Session) bool { return a.Discarded > 0 }) || !answered(e, probe.Yes, "own-filter") {
			return "this computer did not throw anything away"
		}
	case f.Code/100 == 7 && len(e.Resolution.Addresses) == 0:
	case f.Code == probe.ControlUnreachable:
		if slices.ContainsFunc(e.Connects, func(c probe.Connect) bool { return !c.Stop.Stopped() }) {
			return "a connect left this computer"
		}
	case f.Code/100 == 3:
		atHome := anyAttempt(e, f, func(a *probe.Attempt, s *probe.Session) bool {
			return a.Stop.From.IsValid() && a.Stop.From.Unmap() == s.Local.Addr().Unmap()
		})
		if !atHome && !localised(e, hops.ThisComputer) {
			return "nothing of this computer's turned it away"
		}
	case f.Code/100 == 2 || f.Code/100 == 4:
		return "nothing shows this computer"
	default:
		if !spoken(e) {
			return "nobody said what to do otherwise"
		}
	}
	return ""
}

// clientNetworkUntouched: whoever runs the network at this end is asked only where an
// address is translated on the way, a device reads the dialogue, or the place is known.
func clientNetworkUntouched(e *probe.Examination, f probe.Finding) string {
	switch {
	case f.Code/100 == 7, f.Code == probe.ControlIntercepted:
		return ""
	case answered(e, probe.Yes, "parser-hop") || localised(e, hops.AtHop) || answered(e, probe.Yes, "malformed-port"):
		return ""
	case f.Code == probe.TLSBlindsALG:
		if !spokenUnder(e, probe.Clear) || !(spokenUnder(e, probe.ExplicitTLS) || spokenUnder(e, probe.ImplicitTLS)) {
			return "nothing was compared"
		}
		return ""
	case answered(e, 0, "hidden-command", "hidden-reply", "other-port"):
		return ""
	case translated(e):
		return ""
	}
	return "no address is translated, and nobody reads the dialogue"
}

// serverUntouched: nobody at the server's end is asked while nothing has come from
// there, and whoever configures the FTP server only when that has spoken, but for its
// silence.
func serverUntouched(e *probe.Examination, f probe.Finding) string {
	switch {
	case len(e.Resolution.CNAME) > 0 && len(e.Resolution.Addresses) == 0:
		return "" // an alias that leads nowhere: the zone has answered
	case !came(e):
		return "nothing ever came from the server"
	case f.Party == probe.PartyServerNetwork, spoken(e):
		return ""
	}
	switch f.Code {
	case probe.GreetingMissing, probe.SessionRefused, probe.AddressDead, probe.TLSHandshakeFailed:
		return "" // a connection, and no word over it
	default:
		return "the server never spoke"
	}
}

// came tells whether anything came from the server's end: a connection, a refusal, a word.
func came(e *probe.Examination) bool {
	there := func(c probe.Connect) bool { return !c.Stop.Stopped() || c.Stop.Cause == probe.Refused }
	return spoken(e) || slices.ContainsFunc(e.Connects, there) || anySession(e, func(s *probe.Session) bool { return there(s.Connect) })
}

// spoken tells whether the server has said anything, over any control connection.
func spoken(e *probe.Examination) bool {
	return anySession(e, func(s *probe.Session) bool { return spoke(s) })
}

func spokenUnder(e *probe.Examination, p probe.Protection) bool {
	return anySession(e, func(s *probe.Session) bool { return s.Protection == p && spoke(s) })
}

func spoke(s *probe.Session) bool {
	said := func(x probe.Exchange) bool { return x.Reply.Code != 0 || len(x.Reply.Raw) > 0 }
	all := slices.Concat([]probe.Exchange{s.Greeting, s.Auth, s.Feat, s.Syst, s.Stat, s.Peer, s.Folder}, s.Login, s.Protect)
	for _, a := range s.Attempts {
		all = append(all, a.Pret, a.Setup, a.Transfer, a.Final)
	}
	return slices.ContainsFunc(all, said) || s.SpeaksTLS || s.Protocol != 0 || s.TLS != nil && (s.TLS.Version != "" || s.TLS.Instead != 0 || s.TLS.Alert != "")
}

// translated tells whether an address of this computer's must be another one at the
// server, or is.
func translated(e *probe.Examination) bool {
	return anySession(e, func(s *probe.Session) bool {
		server := s.Remote.Addr()
		seen := s.SeenAs.IsValid() && s.SeenAs.Unmap() != s.Local.Addr().Unmap()
		return seen || e.BehindNAT(s.Local.Addr(), server) || slices.ContainsFunc(s.Attempts, func(a probe.Attempt) bool {
			return e.BehindNAT(a.Announced.Addr(), server)
		})
	})
}

// answered tells whether one of some questions was asked and answered so; zero: in any
// way.
func answered(e *probe.Examination, want probe.Answer, names ...string) bool {
	return slices.ContainsFunc(e.Experiments, func(x probe.Experiment) bool {
		return slices.Contains(names, x.Name) && x.Answer != probe.NoAnswer && (want == 0 || x.Answer == want)
	})
}

// localised tells whether a path was followed to a place.
func localised(e *probe.Examination, role hops.Role) bool {
	return slices.ContainsFunc(e.Experiments, func(x probe.Experiment) bool {
		return x.Hops != nil && (x.Hops.Comparison.Role == role || role == hops.AtHop)
	})
}

func anySession(e *probe.Examination, is func(*probe.Session) bool) bool {
	for i := range e.Sessions {
		if is(&e.Sessions[i]) {
			return true
		}
	}
	return false
}

// anyAttempt tells whether one of a finding's attempts is as asked.
func anyAttempt(e *probe.Examination, f probe.Finding, is func(*probe.Attempt, *probe.Session) bool) bool {
	all := e.AllAttempts()
	return slices.ContainsFunc(f.Attempts, func(i int) bool {
		s := e.Session(all[i].Session)
		return s != nil && is(all[i], s)
	})
}
