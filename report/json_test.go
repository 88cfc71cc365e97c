package report

import (
	"bytes"
	"encoding/json"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

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
	if text := asJSON(t, eitherFixture().report()); !strings.Contains(text, `"caller": "`+server+`:20"`) {
		t.Errorf("it is not told who connected:\n%s", text)
	}
	if text := asJSON(t, passiveFixture().report()); !strings.Contains(text, `"caller": null`) {
		t.Error("where nobody connected, the caller is not null")
	}
	if text := asJSON(t, limitedFixture().report()); !strings.Contains(text, `"passive_required": null`) || !strings.Contains(text, `"usable": true`) {
		t.Error("an undetermined verdict with a working mode is not told as such")
	}
}

// Each address that was tried is told, with what stopped it.
func TestJSONTellsEachConnect(t *testing.T) {
	m := start(public, 10*time.Second).unreachable(probe.Timeout, 10*time.Second)
	m.e.Connects = append(m.e.Connects, probe.Connect{
		Remote: netip.MustParseAddrPort("[2001:db8::20]:21"), Began: 250 * time.Millisecond, Took: 20 * time.Millisecond})
	var got struct {
		Connects []struct {
			TMS       int64 `json:"t_ms"`
			Address   string
			Port      int
			ConnectMS *int64 `json:"connect_ms"`
			WaitedMS  *int64 `json:"waited_ms"`
			Stop      *string
		}
	}
	if err := json.Unmarshal([]byte(asJSON(t, New(m.e))), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Connects) != 2 {
		t.Fatalf("%d connections, want 2", len(got.Connects))
	}
	if c := got.Connects[0]; c.Port != 21 || c.ConnectMS != nil || c.WaitedMS == nil || *c.WaitedMS != 10000 || c.Stop == nil || *c.Stop != "timeout" {
		t.Errorf("the silent address: %+v", c)
	}
	if c := got.Connects[1]; c.TMS != 250 || c.Address != "2001:db8::20" || c.ConnectMS == nil || *c.ConnectMS != 20 || c.WaitedMS != nil || c.Stop != nil {
		t.Errorf("the address that answers: %+v", c)
	}
}

// What each DNS server said is told; an answer that was cut has no code of DNS.
func TestJSONTellsEachAnswer(t *testing.T) {
	f := dnsFixture()
	servers := f.exam.Resolution.Servers
	servers[1].Proto, servers[1].Rcode, servers[1].Outcome = "udp", "TRUNCATED", probe.NameUnsolved
	f.exam.Resolution.Servers = append(servers, probe.ServerReply{
		Server: servers[1].Server, Proto: "tcp", Name: "ftp.example.com", Question: "A", Rcode: "SERVFAIL", Outcome: probe.NameServFail, Took: 30 * time.Millisecond})
	var got struct {
		Resolution struct {
			Rcode   *string
			Answers []struct {
				Server, Protocol, Outcome string
				Rcode, Stop               *string
				DurationMS                *int64 `json:"duration_ms"`
			}
		}
	}
	if err := json.Unmarshal([]byte(asJSON(t, f.report())), &got); err != nil {
		t.Fatal(err)
	}
	if r := got.Resolution.Rcode; r == nil || *r != "SERVFAIL" {
		t.Error("the code is not that of the first whole answer")
	}
	if len(got.Resolution.Answers) != 3 {
		t.Fatalf("%d answers, want 3", len(got.Resolution.Answers))
	}
	silent, cut, failed := got.Resolution.Answers[0], got.Resolution.Answers[1], got.Resolution.Answers[2]
	if silent.Server != "192.0.2.53:53" || silent.Outcome != "timeout" || silent.Rcode != nil || silent.Stop == nil || *silent.Stop != "timeout" {
		t.Errorf("the silent server: %+v", silent)
	}
	if cut.Outcome != "truncated" || cut.Rcode != nil || cut.Stop != nil {
		t.Errorf("the answer that was cut: %+v", cut)
	}
	if failed.Protocol != "tcp" || failed.Outcome != "server-failure" || failed.Rcode == nil || *failed.Rcode != "SERVFAIL" || failed.DurationMS == nil || *failed.DurationMS != 30 {
		t.Errorf("the answer over TCP: %+v", failed)
	}
}
