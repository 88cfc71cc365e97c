package probe

import (
	"context"
	"fmt"
	"net/netip"
	"strings"
	"time"

	"ftpdiag/probe/ftp"
	"ftpdiag/probe/hops"
)

// Localiser is a [Network] that can tell where on the path the connections to
// a port die. Networks in memory cannot.
type Localiser interface {
	Localise(ctx context.Context, local netip.Addr, control, data netip.AddrPort, opt hops.Options) hops.Localisation
}

// Localise implements [Localiser] on the real network, where the operating
// system allows it.
func (System) Localise(ctx context.Context, local netip.Addr, control, data netip.AddrPort, opt hops.Options) hops.Localisation {
	return hops.Localise(ctx, local, control, data, opt)
}

// hopsTime bounds one localisation: 1.3 s for the paths and 3 s for the
// received TTLs of resets (measured), and some room for long round trips.
const hopsTime = 6 * time.Second

// canLocalise tells whether this route's network, address and plan allow the
// question. On loopback there is no path. It belongs to the deep examination:
// its probes of the control port are half-open connections beside the four that
// an examination keeps to.
func (r *route) canLocalise() (Localiser, bool) {
	l, ok := r.x.net.(Localiser)
	return l, ok && r.x.plan.wants("hops") && ScopeOf(r.remote.Addr()) != ScopeLoopback
}

// localiseMeanwhile asks where a passive port's connections die while an
// attempt to connect to one is still waiting. It never waits for a place among
// the control connections, and is asked once a route.
func (r *route) localiseMeanwhile(ctx context.Context, t trial) {
	l, ok := r.canLocalise()
	if !ok || r.alone.Load() || t.method.Mode() != Passive || !r.localising.CompareAndSwap(false, true) {
		return
	}
	r.watched.Go(func() {
		select {
		case <-time.After(yield):
		case <-ctx.Done():
			return
		}
		// One place for the control connection, one for the probe that
		// reaches the control port for a moment.
		probing, ok := r.x.spareSlot()
		asking, also := r.x.spareSlot()
		if asking(); !ok || !also {
			probing()
			r.localising.Store(false)
			return
		}
		defer probing()
		c := r.open(ctx, ForFollowUp)
		r.localise(ctx, c, l, t.method)
		c.quit(ctx, false)
	})
}

// yield is how long the next method has to take its place first.
const yield = 300 * time.Millisecond

// askHops asks the same after a passive port refused the connection.
func (r *route) askHops(ctx context.Context, c *control) *control {
	l, ok := r.canLocalise()
	if !ok || r.localising.Load() {
		return c
	}
	for _, m := range []Method{EPSV, PASV} {
		worked, failed := find(r.attempts(), m)
		if worked != nil || failed == nil || failed.Reached != StageConnecting || !failed.Stop.Cause.Unanswered() ||
			failed.Dialled.Addr().Unmap() != r.remote.Addr().Unmap() {
			continue
		}
		probing, ok := r.x.spareSlot()
		defer probing()
		if !ok {
			return c
		}
		r.localising.Store(true)
		c = r.ready(ctx, c)
		r.localise(ctx, c, l, m)
		return c
	}
	return c
}

// localise gets a passive port of its own, because the first SYN that reaches
// one uses it up, and follows the paths to it and to the control port.
func (r *route) localise(ctx context.Context, c *control, l Localiser, m Method) {
	e := newQuestion("hops", "")
	r.x.asks(e)
	defer func() { r.x.newExperiment(e) }()
	if !c.usable() {
		return
	}
	e.Session = c.s.ID
	cmd := ftp.EPSV()
	if m == PASV {
		cmd = ftp.PASV()
	}
	x := c.ask(ctx, StepFollowUp, cmd, min(passiveReply, r.x.plan.Timeouts.Reply))
	e.Events = append(e.Events, x.Events...)
	if x.Stop.Stopped() {
		return
	}
	offer, err := ftp.ParsePassive(c.raw)
	if err != nil || offer.Port == 0 {
		return
	}
	limited, cancel := context.WithTimeout(ctx, hopsTime)
	defer cancel()
	found := l.Localise(limited, c.local(), r.remote, netip.AddrPortFrom(r.remote.Addr(), offer.Port), hops.Options{RTT: r.rtt})
	if found.Data.State != hops.Complete || found.Control.State != hops.Complete {
		return
	}
	e.Hops = &found
	e.Answer = Yes
	if found.Comparison.Fate == hops.SYNACK {
		e.Answer = No // this port is open: the others are not all closed
	}
	e.Events = append(e.Events,
		r.x.note(Event{Session: c.s.ID, Step: StepFollowUp, Direction: Note, Channel: Control, Text: pathLine(found.Control)}),
		r.x.note(Event{Session: c.s.ID, Step: StepFollowUp, Direction: Note, Channel: Data, Text: pathLine(found.Data)}))
}

// pathLine writes what met the SYNs to one port, TTL by TTL.
func pathLine(p hops.Path) string {
	var parts []string
	for i, h := range p.Hops {
		what := h.Answer.String()
		if h.ICMP.From.IsValid() {
			what += " at " + h.ICMP.From.String()
		}
		parts = append(parts, fmt.Sprintf("hop %d %s", i+1, what))
	}
	return fmt.Sprintf("path to port %d: %s", p.Remote.Port(), strings.Join(parts, ", "))
}
