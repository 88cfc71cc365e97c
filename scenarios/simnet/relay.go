package simnet

import (
	"errors"
	"io"
	"net"
	"sync"
)

// Edit changes one segment on its way through a middlebox. It returns what is
// sent on in its place. When pass is false the segment is swallowed, and with
// it everything behind it in that direction: TCP repeats the segment, the
// middlebox swallows it again, and nothing later can be delivered.
type Edit func(segment []byte) (out []byte, pass bool)

// Relay carries the bytes of a middlebox between both halves until both
// directions have ended. toServer sees what the client sends and toClient what
// the server sends, segment by segment; nil changes nothing. The end of a
// stream is passed on as half close, a reset as reset. After a swallowed
// segment that direction stays silent and open. Each Edit is called from one
// goroutine only, but the two from different ones.
func Relay(client, server net.Conn, toServer, toClient Edit) {
	var both sync.WaitGroup
	both.Go(func() { carry(client, server, toServer) })
	both.Go(func() { carry(server, client, toClient) })
	both.Wait()
}

// carry carries one direction.
func carry(from, to net.Conn, edit Edit) {
	buffer := make([]byte, largestSegment)
	alive := true
	for {
		n, err := from.Read(buffer)
		if err != nil {
			if alive {
				passOn(to, err)
			}
			return
		}
		segment := buffer[:n]
		if alive && edit != nil {
			segment, alive = edit(segment)
		}
		if !alive {
			continue // Reading on is what notices the end.
		}
		if _, err := to.Write(segment); err != nil {
			abort(from)
			return
		}
	}
}

// passOn passes on how a stream ended.
func passOn(to net.Conn, err error) {
	if errors.Is(err, io.EOF) {
		if half, ok := to.(interface{ CloseWrite() error }); ok {
			half.CloseWrite()
			return
		}
	}
	abort(to)
}

// abort resets a connection.
func abort(c net.Conn) {
	if linger, ok := c.(interface{ SetLinger(int) error }); ok {
		linger.SetLinger(0)
	}
	c.Close()
}
