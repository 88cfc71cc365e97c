package probe

import (
	"context"
	"crypto/sha256"
	"crypto/x509"
	"time"
)

// verifyTime is how long the system may take to say whether it trusts a chain.
// With roots that lie ready it takes a millisecond. Windows may fetch roots, missing
// certificates and lists over the network first (CertGetCertificateChain), for many
// seconds where it is not let out, and macOS asks a service; neither can be stopped.
const verifyTime = 2500 * time.Millisecond

// verification is one chain before the system. It is waited for until a moment that
// all control connections share, so that it holds the examination up once.
type verification struct {
	until time.Time
	done  chan struct{} // closed when err is known
	err   error         // nil: trusted
}

// verify asks the system whether it trusts a chain, once in an examination. known
// is false where the answer does not come in time, or ctx ends before; it may be
// there for the next connection. The goroutine ends with the answer.
func (x *examiner) verify(ctx context.Context, chain []*x509.Certificate) (known bool, problem error) {
	v := x.verificationOf(chain)
	timer := time.NewTimer(time.Until(v.until))
	defer timer.Stop()
	select {
	case <-v.done:
	case <-timer.C:
	case <-ctx.Done():
	}
	select {
	case <-v.done:
		return true, v.err
	default:
		return false, nil
	}
}

// verificationOf finds the verification of a chain, or begins it.
func (x *examiner) verificationOf(chain []*x509.Certificate) *verification {
	hash := sha256.New()
	pool := x509.NewCertPool()
	for i, c := range chain {
		hash.Write(c.Raw) // DER tells its own length
		if i > 0 {
			pool.AddCert(c)
		}
	}
	key, now := [sha256.Size]byte(hash.Sum(nil)), time.Now()
	x.mu.Lock()
	defer x.mu.Unlock()
	if v := x.verified[key]; v != nil {
		return v
	}
	v := &verification{until: now.Add(verifyTime), done: make(chan struct{})}
	if x.verified == nil {
		x.verified = map[[sha256.Size]byte]*verification{}
	}
	x.verified[key] = v
	ask := x.verifier
	if ask == nil {
		ask = func(leaf *x509.Certificate, opts x509.VerifyOptions) error {
			_, err := leaf.Verify(opts)
			return err
		}
	}
	go func() {
		defer close(v.done)
		v.err = ask(chain[0], x509.VerifyOptions{Intermediates: pool, CurrentTime: now})
	}()
	return v
}
