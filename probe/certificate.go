package probe

import (
	"context"
	"crypto/rsa"
	"crypto/x509"
	"fmt"
	"time"

	"ftpdiag/probe/ftp"
)

// notInTime stands where the system did not say whether it trusts a chain.
const notInTime = "not verified in time"

// judge verifies a certificate chain against the system's roots and the name
// asked for.
func (x *examiner) judge(ctx context.Context, chain []*x509.Certificate) CertFacts {
	if len(chain) == 0 {
		return CertFacts{Problem: "the server sent no certificate"}
	}
	f := described(chain[0], x.target.Host, time.Now())
	known, err := x.verify(ctx, chain)
	f.Trusted, f.Unverified = known && err == nil, !known
	switch {
	case err != nil:
		f.Problem = ftp.CleanLimit(err.Error(), shownRunes)
	case !f.NameOK:
		f.Problem = "made out to another name"
	case !known:
		f.Problem = notInTime
	}
	return f
}

// described is what a certificate says of itself.
func described(leaf *x509.Certificate, host string, now time.Time) CertFacts {
	f := CertFacts{
		Subject:   ftp.CleanLimit(leaf.Subject.String(), shownRunes),
		Issuer:    ftp.CleanLimit(leaf.Issuer.String(), shownRunes),
		NotBefore: leaf.NotBefore,
		NotAfter:  leaf.NotAfter,
		Expired:   now.After(leaf.NotAfter) || now.Before(leaf.NotBefore),
		NameOK:    leaf.VerifyHostname(host) == nil,
		Weak:      weakness(leaf),
	}
	for i, n := range leaf.DNSNames {
		if i == 10 { // enough to recognise whose it is
			break
		}
		f.Names = append(f.Names, ftp.CleanLimit(n, shownRunes))
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
