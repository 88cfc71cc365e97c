package probe

import (
	"context"
	"net"
	"net/netip"
	"sync"
	"time"
)

// selfTest is how long our own connection to our own listener may take. It
// never leaves this computer.
const selfTest = time.Second

// door is our listener for one active attempt, accepting in the background.
type door struct {
	at      netip.AddrPort
	proven  bool          // a connection of our own arrived
	callers chan net.Conn // everybody else
	ln      net.Listener
	end     func()
	done    chan struct{}
	once    sync.Once
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
	d := &door{at: addrPortOf(ln.Addr()), callers: make(chan net.Conn, maxCallers), ln: ln, end: end, done: make(chan struct{})}
	go func() {
		defer close(d.done)
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			select {
			case d.callers <- conn:
			case <-open.Done():
				_ = conn.Close()
			}
		}
	}()
	dial, cancel := context.WithTimeout(ctx, selfTest)
	defer cancel()
	own, err := c.x.net.DialTCP(dial, c.local(), d.at, SocketOptions{})
	if err != nil {
		return d, nil
	}
	defer func() { _ = own.Close() }()
	for {
		select {
		case conn := <-d.callers:
			_ = conn.Close()
			if addrPortOf(conn.RemoteAddr()) == addrPortOf(own.LocalAddr()) {
				d.proven = true
				return d, nil
			}
		case <-dial.Done():
			return d, nil
		}
	}
}

// listen opens the listener on a port the person allows.
func (c *control) listen(ctx context.Context, t trial) (net.Listener, error) {
	low, high := c.x.plan.ActivePorts[0], c.x.plan.ActivePorts[1]
	var last error
	for port := uint32(low); port <= uint32(max(low, high)); port++ {
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

// close ends the listener and everybody who was not taken.
func (d *door) close() {
	d.once.Do(func() {
		d.end()
		_ = d.ln.Close()
		<-d.done
		for {
			select {
			case conn := <-d.callers:
				_ = conn.Close()
			default:
				return
			}
		}
	})
}
