package simnet

import (
	"io"
	"net"
	"net/netip"
	"strings"
	"testing"
	"time"

	"ftpdiag/probe"
	"ftpdiag/probe/neterr"
)

func TestBlackHole(t *testing.T) {
	tests := []struct {
		name             string
		atClient, atHost int // SmallSegments of the end that connects, and of the listener.
		arrives          bool
	}{
		{"ordinary sockets", 0, 0, false},
		{"the connecting end asked for small segments", 1000, 0, true},
		{"the listening end asked for small segments", 0, 1000, true},
		{"segments not small enough", 1400, 0, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			inWorld(t, func(w *world) {
				w.Rule(Rule{Do: BlackHole, Large: 1200})
				to := netip.AddrPortFrom(w.serverAddr, 21)
				l, err := w.server.ListenTCP(w.Context(), to, probe.SocketOptions{SmallSegments: test.atHost})
				if err != nil {
					w.Fatal(err)
				}
				c, err := w.client.DialTCP(w.Context(), netip.Addr{}, to, probe.SocketOptions{SmallSegments: test.atClient})
				if err != nil {
					w.Fatal(err)
				}
				server := w.accept(l)
				small := strings.Repeat("s", 1000)
				w.writes(server, small)
				w.writes(server, strings.Repeat("l", 5000))
				w.writes(server, "the tail")
				server.Close()
				w.reads(c, small)
				if !test.arrives {
					w.silent(c)
					return
				}
				rest, err := io.ReadAll(c)
				equal(w, "rest", string(rest), strings.Repeat("l", 5000)+"the tail")
				equal(w, "end", err, nil)
			})
		})
	}
}

func TestStallAndResetAfterBytes(t *testing.T) {
	for _, do := range []Action{StallAfter, ResetAfter} {
		t.Run(do.String(), func(t *testing.T) {
			inWorld(t, func(w *world) {
				w.Rule(Rule{Do: do, After: 10})
				client, server := w.pair()
				w.writes(client, "12345")
				w.reads(server, "12345")
				w.writes(server, "1234567")
				w.writes(server, "89012")
				server.CloseWrite()
				w.reads(client, "1234567")
				w.reads(client, "890")
				if do == ResetAfter {
					equal(w, "client's end", w.readCause(client), neterr.Reset)
					equal(w, "server's end", w.readCause(server), neterr.Reset)
					return
				}
				w.silent(client)
				w.writes(client, "more")
				client.Close()
				w.silent(server)
			})
		})
	}
}

func TestExactlyAfterPasses(t *testing.T) {
	inWorld(t, func(w *world) {
		w.Rule(Rule{Do: ResetAfter, After: 3})
		client, server := w.pair()
		w.writes(server, "123")
		server.Close()
		w.reads(client, "123")
		equal(w, "end", w.readCause(client), neterr.Closed)
	})
}

func TestMiddlebox(t *testing.T) {
	inWorld(t, func(w *world) {
		seen := make(chan string, 10)
		w.Rule(Rule{Do: Through, Through: func(client, server net.Conn) {
			Relay(client, server, func(segment []byte) ([]byte, bool) {
				seen <- string(segment)
				return []byte(strings.ToUpper(string(segment))), string(segment) != "die"
			}, nil)
		}})
		client, server := w.pair()
		w.at(150 * ms)
		w.writes(client, "user a\r\n")
		w.writes(client, "pass b\r\n")
		w.reads(server, "USER A\r\n")
		w.at(200 * ms)
		w.reads(server, "PASS B\r\n")
		equal(w, "first segment", <-seen, "user a\r\n")
		equal(w, "second segment", <-seen, "pass b\r\n")
		w.writes(server, "331\r\n")
		w.reads(client, "331\r\n")
		w.at(250 * ms)

		w.writes(client, "die")
		w.writes(client, "noop\r\n")
		client.CloseWrite()
		w.silent(server)
		w.writes(server, "421\r\n")
		server.Close()
		w.reads(client, "421\r\n")
		equal(w, "end", w.readCause(client), neterr.Closed)
		client.Close()
		w.open(0, 0)
	})
}

func TestMiddleboxPassesEndsOn(t *testing.T) {
	relay := Rule{Do: Through, Through: func(client, server net.Conn) { Relay(client, server, nil, nil) }}
	t.Run("half close", func(t *testing.T) {
		inWorld(t, func(w *world) {
			w.Rule(relay)
			client, server := w.pair()
			client.CloseWrite()
			equal(w, "end", w.readCause(server), neterr.Closed)
			w.writes(server, "answer")
			w.reads(client, "answer")
		})
	})
	t.Run("reset", func(t *testing.T) {
		inWorld(t, func(w *world) {
			w.Rule(relay)
			client, server := w.pair()
			server.Abort()
			equal(w, "end", w.readCause(client), neterr.Reset)
			w.at(200 * ms)
		})
	})
	t.Run("closed reader", func(t *testing.T) {
		inWorld(t, func(w *world) {
			w.Rule(relay)
			client, server := w.pair()
			client.Close()
			// The first write reaches the client's system, which resets; the
			// second finds the middlebox's half broken.
			for range 2 {
				w.writes(server, "listing")
				time.Sleep(time.Second)
			}
			_, err := server.Write([]byte("listing"))
			equal(w, "write", neterr.Of(err), neterr.Closed)
		})
	})
	t.Run("refused", func(t *testing.T) {
		inWorld(t, func(w *world) {
			w.Rule(relay)
			equal(w, "cause", w.dialCause(w.client, netip.AddrPortFrom(w.serverAddr, 21)), neterr.Refused)
			w.at(100 * ms)
		})
	})
}
