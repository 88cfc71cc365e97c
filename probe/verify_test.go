package probe_test

import (
	"context"
	"crypto/x509"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"ftpdiag/probe"
)

// pondering is a system that takes its time to judge certificates, and then trusts
// them.
type pondering struct {
	time  time.Duration // zero: until it is told to end
	ended chan struct{}
	calls atomic.Int32
}

func (p *pondering) verify(*x509.Certificate, x509.VerifyOptions) error {
	p.calls.Add(1)
	var timer <-chan time.Time
	if p.time > 0 {
		timer = time.After(p.time)
	}
	select {
	case <-timer:
	case <-p.ended:
	}
	return nil
}

// examineSlowly runs a check under TLS where verifying takes so long.
func examineSlowly(t *testing.T, user string, takes, stopAfter time.Duration) (*probe.Examination, int32) {
	t.Helper()
	run := starting(t, "tls-reuse-required-and-met")
	defer run.Close()
	system := &pondering{time: takes, ended: make(chan struct{})}
	defer close(system.ended)
	run.Target.User, run.Target.Password = user, "secret"
	if user == "anonymous" {
		run.Target.Password = probe.PublicPassword
	}
	ctx, cancel := context.WithTimeout(t.Context(), stopAfter)
	defer cancel()
	p := probe.Prober{Network: run.Network, Plan: run.Plan, Verify: system.verify}
	e := p.Run(ctx, run.Target)
	return e, system.calls.Load()
}

// TestVerifyingHasALimit: a system that does not come to an end with a certificate
// holds the check up once, and is no reason to blame the server.
func TestVerifyingHasALimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e, calls := examineSlowly(t, "anonymous", 0, time.Hour)
		if calls != 1 {
			t.Errorf("the certificate was judged %d times", calls)
		}
		secured := 0
		for i := range e.Sessions {
			s := &e.Sessions[i]
			if s.TLS == nil {
				continue
			}
			secured++
			if !s.TLS.Certificate.Unverified || s.TLS.Certificate.Problem != "not verified in time" {
				t.Errorf("session %d: %+v", s.ID, s.TLS.Certificate)
			}
			asked, began := e.Events[s.Auth.Events[len(s.Auth.Events)-1]-1].At, e.Events[s.Login[0].Events[0]-1].At
			if limit := 3 * time.Second; began-asked > limit || secured > 1 && began-asked > time.Second {
				t.Errorf("session %d: USER came %v after AUTH", s.ID, began-asked)
			}
		}
		if secured < 2 {
			t.Fatalf("%d sessions under TLS", secured)
		}
		for _, f := range probe.Classify(e) {
			if f.Code == probe.TLSCertificate && (f.Party != probe.PartyTool || f.Severity != probe.SeverityInfo) {
				t.Errorf("%v asks %v", f.Severity, f.Party)
			}
		}
		if !e.Sessions[0].LoggedIn {
			t.Error("an anonymous login has no secret to keep")
		}
	})
}

// TestVerifiedLate: what a later connection learns holds for the earlier one.
func TestVerifiedLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e, _ := examineSlowly(t, "anonymous", 2600*time.Millisecond, time.Hour)
		if !e.Sessions[0].TLS.Certificate.Unverified {
			t.Fatal("it came in time")
		}
		for _, f := range probe.Classify(e) {
			if f.Code == probe.TLSCertificate {
				t.Errorf("%v asks %v about a certificate that is trusted", f.Severity, f.Party)
			}
		}
	})
}

// TestVerifyingKeepsPassword: a password goes to nobody whose certificate is not
// known to be good; nor is the server blamed.
func TestVerifyingKeepsPassword(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e, _ := examineSlowly(t, "maria", 0, time.Hour)
		for _, ev := range e.Events {
			if ev.Direction == probe.Send && (strings.HasPrefix(ev.Text, "USER") || strings.HasPrefix(ev.Text, "PASS")) {
				t.Errorf("sent %q", ev.Text)
			}
		}
		fs := probe.Classify(e)
		if len(fs) == 0 || fs[0].Code != probe.TLSCertificate || fs[0].Severity != probe.SeverityError || fs[0].Party != probe.PartyTool {
			t.Errorf("findings %+v", fs)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		if e, _ := examineSlowly(t, "maria", 2*time.Second, time.Hour); !e.Sessions[0].LoggedIn {
			t.Error("verified in time, and not logged in")
		}
	})
}

// TestVerifyingStops: whoever stops the check does not wait for the system.
func TestVerifyingStops(t *testing.T) {
	for _, user := range []string{"anonymous", "maria"} {
		synctest.Test(t, func(t *testing.T) {
			e, _ := examineSlowly(t, user, 0, time.Second)
			if e.Took > time.Second || !e.Interrupted {
				t.Errorf("it returned after %v, interrupted: %v", e.Took, e.Interrupted)
			}
			for _, f := range probe.Classify(e) {
				if f.Code == probe.TLSCertificate || f.Code == probe.TLSHandshakeFailed {
					t.Errorf("%s: %v of %v", user, f.Code, f.Party)
				}
			}
		})
	}
}
