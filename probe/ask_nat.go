package probe

import (
	"context"
	"net/netip"
	"slices"

	"ftpdiag/probe/ftp"
)

// askSeenAddress repeats a refused PORT or EPRT with the address under which
// the server sees us: if that is accepted, NAT is the reason for the refusal
// and not a rule against active mode.
func (r *route) askSeenAddress(ctx context.Context, c *control) *control {
	var refused *Attempt
	list := r.attempts()
	for _, a := range list {
		if a.Method.Mode() == Active && a.Delivered() {
			return c
		}
		if a.Method.Mode() == Active && a.Stop.Cause == ByReply && a.Reached == StageNone && !r.otherFamily(a) {
			if refused == nil || switchedOff(refused) {
				refused = a
			}
		}
	}
	silent := false
	for _, a := range list {
		silent = silent || a.Method.Mode() == Active && a.Stop.Cause.Unanswered()
	}
	if refused == nil && !silent || !r.plausibleNAT() {
		return c
	}
	seen, known := r.seenAddress(list)
	if !known {
		if c = r.ready(ctx, c); c == nil {
			return nil
		}
		c.getStatus(ctx, r.own(c))
		seen = c.s.SeenAs
	}
	if refused == nil || !seen.IsValid() || seen == refused.Announced.Addr() {
		return c
	}
	if c = r.ready(ctx, c); c == nil {
		return nil
	}
	c.s.SeenAs = seen
	m := refused.Method
	if !m.Suits(familyOf(seen)) {
		return c
	}
	c = r.experiment(ctx, c, "seen-address",
		trial{method: m, variant: SeenAddress, asked: true}, func(a *Attempt) Answer {
			if a.Reached == StageOffered {
				return Yes
			}
			return No
		})
	return c
}

// otherFamily tells whether a refusal is about the family of the address and not the
// address. That an IPv6 address is refused over IPv6 may be the word of a server that
// is reached through NAT64, and sees an IPv4 one.
func (r *route) otherFamily(a *Attempt) bool {
	return meaning(a.Setup.Reply) == ftp.FamilyNotSupported && familyOf(r.remote.Addr()) != IPv6
}

// switchedOff tells whether a refusal is about the command, and not its address.
func switchedOff(a *Attempt) bool {
	m := meaning(a.Setup.Reply)
	return m == ftp.ModeDisabled || m == ftp.PermissionDenied
}

// plausibleNAT tells whether asking for the server's view of us can bring
// news: not on loopback.
func (r *route) plausibleNAT() bool { return ScopeOf(r.remote.Addr()) != ScopeLoopback }

// own returns the addresses that are known to be the server's: the control
// connection's and those that it has offered. This computer's own is never among
// them: a server on this computer sees it under its own address.
func (r *route) own(c *control) []netip.Addr {
	own := []netip.Addr{r.remote.Addr().Unmap()}
	for _, a := range r.attempts() {
		if a.Offer.Addr.IsValid() {
			own = append(own, a.Offer.Addr.Unmap())
		}
	}
	return slices.DeleteFunc(own, func(a netip.Addr) bool { return a == c.local().Unmap() })
}

// seenAddress finds our address in what the server has said already: Pure-FTPd
// and Apache FtpServer name it when they refuse a PORT.
func (r *route) seenAddress(list []*Attempt) (netip.Addr, bool) {
	for _, a := range list {
		if seen, ok := ftp.SeenAddress(a.Setup.Reply); ok {
			return seen, true
		}
	}
	return netip.Addr{}, false
}

// knowsSeen tells whether the server was asked for its view of us already.
func (c *control) knowsSeen() bool { return c != nil && (c.s.SeenAs.IsValid() || c.s.Stat.Asked()) }

// askHiddenCommand repeats a PORT that delivered through NAT, this time behind
// a NOOP in the same segment, where packet-based helpers do not look
// (measured with Linux's). If the server refuses it now, a device on the way
// rewrites PORT, and TLS will end that. Without NAT, a stateful firewall may
// still open the port only because it reads PORT; that is asked in the deep
// examination, for the answer may cost a data timeout.
func (r *route) askHiddenCommand(ctx context.Context, c *control) *control {
	if r.protection != Clear {
		return c
	}
	for _, m := range []Method{PORT, EPRT} {
		worked, failed := find(r.attempts(), m)
		t := trial{method: m, variant: HiddenCommand, limit: aloneDial}
		switch {
		case worked != nil && (BehindNAT(worked.Announced.Addr(), r.remote.Addr()) || r.x.plan.wants("hidden-command")):
		case failed != nil && failed.Setup.Reply.Code.Completion() && failed.Reached < StageConnected &&
			BehindNAT(failed.Announced.Addr(), r.remote.Addr()):
			// Accepted with a private address, and nothing came: was it
			// rewritten on the way, or did the server not look?
			t.asked = true
		default:
			continue
		}
		if _, known := r.seenAddress(r.attempts()); !known && !c.knowsSeen() && r.plausibleNAT() {
			// Whether there is NAT at all only the server can tell.
			if c = r.ready(ctx, c); c == nil {
				return nil
			}
			c.getStatus(ctx, r.own(c))
		}
		var doubtful *Attempt
		c = r.experiment(ctx, c, "hidden-command", t, func(a *Attempt) Answer {
			switch {
			case a.Delivered(), a.Reached == StageOffered:
				return Yes
			case a.Setup.Reply.Code.Permanent(), a.Setup.Reply.Code == 425, a.Reached > StageOffered:
				if worked != nil && !a.Setup.Reply.Code.Permanent() && !BehindNAT(worked.Announced.Addr(), r.remote.Addr()) {
					doubtful = a
				}
				return No // refused, or the server could not connect, or accepted and nothing came
			default:
				return NoAnswer // another 4yz may pass
			}
		})
		if doubtful != nil && r.x.plan.allows("retry") && r.pauseAfter(ctx, doubtful) {
			// It may have failed for another reason than being hidden.
			c = r.experiment(ctx, c, "retry", trial{method: m, variant: Retry, limit: aloneDial}, delivered)
		}
		return c
	}
	return c
}
