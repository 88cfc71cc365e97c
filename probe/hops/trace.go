package hops

import (
	"context"
	"net/netip"
	"time"

	"ftpdiag/probe/neterr"
)

// Options are the patience of a measurement. The zero value suits any path
// with a round trip below 100 ms.
type Options struct {
	// RTT is the round trip to the server, as the connect of the control
	// connection showed it. Zero: not known, taken for 75 ms.
	RTT time.Duration
	// MaxTTL ends the search for a server that does not answer. Zero: 30,
	// what traceroute uses; 255 at most.
	MaxTTL int
}

const (
	defaultRTT    = 75 * time.Millisecond
	defaultMaxTTL = 30
	// longestRTT bounds what a caller may call a round trip, so that a path
	// of 30 silent hops ends within minutes at worst.
	longestRTT = 2 * time.Second
	// synPause is how long TCP waits before it sends an unanswered SYN again
	// (RFC 6298 section 2.1). It is also the spacing that the ICMP rate limit
	// of Linux routers asks for.
	synPause = time.Second
	// slack covers what routers add that answer ICMP in their own good time.
	slack = 50 * time.Millisecond
)

func (o Options) rtt() time.Duration {
	if o.RTT <= 0 {
		return defaultRTT
	}
	return min(o.RTT, longestRTT)
}

func (o Options) maxTTL() int {
	if o.MaxTTL <= 0 {
		return defaultMaxTTL
	}
	return min(o.MaxTTL, 255)
}

// stagger is how long a TTL may stay unanswered before the next one is asked.
// It exceeds the round trip, so that the sweep has seen the server's answer
// before it asks a TTL that reaches the server once more.
func (o Options) stagger() time.Duration { return 2*o.rtt() + slack }

// patience is how long a SYN and its repetition are waited for: 1.3 s for a
// short path, as measured to suffice.
func (o Options) patience() time.Duration {
	return synPause + max(2*o.rtt()+2*slack, 300*time.Millisecond)
}

// Trace follows the path to one port: TTL 1, 2, 3 ..., each as soon as the one
// before is answered or has been silent for a little more than a round trip,
// and no further than the first final answer, so that an open port sees one
// connection. Silent hops keep being waited for meanwhile.
//
// The connections leave from local; the zero Addr lets the system choose. It
// takes about a round trip per hop, and 1.3 s more if a hop is silent; a
// server that does not answer at all takes MaxTTL staggers. ctx ends it early.
func Trace(ctx context.Context, local netip.Addr, remote netip.AddrPort, opt Options) Path {
	return trace(ctx, openWire(local), opt, remote)[0]
}

// TracePair follows the paths to the control port and to the data port at the
// same time, so that both ask the same router in the same instant. It goes no
// further than two hops behind the distance at which the control port
// answered, except while routers keep saying that the data port's SYN expired
// there: the data ports may be forwarded to a machine behind.
func TracePair(ctx context.Context, local netip.Addr, control, data netip.AddrPort, opt Options) (controlPath, dataPath Path) {
	paths := trace(ctx, openWire(local), opt, control, data)
	return paths[0], paths[1]
}

// trace sweeps over w, or says that there is none.
func trace(ctx context.Context, w wire, opt Options, remotes ...netip.AddrPort) []Path {
	paths := make([]Path, len(remotes))
	for i, remote := range remotes {
		paths[i] = Path{Remote: remote, State: Unsupported}
	}
	if w == nil {
		return paths
	}
	defer w.close()
	s := sweep{wire: w, opt: opt, paths: paths, flights: map[int]flight{}, began: time.Now()}
	s.run(ctx)
	return paths
}

// wire sends SYNs and hears what comes back. It is what differs between
// operating systems, and what tests replace.
type wire interface {
	// fire sends a SYN. id names it from then on; from is the local address
	// it left from. An error means that nothing was sent.
	fire(s shot) (id int, from netip.Addr, err error)
	// await returns what was answered until the given time, as soon as there
	// is something, or nothing when the time or ctx ends. What it returns has
	// ended.
	await(ctx context.Context, until time.Time) []arrival
	// abandon ends the wait for an answer, and tells how many SYNs were sent.
	// For an id that has ended it does nothing.
	abandon(id int) (syns int)
	// close abandons everything.
	close()
}

// shot is a SYN to be sent.
type shot struct {
	remote netip.AddrPort
	ttl    int // to send it with; 0: the system's own
	minTTL int // answers that arrive with less are not heard; 0: all are
}

// arrival is the answer to a shot.
type arrival struct {
	id     int
	at     time.Time
	answer Answer
	icmp   ICMP
	syns   int
	cause  neterr.Cause // why answer is NoProbe: this computer gave up
}
