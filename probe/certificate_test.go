package probe

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/x509"
	"math/big"
	"testing"
)

func TestWeakness(t *testing.T) {
	bits := func(n uint) *rsa.PublicKey { return &rsa.PublicKey{N: new(big.Int).Lsh(big.NewInt(1), n-1), E: 65537} }
	for _, tt := range []struct {
		name string
		cert x509.Certificate
		want string
	}{
		{"short key", x509.Certificate{PublicKey: bits(1024), SignatureAlgorithm: x509.SHA256WithRSA}, "its RSA key has only 1024 bits"},
		{"old hash", x509.Certificate{PublicKey: bits(2048), SignatureAlgorithm: x509.SHA1WithRSA}, "it is signed with SHA1-RSA, which can be forged"},
		{"today's RSA", x509.Certificate{PublicKey: bits(2048), SignatureAlgorithm: x509.SHA256WithRSA}, ""},
		{"a curve", x509.Certificate{PublicKey: &ecdsa.PublicKey{Curve: elliptic.P256()}, SignatureAlgorithm: x509.ECDSAWithSHA256}, ""},
	} {
		if got := weakness(&tt.cert); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestWeakCertificateIsTold: a certificate that is trusted and right, and weak, is
// worth a warning.
func TestWeakCertificateIsTold(t *testing.T) {
	e := &Examination{Sessions: []Session{{ID: 1, Purpose: ForPassive, LoggedIn: true, TLS: &TLSFacts{Version: "TLS 1.3", Events: []int{1},
		Certificate: CertFacts{Trusted: true, NameOK: true, Weak: "its RSA key has only 1024 bits"}}}}, Events: []Event{{N: 1}}}
	for _, f := range Classify(e) {
		if f.Code == TLSCertificate && f.Severity == SeverityWarning {
			return
		}
	}
	t.Error("nothing is said of a weak certificate")
}
