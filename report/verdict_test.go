package report

import (
	"bytes"
	"testing"

	"ftpdiag/probe"
)

func TestVerdictsAndExitCodes(t *testing.T) {
	for _, f := range fixtures() {
		r := f.report()
		if r.Verdict.ID != f.verdict {
			t.Errorf("%s: verdict %v, want %v", f.name, r.Verdict.ID, f.verdict)
		}
		if got := r.ExitCode(); got != f.exit {
			t.Errorf("%s: exit code %d, want %d", f.name, got, f.exit)
		}
	}
}

// The two-by-two of the modes, with every status.
func TestTwoByTwo(t *testing.T) {
	const (
		u = probe.Untested
		w = probe.Works
		s = probe.Unreliable
		x = probe.Fails
	)
	for _, c := range []struct {
		active, passive probe.Status
		want            VerdictID
		mode            probe.Mode
	}{
		{w, w, Either, probe.Passive},
		{s, w, Either, probe.Passive},
		{w, s, Either, probe.Active},
		{x, w, PassiveRequired, probe.Passive},
		{w, x, ActiveRequired, probe.Active},
		{x, x, Neither, 0},
		{s, s, Unreliable, probe.Passive},
		{x, s, Unreliable, probe.Passive},
		{s, x, Unreliable, probe.Active},
		{u, w, Undetermined, probe.Passive},
		{w, u, Undetermined, probe.Active},
		{u, x, Undetermined, 0},
		{x, u, Undetermined, 0},
		{u, u, Undetermined, 0},
	} {
		if got := classify(c.active, c.passive); got != c.want {
			t.Errorf("active %v, passive %v: %v, want %v", c.active, c.passive, got, c.want)
		}
		if got := recommend(c.active, c.passive); got != c.mode {
			t.Errorf("active %v, passive %v: recommends %v, want %v", c.active, c.passive, got, c.mode)
		}
	}
}

func TestVerdictDetails(t *testing.T) {
	for _, c := range []struct {
		f        fixture
		usable   Tri
		required Tri
		method   probe.Method
		sure     probe.Confidence
		mode     string
		detailed int
	}{
		{eitherFixture(), True, False, probe.EPSV, probe.ConfidenceCertain, "either", 0},
		{passiveFixture(), True, True, probe.EPSV, probe.ConfidenceCertain, "passive", 10},
		{activeFixture(), True, False, probe.EPRT, probe.ConfidenceCertain, "active", 11},
		{bothFixture(), False, Unknown, 0, probe.ConfidenceCertain, "none", 1},
		{epsvFixture(), True, True, probe.EPSV, probe.ConfidenceCertain, "passive", 12},
		{deniedFixture(), False, Unknown, 0, probe.ConfidenceCertain, "none", 1},
		{varyFixture(), True, True, probe.EPSV, probe.ConfidenceLikely, "passive", 1},
		{limitedFixture(), True, Unknown, probe.EPSV, probe.ConfidenceUnknown, "passive", 0},
		{listenerFixture(), Unknown, Unknown, 0, probe.ConfidenceUnknown, "unknown", 3},
		{interruptedFixture(), True, Unknown, probe.EPSV, probe.ConfidenceUnknown, "passive", 130},
		{loginFixture(), False, Unknown, 0, probe.ConfidenceUnknown, "unknown", 4},
		{nameFixture(), False, Unknown, 0, probe.ConfidenceUnknown, "unknown", 5},
		{stoppedEarlyFixture(), Unknown, Unknown, 0, probe.ConfidenceUnknown, "unknown", 130},
	} {
		r := c.f.report()
		v := r.Verdict
		if v.Usable != c.usable || v.PassiveRequired != c.required || v.Method != c.method || v.Confidence != c.sure {
			t.Errorf("%s: %+v", c.f.name, v)
		}
		if got := r.DetailedExitCode(); got != c.detailed {
			t.Errorf("%s: detailed exit code %d, want %d", c.f.name, got, c.detailed)
		}
		var b bytes.Buffer
		if err := r.WriteMode(&b); err != nil || b.String() != c.mode+"\n" {
			t.Errorf("%s: mode %q, %v; want %q", c.f.name, b.String(), err, c.mode)
		}
	}
}

// An active test whose listener was not proven alive says little.
func TestUnprovenListenerLowersConfidence(t *testing.T) {
	f := passiveFixture()
	for i := range f.exam.Sessions[0].Attempts {
		f.exam.Sessions[0].Attempts[i].Listening = false
	}
	if r := f.report(); r.Verdict.Confidence != probe.ConfidenceLikely || r.Answer != "YES, LIKELY" {
		t.Errorf("confidence %v, answer %s", r.Verdict.Confidence, r.Answer)
	}
}

// That both modes deliver, no further test can change; anything else it can.
func TestInterruptedKeepsOnlyWhatIsCertain(t *testing.T) {
	either := eitherFixture()
	either.exam.Interrupted = true
	if r := either.report(); r.Verdict.ID != Either || r.ExitCode() != ExitInterrupted || r.Badge != "STOPPED" {
		t.Errorf("both delivered: %v, exit code %d, %s", r.Verdict.ID, r.ExitCode(), r.Badge)
	}
	passive := passiveFixture()
	passive.exam.Interrupted = true
	if r := passive.report(); r.Verdict.ID != Undetermined || r.Verdict.PassiveRequired != Unknown {
		t.Errorf("active failed so far: %v", r.Verdict)
	}
}

// Nothing is worded as a mode problem that has nothing to do with the mode.
func TestModeIsNotBlamed(t *testing.T) {
	for _, f := range []fixture{deniedFixture(), reuseFixture(), mtuFixture()} {
		r := f.report()
		if !bytes.Contains([]byte(r.Headline), []byte(notTheMode)) || r.Answer != "UNKNOWN, NOT THE CAUSE" {
			t.Errorf("%s: %s (%s)", f.name, r.Headline, r.Answer)
		}
	}
}

func TestEmptyExamination(t *testing.T) {
	r := build(&probe.Examination{}, nil)
	if r.Verdict.ID != Undetermined || r.ExitCode() != ExitNoVerdict || r.Headline == "" || len(r.Actions) != 3 {
		t.Errorf("an empty examination: %+v, exit code %d, %q", r.Verdict, r.ExitCode(), r.Headline)
	}
}
