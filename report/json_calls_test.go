package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"ftpdiag/report/term"
	"ftpdiag/scenarios"
)

// toldCalls is what the JSON says of who connected.
type toldCalls struct {
	Paths []struct {
		Modes struct {
			Active struct {
				Methods map[string]struct {
					Caller, Called *string
					CallTMS        *int64 `json:"call_t_ms"`
					ConnectMS      *int64 `json:"connect_ms"`
					Strangers      []struct {
						TMS     *int64 `json:"t_ms"`
						Address string
						Port    int
						Called  *string
					}
				}
			}
		}
	}
	Timeline []struct {
		TMS  int64 `json:"t_ms"`
		Text string
	}
}

func toldOf(t *testing.T, r *Report) (told toldCalls) {
	t.Helper()
	if err := json.Unmarshal([]byte(asJSON(t, r)), &told); err != nil {
		t.Fatal(err)
	}
	return told
}

// examinedAs is the report of one scenario.
func examinedAs(t *testing.T, name string) *Report {
	t.Helper()
	s, ok := scenarios.Find(name)
	if !ok {
		t.Fatalf("there is no scenario %s", name)
	}
	return New(examinations()[name].of(t, s))
}

func said[T any](v *T) string {
	if v == nil {
		return "null"
	}
	return fmt.Sprint(*v)
}

// TestJSONTellsWhoCalled: address, port, time and order of the server's call and of
// those of strangers.
func TestJSONTellsWhoCalled(t *testing.T) {
	for _, tt := range []struct{ scenario, called, stranger, strangerCalled string }{
		{"port-answers-after-connect", "before-port-reply", "", ""},
		{"125-reply", "before-port-reply", "", ""},
		{"all-good", "before-list-reply", "", ""},
		{"call-after-150", "after-list-reply", "", ""},
		{"active-syn-dropped", "null", "", ""},
		{"scanner-at-the-listener", "null", "192.0.2.66", "before-list-reply"},
		{"scanner-before-early-call", "before-port-reply", "192.0.2.66", "before-port-reply"},
		{"active-from-other-address", "before-list-reply", "", ""},
	} {
		told := toldOf(t, examinedAs(t, tt.scenario))
		for verb, m := range told.Paths[0].Modes.Active.Methods {
			if got := said(m.Called); got != tt.called {
				t.Errorf("%s: %s was called %s, want %s", tt.scenario, verb, got, tt.called)
			}
			if (m.Caller == nil) != (m.CallTMS == nil) || (m.Caller == nil) != (m.ConnectMS == nil) {
				t.Errorf("%s: %s was called by %s at %s, after %s", tt.scenario, verb, said(m.Caller), said(m.CallTMS), said(m.ConnectMS))
			}
			if want := min(len(tt.stranger), 1); len(m.Strangers) != want {
				t.Errorf("%s: %d strangers for %s, want %d", tt.scenario, len(m.Strangers), verb, want)
			}
			for _, stranger := range m.Strangers {
				line := fmt.Sprintf("connection from %s port %d, which is not the server's address", tt.stranger, stranger.Port)
				stands := false
				for _, ev := range told.Timeline {
					stands = stands || ev.Text == line && said(&ev.TMS) == said(stranger.TMS)
				}
				if stranger.Address != tt.stranger || stranger.Port == 0 || said(stranger.Called) != tt.strangerCalled || !stands {
					t.Errorf("%s: %s at %s, %s, stranger %s port %d, in the timeline: %v", tt.scenario, verb, said(stranger.TMS), said(stranger.Called), stranger.Address, stranger.Port, stands)
				}
			}
		}
	}
}

