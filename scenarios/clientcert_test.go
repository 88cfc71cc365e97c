package scenarios_test

import (
	"testing"

	"ftpdiag/report"
	"ftpdiag/scenarios"
)

// TestDemandedCertificateIsHeard: whatever comes first, the next command or the end of
// the connection, the alert that says why is read.
func TestDemandedCertificateIsHeard(t *testing.T) {
	examineOne(t, "client-certificate-demanded-two-families", func(t *testing.T, r *report.Report) {
		asked := 0
		for _, s := range r.Examination.Sessions {
			if s.TLS == nil {
				continue
			}
			if asked++; !s.TLS.WantsOurs || s.TLS.Alert != "tls: certificate required" {
				t.Errorf("session %d: asked for a certificate: %v, alert %q, %+v", s.ID, s.TLS.WantsOurs, s.TLS.Alert, s.TLS.Stop)
			}
		}
		if asked != 2 {
			t.Errorf("%d sessions under TLS, want one over each family", asked)
		}
	})
}

// examineOne examines the scenario of that name in memory.
func examineOne(t *testing.T, name string, judge func(*testing.T, *report.Report)) {
	t.Helper()
	s, ok := scenarios.Find(name)
	if !ok {
		t.Fatalf("there is no scenario %s", name)
	}
	inMemory(t, s, judge)
}
