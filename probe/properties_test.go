package probe_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"ftpdiag/probe"
)

// zeroings is how many examinations with some facts zeroed are made of each scenario.
const zeroings = 5

// properties hold for whatever is left of an examination: a wrong accusation is the
// worst that can happen, and a saved file may be cut short or edited.
var properties = []struct {
	name string
	// judge says what is wrong; whole and found are the examination before anything was
	// taken away and its findings, less and left what remains. kept: it was taken away
	// whole, so that what remains is true.
	judge func(whole *probe.Examination, found []probe.Finding, less *probe.Examination, left []probe.Finding, kept bool) []string
}{
	{"deterministic", func(_ *probe.Examination, _ []probe.Finding, less *probe.Examination, left []probe.Finding, _ bool) (wrong []string) {
		if again := probe.Classify(less); !reflect.DeepEqual(left, again) {
			wrong = append(wrong, fmt.Sprintf("classified twice: %+v and %+v", left, again))
		}
		return wrong
	}},
	{"in any order", func(_ *probe.Examination, _ []probe.Finding, less *probe.Examination, left []probe.Finding, _ bool) (wrong []string) {
		if turned := conclusions(probe.Classify(reordered(less))); !slices.Equal(conclusions(left), turned) {
			wrong = append(wrong, fmt.Sprintf("%v, and in another order %v", conclusions(left), turned))
		}
		return wrong
	}},
	{"evidence", func(_ *probe.Examination, _ []probe.Finding, less *probe.Examination, left []probe.Finding, _ bool) (wrong []string) {
		for _, f := range left {
			if len(f.Evidence) == 0 {
				wrong = append(wrong, fmt.Sprintf("%v has no evidence", f.Code))
			}
			for _, n := range f.Evidence {
				if n < 1 || n > len(less.Events) || less.Events[n-1].N != n {
					wrong = append(wrong, fmt.Sprintf("%v points at event %d, which does not exist", f.Code, n))
				}
			}
			if f.Party == 0 || f.Severity == 0 || f.Confidence == probe.ConfidenceUnknown {
				wrong = append(wrong, fmt.Sprintf("%v is incomplete: %+v", f.Code, f))
			}
		}
		return wrong
	}},
	{"touched parties only", func(_ *probe.Examination, _ []probe.Finding, less *probe.Examination, left []probe.Finding, _ bool) (wrong []string) {
		for _, f := range left {
			if why := untouched(less, f); why != "" {
				wrong = append(wrong, fmt.Sprintf("%v asks %v to act: %s", f.Code, f.Party, why))
			}
		}
		return wrong
	}},
	{"one certain culprit", func(_ *probe.Examination, found []probe.Finding, _ *probe.Examination, left []probe.Finding, kept bool) (wrong []string) {
		for _, f := range left {
			i := slices.IndexFunc(found, func(g probe.Finding) bool { return g.Code == f.Code })
			if !kept || i < 0 || f.Confidence != probe.ConfidenceCertain || found[i].Confidence != probe.ConfidenceCertain {
				continue
			}
			if g := found[i]; f.Party != g.Party && named(f.Party) {
				wrong = append(wrong, fmt.Sprintf("%v certainly asks %v to act, and with more facts certainly %v", f.Code, f.Party, g.Party))
			}
		}
		return wrong
	}},
}

// TestPropertiesOfConclusions: the properties hold for every scenario, for what is left
// of it when facts are taken out, and when fields are zero.
func TestPropertiesOfConclusions(t *testing.T) {
	chance := rand.New(rand.NewPCG(959, 2428)) // what fails once fails again
	for _, s := range examineCatalogue(t) {
		t.Run(s.name, func(t *testing.T) {
			found := probe.Classify(s.e)
			kept := append(withoutOne(s.e), mutilated{"nothing", copied(s.e)})
			for i, m := range append(kept, zeroed(s.e, chance, zeroings)...) {
				before := copied(m.e)
				left := probe.Classify(m.e)
				if before.Events, m.e.Events = nil, nil; !reflect.DeepEqual(before, m.e) {
					t.Errorf("without %s: the facts are others than before", m.what)
				}
				m.e.Events = s.e.Events
				for _, p := range properties {
					for _, wrong := range p.judge(s.e, found, m.e, left, i < len(kept)) {
						t.Errorf("without %s: %s: %s", m.what, p.name, wrong)
					}
				}
			}
		})
	}
}

// conclusion is what a finding says, without where it was seen.
type conclusion struct {
	code       probe.Code
	severity   probe.Severity
	confidence probe.Confidence
	party      probe.Party
	folded     bool
}

func conclusions(fs []probe.Finding) (list []conclusion) {
	for _, f := range fs {
		list = append(list, conclusion{f.Code, f.Severity, f.Confidence, f.Party, f.Folded})
	}
	return list
}

// reordered is an examination whose lists stand in another order where that means
// nothing: connects say themselves when they began, and experiments what they were
// about. Of one question that was asked twice the first answer stays first. Sessions and
// attempts stand in the order in which they were opened and made.
func reordered(e *probe.Examination) *probe.Examination {
	other := copied(e)
	slices.Reverse(other.Connects)
	slices.Reverse(other.Resolution.Servers)
	slices.Reverse(other.Experiments)
	slices.SortStableFunc(other.Experiments, func(a, b probe.Experiment) int {
		if a.Name != b.Name {
			return 0
		}
		return slices.IndexFunc(e.Experiments, func(x probe.Experiment) bool { return reflect.DeepEqual(x, a) }) -
			slices.IndexFunc(e.Experiments, func(x probe.Experiment) bool { return reflect.DeepEqual(x, b) })
	})
	for i := range other.Sessions {
		slices.Reverse(other.Sessions[i].Features)
	}
	return other
}

// named tells whether a party is somebody who can be asked.
func named(p probe.Party) bool {
	return p != probe.PartyPath && p != probe.PartyNone && p != probe.PartyTool && p != 0
}
