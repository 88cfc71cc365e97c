package neterr

import (
	"context"
	"net"
	"testing"
	"time"
)

// listen opens a listener on the loopback interface.
func listen(t *testing.T) *net.TCPListener {
	t.Helper()
	ln, err := net.ListenTCP("tcp4", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ln.Close() })
	return ln
}

// pair connects two ends over the loopback interface.
func pair(t *testing.T) (client, server *net.TCPConn) {
	t.Helper()
	ln := listen(t)
	client, err := net.DialTCP("tcp4", nil, ln.Addr().(*net.TCPAddr))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	ln.SetDeadline(time.Now().Add(10 * time.Second))
	server, err = ln.AcceptTCP()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	client.SetDeadline(time.Now().Add(10 * time.Second))
	return client, server
}

func readError(c net.Conn) error {
	_, err := c.Read(make([]byte, 1))
	return err
}

func wantCause(t *testing.T, err error, want Cause) {
	t.Helper()
	if got := Of(err); got != want {
		t.Errorf("%#v is %q, want %q", err, got, want)
	}
}

func TestClosedPortRefuses(t *testing.T) {
	ln := listen(t)
	ln.Close()
	_, err := net.Dial("tcp4", ln.Addr().String())
	wantCause(t, err, Refused)
}

// The read is waiting when the reset comes: to a later one, Wine 8 reports the
// end of the stream (measured, also with a program in C). Systems that keep the
// reset for it give the same answer in either order.
func TestPeerThatAbortsResets(t *testing.T) {
	client, server := pair(t)
	abort := time.AfterFunc(50*time.Millisecond, func() {
		server.SetLinger(0)
		server.Close()
	})
	defer abort.Stop()
	wantCause(t, readError(client), Reset)
}

func TestPeerThatClosesIsClosed(t *testing.T) {
	client, server := pair(t)
	server.Close()
	wantCause(t, readError(client), Closed)
}

func TestOwnCloseIsLocal(t *testing.T) {
	client, _ := pair(t)
	client.Close()
	wantCause(t, readError(client), Local)
}

func TestPastDeadlineIsTimeout(t *testing.T) {
	client, _ := pair(t)
	client.SetReadDeadline(time.Now().Add(-time.Second))
	wantCause(t, readError(client), Timeout)
}

func TestDialHonoursContext(t *testing.T) {
	addr := listen(t).Addr().String()
	var dialer net.Dialer

	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := dialer.DialContext(canceled, "tcp4", addr)
	wantCause(t, err, Canceled)

	late, cancel := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
	defer cancel()
	_, err = dialer.DialContext(late, "tcp4", addr)
	wantCause(t, err, Timeout)
}

func TestListenThatCannotBindIsLocal(t *testing.T) {
	_, err := net.Listen("tcp4", listen(t).Addr().String())
	wantCause(t, err, Local)
	// 192.0.2.0/24 is for documentation (RFC 5737) and no computer's own.
	_, err = net.Listen("tcp4", "192.0.2.1:0")
	wantCause(t, err, Local)
}
