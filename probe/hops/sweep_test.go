package hops

import (
	"context"
	"net/netip"
	"os"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"ftpdiag/probe/neterr"
)

// pair sweeps over a control port at distance 5 that works and a data port
// that the given function answers for.
func pair(t *testing.T, data func(shot) (Answer, ICMP, time.Duration)) (w *fakeWire, control, dataPath Path, took time.Duration) {
	t.Helper()
	return busyPair(t, 0, data)
}

// busyPair is pair on a computer that does something else after every SYN.
func busyPair(t *testing.T, busy time.Duration, data func(shot) (Answer, ICMP, time.Duration)) (w *fakeWire, control, dataPath Path, took time.Duration) {
	t.Helper()
	w = &fakeWire{busy: busy, reply: func(s shot) (Answer, ICMP, time.Duration) {
		if s.remote == controlPort {
			return reaches(5, SYNACK)(s)
		}
		return data(s)
	}}
	began := time.Now()
	paths := trace(t.Context(), w, Options{}, controlPort, dataPort)
	if !w.closed || len(w.open) != 0 {
		t.Errorf("%d probes were left open (closed: %v)", len(w.open), w.closed)
	}
	return w, paths[0], paths[1], time.Since(began)
}

func wantHops(t *testing.T, p Path, want ...Answer) {
	t.Helper()
	if p.State != Complete || len(p.Hops) != len(want) {
		t.Fatalf("path is %+v, want %v", p, want)
	}
	for i, hop := range p.Hops {
		if hop.Answer != want[i] {
			t.Errorf("TTL %d is %v, want %v", i+1, hop.Answer, want[i])
		}
	}
}

func TestAnOpenPortSeesOneConnection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, control, data, took := pair(t, reaches(5, SYNACK))
		wantHops(t, control, Expired, Expired, Expired, Expired, SYNACK)
		wantHops(t, data, Expired, Expired, Expired, Expired, SYNACK)
		if a, b := w.count(controlPort, 5), w.count(dataPort, 5); a != 1 || b != 1 {
			t.Errorf("the server saw %d and %d connections", a, b)
		}
		if took > time.Second {
			t.Errorf("it took %v although every hop answers", took)
		}
	})
}

// An answer that came while this program did not run is an answer.
func TestABusyComputerMissesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, control, data, _ := busyPair(t, 3*time.Second, reaches(5, RST))
		wantHops(t, control, Expired, Expired, Expired, Expired, SYNACK)
		wantHops(t, data, Expired, Expired, Expired, Expired, RST)
		w := &fakeWire{busy: 3 * time.Second, reply: arrives(62, RST)}
		if r := receivedTTL(t.Context(), w, dataPort, 62, Options{}); r.TTL != 62 || r.Connects > 3 {
			t.Errorf("the received TTL is %+v, want 62 after 3 connections", r)
		}
	})
}

// A final answer that was lost and came with the repetition is not looked for
// behind the server.
func TestALostAnswerIsNoDistance(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, _, data, _ := pair(t, func(s shot) (Answer, ICMP, time.Duration) {
			answer, icmp, after := reaches(5, RST)(s)
			if s.ttl == 5 {
				after += synPause
			}
			return answer, icmp, after
		})
		wantHops(t, data, Expired, Expired, Expired, Expired, RST)
		if w.count(controlPort, 5) != 1 {
			t.Error("the control port was asked again")
		}
	})
}

// A router in the middle that never says when a TTL expires is common, and must
// cost neither the server's sessions nor the full patience.
func TestSilentRouterOnAHealthyPath(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &fakeWire{reply: func(s shot) (Answer, ICMP, time.Duration) {
			if s.ttl == 2 {
				return NoProbe, ICMP{}, 0
			}
			return reaches(5, SYNACK)(s)
		}}
		began := time.Now()
		p := trace(t.Context(), w, Options{}, controlPort)[0]
		wantHops(t, p, Expired, Silent, Expired, Expired, SYNACK)
		if n := w.count(controlPort, 5); n != 1 {
			t.Errorf("the server saw %d connections", n)
		}
		if took := time.Since(began); took > time.Second {
			t.Errorf("it took %v", took)
		}
	})
}

