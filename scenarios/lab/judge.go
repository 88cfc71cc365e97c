//go:build linux

package lab

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// passiveRequired is the answer that goes with a verdict; nil is null.
func passiveRequired(verdict string) *bool {
	yes, no := true, false
	switch verdict {
	case "passive-required":
		return &yes
	case "either", "active-required":
		return &no
	}
	return nil
}

// InTime returns an error if the examination took longer than it may.
func (v Verdict) InTime(r *Result) error {
	if v.Within > 0 && r.DurationMS > v.Within.Milliseconds() {
		return fmt.Errorf("took %d ms, want at most %v", r.DurationMS, v.Within)
	}
	return nil
}

// Judge compares a result with the verdict and returns an error that holds every difference. The time is another matter.
func (v Verdict) Judge(r *Result) error {
	var wrong []error
	complain := func(format string, args ...any) { wrong = append(wrong, fmt.Errorf(format, args...)) }

	if r.Schema != "ftpdiag.result" {
		complain("schema is %q", r.Schema)
	}
	if r.Verdict.ID != v.ID {
		complain("verdict is %s, want %s", r.Verdict.ID, v.ID)
	}
	got, want := r.Verdict.PassiveRequired, passiveRequired(v.ID)
	// Where a mode delivers only sometimes there may be an answer or none.
	if v.ID == "unreliable" {
		got = nil
	}
	if (got == nil) != (want == nil) || got != nil && *got != *want {
		complain("passive_required does not go with verdict %s", v.ID)
	}
	if r.Modes.Active.Status != v.Active || r.Modes.Passive.Status != v.Passive {
		complain("active %s, passive %s, want %s, %s", r.Modes.Active.Status, r.Modes.Passive.Status, v.Active, v.Passive)
	}
	if r.Exit != v.Exit {
		complain("exit code %d, want %d", r.Exit, v.Exit)
	}
	var ids []string
	for _, finding := range r.Findings {
		ids = append(ids, finding.ID)
	}
	if len(v.Primary) > 0 && (len(ids) == 0 || !slices.Contains(v.Primary, ids[0])) {
		complain("primary finding is none of %s", strings.Join(v.Primary, ", "))
	}
	if len(v.Present) > 0 && !slices.ContainsFunc(v.Present, func(id string) bool { return slices.Contains(ids, id) }) {
		complain("none of the findings %s is shown", strings.Join(v.Present, ", "))
	}
	if len(ids) > 0 && slices.Contains(v.Innocent, r.Findings[0].Party) {
		complain("primary finding asks %s to act, which has no fault", r.Findings[0].Party)
	}
	if v.Party != "" && (len(ids) == 0 || r.Findings[0].Party != v.Party) {
		complain("primary finding does not ask %s to act", v.Party)
	}
	if v.Confidence != "" && (len(ids) == 0 || r.Findings[0].Confidence != v.Confidence) {
		complain("primary finding is not %s", v.Confidence)
	}
	for _, name := range slices.Sorted(maps.Keys(v.Answers)) {
		if answers := r.answers(name); answers != v.Answers[name] {
			complain("%s was answered %q, want %q", name, answers, v.Answers[name])
		}
	}
	if v.SeenAs != "" && r.Client.SeenByServer != v.SeenAs {
		complain("the server sees %q, want %s", r.Client.SeenByServer, v.SeenAs)
	}
	if len(v.Aliases) > 0 && !slices.Equal(r.Resolution.CNAME, v.Aliases) {
		complain("aliases %v, want %v", r.Resolution.CNAME, v.Aliases)
	}
	for _, id := range v.Forbidden {
		if slices.Contains(ids, id) {
			complain("finding %s is shown and is not true here", id)
		}
	}
	if len(wrong) > 0 {
		wrong = append(wrong, fmt.Errorf("it said: %v", r))
	}
	return errors.Join(wrong...)
}

// answers are the answers of a follow-up question, in the order asked, with a space between. "": none.
func (r *Result) answers(name string) string {
	var given []string
	for _, experiment := range r.Experiments {
		if experiment.Name == name && experiment.Answer != "" {
			given = append(given, experiment.Answer)
		}
	}
	return strings.Join(given, " ")
}
