package report

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"ftpdiag/probe"
)

// strict forbids names that the schema does not know: readers must bear them,
// but this version must not write any, and must write every one it knows.
func strict(t *testing.T, node any) {
	switch v := node.(type) {
	case map[string]any:
		if properties, ok := v["properties"].(map[string]any); ok {
			v["additionalProperties"] = false
			required, _ := v["required"].([]any)
			if len(required) != len(properties) {
				t.Errorf("the schema does not require all of %v", properties)
			}
		}
		for _, inner := range v {
			strict(t, inner)
		}
	case []any:
		for _, inner := range v {
			strict(t, inner)
		}
	}
}

func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "testdata", "schema", "ftpdiag.result.v1.json"))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	strict(t, doc)
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("result.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("result.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func asJSON(t *testing.T, r *Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := r.WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestJSONKeepsItsSchema(t *testing.T) {
	s := schema(t)
	all := append(fixtures(), fixture{name: "empty", exam: &probe.Examination{}})
	for _, f := range all {
		text := asJSON(t, f.report())
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Fatalf("%s: %v", f.name, err)
		}
		if err := s.Validate(doc); err != nil {
			t.Errorf("%s: %v", f.name, err)
		}
		if !strings.HasSuffix(text, "}\n") || strings.Count(text, "\n}\n") != 1 {
			t.Errorf("%s: not one object with a final newline", f.name)
		}
	}
}

// Every piece of evidence is a line of the timeline.
func TestEvidenceIsInTheTimeline(t *testing.T) {
	f := passiveFixture()
	f.findings[0].Evidence = append(f.findings[0].Evidence, 0, -1, 999)
	var got struct {
		Findings []struct{ Evidence []int }
		Timeline []struct{ N int }
	}
	if err := json.Unmarshal([]byte(asJSON(t, f.report())), &got); err != nil {
		t.Fatal(err)
	}
	known := map[int]bool{}
	for _, ev := range got.Timeline {
		known[ev.N] = true
	}
	for _, finding := range got.Findings {
		if len(finding.Evidence) == 0 {
			t.Error("evidence got lost")
		}
		for _, n := range finding.Evidence {
			if !known[n] {
				t.Errorf("evidence %d is not in the timeline", n)
			}
		}
	}
}

// What is not known is null, what was counted is a number.
func TestJSONValues(t *testing.T) {
	text := asJSON(t, epsvFixture().report())
	for _, want := range []string{
		`"schema": "ftpdiag.result"`, `"started_at": "2026-05-04T07:12:31.204Z"`, `"duration_ms": 10000`,
		`"path": null`, `"rcode": null`, `"interface": null`, `"address_scope": "private"`, `"seen_by_server": null`,
		`"id": "passive-required"`, `"passive_required": true`, `"recommended_method": "epsv"`,
		`"address": "10.0.0.5"`, `"announced": "192.168.1.50"`, `"waited_ms": 8000`, `"connect_ms": null`,
		`"reply": "227 Entering Passive Mode (10,0,0,5,195,197)."`, `"explains": []`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
	if text := asJSON(t, limitedFixture().report()); !strings.Contains(text, `"passive_required": null`) || !strings.Contains(text, `"usable": true`) {
		t.Error("an undetermined verdict with a working mode is not told as such")
	}
}
