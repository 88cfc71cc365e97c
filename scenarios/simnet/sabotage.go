package simnet

import (
	"bytes"
	"net"
)

// Sabotage is the middlebox of a [Rule] that puts one text in place of another
// in everything that passes, in both directions: a router that takes the
// client's address in a listing or a file for one it must translate. A text
// that is divided between two segments passes, and so does everything under
// TLS.
func Sabotage(from, to string) func(client, server net.Conn) {
	edit := func(segment []byte) ([]byte, bool) {
		return bytes.ReplaceAll(segment, []byte(from), []byte(to)), true
	}
	return func(client, server net.Conn) { Relay(client, server, edit, edit) }
}