// TestDialogueTellsCallsInPlace: of a server that connects first the dialogue says so
// before the reply to PORT, and does not say that its call is awaited.
func TestDialogueTellsCallsInPlace(t *testing.T) {
	_, dialogue, _ := strings.Cut(asText(t, examinedAs(t, "port-answers-after-connect"), term.Style{Width: 99, Verbose: 1}), "Timeline")
	if strings.Contains(dialogue, "waiting for the server") {
		t.Errorf("a call that has come is awaited:\n%s", dialogue)
	}
	for _, verb := range []string{"PORT 203", "EPRT |"} {
		_, after, found := strings.Cut(dialogue, verb)
		call, reply := strings.Index(after, "connection from "+server+" port "), strings.Index(after, "  200 ")
		if !found || call < 0 || call > reply {
			t.Errorf("%s: the call is at %d, the reply at %d in\n%s", verb, call, reply, after)
		}
	}
}

// TestRedactedStrangers: the addresses of strangers are placeholders, also where the
// dialogue names them; ports, times and orders stay.
func TestRedactedStrangers(t *testing.T) {
	for name, address := range map[string]string{"scanner-at-the-listener": "192.0.2.66", "scanner-over-ipv6": "2001:db8:66::66"} {
		open := examinedAs(t, name)
		hidden := open.Redacted()
		if text := asJSON(t, hidden); strings.Contains(text, address) {
			t.Errorf("%s holds %s:\n%s", name, address, text)
		}
		was, is := toldOf(t, open), toldOf(t, hidden)
		compared := 0
		for verb, m := range was.Paths[0].Modes.Active.Methods {
			masked := is.Paths[0].Modes.Active.Methods[verb].Strangers
			if len(m.Strangers) != len(masked) {
				t.Fatalf("%s: %s has %d strangers, and %d redacted", name, verb, len(m.Strangers), len(masked))
			}
			if len(masked) == 0 { // PORT, over IPv6
				continue
			}
			compared++
			a, b := m.Strangers[0], masked[0]
			if a.Port != b.Port || said(a.TMS) != said(b.TMS) || said(a.Called) != said(b.Called) {
				t.Errorf("%s: %+v became %+v", name, a, b)
			}
			line := fmt.Sprintf("connection from %s port %d,", b.Address, b.Port)
			if !strings.Contains(as(t, hidden, FormatJSON), line) {
				t.Errorf("%s: the dialogue does not say %q", name, line)
			}
		}
		if compared == 0 {
			t.Errorf("%s has no strangers", name)
		}
		for _, a := range hidden.Examination.AllAttempts() {
			for _, call := range a.Calls {
				if call.From.Addr().String() == address {
					t.Errorf("%s: the facts hold %s", name, address)
				}
			}
		}
	}
}

// TestReadBackWithoutCalls: a record of an earlier version tells who called, and not
// when.
func TestReadBackWithoutCalls(t *testing.T) {
	s := schema(t)
	for _, name := range []string{"scanner-at-the-listener", "port-answers-after-connect"} {
		var saved bytes.Buffer
		if err := examinedAs(t, name).Examination.Save(&saved); err != nil {
			t.Fatal(err)
		}
		var old map[string]any
		if err := json.Unmarshal(saved.Bytes(), &old); err != nil {
			t.Fatal(err)
		}
		forget(old, "calls")
		text, err := json.Marshal(old)
		if err != nil {
			t.Fatal(err)
		}
		e, err := ReadExamination(text)
		if err != nil {
			t.Fatal(err)
		}
		r := New(e)
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(asJSON(t, r)))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(doc); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for verb, m := range toldOf(t, r).Paths[0].Modes.Active.Methods {
			if m.Called != nil || m.CallTMS != nil || (m.Caller == nil) != (len(m.Strangers) == 1) {
				t.Errorf("%s: %s: %+v", name, verb, m)
			}
			for _, stranger := range m.Strangers {
				if stranger.Address != "192.0.2.66" || stranger.TMS != nil || stranger.Called != nil {
					t.Errorf("%s: %s: %+v", name, verb, stranger)
				}
			}
		}
	}
}

// forget takes a name out of every object.
func forget(node any, name string) {
	switch v := node.(type) {
	case map[string]any:
		delete(v, name)
		for _, inner := range v {
			forget(inner, name)
		}
	case []any:
		for _, inner := range v {
			forget(inner, name)
		}
	}
}
