package probe

import (
	"context"
	"net/netip"
	"slices"

	"ftpdiag/probe/ftp"
)

// implicitTLSPort is registered for FTP over TLS from the first byte (ftps, IANA).
const implicitTLSPort = 990

// askOtherPorts tries what was tried before over another control port of the same
// server, where the person knows one. Helpers and inspecting firewalls read the
// dialogue on port 21, and on another one only where somebody told them to: what
// differs between the two is their doing, unless the server is set up otherwise
// there.
//
// It comes last, and has a time of its own: whatever happens there changes nothing of
// what was found out before.
func (x *examiner) askOtherPorts(ctx context.Context) {
	port := x.plan.OtherPort
	if port == 0 || port == x.target.Port || !x.plan.allows("other-port") {
		return
	}
	slices.SortFunc(x.routes, func(a, b *route) int { return a.main.ID - b.main.ID })
	for _, r := range x.routes {
		if ctx.Err() != nil {
			return
		}
		x.until.Store(int64(x.elapsed() + otherPortTime + 4*r.slowest()))
		r.askOtherPort(ctx, port)
	}
}

// askOtherPort is askOtherPorts for one address.
func (r *route) askOtherPort(ctx context.Context, port uint16) {
	o := r.over(port)
	r.x.asks(newQuestion("other-port", "the method"))
	on := o.open(ctx, ForOtherPort)
	if on == nil {
		e := newQuestion("other-port", "the method")
		e.Events = r.x.lastOver(o.remote)
		r.x.newExperiment(e) // nobody let us in there: no answer
		return
	}
	defer func() { on.quit(ctx, true) }()
	pace := 2 * r.slowest()
	try := func(a *Attempt) *Attempt {
		if on = o.ready(ctx, on); on == nil {
			return nil
		}
		t := trial{method: a.Method, variant: OtherPort, limit: aloneDial + pace, pace: pace, atServer: a.Variant == ControlAddress}
		return on.try(ctx, t, make(chan ftp.Endpoint, 1))
	}
	silent := map[Mode]bool{}
	for _, a := range r.triedFirst() {
		if silent[a.Method.Mode()] || ctx.Err() != nil {
			continue // the other method of the mode meets the same silence
		}
		e := newQuestion("other-port", a.Method.verb())
		e.Method = a.Method
		r.x.asks(e)
		there := try(a)
		if there != nil {
			e.Session, e.Events, e.Answer = there.Session, there.Events, sameElsewhere(there)
		}
		if e.Answer == No && there.Stop.Cause.Unanswered() && a.Delivered() && r.pauseAfter(ctx, there) {
			// One lost packet is no difference.
			if again := try(a); again != nil {
				e.Session, e.Answer, e.Confirmed = again.Session, sameElsewhere(again), sameElsewhere(again) == No
				e.Events = append(e.Events, again.Events...)
			}
		}
		silent[a.Method.Mode()] = e.Answer == No && there.Stop.Cause.Unanswered()
		r.x.newExperiment(e)
	}
}

// over is the same server at another control port.
func (r *route) over(port uint16) *route {
	o := &route{x: r.x, main: r.main, remote: netip.AddrPortFrom(r.remote.Addr(), port), protection: r.protection,
		rtt: r.rtt, entry: r.entry, otherPort: true}
	o.alone.Store(true) // nothing else is open any more
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
// method works there. What came of the listing on an open data connection is none, and
// neither is a refusal that may pass.
func sameElsewhere(a *Attempt) Answer {
	switch {
	case a.Delivered():
		return Yes
	case a.Reached >= StageConnected:
		return NoAnswer
	case a.Reached == StageConnecting && a.Stop.Cause.Unanswered(), a.Setup.Reply.Code.Permanent(), a.refusal().Code == 425:
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
