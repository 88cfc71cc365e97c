package scenarios

import (
	"cmp"
	"context"
	"io"
	"net"
	"net/netip"
	"sync"
	"time"
)

// server is an FTP server that misbehaves as its scenario says. It stands on
// any ground: on a network in memory or on loopback sockets.
type server struct {
	spec   *serverSpec
	ground ground
	pki    *pki
	scale  float64 // every wait of its own is multiplied by this; 1 is true to life

	ctx    context.Context // ends when the server is closed
	cancel context.CancelFunc
	tasks  sync.WaitGroup

	// mu guards what follows. It is never held while waiting or across I/O.
	mu       sync.Mutex
	closed   bool
	open     map[io.Closer]struct{} // listeners and connections
	perPeer  map[netip.Addr]int     // control connections by the client's address
	played   map[int]int            // how often each cue was played, by its index
	first    map[int]time.Time      // when each cue was played first
	nextPort map[netip.Addr]uint16  // the passive port to use next on each address, if there is a range
}

// ground is where a server stands: the network as the server sees it. What the
// network does to the server's connections happens in there.
type ground interface {
	// listenControl opens the control ports, one listener for each address.
	listenControl(ctx context.Context) ([]net.Listener, error)
	// listenData opens a passive port for the session whose own address is
	// local; port 0 is any.
	listenData(ctx context.Context, local netip.AddrPort) (net.Listener, error)
	// dialData connects to the client; port 0 is any.
	dialData(ctx context.Context, local, remote netip.AddrPort) (net.Conn, error)
}

// serve starts a server. It returns when the control ports are open.
func serve(ctx context.Context, spec *serverSpec, g ground, p *pki, scale float64) (*server, []net.Listener, error) {
	srv := &server{
		spec: spec, ground: g, pki: p, scale: scale,
		open: map[io.Closer]struct{}{}, perPeer: map[netip.Addr]int{}, played: map[int]int{}, first: map[int]time.Time{},
		nextPort: map[netip.Addr]uint16{},
	}
	srv.ctx, srv.cancel = context.WithCancel(ctx)
	listeners, err := g.listenControl(srv.ctx)
	if err != nil {
		srv.cancel()
		return nil, nil, err
	}
	for _, l := range listeners {
		if !srv.keep(l) {
			continue
		}
		srv.tasks.Go(func() { srv.accept(l) })
	}
	return srv, listeners, nil
}

// accept takes control connections until the listener is closed.
func (srv *server) accept(l net.Listener) {
	defer srv.drop(l)
	for {
		conn, err := l.Accept()
		if err != nil {
			return // closed by Close; nothing else ends a listener of ours
		}
		if !srv.keep(conn) {
			return
		}
		srv.tasks.Go(func() {
			defer srv.drop(conn)
			newSession(srv, conn).run()
		})
	}
}

// close ends the server and returns when all its goroutines have ended.
func (srv *server) close() {
	srv.cancel()
	srv.mu.Lock()
	srv.closed = true
	open := make([]io.Closer, 0, len(srv.open))
	for c := range srv.open {
		open = append(open, c)
	}
	srv.mu.Unlock()
	for _, c := range open {
		c.Close()
	}
	srv.tasks.Wait()
}

// keep makes close end c as well. Once the server is closed it ends c itself
// and reports false.
func (srv *server) keep(c io.Closer) bool {
	srv.mu.Lock()
	closed := srv.closed
	if !closed {
		srv.open[c] = struct{}{}
	}
	srv.mu.Unlock()
	if closed {
		c.Close()
	}
	return !closed
}

// drop ends c, which nobody needs any more.
func (srv *server) drop(c io.Closer) {
	srv.mu.Lock()
	delete(srv.open, c)
	srv.mu.Unlock()
	c.Close()
}

// held counts the sockets that are still open.
func (srv *server) held() int {
	srv.mu.Lock()
	defer srv.mu.Unlock()
	return len(srv.open)
}

// enter counts a control connection from the address, and leave takes it out
// again; enter reports how many there are now.
func (srv *server) enter(a netip.Addr) int {
	srv.mu.Lock()
	defer srv.mu.Unlock()
	srv.perPeer[a]++
	return srv.perPeer[a]
}

func (srv *server) leave(a netip.Addr) {
	srv.mu.Lock()
	defer srv.mu.Unlock()
	srv.perPeer[a]--
}

// passivePort picks the next port of the scenario's range on the address; 0
// without a range. Ports are taken in turn, as a person reading the report
// expects, and so that a run in memory gives the same report every time.
func (srv *server) passivePort(on netip.Addr) uint16 {
	lo, hi := srv.spec.ports[0], srv.spec.ports[1]
	if lo == 0 {
		return 0
	}
	srv.mu.Lock()
	defer srv.mu.Unlock()
	port := srv.nextPort[on]
	if port < lo || port > hi {
		port = lo
	}
	srv.nextPort[on] = port + 1
	return port
}

// cued finds the script for a command, and whether there is one. The first cue
// that fits counts, and only once if it says so.
func (srv *server) cued(verb string, fits func(moment) bool) (script, bool) {
	srv.mu.Lock()
	defer srv.mu.Unlock()
	for i, c := range srv.spec.cues {
		if c.verb != verb && c.verb != "*" || !fits(c.when) {
			continue
		}
		if c.count > 0 && srv.played[i] >= c.count {
			continue
		}
		if began, known := srv.first[i]; !known {
			srv.first[i] = time.Now()
		} else if c.lasts > 0 && time.Since(began) > srv.lasting(c.lasts) {
			continue
		}
		srv.played[i]++
		return c.play, true
	}
	return nil, false
}

// awaitClient is how long the server waits for the client at a passive port.
func (srv *server) awaitClient() time.Duration {
	return cmp.Or(srv.spec.patience, srv.spec.style.awaitClient)
}

// lasting scales a wait of the server.
func (srv *server) lasting(d time.Duration) time.Duration {
	return time.Duration(float64(d) * srv.scale)
}

// sleep waits; an error means that the server was closed meanwhile.
func (srv *server) sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(srv.lasting(d))
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
