package probe

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
		var refused []*Attempt
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
				weak, refused = append(weak, f), append(refused, a)
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
		if v.inOtherWords(refused...) {
			weak = []Finding{v.about(MiddleboxBlocksMode, ConfidenceLikely, refused...)}
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
			// Nor does it show whether the one in plain sight was
			// translated, and the server's own way out is shut: only that
			// nothing on the way reads PORT does.
			f := v.about(ActiveNATUnhelped, ConfidenceLikely, a)
			f.Evidence = append(f.Evidence, last(x.Events)...)
			if s := v.session(a); s != nil && v.e.SeenAs(s.Remote.Addr()).IsValid() {
				if y, ok := v.onPath("malformed-port", s); ok && y.Answer == No {
					f.Confidence = ConfidenceCertain
					f.Evidence = append(f.Evidence, last(y.Events)...)
				}
			}
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

func anyDelivered(list []*Attempt) bool {
	for _, a := range list {
		if a.Delivered() {
			return true
		}
	}
	return false
}
