package scenarios_test

import (
	"testing"

	"ftpdiag/probe"
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

// TestCloseNotifyIsNoted: what the server's TLS does not say at the end of a listing is
// on record, and keeps no listing from being whole where the server confirms it.
func TestCloseNotifyIsNoted(t *testing.T) {
	for name, silent := range map[string]bool{"no-close-notify": true, "client-certificate-asked-for": false} {
		examineOne(t, name, func(t *testing.T, r *report.Report) {
			for _, a := range r.Examination.AllAttempts() {
				if a.NoNotify != silent || !a.EOF || a.Reached != probe.StageDone {
					t.Errorf("%v: without close_notify %v, end of file %v, reached %v", a.Method, a.NoNotify, a.EOF, a.Reached)
				}
			}
		})
	}
}

// TestNobodySaysThatItIsWhole: without close_notify and without 226 a listing may be cut
// off; where TLS or, in clear, nothing speaks against it, only the reply is missing.
func TestNobodySaysThatItIsWhole(t *testing.T) {
	for name, sure := range map[string]probe.Confidence{"no-close-notify-no-226": probe.ConfidenceLikely, "226-missing": probe.ConfidenceCertain} {
		examineOne(t, name, func(t *testing.T, r *report.Report) {
			if f := r.Findings[0]; f.Code != probe.CompletionMissing || f.Confidence != sure {
				t.Errorf("%s: %v, %v, want %v", name, f.Code, f.Confidence, sure)
			}
		})
	}
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
