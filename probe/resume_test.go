package probe_test

import (
	"testing"
	"testing/synctest"

	"ftpdiag/probe"
	"ftpdiag/scenarios"
)

// starting starts a scenario in memory.
func starting(t *testing.T, name string) *scenarios.Running {
	t.Helper()
	s, ok := scenarios.Find(name)
	if !ok {
		t.Fatalf("no scenario is called %s", name)
	}
	run, err := s.StartInMemory()
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// TestExpiredCertificateIsResumed: that a certificate has run out keeps no data
// connection from resuming the session of its control connection, and is told all
// the same.
func TestExpiredCertificateIsResumed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		run := starting(t, "tls-reuse-certificate-expired")
		defer run.Close()
		p := probe.Prober{Network: run.Network, Plan: run.Plan}
		e := p.Run(t.Context(), run.Target)
		if !e.Sessions[0].TLS.Certificate.Expired {
			t.Error("the certificate counts as good")
		}
		resumed := 0
		for _, a := range e.AllAttempts() {
			if a.Variant != probe.FreshTLS && a.TLSVersion != "" && !a.Resumed {
				t.Errorf("%v did not resume the session", a.Method)
			}
			if a.Resumed {
				resumed++
			}
		}
		if resumed == 0 {
			t.Error("nothing was resumed")
		}
	})
}
