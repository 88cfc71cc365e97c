package report

import (
	"testing"

	"ftpdiag/probe"
)

// TestClientCertificateRequested: what the handshake did not come to is not known.
func TestClientCertificateRequested(t *testing.T) {
	for name, c := range map[string]struct {
		tls  probe.TLSFacts
		want Tri
	}{
		"asked for":                 {probe.TLSFacts{Version: "TLS 1.3", WantsOurs: true}, True},
		"asked for, and then ended": {probe.TLSFacts{WantsOurs: true, Stop: probe.Stop{Cause: probe.ByTLS}}, True},
		"not asked for":             {probe.TLSFacts{Version: "TLS 1.2"}, False},
		"ended before":              {probe.TLSFacts{Stop: probe.Stop{Cause: probe.Closed}}, Unknown},
	} {
		s := &probe.Session{TLS: &c.tls}
		if got := wireTLSOf(s, []*probe.Session{s}).ClientCertificate; got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
