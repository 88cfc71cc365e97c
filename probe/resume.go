package probe

import (
	"crypto/tls"
	"time"
)

// sessionsKept is the size of the TLS session cache of one control connection:
// its data connections need one session; a server may send two tickets.
const sessionsKept = 4

// dataTLS is the configuration of a data connection: the control connection's
// name, session cache and clock, because many servers accept a data connection
// only if it resumes the control connection's session. fresh leaves the cache out.
func (c *control) dataTLS(fresh bool) *tls.Config {
	conf := c.tls.Clone()
	conf.GetClientCertificate = nil // it writes down what the control connection's handshake showed
	conf.VerifyConnection = nil     // the clock stays as it is
	if fresh {
		conf.ClientSessionCache = nil
	}
	return conf
}

// sessionClock is the time by which crypto/tls keeps the sessions of one control
// connection. Zero: the true one.
//
// crypto/tls throws a session away whose certificate has run out, before it looks
// whether certificates are to be verified at all (loadSession in
// handshake_client.go, Go 1.26). Under an expired certificate no data connection
// would resume anything, and a server that demands it would be blamed for what
// this program does; FTP programs with other libraries resume. The clock is
// therefore set back to when the certificate was good: before the first session
// is kept, and never again, so that the ages of tickets are true. The certificate
// is judged by the true time.
type sessionClock struct{ behind time.Duration }

// sessionLife is how long a certificate is good at least by that clock: longer
// than any examination takes.
const sessionLife = time.Hour

func (k *sessionClock) now() time.Time { return time.Now().Add(-k.behind) }

// outrun sets the clock back if the certificate runs out too early. It lets every
// connection pass.
func (k *sessionClock) outrun(state tls.ConnectionState) error {
	if len(state.PeerCertificates) > 0 {
		k.behind = max(0, time.Since(state.PeerCertificates[0].NotAfter.Add(-sessionLife)))
	}
	return nil
}
