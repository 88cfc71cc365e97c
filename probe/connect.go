package probe

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// stagger is the head start of one address over the next of the same family:
// the connection attempt delay of RFC 8305 section 5.
const stagger = 250 * time.Millisecond

// maxAddresses bounds how many addresses of one family are tried. Names with
// more exist only in pools whose members are alike.
const maxAddresses = 6

// first is the first connection that came up for one address family.
type first struct {
	conn    net.Conn
	connect Connect
	free    func()
}

// silentFamily is how long an address family may stay silent once another has
// connected: SYNs at 0, 1 and 3 s have then gone unanswered, and programs have
// long taken the other family (RFC 8305). The answer to the last of them gets
// some round trips of the family that has connected.
const silentFamily = aloneDial

// examineFamilies opens the first control connection of each address family and
// examines what it leads to: by default both, because a firewall often knows only
// one of them. One that is silent keeps the other waiting no longer than programs
// would wait. It returns when the last examination has ended.
func (x *examiner) examineFamilies(ctx context.Context) {
	dialling, giveUp := context.WithCancelCause(x.linger)
	defer giveUp(errDone)
	began := time.Now()
	var racing atomic.Int32 // families that have not connected yet
	var wg sync.WaitGroup
	turn := make(chan struct{}) // of the next family: closed when the one before has begun or failed
	close(turn)
	for _, addrs := range x.families() {
		before, next := turn, make(chan struct{})
		turn = next
		racing.Add(1)
		wg.Go(func() {
			f := x.race(ctx, dialling, addrs)
			racing.Add(-1)
			if f == nil {
				close(next)
				return
			}
			time.AfterFunc(silentFamily+4*f.connect.Took-time.Since(began), func() { giveUp(errDone) })
			select {
			case <-before: // in order, so that a report does not depend on who is quicker
			case <-time.After(stagger):
			}
			s := x.firstSession(*f)
			close(next)
			x.examine(ctx, *f, s)
			if racing.Load() > 0 {
				x.say(Event{Step: StepConnect, Waits: true, Text: "waiting for the server's other addresses to answer"})
			}
		})
	}
	wg.Wait()
}

// families are the addresses to examine, IPv6 first (RFC 6724), each family's in
// the order of the resolver.
func (x *examiner) families() [][]netip.Addr {
	var v4, v6 []netip.Addr
	for _, a := range x.exam.Resolution.Addresses {
		switch {
		case familyOf(a) == IPv4 && x.plan.Family != IPv6 && len(v4) < maxAddresses:
			v4 = append(v4, a)
		case familyOf(a) == IPv6 && x.plan.Family != IPv4 && len(v6) < maxAddresses:
			v6 = append(v6, a)
		}
	}
	x.rest = map[Family][]netip.Addr{IPv4: v4, IPv6: v6}
	list := slices.DeleteFunc([][]netip.Addr{v6, v4}, func(l []netip.Addr) bool { return len(l) == 0 })
	if s := x.plan.Source; s.IsValid() {
		list = slices.DeleteFunc(list, func(l []netip.Addr) bool { return familyOf(l[0]) != familyOf(s) })
	}
	return list
}

// race dials the addresses of one family, each a little after the one before,
// and returns the first connection; nil if none came up. Dials that are under
// way when it returns go on in the background, and the addresses whose turn had
// not come are tried there: one that is dead while another answers is worth
// knowing. The dials end with dialling, ctx is for the wait for a place.
func (x *examiner) race(ctx, dialling context.Context, addrs []netip.Addr) *first {
	free, ok := x.slot(ctx)
	if !ok {
		return nil
	}
	won := make(chan struct{})
	results := make(chan *first)
	failed := make(chan struct{}, len(addrs))
	var started sync.WaitGroup
	tried := make(chan int, 1)
	started.Go(func() {
		i := 0
		defer func() { tried <- i }()
		for _, a := range addrs {
			i++
			started.Add(1)
			x.lingering.Go(func() {
				defer started.Done()
				conn, c := x.dial(dialling, netip.AddrPortFrom(a, x.target.Port), x.plan.Timeouts.Connect, SocketOptions{})
				if conn == nil {
					failed <- struct{}{}
					return
				}
				select {
				case results <- &first{conn: conn, connect: c, free: free}:
				case <-won:
					x.company.take(conn)()
					_ = conn.Close()
				}
			})
			if i == len(addrs) {
				return
			}
			head := time.NewTimer(stagger)
			select {
			case <-head.C:
			case <-failed: // no need to wait for a loser
			case <-won:
			case <-dialling.Done():
			}
			head.Stop()
			select {
			case <-won:
				return
			case <-dialling.Done():
				return
			default:
			}
		}
	})
	all := make(chan struct{})
	x.lingering.Go(func() { started.Wait(); close(all) })
	defer close(won)
	select {
	case f := <-results:
		x.lingering.Go(func() { x.tryOthers(addrs[<-tried:]) })
		return f
	case <-all:
		free()
		return nil
	}
}

