package hops

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

// arrives is a port whose answer arrives with a TTL, after 20 ms.
func arrives(ttl int, answer Answer) func(shot) (Answer, ICMP, time.Duration) {
	return func(s shot) (Answer, ICMP, time.Duration) {
		if s.minTTL > ttl {
			return NoProbe, ICMP{}, 0
		}
		return answer, ICMP{}, 20 * time.Millisecond
	}
}

func TestReceivedTTLFindsEveryValue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for ttl := 1; ttl <= 255; ttl++ {
			for _, guess := range []int{0, 62, ttl, 255} {
				w := &fakeWire{reply: arrives(ttl, RST)}
				r := receivedTTL(t.Context(), w, dataPort, guess, Options{})
				if r.State != Complete || r.Answer != RST || r.TTL != ttl {
					t.Fatalf("TTL %d, guess %d: found %+v", ttl, guess, r)
				}
				if !w.closed || len(w.open) != 0 || r.Connects != len(w.fired) {
					t.Fatalf("TTL %d, guess %d: probes left open or miscounted", ttl, guess)
				}
			}
		}
	})
}

// The guess is what keeps the number of sessions at the control port small.
func TestReceivedTTLWithAGoodGuess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, tt := range []struct{ ttl, sessions, connects int }{
			{62, 1, 3},  // the guess, its neighbour, the neighbour once more at length
			{126, 3, 5}, // the same distance, from 128
			{253, 5, 7}, // the same distance, from 255
		} {
			sessions := 0
			w := &fakeWire{reply: func(s shot) (Answer, ICMP, time.Duration) {
				if s.minTTL <= tt.ttl {
					sessions++
				}
				return arrives(tt.ttl, SYNACK)(s)
			}}
			r := receivedTTL(t.Context(), w, controlPort, 62, Options{})
			if r.TTL != tt.ttl || sessions > tt.sessions || r.Connects > tt.connects {
				t.Errorf("TTL %d: found %d with %d connections, %d of them sessions", tt.ttl, r.TTL, r.Connects, sessions)
			}
		}
	})
}

// Losing a packet looks like a TTL that is too small.
func TestReceivedTTLSurvivesLoss(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for lost := 1; lost <= 10; lost++ {
			n := 0
			w := &fakeWire{reply: func(s shot) (Answer, ICMP, time.Duration) {
				if n++; n == lost {
					// The repetition a second later gets through.
					answer, icmp, after := arrives(62, SYNACK)(s)
					return answer, icmp, after + synPause
				}
				return arrives(62, SYNACK)(s)
			}}
			if r := receivedTTL(t.Context(), w, controlPort, 0, Options{}); r.TTL != 62 {
				t.Errorf("packet %d lost: found %+v", lost, r)
			}
		}
	})
}

func TestReceivedTTLWithoutAnAnswerOfTCP(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		silent := &fakeWire{reply: func(shot) (Answer, ICMP, time.Duration) { return NoProbe, ICMP{}, 0 }}
		if r := receivedTTL(t.Context(), silent, dataPort, 62, Options{}); r.TTL != 0 || r.Answer != Silent || r.State != Complete {
			t.Errorf("silent port: %+v", r)
		}
		reject := &fakeWire{reply: func(s shot) (Answer, ICMP, time.Duration) {
			return Unreachable, ICMP{Type: icmpUnreachable, Code: 3, From: router(2)}, time.Millisecond
		}}
		if r := receivedTTL(t.Context(), reject, dataPort, 62, Options{}); r.TTL != 0 || r.Answer != Unreachable {
			t.Errorf("rejected port: %+v", r)
		}
		flapping := &fakeWire{}
		flapping.reply = func(s shot) (Answer, ICMP, time.Duration) {
			return []Answer{RST, SYNACK}[len(flapping.fired)%2], ICMP{}, time.Millisecond
		}
		if r := receivedTTL(t.Context(), flapping, dataPort, 62, Options{}); r.TTL != 0 {
			t.Errorf("port that changes its mind: %+v", r)
		}
	})
}

func TestReceivedTTLIsStoppedByTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		w := &fakeWire{reply: arrives(62, SYNACK)}
		r := receivedTTL(ctx, w, controlPort, 62, Options{})
		if r.State != Interrupted || r.TTL != 0 || len(w.open) != 0 {
			t.Errorf("found %+v with %d probes open", r, len(w.open))
		}
	})
}