func TestSilenceIsWaitedForPastTheSecondSYN(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, _, data, took := pair(t, func(s shot) (Answer, ICMP, time.Duration) {
			if s.ttl < 3 {
				return expired(s.ttl)
			}
			return NoProbe, ICMP{}, 0
		})
		wantHops(t, data, Expired, Expired, Silent, Silent, Silent, Silent, Silent)
		for _, hop := range data.Hops[2:] {
			if hop.Took < 1100*time.Millisecond || hop.SYNs != 2 {
				t.Errorf("called silent after %v and %d SYNs", hop.Took, hop.SYNs)
			}
		}
		if took > 3*time.Second {
			t.Errorf("it took %v", took)
		}
		if n := w.count(dataPort, 1); n != 7 {
			t.Errorf("%d TTLs were asked", n)
		}
	})
}

// The data ports may be forwarded to a machine some hops behind the one that
// answers the control port.
func TestDataPortBehindTheControlPort(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, _, data, _ := pair(t, reaches(9, SYNACK))
		wantHops(t, data, Expired, Expired, Expired, Expired, Expired, Expired, Expired, Expired, SYNACK)
	})
}

func TestAnAnswerInFlightIsNotOvertaken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		// The reject of a distant hop comes before the nearer one's is due.
		_, _, data, _ := pair(t, func(s shot) (Answer, ICMP, time.Duration) {
			if s.ttl == 1 {
				return expired(1)
			}
			return RST, ICMP{}, time.Duration(700-100*s.ttl) * time.Millisecond
		})
		wantHops(t, data, Expired, RST)
	})
}

func TestContextEndsTheSweep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
		defer cancel()
		w := &fakeWire{reply: func(s shot) (Answer, ICMP, time.Duration) {
			if s.ttl == 1 {
				return expired(1)
			}
			return NoProbe, ICMP{}, 0
		}}
		began := time.Now()
		p := trace(ctx, w, Options{}, controlPort)[0]
		if took := time.Since(began); took > 510*time.Millisecond {
			t.Errorf("it went on for %v", took)
		}
		if p.State != Interrupted || len(w.open) != 0 {
			t.Errorf("path is %+v with %d probes open", p, len(w.open))
		}
		for _, hop := range p.Hops[1:] {
			if hop.Answer != NoProbe {
				t.Errorf("a hop was called %v before its time", hop.Answer)
			}
		}
	})
}

func TestWhatThisComputerCannotSendIsNotAnAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &fakeWire{refuse: os.NewSyscallError("connect", syscall.ENETUNREACH)}
		p := trace(t.Context(), w, Options{}, controlPort)[0]
		want := neterr.Of(w.refuse)
		if p.State != Failed || p.Cause != want || len(p.Hops) != 0 {
			t.Errorf("path is %+v, want it failed with %q", p, want)
		}
	})
}

func TestWithoutAWireNothingIsClaimed(t *testing.T) {
	p := trace(t.Context(), nil, Options{}, controlPort, dataPort)
	if p[0].State != Unsupported || p[1].State != Unsupported {
		t.Errorf("states are %v and %v", p[0].State, p[1].State)
	}
	if c := Compare(p[0], p[1]); c != (Comparison{}) {
		t.Errorf("comparison is %+v", c)
	}
	if r := receivedTTL(t.Context(), nil, controlPort, 0, Options{}); r.State != Unsupported || r.TTL != 0 {
		t.Errorf("received TTL is %+v", r)
	}
}

func TestServerThatNeverAnswersEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &fakeWire{reply: func(shot) (Answer, ICMP, time.Duration) { return NoProbe, ICMP{}, 0 }}
		p := trace(t.Context(), w, Options{MaxTTL: 4}, netip.MustParseAddrPort("[2001:db8::1]:21"))[0]
		wantHops(t, p, Silent, Silent, Silent, Silent)
	})
}