// tryOthers connects to the addresses of a family whose turn did not come, one
// after the other and no further than that, as long as the examination lasts.
func (x *examiner) tryOthers(addrs []netip.Addr) {
	if x.plan.Gentle || x.plan.Serial {
		return
	}
	for _, a := range addrs {
		if x.linger.Err() != nil {
			return
		}
		// One such connection at a time beside those of the examination.
		free, ok := x.spareSlot()
		room, also := x.spareSlot()
		if room(); !ok || !also {
			free()
			return // what is examined needs its connections
		}
		if conn, _ := x.dial(x.linger, netip.AddrPortFrom(a, x.target.Port), min(aloneDial, x.plan.Timeouts.Connect), SocketOptions{}); conn != nil {
			x.company.take(conn)()
			_ = conn.Close()
		}
		free()
	}
}

// dialControl connects to the control port and records how it went; nil if it
// failed. It takes one of the slots for control connections.
func (x *examiner) dialControl(ctx context.Context, remote netip.AddrPort) *first {
	free, ok := x.slot(ctx)
	if !ok {
		return nil
	}
	conn, c := x.dial(ctx, remote, x.plan.Timeouts.Connect, SocketOptions{})
	if conn == nil {
		free()
		return nil
	}
	return &first{conn: conn, connect: c, free: free}
}

// deadAfter is how long an address must have been silent to be called dead
// when the examination ends before its dial does: a SYN and its repetition
// after 1 s have then gone unanswered.
const deadAfter = 1500 * time.Millisecond

// dial makes one TCP connect to the control port and records it.
func (x *examiner) dial(ctx context.Context, remote netip.AddrPort, limit time.Duration, opt SocketOptions) (net.Conn, Connect) {
	c := Connect{Remote: remote, Began: x.elapsed()}
	c.Events = append(c.Events, x.note(Event{Step: StepConnect, Direction: Send, Channel: Control,
		Text: fmt.Sprintf("connect %s port %d", remote.Addr(), remote.Port())}))
	leave := x.company.enter(remote.Addr())
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	conn, err := x.net.DialTCP(limited, x.plan.Source, remote, opt)
	c.Took = x.elapsed() - c.Began
	if err != nil {
		leave()
		c.Stop = stopOf(err)
		if ctx.Err() != nil {
			c.Stop.Cause = Canceled
		}
		if errors.Is(context.Cause(ctx), errDone) {
			if c.Took < deadAfter {
				return nil, c // not waited for: says nothing about the address
			}
			c.Stop.Cause = Timeout
		}
		c.Events = append(c.Events, x.note(Event{Step: StepConnect, Direction: Note, Channel: Control,
			Text: fmt.Sprintf("%s port %d: %s%s", remote.Addr(), remote.Port(), c.Stop.Cause, c.Stop.by())}))
		x.recordConnect(c)
		return nil, c
	}
	x.company.keep(conn, leave)
	c.Local = addrPortOf(conn.LocalAddr())
	c.Events = append(c.Events, x.note(Event{Step: StepConnect, Direction: Note, Channel: Control,
		Text: fmt.Sprintf("connected in %d ms", c.Took.Milliseconds())}))
	x.recordConnect(c)
	return conn, c
}

func (x *examiner) recordConnect(c Connect) {
	name := ""
	if c.Local.IsValid() {
		name = x.net.InterfaceName(c.Local.Addr())
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.exam.Connects = append(x.exam.Connects, c)
	if x.exam.Interface == "" && c.Local.IsValid() {
		x.exam.Interface = name
	}
}

// addrPortOf reads a TCP address; the zero AddrPort if it is none.
func addrPortOf(a net.Addr) netip.AddrPort {
	if t, ok := a.(*net.TCPAddr); ok {
		ap := t.AddrPort()
		return netip.AddrPortFrom(ap.Addr().Unmap(), ap.Port())
	}
	return netip.AddrPort{}
}
