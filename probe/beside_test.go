package probe

import (
	"net/netip"
	"testing"
)

// TestCompanyMeanwhile: a control connection that came and went while a data
// connection was tried has been company to it.
func TestCompanyMeanwhile(t *testing.T) {
	var c company
	server, other := netip.MustParseAddr("198.51.100.20"), netip.MustParseAddr("198.51.100.21")
	leave := c.enter(server)
	defer leave()
	joined := c.since(server)
	c.enter(other)()
	if joined() || c.most(server) != 0 {
		t.Error("a connection to another server is company")
	}
	c.enter(server)()
	if !joined() {
		t.Error("nobody remembers the second connection")
	}
	if c.since(server)() {
		t.Error("a connection that ended before is company")
	}
}
