package probe

import (
	"crypto/tls"
	"errors"
	"net"
	"reflect"
	"slices"
)

// Go's own client refuses what is not safe any more. This one agrees to it and
// says so: an old server is to be diagnosed, and other programs still talk to it.
// The suites are those of TLS up to 1.2; go.mod allows SHA-1 in the handshake,
// short RSA keys, and certificates whose serial number is negative (RFC 5280 section
// 4.1.2.2 forbids it, old issuers gave them out, other programs accept them) for the
// same reason.

// everySuite lists every cipher suite that Go can do, the unsafe ones included.
// The safe ones are preferred whatever the order (crypto/tls).
func everySuite() []uint16 {
	var ids []uint16
	for _, s := range slices.Concat(tls.CipherSuites(), tls.InsecureCipherSuites()) {
		ids = append(ids, s.ID)
	}
	return ids
}

// curves lists the key exchanges to offer; nil: all that Go can do. The hybrid ones
// that it offers first (X25519MLKEM768 since Go 1.24) make a ClientHello of 1.5 kB,
// which takes two segments; a server or device that takes the first for the whole
// resets or stalls, and most FTP programs never send one. They keep a recorded
// password from whoever has a quantum computer one day: a public login has none to
// keep.
func (x *examiner) curves() []tls.CurveID {
	if !x.target.Anonymous() {
		return nil
	}
	return []tls.CurveID{tls.X25519, tls.CurveP256, tls.CurveP384, tls.CurveP521}
}

// outdated says what about a version and a cipher suite is too weak today; empty:
// nothing.
func outdated(version, suite uint16) string {
	if version < tls.VersionTLS12 {
		return tls.VersionName(version) + " is out of date (RFC 8996)"
	}
	for _, s := range tls.InsecureCipherSuites() {
		if s.ID == suite {
			return "the cipher " + s.Name + " is not safe any more"
		}
	}
	return ""
}

// Alerts by which the server says that the two sides have nothing in common (RFC
// 8446 section 6.2). Go lacks some of what old servers want, such as DHE key
// exchange and SSL 3, so that other programs may fare better.
const (
	alertHandshakeFailure     = 40
	alertProtocolVersion      = 70
	alertInsufficientSecurity = 71
)

// nothingInCommon tells whether an alert says so.
func nothingInCommon(alert uint8) bool {
	switch alert {
	case alertHandshakeFailure, alertProtocolVersion, alertInsufficientSecurity:
		return true
	default:
		return false
	}
}

// alertNumber is the number of the alert with which the peer ended TLS (RFC 8446
// section 6); 0: it sent none.
func alertNumber(err error) uint8 {
	var remote *net.OpError
	if !errors.As(err, &remote) || remote.Op != "remote error" {
		return 0
	}
	// Alerts of the peer's are of a type of crypto/tls's own: a number.
	v := reflect.ValueOf(remote.Err)
	if v.Kind() != reflect.Uint8 {
		return 0
	}
	return uint8(v.Uint())
}
