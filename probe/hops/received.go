package hops

import (
	"context"
	"net/netip"
	"time"

	"ftpdiag/probe/neterr"
)

// Received is the TTL with which a port's TCP answer arrived here. Every
// router on the way back takes one off, so an answer that arrives with another
// TTL than the server's SYN-ACK was not made by the server's TCP: a reset
// forged by a router one hop nearer arrives with one more. Equal TTLs do not
// prove the server: a device can copy it, and a load balancer in front of the
// server answers for both ports.
type Received struct {
	Remote netip.AddrPort `json:"remote"`
	State  State          `json:"state"`
	Cause  neterr.Cause   `json:"cause,omitempty"` // why it Failed; else none
	// Answer is what the port answered. Only SYNACK and RST have a TTL that
	// can be found out; with any other one TTL is zero.
	Answer Answer `json:"answer"`
	// TTL is the received TTL, 1 to 255. Zero: not found out.
	TTL int `json:"ttl"`
	// Connects is how many connections were begun. At an open port those that
	// were answered, about half of them, were sessions for a moment.
	Connects int           `json:"connects"`
	Took     time.Duration `json:"took"`
}

// mostConnects bounds the search: 8 halvings of 255 values, as many again
// should a loss have led astray, and the tests of the guess.
const mostConnects = 24

// ReceivedTTL finds out with what TTL the answer of a port arrives. It asks
// the kernel to hear only answers with at least a certain TTL (IP_MINTTL,
// IPV6_MINHOPCOUNT: packets with less are dropped before TCP sees them) and
// searches for the largest value that still gets an answer. The connections
// are made one after the other.
//
// guess is the value to try first: the TTL of another port of the same server,
// or [InitialTTL] less the routers on the way; zero for none. A good guess
// costs two connections, no guess about eight. One value was answered and the
// next was silent for the whole patience of Options, repetition included, so a
// lost packet cannot falsify the result.
func ReceivedTTL(ctx context.Context, local netip.Addr, remote netip.AddrPort, guess int, opt Options) Received {
	return receivedTTL(ctx, openWire(local), remote, guess, opt)
}

// InitialTTL is what Linux, macOS and most others put into what they send;
// Windows uses 128, network devices often 255 (measured for Linux).
const InitialTTL = 64

func receivedTTL(ctx context.Context, w wire, remote netip.AddrPort, guess int, opt Options) Received {
	r := Received{Remote: remote, State: Unsupported}
	if w == nil {
		return r
	}
	defer w.close()
	began := time.Now()
	s := search{wire: w, opt: opt, r: &r, low: 0, high: 256}
	s.run(ctx, guess)
	r.Took = time.Since(began)
	return r
}

// search narrows down the received TTL: low was answered, high was not.
type search struct {
	wire      wire
	opt       Options
	r         *Received
	low, high int
}

func (s *search) run(ctx context.Context, guess int) {
	s.r.State = Complete
	for s.r.Connects < mostConnects {
		minTTL, patience := s.next(guess), s.opt.stagger()
		confirm := s.high-s.low == 1
		if confirm {
			if s.low == 0 {
				s.r.Answer = Silent
				return
			}
			if s.high > 255 {
				s.r.TTL = s.low // Nothing larger exists.
				return
			}
			minTTL, patience = s.high, s.opt.patience()
		}
		answer, ok := s.ask(ctx, minTTL, patience)
		switch {
		case !ok:
			return
		case answer == Silent && confirm:
			s.r.TTL = s.low
			return
		case answer == Silent:
			s.high = minTTL
		case answer != SYNACK && answer != RST, s.r.Answer != NoProbe && s.r.Answer != answer:
			s.r.Answer = answer // It has no TTL, or the port does not always answer alike.
			return
		default:
			s.r.Answer, s.low = answer, minTTL
			if confirm {
				s.high = 256 // The silence before was a loss.
			}
		}
	}
}

// next is the value to try: the guess and its neighbour, the same distance
// from the other initial values in use (128 and 255), else the middle.
func (s *search) next(guess int) int {
	for _, initial := range []int{0, 128 - InitialTTL, 255 - InitialTTL} {
		for _, try := range []int{guess + initial, guess + initial + 1} {
			if guess > 0 && s.low < try && try < s.high && try <= 255 {
				return try
			}
		}
	}
	return (s.low + s.high) / 2
}

// ask makes one connection that hears only answers with at least minTTL. ok is
// false if the search cannot go on.
func (s *search) ask(ctx context.Context, minTTL int, patience time.Duration) (answer Answer, ok bool) {
	if ctx.Err() != nil {
		s.r.State = Interrupted
		return NoProbe, false
	}
	deadline := time.Now().Add(patience)
	id, _, err := s.wire.fire(shot{remote: s.r.Remote, minTTL: minTTL})
	if err != nil {
		s.r.State, s.r.Cause = Failed, neterr.Of(err)
		return NoProbe, false
	}
	s.r.Connects++
	// At least one look, however late: what came while this program did not
	// run is no silence.
	for late := false; !late && ctx.Err() == nil; late = !time.Now().Before(deadline) {
		if answers := s.wire.await(ctx, deadline); len(answers) > 0 {
			if answers[0].answer == NoProbe {
				s.r.State, s.r.Cause = Failed, answers[0].cause
				return NoProbe, false
			}
			return answers[0].answer, true
		}
	}
	s.wire.abandon(id)
	if ctx.Err() != nil {
		s.r.State = Interrupted
		return NoProbe, false
	}
	return Silent, true
}
