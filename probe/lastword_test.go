package probe_test

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"math/big"
	"net"
	"net/netip"
	"runtime"
	"testing"
	"time"

	"ftpdiag/probe"
)

// hesitant is the real network, but that everything is sent a moment later.
type hesitant struct{ probe.System }

func (h hesitant) DialTCP(ctx context.Context, local netip.Addr, to netip.AddrPort, o probe.SocketOptions) (net.Conn, error) {
	conn, err := h.System.DialTCP(ctx, local, to, o)
	if err != nil {
		return nil, err
	}
	return hesitantConn{conn}, nil
}

type hesitantConn struct{ net.Conn }

func (c hesitantConn) Write(b []byte) (int, error) {
	time.Sleep(50 * time.Millisecond)
	return c.Conn.Write(b)
}

// TestAlertBeforeTheFirstCommand: under TLS 1.3 a server that demands a client
// certificate says so after our part of the handshake. It may have reset the connection
// before the first command, which then cannot be sent; its alert is read all the same.
func TestAlertBeforeTheFirstCommand(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("other systems may throw away what came before a reset")
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	cert := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, cert, cert, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	conf := &tls.Config{ClientAuth: tls.RequireAnyClientCert, Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	port := serve(t, l, err, func(conn net.Conn) {
		_, _ = conn.Write([]byte("220 ready\r\n"))
		_, _ = bufio.NewReader(conn).ReadString('\n')
		_, _ = conn.Write([]byte("234 go ahead\r\n"))
		_ = tls.Server(conn, conf).Handshake()
		_ = conn.(*net.TCPConn).SetLinger(0)
	})
	p := probe.Prober{Network: hesitant{}}
	e := p.Run(t.Context(), probe.Target{Host: "127.0.0.1", User: "anonymous", TLS: probe.TLSExplicit, Port: port})
	f := probe.Classify(e)[0]
	if f.Code != probe.TLSHandshakeFailed || f.Party != probe.PartyCredentials || f.Confidence != probe.ConfidenceCertain {
		t.Errorf("%v, %v, asks %v: %+v", f.Code, f.Confidence, f.Party, e.Sessions[0].TLS)
	}
}
