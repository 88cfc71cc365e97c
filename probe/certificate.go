package probe

import (
	"crypto/rsa"
	"crypto/x509"
	"fmt"
	"time"

	"ftpdiag/probe/ftp"
)

// judge verifies a certificate chain against the system's roots and the name
// asked for.
func judge(chain []*x509.Certificate, host string, now time.Time) CertFacts {
	if len(chain) == 0 {
		return CertFacts{Problem: "the server sent no certificate"}
	}
	leaf := chain[0]
	f := CertFacts{
		Subject:   ftp.CleanLimit(leaf.Subject.String(), shownRunes),
		Issuer:    ftp.CleanLimit(leaf.Issuer.String(), shownRunes),
		NotBefore: leaf.NotBefore,
		NotAfter:  leaf.NotAfter,
		Expired:   now.After(leaf.NotAfter) || now.Before(leaf.NotBefore),
		NameOK:    leaf.VerifyHostname(host) == nil,
	}
	f.Weak = weakness(leaf)
	for i, n := range leaf.DNSNames {
		if i == 10 { // enough to recognise whose it is
			break
		}
		f.Names = append(f.Names, ftp.CleanLimit(n, shownRunes))
	}
	pool := x509.NewCertPool()
	for _, c := range chain[1:] {
		pool.AddCert(c)
	}
	_, err := leaf.Verify(x509.VerifyOptions{Intermediates: pool, CurrentTime: now})
	f.Trusted = err == nil
	if err != nil {
		f.Problem = ftp.CleanLimit(err.Error(), shownRunes)
	} else if !f.NameOK {
		f.Problem = "made out to another name"
	}
	return f
}

// verdictOn is the judgement in a few words, for the timeline.
func verdictOn(f CertFacts) string {
	switch {
	case f.Problem != "":
		return f.Problem
	case f.Weak != "":
		return f.Weak
	default:
		return "good"
	}
}

// shortestRSA is the length in bits below which an RSA key can be broken by
// whoever has the means (NIST SP 800-131A: disallowed since 2014).
const shortestRSA = 2048

// weakness says what about a certificate is too weak today; empty: nothing.
func weakness(leaf *x509.Certificate) string {
	if key, ok := leaf.PublicKey.(*rsa.PublicKey); ok && key.N.BitLen() < shortestRSA {
		return fmt.Sprintf("its RSA key has only %d bits", key.N.BitLen())
	}
	switch leaf.SignatureAlgorithm {
	case x509.MD2WithRSA, x509.MD5WithRSA, x509.SHA1WithRSA, x509.DSAWithSHA1, x509.ECDSAWithSHA1:
		return "it is signed with " + leaf.SignatureAlgorithm.String() + ", which can be forged"
	default: // the others hold
		return ""
	}
}
