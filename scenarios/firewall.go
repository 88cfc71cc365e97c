package scenarios

import (
	"sync"
	"time"

	"ftpdiag/probe"
	"ftpdiag/scenarios/simnet"
)

// ownFirewall is a client whose own firewall drops the server's calls: they
// reach this computer, are counted there, and get no further. The network drops
// them; this counts them as the kernel does. Besides, it may drop what others send
// to everybody.
type ownFirewall struct {
	*simnet.Host

	began time.Time
	noise time.Duration // between two packets of others; 0: there are none

	mu    sync.Mutex
	calls []*call
}

// call is one connection of the server's that did not come through.
type call struct {
	began, ended time.Time // ended is zero while the server still tries
}

// repeats are when a system sends a SYN again that stays without an answer
// (Linux, after the first).
var repeats = []time.Duration{0, 1 * time.Second, 3 * time.Second, 7 * time.Second, 15 * time.Second, 31 * time.Second, 63 * time.Second}

// called writes down that the server begins to call; ended must be called when
// it gives up.
func (w *ownFirewall) called() (ended func()) {
	c := &call{began: time.Now()}
	w.mu.Lock()
	w.calls = append(w.calls, c)
	w.mu.Unlock()
	return func() {
		w.mu.Lock()
		c.ended = time.Now()
		w.mu.Unlock()
	}
}

// Counters implements probe.Counting: every packet of a call or of others was
// received and not delivered.
func (w *ownFirewall) Counters() probe.Counters {
	w.mu.Lock()
	defer w.mu.Unlock()
	var n uint64
	if w.noise > 0 {
		n = uint64(time.Since(w.began) / w.noise)
	}
	for _, c := range w.calls {
		until := c.ended
		if until.IsZero() {
			until = time.Now()
		}
		for _, after := range repeats {
			if !c.began.Add(after).After(until) {
				n++
			}
		}
	}
	known := probe.IPCounters{Known: true, Received: n}
	return probe.Counters{IPv4: known, IPv6: known}
}
