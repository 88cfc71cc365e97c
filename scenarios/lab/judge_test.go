//go:build linux

package lab

import (
	"encoding/json"
	"strings"
	"testing"
)

// judged is a result as ftpdiag prints it, as far as the lab reads it.
const judged = `{"schema": "ftpdiag.result",
	"verdict": {"id": "passive-required", "passive_required": true},
	"modes": {"active": {"status": "fails"}, "passive": {"status": "works"}},
	"client": {"seen_by_server": "198.51.100.10"},
	"resolution": {"cname": ["www.lab.test"]},
	"experiments": [{"name": "alone", "answer": null}, {"name": "simultaneous-open", "answer": "yes"}, {"name": "simultaneous-open", "answer": "no"}],
	"findings": [{"id": "active-blocked", "severity": "error", "confidence": "likely", "party": "path"},
		{"id": "alg-present", "severity": "info", "confidence": "certain", "party": "none"}]}`

// TestJudge makes sure that what TestWorlds asks of a result is asked.
func TestJudge(t *testing.T) {
	result := &Result{}
	if err := json.Unmarshal([]byte(judged), result); err != nil {
		t.Fatal(err)
	}
	right := Verdict{
		ID: "passive-required", Primary: []string{"active-rejected-en-route", "active-blocked"}, Present: []string{"alg-present"},
		Party: "path", Confidence: "likely", Active: "fails", Passive: "works", SeenAs: "198.51.100.10", Aliases: []string{"www.lab.test"},
	}.answering("simultaneous-open", "yes no").answering("alone", "").answering("hops", "")
	if err := right.Judge(result); err != nil {
		t.Error(err)
	}
	for _, tt := range []struct {
		want  string
		wrong func(*Verdict)
	}{
		{"verdict is", func(v *Verdict) { v.ID = "either" }},
		{"active fails", func(v *Verdict) { v.Active = "works" }},
		{"exit code 0", func(v *Verdict) { v.Exit = 1 }},
		{"primary finding is none of", func(v *Verdict) { v.Primary = []string{"alg-present"} }},
		{"none of the findings", func(v *Verdict) { v.Present = []string{"client-behind-nat"} }},
		{"has no fault", func(v *Verdict) { v.Innocent = []string{"path"} }},
		{"does not ask user to act", func(v *Verdict) { v.Party = "user" }},
		{"is not certain", func(v *Verdict) { v.Confidence = "certain" }},
		{`answered "yes no", want "yes"`, func(v *Verdict) { *v = v.answering("simultaneous-open", "yes") }},
		{`answered "", want "yes"`, func(v *Verdict) { *v = v.answering("alone", "yes") }},
		{"want 192.0.2.2", func(v *Verdict) { v.SeenAs = "192.0.2.2" }},
		{"aliases", func(v *Verdict) { v.Aliases = []string{"www.lab.test", "host.lab.test"} }},
		{"is not true here", func(v *Verdict) { v.Forbidden = []string{"alg-present"} }},
	} {
		v := right
		tt.wrong(&v)
		if err := v.Judge(result); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("want a complaint with %q: %v", tt.want, err)
		}
	}
}
