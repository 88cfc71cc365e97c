package scenarios

import (
	"time"

	"ftpdiag/probe"
)

// Running is a scenario with its server at work. It is made by
// [Scenario.Start] or [Scenario.StartInMemory] and ended by Close.
type Running struct {
	// Network, Target and Plan are what a prober needs to examine it.
	Network probe.Network
	Target  probe.Target
	Plan    probe.Plan

	// Stop is when the person of this scenario ends the examination; zero: not
	// at all. Whoever runs it ends the context then.
	Stop time.Duration

	server *server
	closed func()     // ends the ground, after the server
	held   func() int // counts the sockets of the ground that are not the server's
}

// Close ends the server and its network and returns when every goroutine of
// theirs has ended. It may be called more than once.
func (r *Running) Close() {
	if r.server != nil {
		r.server.close()
	}
	r.closed()
}

// Open counts the sockets that are in use: those of the server, and in memory
// those of whoever examines it as well. Before Close it is what the server
// holds at the moment; a test that finds sockets left over after an examination
// and Close has found a leak.
func (r *Running) Open() int {
	n := r.held()
	if r.server != nil {
		n += r.server.held()
	}
	return n
}

// realTime is how much faster than life scenarios on real sockets are: a
// server that waits for a minute waits for six seconds, and the examination's
// patience shrinks likewise. Smaller, and the scheduling of a busy machine
// would be mistaken for the network.
const realTime = 0.1

// shortened are the default timeouts of an examination, scaled by realTime. The
// patience is somewhat longer than that, because a machine that runs many tests
// at once may need a tenth of a second to accept a connection.
var shortened = probe.Timeouts{
	Connect:   1 * time.Second,
	Greeting:  3500 * time.Millisecond,
	Reply:     1500 * time.Millisecond,
	PortReply: 3500 * time.Millisecond,
	Data:      800 * time.Millisecond,
	Patience:  250 * time.Millisecond,
}
