package probe

import (
	"context"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"ftpdiag/probe/ftp"
)

// route is the examination of the data connections to one address under one
// protection.
type route struct {
	x          *examiner
	main       *Session // the first session: skipped attempts are filed under it
	remote     netip.AddrPort
	protection Protection
	rtt        time.Duration
	entry      time.Duration       // from the connect to the folder, the first time
	limited    bool                // our own company is what made passive ports fail
	lossy      bool                // packets get lost, and a mode that met nothing but silence is asked for again
	otherPort  bool                // this is another control port, asked for comparison
	alone      atomic.Bool         // the server wants one control connection at a time
	localising atomic.Bool         // the path to a passive port has been, or is being, followed
	idle       chan *control       // the first connection, while its own lane is through and another may need one
	compare    func() *control     // asks in clear about what the trials under TLS have shown; nil: there is nothing to compare
	pace       time.Duration       // the most that the server took for a reply or a listing in clear
	clear      *control            // what it left usable
	watched    watch               // attempts that stalled and are still being watched
	late       []chan ftp.Endpoint // what stalled attempts with PASV may still be offered
}

// trials lists the methods to try, passive first: a dropped active attempt
// freezes the server's session for 60 s (vsftpd) to 134 s (ProFTPD, Pure-FTPd,
// inetutils; measured), a dropped passive one leaves it usable. The newer form
// comes first because it is the one clients prefer.
func (r *route) trials() []trial {
	var list []trial
	for _, m := range []Method{EPSV, PASV, EPRT, PORT} {
		if r.x.plan.Wants(m) && m.Suits(familyOf(r.remote.Addr())) {
			list = append(list, trial{method: m})
		}
	}
	return list
}

// run makes the trials: the passive ones on the connection it is given, the
// active ones on a second beside it, or one after the other where the server
// or the person allows only one, or a second would be long in coming. Then it
// asks the follow-up questions.
func (r *route) run(ctx context.Context, c *control, list []trial) {
	var passive, active []trial
	for _, t := range list {
		if t.method.Mode() == Passive {
			passive = append(passive, t)
		} else {
			active = append(active, t)
		}
	}
	if r.x.plan.Serial {
		r.alone.Store(true)
	}
	if r.alone.Load() || r.entry > slowEntry || len(passive) == 0 || len(active) == 0 {
		c = r.lane(ctx, c, passive)
		c = r.activeAlone(ctx, c, active)
	} else {
		postponed := false
		r.idle = make(chan *control, 1)
		var beside sync.WaitGroup
		beside.Go(func() {
			second := r.open(ctx, ForActive)
			if second == nil {
				postponed = true
				return
			}
			second = r.lane(ctx, second, active)
			second.quit(ctx, false)
		})
		c = r.lane(ctx, c, passive)
		if c != nil {
			r.idle <- c
		}
		beside.Wait()
		select {
		case c = <-r.idle:
		default:
			c = nil // the active lane took it over
		}
		if postponed {
			c = r.activeAlone(ctx, c, active)
		}
	}
	r.watched.Wait()
	c = r.lateOffers(ctx, c)
	if r.compare != nil {
		r.clear = r.compare()
	}
	c = r.followUp(ctx, c)
	c.quit(ctx, r.alone.Load())
}

// activeAlone makes the active trials after the passive ones. What is cheap to ask
// about those comes before: a call that stalls may leave no session to ask on.
func (r *route) activeAlone(ctx context.Context, c *control, active []trial) *control {
	if len(active) > 0 && r.watched.Idle() && r.allRefused() && r.x.plan.allows("second-port") {
		c = r.askSecondPort(ctx, c)
	}
	return r.lane(ctx, c, active)
}

// patience is how long an attempt may stall before the next one starts
// meanwhile: a healthy one takes about six round trips.
func (r *route) patience() time.Duration {
	return min(max(r.x.plan.Timeouts.Patience, 8*r.rtt), 3*r.x.plan.Timeouts.Patience)
}

// lane makes trials one after the other and returns the connection if it is
// still usable, else nil. A trial that stalls keeps its connection and is
// watched to its end while the next one starts on a fresh connection.
func (r *route) lane(ctx context.Context, c *control, list []trial) *control {
	var since time.Time // when the first attempt began that stalled
	stalls := newSignal()
	for len(list) > 0 {
		t := list[0]
		list = list[1:]
		if !c.usable() {
			c.quit(ctx, r.alone.Load())
			if r.alone.Load() {
				r.watched.Wait()
				if c != nil && c.broken {
					settle(ctx, time.Now()) // the server must see its end first
				}
			}
			select {
			case c = <-r.idle:
			default:
				c = r.open(ctx, ForNext)
			}
			if c == nil {
				r.skip(ctx, t)
				continue
			}
		}
		if !since.IsZero() {
			// Another attempt has stalled already: both end at the same time,
			// if that leaves this one its three SYNs.
			t.limit = r.x.wait(max(aloneDial, r.x.plan.Timeouts.Data-time.Since(since)), briefDial)
		}
		if t.brief {
			// And time is left for what is compared with it.
			least := hurriedDial + 3*r.rtt + r.pace
			t.pace = r.pace
			t.limit = max(least, r.x.wait(aloneDial, least)-r.entry-5*r.rtt)
		}
		t.stalls = stalls
		offers := make(chan ftp.Endpoint, 1)
		done := make(chan struct{})
		began := time.Now()
		on := c
		go func() {
			defer close(done)
			on.try(ctx, t, offers)
		}()
		stalled := false
		timer := time.NewTimer(r.patience())
		select {
		case <-done:
		case <-timer.C:
			stalled = !r.alone.Load()
			if !stalled {
				<-done
			}
		}
		timer.Stop()
		switch offer, offered := offeredBy(offers); {
		case offered && r.elsewhere(t, offer):
			list = append([]trial{{method: PASV, variant: ControlAddress, brief: t.brief}}, list...)
		case !offered && stalled && t.method == PASV:
			r.late = append(r.late, offers)
		}
		if stalled && since.IsZero() {
			since = began
		}
		if stalled {
			r.localiseMeanwhile(ctx, t)
			r.watched.Go(func() {
				<-done
				on.quit(ctx, false)
			})
			c = nil
		}
	}
	if !c.usable() {
		c.quit(ctx, r.alone.Load())
		return nil
	}
	return c
}

// try makes one attempt, in the mode of its method.
func (c *control) try(ctx context.Context, t trial, offers chan<- ftp.Endpoint) *Attempt {
	var a *Attempt
	if t.method.Mode() == Passive {
		a = c.tryPassive(ctx, t, offers)
	} else {
		a = c.tryActive(ctx, t)
	}
	c.heed(a.refusal()) // of LIST, too
	return a
}

// skip records a trial that could not be made, and why.
func (r *route) skip(ctx context.Context, t trial) {
	a := r.x.newAttempt(Attempt{Method: t.method, Variant: t.variant, Session: r.main.ID, Protection: r.protection})
	a.Stop = Stop{Cause: Limit, Text: "no further control connection could be opened"}
	switch {
	case ctx.Err() != nil:
		a.Stop = Stop{Cause: Canceled}
	case r.x.over():
		a.Stop = Stop{Cause: Canceled, Text: "the time was up"}
	}
}
