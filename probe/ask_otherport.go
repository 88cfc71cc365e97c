package probe

import (
	"context"
	"net/netip"
)

// implicitTLSPort is registered for FTP over TLS from the first byte (ftps, IANA).
const implicitTLSPort = 990

// askOtherPort tries what was tried before over another control port of the same
// server, where the person knows one. Helpers and inspecting firewalls read the
// dialogue on port 21, and on another one only where somebody told them to: what
// differs between the two is their doing, unless the server is set up otherwise
// there.
//
// It is asked once for each address: under TLS nobody reads the dialogue on either
// port.
func (r *route) askOtherPort(ctx context.Context, c *control) *control {
	port := r.x.plan.OtherPort
	if port == 0 || port == r.remote.Port() || r.compare != nil {
		return c
	}
	if r.alone.Load() {
		c.quit(ctx, true) // its place is needed
		c = nil
	}
	o := r.over(port)
	list := r.triedFirst()
	on := o.open(ctx, ForOtherPort)
	if on == nil {
		e := newQuestion("other-port", "the method")
		e.Events = r.x.lastOver(o.remote)
		r.x.newExperiment(e) // nobody let us in there: no answer
		return c
	}
	silent := map[Mode]bool{}
	for _, a := range list {
		if silent[a.Method.Mode()] || ctx.Err() != nil {
			continue // the other method of the mode meets the same silence
		}
		var there *Attempt
		t := trial{method: a.Method, variant: OtherPort, limit: aloneDial, atServer: a.Variant == ControlAddress}
		on = o.experiment(ctx, on, "other-port", t, func(b *Attempt) Answer {
			there = b
			return sameElsewhere(b)
		})
		if there != nil && there.Stop.Cause.Unanswered() {
			silent[a.Method.Mode()] = true
		}
		if on == nil {
			break
		}
	}
	on.quit(ctx, o.alone.Load())
	return c
}

// over is the same server at another control port.
func (r *route) over(port uint16) *route {
	o := &route{x: r.x, main: r.main, remote: netip.AddrPortFrom(r.remote.Addr(), port), protection: r.protection,
		rtt: r.rtt, entry: r.entry, otherPort: true}
	o.alone.Store(r.alone.Load())
	switch {
	case port == implicitTLSPort:
		o.protection = ImplicitTLS
	case r.protection == ImplicitTLS:
		o.protection = ExplicitTLS
	}
	return o
}

// triedFirst is one attempt for each method that was tried, passive ones first, and
// of those the older forms, which every device that reads the dialogue knows.
func (r *route) triedFirst() (list []*Attempt) {
	for _, m := range []Method{PASV, EPSV, PORT, EPRT} {
		worked, failed := find(r.attempts(), m)
		if worked == nil {
			worked = failed
		}
		if worked != nil && worked.Setup.Asked() {
			list = append(list, worked)
		}
	}
	return list
}

// sameElsewhere is the answer of an attempt over the other control port: whether the
// method works there. A refusal that may pass is none.
func sameElsewhere(a *Attempt) Answer {
	switch {
	case a.Delivered():
		return Yes
	case a.Stop.Cause.Unanswered(), a.refusal().Code.Permanent(), a.refusal().Code == 425:
		return No
	default:
		return NoAnswer
	}
}

// lastOver are the events of the last connect to a control port.
func (x *examiner) lastOver(remote netip.AddrPort) []int {
	x.mu.Lock()
	defer x.mu.Unlock()
	for i := len(x.exam.Connects) - 1; i >= 0; i-- {
		if c := x.exam.Connects[i]; c.Remote == remote {
			return c.Events
		}
	}
	return nil
}
