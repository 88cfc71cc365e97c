package probe

import (
	"context"
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"net/netip"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// maxControls is how many control connections to one server are open at a
// time, at most. Servers that limit connections per address commonly allow
// five or more; a person's own FTP program needs one of them.
const maxControls = 4

// Prober examines servers. A Prober with a Network is ready to use; it holds
// no state between runs.
type Prober struct {
	Network Network
	Plan    Plan
	Version string      // this program's version, written into the examination
	Observe func(Event) // called for each event in order, never concurrently; may be nil

	// Verify tells whether a certificate is to be trusted; nil: as the system's
	// own roots say. It is called once for each chain, and may be left alone with
	// it when the answer takes too long or the examination ends.
	Verify func(leaf *x509.Certificate, opts x509.VerifyOptions) error
}

// Run examines one server. A failure is a result: Run never returns nil, and
// what could not be done is recorded as such. When ctx ends, Run stops within
// moments and returns what is known.
func (p *Prober) Run(ctx context.Context, t Target) *Examination {
	t.Account = !t.Anonymous()
	x := &examiner{
		net:      p.Network,
		plan:     p.Plan,
		target:   t,
		observe:  p.Observe,
		verifier: p.Verify,
		start:    time.Now(),
		slots:    make(chan struct{}, maxControls),
		login:    newGate(),
		calling:  map[*Attempt]time.Duration{},
	}
	x.plan.Timeouts = p.Plan.Timeouts.WithDefaults()
	x.exam = &Examination{
		Schema:      SchemaVersion,
		ToolVersion: p.Version,
		OS:          runtime.GOOS,
		Arch:        runtime.GOARCH,
		Started:     x.start,
		Target:      t,
		Plan:        x.plan,
	}
	x.run(ctx)
	return x.finish(ctx)
}

// examiner is one run of a Prober.
type examiner struct {
	net      Network
	plan     Plan
	target   Target
	observe  func(Event)
	verifier func(*x509.Certificate, x509.VerifyOptions) error
	start    time.Time
	slots    chan struct{} // one element per open control connection

	company company // control connections by address

	linger    context.Context // of dials that are watched beside the examination, to its end
	lingering sync.WaitGroup

	rest map[Family][]netip.Addr // addresses of the name, for when the one that was first turns out dead

	login gate // who may log in

	doors      atomic.Uint32 // listeners opened so far
	offers     atomic.Int32  // passive ports that servers keep for us at the moment
	until      atomic.Int64  // when the questions end, since the start, where they have a time of their own; zero: they have none
	oneAtATime atomic.Bool   // an address admits one control connection at a time

	mu             sync.Mutex // guards what follows; never held across I/O
	exam           *Examination
	sessions       []*Session
	attempts       map[int][]*Attempt                  // by session
	routes         []*route                            // the first of each address that has let us in
	longestLogin   time.Duration                       // of those that ended
	longestReply   time.Duration                       // of the greetings and replies to USER that came
	longestListing time.Duration                       // of those that came, from LIST on
	silentPorts    map[netip.AddrPort]bool             // passive ports that did not answer
	entered        time.Duration                       // when the first address had let us in; zero: none has
	calling        map[*Attempt]time.Duration          // until when a call of the server is waited for, since the start
	verified       map[[sha256.Size]byte]*verification // by chain
	greetBy        time.Time                           // when the addresses that follow a silent one must have greeted; zero: none was silent
	usualCodes     map[answered]bool                   // which the server says where others are usual, and nothing after them
}

// run is the examination in the order of the wire.
func (x *examiner) run(ctx context.Context) {
	x.resolve(ctx)
	var done context.CancelCauseFunc
	x.linger, done = context.WithCancelCause(ctx)
	x.lookAround(x.linger)
	x.examineFamilies(ctx)
	x.askOtherPorts(ctx)
	done(errDone)
	x.lingering.Wait()
}

// finish puts the records together.
func (x *examiner) finish(ctx context.Context) *Examination {
	x.mu.Lock()
	defer x.mu.Unlock()
	e := x.exam
	for _, s := range x.sessions {
		for _, a := range x.attempts[s.ID] {
			s.Attempts = append(s.Attempts, *a)
		}
		e.Sessions = append(e.Sessions, *s)
	}
	slices.SortStableFunc(e.Connects, func(a, b Connect) int { return int(a.Began - b.Began) })
	slices.SortStableFunc(e.Experiments, func(a, b Experiment) int { return a.first() - b.first() })
	e.Took = time.Since(x.start)
	e.Interrupted = ctx.Err() != nil && !errors.Is(context.Cause(ctx), errDone)
	return e
}

// errDone is the cause with which the engine itself cancels what it no longer
// waits for, to tell it from a person who stops the run.
var errDone = errors.New("the answer is known")
