package simnet

import (
	"bytes"
	"io"
	"net"
	"net/netip"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/nettest"

	"ftpdiag/probe"
	"ftpdiag/probe/neterr"
)

// TestConnContract runs the tests that every net.Conn must pass, outside a
// bubble and in real time.
func TestConnContract(t *testing.T) {
	nettest.TestConn(t, func() (c1, c2 net.Conn, stop func(), err error) {
		n := New()
		addr := netip.MustParseAddrPort("192.0.2.1:21")
		h := n.Host("host", addr.Addr())
		l, err := h.ListenTCP(t.Context(), addr, probe.SocketOptions{})
		if err != nil {
			return nil, nil, nil, err
		}
		if c1, err = h.DialTCP(t.Context(), netip.Addr{}, addr, probe.SocketOptions{}); err != nil {
			return nil, nil, nil, err
		}
		c2, err = l.Accept()
		return c1, c2, n.Close, err
	})
}

func TestDataArriveInOrderAfterTheLatency(t *testing.T) {
	inWorld(t, func(w *world) {
		client, server := w.pair()
		w.at(150 * ms)
		w.writes(server, "220 ready\r\n")
		time.Sleep(10 * ms)
		w.writes(server, "second\r\n")
		w.writes(server, "third\r\n")
		w.reads(client, "220 ready\r\n")
		w.at(200 * ms)
		w.reads(client, "second\r\n")
		w.at(210 * ms)
		w.reads(client, "third\r\n")
		w.at(210 * ms)
	})
}

func TestReadInPieces(t *testing.T) {
	inWorld(t, func(w *world) {
		client, server := w.pair()
		w.writes(server, "abc")
		w.writes(server, "def")
		got, err := io.ReadAll(io.LimitReader(client, 4))
		equal(w, "bytes", string(got), "abcd")
		equal(w, "error", err, nil)
		w.reads(client, "ef")
	})
}

func TestHalfClose(t *testing.T) {
	inWorld(t, func(w *world) {
		client, server := w.pair()
		w.writes(client, "last")
		client.CloseWrite()
		w.reads(server, "last")
		equal(w, "end at the server", w.readCause(server), neterr.Closed)
		equal(w, "end again", w.readCause(server), neterr.Closed)
		w.writes(server, "answer")
		server.Close()
		w.reads(client, "answer")
		equal(w, "end at the client", w.readCause(client), neterr.Closed)
		_, err := client.Write([]byte("x"))
		equal(w, "write after half close", neterr.Of(err), neterr.Closed)
		client.Close()
		w.open(0, 0)
	})
}

func TestWriteToClosedPeer(t *testing.T) {
	inWorld(t, func(w *world) {
		client, server := w.pair()
		server.Close()
		equal(w, "end", w.readCause(client), neterr.Closed)
		// The first write cannot know; its answer is the reset.
		w.writes(client, "one")
		time.Sleep(99 * ms)
		w.writes(client, "two")
		time.Sleep(ms)
		_, err := client.Write([]byte("three"))
		equal(w, "write after the answer", neterr.Of(err), neterr.Closed)
		equal(w, "read", w.readCause(client), neterr.Closed)
	})
}

func TestResets(t *testing.T) {
	tests := map[string]func(server *Conn){
		"abort":       func(server *Conn) { server.Abort() },
		"linger zero": func(server *Conn) { server.SetLinger(0); server.Close() },
		"unread data": func(server *Conn) { server.Close() },
	}
	for name, end := range tests {
		t.Run(name, func(t *testing.T) {
			inWorld(t, func(w *world) {
				client, server := w.pair()
				w.writes(client, "unread")
				w.writes(server, "data before")
				time.Sleep(50 * ms)
				end(server)
				w.reads(client, "data before")
				equal(w, "end", w.readCause(client), neterr.Reset)
				w.at(250 * ms)
				_, err := client.Write([]byte("x"))
				equal(w, "write", neterr.Of(err), neterr.Reset)
			})
		})
	}
}

