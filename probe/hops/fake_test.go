package hops

import (
	"context"
	"net/netip"
	"time"
)

// fakeWire is a path as a table. It runs on the clock of a synctest bubble.
type fakeWire struct {
	reply  func(s shot) (Answer, ICMP, time.Duration) // NoProbe: never
	refuse error                                      // what fire fails with
	busy   time.Duration                              // for how long this computer does something else after a SYN

	fired   []shot
	open    map[int]arrival
	last    int
	dropped int
	closed  bool
}

var here = netip.MustParseAddr("192.0.2.1")

func (w *fakeWire) fire(s shot) (int, netip.Addr, error) {
	if w.refuse != nil {
		return 0, netip.Addr{}, w.refuse
	}
	w.fired = append(w.fired, s)
	w.last++
	answer, icmp, after := w.reply(s)
	if w.open == nil {
		w.open = map[int]arrival{}
	}
	w.open[w.last] = arrival{id: w.last, at: time.Now().Add(after), answer: answer, icmp: icmp, syns: 1}
	time.Sleep(w.busy)
	return w.last, here, nil
}

func (w *fakeWire) await(ctx context.Context, until time.Time) []arrival {
	first := until
	for _, a := range w.open {
		if a.answer != NoProbe && a.at.Before(first) {
			first = a.at
		}
	}
	select {
	case <-ctx.Done():
		return nil
	case <-time.After(time.Until(first)):
	}
	var list []arrival
	for id, a := range w.open {
		if a.answer != NoProbe && !a.at.After(time.Now()) {
			list = append(list, a)
			delete(w.open, id)
		}
	}
	return list
}

func (w *fakeWire) abandon(id int) int {
	if _, ok := w.open[id]; !ok {
		return 0
	}
	delete(w.open, id)
	w.dropped++
	return 2
}

func (w *fakeWire) close() { w.closed = true }

// count is how many SYNs went to a port with at least a TTL.
func (w *fakeWire) count(remote netip.AddrPort, ttl int) int {
	n := 0
	for _, s := range w.fired {
		if s.remote == remote && s.ttl >= ttl {
			n++
		}
	}
	return n
}

var (
	controlPort = netip.MustParseAddrPort("198.51.100.9:21")
	dataPort    = netip.MustParseAddrPort("198.51.100.9:40001")
)

// router is the address of the router at a TTL.
func router(ttl int) netip.Addr { return netip.AddrFrom4([4]byte{203, 0, 113, byte(ttl)}) }

// expired is the answer of the router at a TTL, on a path where each hop takes
// 10 ms more.
func expired(ttl int) (Answer, ICMP, time.Duration) {
	return Expired, ICMP{Type: icmpExpired, From: router(ttl)}, time.Duration(ttl) * 10 * time.Millisecond
}

// reaches is a port whose server answers from the given distance on.
func reaches(distance int, answer Answer) func(shot) (Answer, ICMP, time.Duration) {
	return func(s shot) (Answer, ICMP, time.Duration) {
		if s.ttl < distance {
			return expired(s.ttl)
		}
		return answer, ICMP{}, time.Duration(distance) * 10 * time.Millisecond
	}
}
