package simnet

import (
	"bytes"
	"net"
)

// Strict is the middlebox of a [Rule] that enforces the dialogue, as a firewall
// does that inspects it (Cisco ASA, "inspect ftp strict"): it ends the control connection when a command comes
// before the reply to the one before it, or a PORT has not exactly five commas,
// and writes X over the reply to SYST. It opens and translates nothing.
func Strict(client, server net.Conn) {
	Relay(client, server, func(segment []byte) ([]byte, bool) {
		lines := bytes.Count(segment, []byte{'\n'})
		port := len(segment) >= 5 && bytes.EqualFold(segment[:5], []byte("PORT "))
		if isText(segment) && (lines > 1 || port && bytes.Count(segment, []byte{','}) != 5) {
			abort(client)
			abort(server)
			return nil, false
		}
		return segment, true
	}, func(segment []byte) ([]byte, bool) { return mask(segment), true })
}

// isText tells a command from a TLS record, which the firewall cannot read.
func isText(segment []byte) bool { return segment[0] >= ' ' && segment[0] < 0x7f }

// mask writes X over what follows the code of a 215.
func mask(reply []byte) []byte {
	if !bytes.HasPrefix(reply, []byte("215 ")) {
		return reply
	}
	masked := bytes.Clone(reply)
	for i := 4; i < len(masked); i++ {
		if masked[i] > ' ' {
			masked[i] = 'X'
		}
	}
	return masked
}
