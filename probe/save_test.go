package probe_test

import (
	"bytes"
	"context"
	"net/netip"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"ftpdiag/probe"
	"ftpdiag/scenarios"
)

// compare examinations by value; times by instant; the password is never saved.
var alike = cmp.Options{
	cmp.Comparer(func(a, b netip.Addr) bool { return a == b }),
	cmp.Comparer(func(a, b netip.AddrPort) bool { return a == b }),
	cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) }),
	cmp.Comparer(func(a, b probe.Secret) bool { return true }),
	cmpopts.EquateEmpty(),
}

// TestSaveLosesNothing saves and reads back the examination of every scenario:
// the facts are equal, and so are the conclusions.
func TestSaveLosesNothing(t *testing.T) {
	for _, s := range scenarios.All() {
		t.Run(s.Name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				run, err := s.StartInMemory()
				if err != nil {
					t.Fatal(err)
				}
				p := probe.Prober{Network: run.Network, Plan: run.Plan, Version: "1.2.3"}
				e := p.Run(context.Background(), run.Target)
				run.Close()
				var file bytes.Buffer
				if err := e.Save(&file); err != nil {
					t.Fatal(err)
				}
				back, err := probe.ReadExamination(&file)
				if err != nil {
					t.Fatal(err)
				}
				if d := cmp.Diff(e, back, alike); d != "" {
					t.Errorf("saved and read back (-before +after):\n%s", d)
				}
				if d := cmp.Diff(probe.Classify(e), probe.Classify(back), alike); d != "" {
					t.Errorf("conclusions differ (-before +after):\n%s", d)
				}
			})
		})
	}
}

func TestReadExaminationRefuses(t *testing.T) {
	for _, c := range []struct{ name, file, want string }{
		{"empty", "", "not a saved examination"},
		{"something else", `{"hello": 1}`, "no schema version"},
		{"not JSON", "220 ready", "not a saved examination"},
		{"newer", `{"schema": 99}`, "newer version"},
		{"damaged value", `{"schema": 1, "sessions": [{"protection": "rot13"}]}`, `"rot13"`},
	} {
		_, err := probe.ReadExamination(strings.NewReader(c.file))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q in it", c.name, err, c.want)
		}
	}
}
