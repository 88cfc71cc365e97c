package probe_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"math/big"
	"net"
	"testing"
	"time"

	"ftpdiag/probe"
)

// serial is the serial number of an old server's certificate: bytes that occur nowhere
// else in it.
const serial = 0x1A2B3C4D5E6F7788

// selfSigned makes a certificate with an RSA key of so many bits.
func selfSigned(t *testing.T, bits int) tls.Certificate {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		t.Fatal(err)
	}
	cert := &x509.Certificate{SerialNumber: big.NewInt(serial), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, cert, cert, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// oldServer speaks TLS of one version with one cipher suite on loopback, and
// greets as an FTP server that lets nobody in. negative: its certificate has a
// negative serial number.
func oldServer(t *testing.T, version, suite uint16, bits int, negative bool) uint16 {
	t.Helper()
	cert := selfSigned(t, bits)
	if negative {
		// The first byte of the number with its sign. Nobody verifies the signature.
		der := cert.Certificate[0]
		der[bytes.Index(der, big.NewInt(serial).Bytes())] |= 0x80
	}
	l, err := tls.Listen("tcp4", "127.0.0.1:0", &tls.Config{
		Certificates: []tls.Certificate{cert},
		MinVersion:   version, MaxVersion: version, CipherSuites: []uint16{suite},
	})
	return serve(t, l, err, func(conn net.Conn) { _, _ = conn.Write([]byte("421 Not today\r\n")) })
}

// TestOldServers: what Go's own client would refuse is agreed to, and told.
func TestOldServers(t *testing.T) {
	for _, c := range []struct {
		name           string
		version, suite uint16
		bits           int
		weak, negative bool
	}{
		{"today", tls.VersionTLS12, tls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, 2048, false, false},
		{"RSA key exchange", tls.VersionTLS12, tls.TLS_RSA_WITH_AES_128_CBC_SHA, 2048, true, false},
		{"3DES", tls.VersionTLS12, tls.TLS_RSA_WITH_3DES_EDE_CBC_SHA, 1024, true, false},
		{"RC4", tls.VersionTLS10, tls.TLS_RSA_WITH_RC4_128_SHA, 1024, true, false},
		{"negative serial number", tls.VersionTLS12, tls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, 2048, false, true},
		{"TLS 1.0", tls.VersionTLS10, tls.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, 2048, true, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := probe.Prober{Network: probe.System{}}
			e := p.Run(context.Background(), probe.Target{Host: "127.0.0.1", User: "anonymous", TLS: probe.TLSImplicit,
				Port: oldServer(t, c.version, c.suite, c.bits, c.negative)})
			facts := e.Sessions[0].TLS
			if facts.Stop.Stopped() {
				t.Fatalf("the handshake failed: %+v", facts.Stop)
			}
			if (facts.Weak != "") != c.weak {
				t.Errorf("weak: %q", facts.Weak)
			}
		})
	}
}

// TestNothingInCommon: that the other side has no cipher for us is no proof that it
// has none for others; that it wants a certificate is its own word.
func TestNothingInCommon(t *testing.T) {
	for alert, sure := range map[byte]probe.Confidence{40: probe.ConfidenceLikely, 70: probe.ConfidenceLikely, 80: probe.ConfidenceCertain} {
		p := probe.Prober{Network: probe.System{}}
		e := p.Run(context.Background(), probe.Target{Host: "127.0.0.1", User: "anonymous", TLS: probe.TLSImplicit,
			Port: answering(t, string([]byte{21, 3, 3, 0, 2, 2, alert}))})
		fs := probe.Classify(e)
		if len(fs) == 0 || fs[0].Code != probe.TLSHandshakeFailed || fs[0].Confidence != sure {
			t.Errorf("alert %d: %+v, want %v", alert, fs, sure)
		}
	}
}

// oneRead is a connection of a server that takes what one segment holds for a whole
// ClientHello, and hangs up otherwise.
type oneRead struct {
	net.Conn
	began bool
}

func (c *oneRead) Read(b []byte) (int, error) {
	if c.began {
		return c.Conn.Read(b)
	}
	c.began = true
	const segment = 1448 // Ethernet's, with time stamps
	first := make([]byte, segment)
	n, err := c.Conn.Read(first)
	if err != nil {
		return 0, err
	}
	if length := int(first[3])<<8 | int(first[4]); length+5 > n {
		return 0, net.ErrClosed
	}
	c.Conn = &preceded{c.Conn, first[:n]}
	return c.Conn.Read(b)
}

// preceded is a connection with bytes that were read before.
type preceded struct {
	net.Conn
	first []byte
}

func (c *preceded) Read(b []byte) (int, error) {
	if len(c.first) == 0 {
		return c.Conn.Read(b)
	}
	n := copy(b, c.first)
	c.first = c.first[n:]
	return n, nil
}

// TestSmallHello: the ClientHello of a public login fits into a segment; that of a
// login with a password offers the key exchanges that no quantum computer breaks.
func TestSmallHello(t *testing.T) {
	cert := selfSigned(t, 2048)
	for user, small := range map[string]bool{"anonymous": true, "maria": false} {
		l, err := net.Listen("tcp4", "127.0.0.1:0")
		port := serve(t, l, err, func(conn net.Conn) {
			secured := tls.Server(&oneRead{Conn: conn}, &tls.Config{Certificates: []tls.Certificate{cert}})
			_, _ = secured.Write([]byte("421 Not today\r\n"))
		})
		p := probe.Prober{Network: probe.System{}}
		e := p.Run(context.Background(), probe.Target{Host: "127.0.0.1", User: user, Password: "secret@example.com", TLS: probe.TLSImplicit, Port: port})
		if facts := e.Sessions[0].TLS; facts.Stop.Stopped() == small {
			t.Errorf("%s: %+v", user, facts.Stop)
		}
	}
}
