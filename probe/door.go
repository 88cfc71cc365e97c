package probe

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// selfTest is how long our own connection to our own listener may take. It
// never leaves this computer.
const selfTest = time.Second

// door is our listener for one active attempt, accepting in the background.
type door struct {
	c       *control
	at      netip.AddrPort
	proven  bool         // a connection of our own arrived
	callers chan *caller // everybody else
	ln      net.Listener
	end     func()
	done    chan struct{}
	once    sync.Once

	own       netip.AddrPort // the near end of our own connection; not valid: there is none
	dialled   chan struct{}  // closed: own is known
	met       chan struct{}  // closed: our own connection arrived
	announced atomic.Bool    // from now on somebody may know the port

	mu  sync.Mutex
	all []*caller // in the order accepted
}

// caller is somebody else who connected to our listener.
type caller struct {
	net.Conn
	from   netip.AddrPort
	at     time.Duration // when it was accepted, since the start of the examination
	event  int           // that says so in the timeline
	server bool          // it comes from the server's address
}

// maxCallers bounds the connections kept for one attempt; a scanner may send
// more.
const maxCallers = 8

// openDoor listens on the control connection's own address and proves with a
// connection of its own that the listener is alive.
func (c *control) openDoor(ctx context.Context, t trial) (*door, error) {
	ln, err := c.listen(ctx, t)
	if err != nil {
		return nil, err
	}
	open, end := context.WithCancel(ctx)
	d := &door{c: c, at: addrPortOf(ln.Addr()), callers: make(chan *caller, maxCallers), ln: ln, end: end,
		done: make(chan struct{}), dialled: make(chan struct{}), met: make(chan struct{})}
	go d.accept(open)
	defer d.announced.Store(true)
	dial, cancel := context.WithTimeout(ctx, selfTest)
	defer cancel()
	own, err := c.x.net.DialTCP(dial, c.local(), d.at, SocketOptions{})
	if err != nil {
		close(d.dialled)
		return d, nil
	}
	defer func() { _ = own.Close() }()
	d.own = addrPortOf(own.LocalAddr())
	close(d.dialled)
	select {
	case <-d.met:
		d.proven = true
	case <-dial.Done():
	}
	return d, nil
}

// accept takes in whoever connects, until the listener is closed.
func (d *door) accept(open context.Context) {
	defer close(d.done)
	met, strangers := false, 0
	for {
		conn, err := d.ln.Accept()
		if err != nil {
			return
		}
		<-d.dialled
		in := &caller{Conn: conn, from: addrPortOf(conn.RemoteAddr())}
		in.server = in.from.Addr().WithZone("") == d.c.peer().Addr().Unmap().WithZone("")
		switch {
		case !met && d.own.IsValid() && in.from == d.own:
			_ = conn.Close()
			met = true
			close(d.met)
			continue
		case !d.announced.Load():
			_ = conn.Close()
			continue
		case !in.server:
			if strangers++; strangers > maxCallers {
				_ = conn.Close()
				continue
			}
		}
		d.enter(in)
		select {
		case d.callers <- in:
		case <-open.Done():
			_ = conn.Close()
		}
	}
}

// enter writes down who came, at once: a server may have a reply under way.
func (d *door) enter(in *caller) {
	text := fmt.Sprintf("connection from %s port %d", in.from.Addr(), in.from.Port())
	if !in.server {
		text += ", which is not the server's address"
	}
	ev := d.c.x.record(Event{Session: d.c.s.ID, Step: StepActive, Direction: Note, Channel: Data, Text: text,
		Waits: true}) // for the reply to PORT, or for the data
	in.event, in.at = ev.N, ev.At
	d.mu.Lock()
	defer d.mu.Unlock()
	d.all = append(d.all, in)
}

// entered lists who has come so far.
func (d *door) entered() []*caller {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.all)
}

// listen opens the listener on a port the person allows, each time on the next one of
// them: a server calls from port 20, and may not call one port twice within a minute or
// two (TIME_WAIT).
func (c *control) listen(ctx context.Context, t trial) (net.Listener, error) {
	low, high := c.x.plan.ActivePorts[0], c.x.plan.ActivePorts[1]
	var last error
	size := uint32(max(low, high)) - uint32(low) + 1
	turn := c.x.doors.Add(1) - 1
	for i := range size {
		port := uint32(low) + (turn+i)%size
		opt := t.options()
		opt.SharePort = c.x.plan.allows("simultaneous-open")
		ln, err := c.x.net.ListenTCP(ctx, netip.AddrPortFrom(c.local(), uint16(port)), opt)
		if err == nil {
			return ln, nil
		}
		last = err
	}
	return nil, last
}

// knocked tells whether somebody has connected already.
func (d *door) knocked() bool { return len(d.callers) > 0 }

// served tells whether the server has.
func (d *door) served() bool {
	return slices.ContainsFunc(d.entered(), func(in *caller) bool { return in.server })
}

// close ends the listener and everybody who was not taken, and lists who had come.
func (d *door) close() []*caller {
	d.once.Do(func() {
		d.end()
		_ = d.ln.Close()
		<-d.done
		for {
			select {
			case in := <-d.callers:
				_ = in.Close()
			default:
				return
			}
		}
	})
	return d.entered()
}
