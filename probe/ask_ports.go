package probe

import (
	"context"
	"net/netip"
	"time"
)

// askSecondPort tries further passive ports: where a method's port did not answer
// while the other method's did (is it the method, or that one port?), where too
// few were tried to speak of a range, and as many as the person asked for.
func (r *route) askSecondPort(ctx context.Context, c *control) *control {
	list, samples := r.attempts(), r.x.plan.Samples
	for _, m := range []Method{EPSV, PASV} {
		worked, failed := find(list, m)
		other, _ := find(list, EPSV+PASV-m)
		if (worked == nil && failed == nil) || refusedOutright(failed) {
			continue
		}
		doubtful := failed != nil && other != nil && worked == nil && unanswered(failed, r.remote.Addr())
		n, limit := r.furtherPorts(m, failed, doubtful)
		if samples > 0 {
			n, limit, samples = samples, 0, 0 // of the server's range, whatever the method
		}
		for i := range n {
			if ctx.Err() != nil || limit > 0 && r.deliveredSince(m, failed.Began) {
				break
			}
			if r.leftPending(c) {
				c.quit(ctx, r.alone.Load())
				c = nil
			}
			if i > 0 && limit > 0 && !doubtful {
				if r.x.left() < r.reach(c)+r.atOnce() {
					break
				}
				limit = r.x.wait(limit, r.atOnce())
			}
			if c = r.experiment(ctx, c, "second-port", trial{method: m, variant: SecondPort, limit: limit, atServer: r.namesElsewhere()}, delivered); c == nil {
				return nil
			}
			if r.stallsAfterOpening(m) {
				break // no matter of ports
			}
		}
		// If they fail too, the method that worked is tried once more: it may
		// have failed as well by now.
		if doubtful && !r.deliveredSince(m, failed.Began) && !r.deliveredSince(other.Method, failed.Began+failed.Took) && ctx.Err() == nil {
			if c = r.experiment(ctx, c, "second-port", trial{method: other.Method, variant: SecondPort, atServer: r.namesElsewhere()}, delivered); c == nil {
				return nil
			}
		}
	}
	if !r.asked("alone") && r.x.plan.allows("alone") {
		c = r.askAlone(ctx, c) // something delivers by now
	}
	return c
}

// asked tells whether a question was asked on this path.
func (r *route) asked(name string) bool {
	return r.known(func(e Experiment) bool { return e.Name == name })
}

// furtherPorts is how many further ports to try with a method, and how long each
// may take (0: as usual). doubtful: the other method of the mode works.
func (r *route) furtherPorts(m Method, failed *Attempt, doubtful bool) (n int, limit time.Duration) {
	silent := r.silentPorts()
	switch {
	case failed == nil:
		return 0, 0
	case doubtful && r.triedAlone(m):
		return 1, briefDial
	case doubtful:
		return 2, briefDial // twice in a row, lest every second port or connection is meant
	case r.x.plan.Samples > 0: // enough were tried
	case failed.Stop.Cause == Refused && r.allRefused():
		// A refusal costs a round trip: of a range that is half open, chance
		// may have picked closed ports so far.
		return quickSamples, 0
	case failed.Stop.Cause == Timeout && silent > 0 && silent < fewestPorts && r.x.left() > briefDial+closing:
		return fewestPorts - silent, briefDial
	}
	return 0, 0
}

// quickSamples is how many further ports are tried where all refused. With two or
// three before, a range that is half open is missed once in 32 times or less.
const quickSamples = 3

// allRefused tells whether every passive port so far refused the connection, and
// no further one has been tried.
func (r *route) allRefused() bool {
	refused := false
	for _, a := range r.attempts() {
		if a.Method.Mode() != Passive || !a.Proper() || refusedOutright(a) {
			continue
		}
		if a.Variant == SecondPort || !unanswered(a, r.remote.Addr()) || a.Stop.Cause != Refused {
			return false
		}
		refused = true
	}
	return refused
}

// fewestPorts is how many passive ports must be silent before the range is: one may
// be closed among open ones.
const fewestPorts = 3

// silentPorts counts the passive ports that did not answer; 0 if one did, or
// something else was wrong with one.
func (r *route) silentPorts() int {
	ports := map[uint16]bool{}
	for _, a := range r.attempts() {
		if a.Method.Mode() != Passive || !a.Proper() || refusedOutright(a) || wrongDoor(a, r.remote.Addr()) {
			continue
		}
		if !unanswered(a, r.remote.Addr()) {
			return 0
		}
		ports[a.Dialled.Port()] = true
	}
	return len(ports)
}

// namesElsewhere tells whether a 227 named another address than the server's. What
// is asked about ports is asked at the server's own.
func (r *route) namesElsewhere() bool {
	for _, a := range r.attempts() {
		if r.elsewhere(trial{method: a.Method, variant: a.Variant}, a.Offer) {
			return true
		}
	}
	return false
}

// wrongDoor tells whether an attempt went to another address than the server's.
func wrongDoor(a *Attempt, server netip.Addr) bool {
	return a.Dialled.IsValid() && a.Dialled.Addr().Unmap() != server.Unmap()
}

// leftPending tells whether the last passive port on a connection was never reached.
// Twisted answers no further PASV until it has given that one up, after some 30 s
// (measured); a fresh session costs less than to find out who else does so.
func (r *route) leftPending(c *control) bool {
	if !c.usable() {
		return false
	}
	pending := false
	for _, a := range r.attempts() {
		if a.Session == c.s.ID && a.Method.Mode() == Passive {
			pending = a.Reached == StageConnecting && a.Stop.Cause == Timeout
		}
	}
	return pending
}

// stallsAfterOpening tells whether the last two further ports took the connection
// and no listing came.
func (r *route) stallsAfterOpening(m Method) bool {
	stalls := 0
	for _, a := range r.attempts() {
		switch {
		case a.Method != m || a.Variant != SecondPort:
		case a.Reached >= StageConnected && !a.Delivered():
			stalls++
		default:
			stalls = 0
		}
	}
	return stalls >= 2
}

// triedAlone tells whether a method has been tried again already.
func (r *route) triedAlone(m Method) bool {
	for _, a := range r.attempts() {
		if a.Method == m && a.Variant == Alone {
			return true
		}
	}
	return false
}

// deliveredSince tells whether an attempt with a method began after a moment and
// delivered.
func (r *route) deliveredSince(m Method, began time.Duration) bool {
	for _, a := range r.attempts() {
		if a.Method == m && a.Began > began && a.Delivered() {
			return true
		}
	}
	return false
}

// refusedOutright tells whether a method is not offered at all.
func refusedOutright(a *Attempt) bool {
	return a != nil && a.Reached == StageNone
}