func TestResetEndsAWriterWhoWaits(t *testing.T) {
	inWorld(t, func(w *world) {
		client, server := w.pair()
		time.AfterFunc(time.Second, func() { server.Abort() })
		n, err := client.Write(make([]byte, 1<<20))
		equal(w, "bytes written", n, window)
		equal(w, "cause", neterr.Of(err), neterr.Reset)
		w.at(1200 * ms)
	})
}

func TestDataUnderWayToAClosedPeerAreReset(t *testing.T) {
	inWorld(t, func(w *world) {
		client, server := w.pair()
		w.writes(client, "too late")
		server.Close()
		equal(w, "end", w.readCause(client), neterr.Closed)
		time.Sleep(50 * ms)
		_, err := client.Write([]byte("x"))
		equal(w, "write", neterr.Of(err), neterr.Closed)
	})
}

func TestClosedHere(t *testing.T) {
	inWorld(t, func(w *world) {
		client, _ := w.pair()
		time.AfterFunc(time.Second, func() { client.Close() })
		_, err := client.Read(make([]byte, 1))
		isErr(w, err, net.ErrClosed)
		w.at(1150 * ms)
		_, err = client.Write([]byte("x"))
		isErr(w, err, net.ErrClosed)
		isErr(w, client.Close(), net.ErrClosed)
		isErr(w, client.CloseWrite(), net.ErrClosed)
		isErr(w, client.SetDeadline(time.Time{}), net.ErrClosed)
	})
}

func TestDeadlines(t *testing.T) {
	inWorld(t, func(w *world) {
		client, server := w.pair()
		client.SetReadDeadline(time.Now().Add(time.Second))
		equal(w, "read", w.readCause(client), neterr.Timeout)
		w.at(1150 * ms)
		client.SetReadDeadline(time.Time{})
		w.writes(server, "later")
		w.reads(client, "later")

		// The window takes 256 KiB, then the writer waits for the reader.
		full := strings.Repeat("x", 64<<10)
		for range 4 {
			w.writes(client, full)
		}
		client.SetWriteDeadline(time.Now().Add(time.Second))
		_, err := client.Write([]byte("one more"))
		equal(w, "write", neterr.Of(err), neterr.Timeout)
		w.at(2200 * ms)
		client.SetWriteDeadline(time.Time{})
		time.AfterFunc(time.Second, func() { w.reads(server, full) })
		w.writes(client, "one more")
		w.at(3200 * ms)
	})
}

func TestBytesSurvive(t *testing.T) {
	inWorld(t, func(w *world) {
		client, server := w.pair()
		sent := bytes.Repeat([]byte("0123456789abcdef"), 1<<17) // 2 MiB, eight windows
		go func() {
			if _, err := server.Write(sent); err != nil {
				w.Errorf("writing fails with %v", err)
			}
			server.Close()
		}()
		got, err := io.ReadAll(client)
		if err != nil || !bytes.Equal(got, sent) {
			w.Errorf("%d bytes, %v; want the %d sent", len(got), err, len(sent))
		}
	})
}

func TestNetworkEndsEverything(t *testing.T) {
	inWorld(t, func(w *world) {
		client, server := w.pair()
		l := w.listen(w.server, 22)
		time.AfterFunc(time.Second, w.Network.Close)
		done := make(chan error, 2)
		go func() { _, err := client.Read(make([]byte, 1)); done <- err }()
		go func() { _, err := server.Read(make([]byte, 1)); done <- err }()
		_, err := l.Accept()
		isErr(w, err, net.ErrClosed)
		isErr(w, <-done, net.ErrClosed)
		isErr(w, <-done, net.ErrClosed)
		w.open(0, 0)
		_, err = w.server.ListenTCP(w.Context(), netip.AddrPort{}, probe.SocketOptions{})
		isErr(w, err, net.ErrClosed)
	})
}
