package scenarios_test

import (
	"testing"

	"ftpdiag/probe"
	"ftpdiag/report"
	"ftpdiag/scenarios"
)

// TestActiveSaysFromWhere: wherever active mode delivered, the record has the
// port that the server called from and the one that it called. Firewalls that
// let in what comes from port 20, or what is meant for one program, make the
// result another in the next program.
func TestActiveSaysFromWhere(t *testing.T) {
	everywhere(t, func(t *testing.T, s *scenarios.Scenario, r *report.Report) {
		for _, a := range r.Examination.AllAttempts() {
			if a.Method.Mode() == probe.Active && a.Delivered() && (a.Caller.Port() == 0 || a.Announced.Port() == 0) {
				t.Errorf("%v delivered from port %d to port %d", a.Method, a.Caller.Port(), a.Announced.Port())
			}
		}
	})
}

// TestActiveFailsBeforeALiveListener: no active attempt counts as failed unless
// our listener was proven alive.
func TestActiveFailsBeforeALiveListener(t *testing.T) {
	everywhere(t, func(t *testing.T, s *scenarios.Scenario, r *report.Report) {
		for _, a := range r.Examination.AllAttempts() {
			if a.Method.Mode() == probe.Active && a.Proper() && !a.Delivered() && !a.Listening {
				t.Errorf("%v counts, and nothing proves that somebody listened", a.Method)
			}
		}
	})
}

// TestSilenceBlamesNoSide: a port that stays silent does not tell on which side
// of the way the packets are lost; only a router that must be ours does.
func TestSilenceBlamesNoSide(t *testing.T) {
	everywhere(t, func(t *testing.T, s *scenarios.Scenario, r *report.Report) {
		for _, f := range r.Findings {
			switch {
			case f.Code == probe.PassivePortFiltered && f.Party != probe.PartyPath:
				t.Errorf("%v blames %v", f.Code, f.Party)
			case f.Code == probe.ActiveBlocked && f.Party != probe.PartyPath && !behindNAT(r.Examination):
				t.Errorf("%v blames %v, which is not behind NAT", f.Code, f.Party)
			}
		}
	})
}

// behindNAT tells whether a private address of ours reached a public server.
func behindNAT(e *probe.Examination) bool {
	for _, c := range e.Connects {
		if !c.Stop.Stopped() && probe.BehindNAT(c.Local.Addr(), c.Remote.Addr()) {
			return true
		}
	}
	return false
}

// everywhere examines every scenario in memory.
func everywhere(t *testing.T, judge func(*testing.T, *scenarios.Scenario, *report.Report)) {
	for _, s := range scenarios.All() {
		t.Run(s.Name, func(t *testing.T) {
			inMemory(t, s, func(t *testing.T, r *report.Report) { judge(t, s, r) })
		})
	}
}
