package probe

import (
	"net"
	"net/netip"
	"sync"
	"time"
)

// company counts this program's control connections to each address of the
// server. Firewalls and servers that limit connections per client count them
// too, and a data connection that fails for that reason says nothing about its
// mode. The zero value is ready to use.
type company struct {
	mu      sync.Mutex
	begun   map[netip.Addr]int  // dialled and not yet ended
	open    map[net.Conn]func() // ends the count of a connection that nobody has taken over yet
	left    time.Time           // when the last one ended
	crowds  map[netip.Addr]int  // how often a second one has joined those that stand
	greeted map[netip.Addr]int  // of these, the ones that a greeting came over: everybody on the way has counted them
}

// enter counts a control connection that is about to be dialled; the function
// it returns ends it and may be called more than once.
func (c *company) enter(a netip.Addr) (leave func()) {
	c.add(a, 1, 0)
	return sync.OnceFunc(func() {
		c.add(a, -1, 0)
		c.mu.Lock()
		defer c.mu.Unlock()
		c.left = time.Now()
	})
}

// keep leaves a connection counted until take.
func (c *company) keep(conn net.Conn, leave func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.open == nil {
		c.open = map[net.Conn]func(){}
	}
	c.open[conn] = leave
}

// take is what ends the count of a connection, from now on the caller's business.
func (c *company) take(conn net.Conn) (leave func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	leave = c.open[conn]
	delete(c.open, conn)
	if leave == nil {
		return func() {}
	}
	return leave
}

// quietSince is when the last control connection ended; zero: none has.
func (c *company) quietSince() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.left
}

// greet counts a control connection over which the greeting came.
func (c *company) greet(a netip.Addr) (leave func()) {
	c.add(a, 0, 1)
	return sync.OnceFunc(func() { c.add(a, 0, -1) })
}

func (c *company) add(a netip.Addr, begun, greeted int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.begun == nil {
		c.begun, c.greeted, c.crowds = map[netip.Addr]int{}, map[netip.Addr]int{}, map[netip.Addr]int{}
	}
	c.begun[a] += begun
	if begun > 0 && c.begun[a] > 1 {
		c.crowds[a]++
	}
	c.greeted[a] += greeted
}

// since tells, from now on, whether one of ours that is open has had company: what
// came and went in between is in neither most at the start nor most at the end.
func (c *company) since(a netip.Addr) (joined func() bool) {
	crowds := func() int {
		c.mu.Lock()
		defer c.mu.Unlock()
		return c.crowds[a]
	}
	before := crowds()
	return func() bool { return crowds() > before }
}

// most and least are how many control connections stand beside one of ours
// that is open: at most, counting those that are still being dialled, and at
// least.
func (c *company) most(a netip.Addr) int  { return c.of(func() int { return c.begun[a] }) }
func (c *company) least(a netip.Addr) int { return c.of(func() int { return c.greeted[a] }) }

func (c *company) of(count func() int) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return max(0, count()-1)
}
