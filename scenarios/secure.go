package scenarios

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"net"
	"strings"
	"time"
)

// tlsSpec is what a server does about TLS. The zero value knows none.
type tlsSpec struct {
	offered  bool // AUTH TLS
	implicit bool // TLS from the first byte
	reuse    bool // data connections must resume the control connection's session
	tickets  bool // sessions can be resumed at all
	cert     certKind

	clearData bool // data connections are not protected although PROT P was agreed
	noNotify  bool // data connections end without close_notify
	torn      bool // and within a record, though the server takes them for whole

	client clientCert
	old    bool // it knows TLS 1.2, and nothing newer
}

// clientCert is what a server does about a certificate of the client's. Zero: it does
// not ask for one.
type clientCert uint8

const (
	clientCertAsked    clientCert = iota + 1 // it asks, and goes on without (vsftpd as it is shipped: ssl_request_cert)
	clientCertDemanded                       // it asks, and ends TLS without one
)

// certKind is what is wrong with the server's certificate. Zero: nothing but
// that its issuer is known to nobody, as with most FTP servers.
type certKind uint8

const (
	certPrivate certKind = iota // issued by an authority of the scenario's own
	certExpired
	certOtherName
)

// pki holds the certificate of one running server.
type pki struct{ cert tls.Certificate }

// newPKI makes an authority and a certificate for the names and addresses. The
// certificate is valid from 1999 to 2100, because the clock of a test bubble
// starts in 2000; an expired one ended in 1999.
func newPKI(kind certKind, host string, ips []net.IP) (*pki, error) {
	caKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	from, to := time.Date(1998, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)
	ca := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Example Private CA"},
		NotBefore: from, NotAfter: to, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageCertSign,
	}
	leaf := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: host},
		NotBefore: from.AddDate(1, 0, 0), NotAfter: to,
		DNSNames: []string{host}, IPAddresses: ips,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	switch kind {
	case certPrivate:
	case certExpired:
		leaf.NotAfter = time.Date(1999, 12, 31, 0, 0, 0, 0, time.UTC)
	case certOtherName:
		leaf.Subject.CommonName = "www.example.org"
		leaf.DNSNames, leaf.IPAddresses = []string{"www.example.org"}, nil
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	der, err := x509.CreateCertificate(rand.Reader, leaf, ca, &key.PublicKey, caKey)
	if err != nil {
		return nil, err
	}
	return &pki{tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}}, nil
}

// auth answers AUTH.
func (s *session) auth(arg string) error {
	if !s.srv.spec.tls.offered || s.tls != nil {
		return s.say(sayTLSOff, "{command}", "AUTH")
	}
	if kind := strings.ToUpper(arg); kind != "TLS" && kind != "SSL" && kind != "TLS-C" {
		return s.send("504 Unknown AUTH type.\r\n")
	}
	if err := s.say(sayAuthOK); err != nil {
		return err
	}
	return s.startTLS()
}

// startTLS makes the control connection a TLS connection. Every control
// connection has a configuration and with it ticket keys of its own, so that a
// data connection that resumes anything resumes the session of its own control
// connection.
func (s *session) startTLS() error {
	spec := s.srv.spec.tls
	s.tls = &tls.Config{
		Certificates:           []tls.Certificate{s.srv.pki.cert},
		SessionTicketsDisabled: !spec.tickets,
		MinVersion:             tls.VersionTLS12,
	}
	if spec.old {
		s.tls.MaxVersion = tls.VersionTLS12
	}
	demanded := spec.client == clientCertDemanded
	switch {
	case demanded && !s.style.hangsUp:
		s.tls.ClientAuth = tls.RequireAnyClientCert
	case demanded, spec.client == clientCertAsked:
		s.tls.ClientAuth = tls.RequestClientCert
	}
	tc := tls.Server(s.raw, s.tls)
	if err := tc.HandshakeContext(s.srv.ctx); err != nil {
		return errEnded
	}
	if demanded && len(tc.ConnectionState().PeerCertificates) == 0 {
		return errEnded // s.conn is still the connection in clear: it ends without an alert
	}
	s.conn, s.in = tc, bufio.NewReaderSize(tc, maxCommand)
	s.protected = spec.implicit // PROT P is implied there by custom
	return nil
}
