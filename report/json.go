package report

import (
	"encoding/json"
	"io"
	"time"

	"ftpdiag/probe"
	"ftpdiag/probe/ftp"
)

// Schema and SchemaVersion name the form of the JSON. Version 1 only grows:
// names may be added, none removed or given another meaning.
const (
	Schema        = "ftpdiag.result"
	SchemaVersion = 1
)

// WriteJSON writes the report as one JSON object with a final newline. What is
// not known is null, never missing; lists are never null.
func (r *Report) WriteJSON(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false) // replies keep their angle brackets
	return enc.Encode(r.wire())
}

// The wire types are those of the JSON alone, so that a change of the model
// cannot change the promise.

type wireResult struct {
	Schema        string           `json:"schema"`
	SchemaVersion int              `json:"schema_version"`
	Tool          wireTool         `json:"tool"`
	StartedAt     string           `json:"started_at"`
	DurationMS    int64            `json:"duration_ms"`
	Complete      bool             `json:"complete"`
	Target        wireTarget       `json:"target"`
	Resolution    wireResolution   `json:"resolution"`
	Client        wireClient       `json:"client"`
	Connects      []wireConnect    `json:"connects"`
	Verdict       wireVerdict      `json:"verdict"`
	Modes         wireModes        `json:"modes"`
	Paths         []wirePath       `json:"paths"`
	Experiments   []wireExperiment `json:"experiments"`
	Findings      []wireFinding    `json:"findings"`
	Actions       []wireAction     `json:"actions"`
	Timeline      []wireEvent      `json:"timeline"`
}

type wireTool struct {
	Name    string  `json:"name"`
	Version *string `json:"version"`
	OS      *string `json:"os"`
	Arch    *string `json:"arch"`
}

type wireTarget struct {
	Input string  `json:"input"`
	Host  string  `json:"host"`
	Port  uint16  `json:"port"`
	Path  *string `json:"path"`
	User  *string `json:"user"`
	TLS   string  `json:"tls"`
}

type wireClient struct {
	Address      *string `json:"address"`
	AddressScope *string `json:"address_scope"`
	SeenByServer *string `json:"seen_by_server"`
	Interface    *string `json:"interface"`

	Surroundings *wireSurroundings `json:"surroundings"`
}

type wireVerdict struct {
	ID                string  `json:"id"`
	Usable            Tri     `json:"usable"`
	PassiveRequired   Tri     `json:"passive_required"`
	RecommendedMode   *string `json:"recommended_mode"`
	RecommendedMethod *string `json:"recommended_method"`
	Confidence        string  `json:"confidence"`
	Headline          string  `json:"headline"`
}

type wireFinding struct {
	Code       string   `json:"code"`
	ID         string   `json:"id"`
	Severity   string   `json:"severity"`
	Confidence string   `json:"confidence"`
	Party      string   `json:"party"`
	Title      string   `json:"title"`
	Detail     string   `json:"detail"`
	Evidence   []int    `json:"evidence"`
	Explains   []string `json:"explains"`
	// OtherCause is what else fits the facts, and what would tell; null: the finding is certain.
	OtherCause *string `json:"other_cause"`
}

type wireAction struct {
	Who      string   `json:"who"`
	Text     *string  `json:"text"`
	Commands []string `json:"commands"`
	Fixes    []string `json:"fixes"`
}

type wireEvent struct {
	N       int    `json:"n"`
	TimeMS  int64  `json:"t_ms"`
	Session *int   `json:"session"`
	Dir     string `json:"dir"`
	Channel string `json:"channel"`
	Text    string `json:"text"`
	Code    *int   `json:"code"`
}

// wire translates the report.
func (r *Report) wire() wireResult {
	e, c := r.Examination, r.story
	return wireResult{
		Schema: Schema, SchemaVersion: SchemaVersion,
		Tool:       wireTool{"ftpdiag", text(e.ToolVersion), text(e.OS), text(e.Arch)},
		StartedAt:  e.Started.UTC().Format("2006-01-02T15:04:05.000Z"),
		DurationMS: e.Took.Milliseconds(),
		Complete:   !e.Interrupted,
		Target: wireTarget{
			Input: ftp.Clean(e.Target.Input), Host: ftp.Clean(e.Target.Host), Port: e.Target.Port,
			Path: text(e.Target.Path), User: text(e.Target.User), TLS: e.Target.TLS.String(),
		},
		Resolution: wireResolutionOf(e.Resolution),
		Client: wireClient{
			Address: text(addrText(c.client())), AddressScope: text(probe.ScopeOf(c.client()).String()),
			SeenByServer: text(seenAs(c, probe.Finding{})), Interface: text(ftp.Clean(e.Interface)),
			Surroundings: wireSurroundingsOf(e.Here),
		},
		Connects: wireConnects(e.Connects),
		Verdict: wireVerdict{
			ID: r.Verdict.ID.String(), Usable: r.Verdict.Usable, PassiveRequired: r.Verdict.PassiveRequired,
			RecommendedMode: text(r.Verdict.Mode.String()), RecommendedMethod: text(r.Verdict.Method.String()),
			Confidence: r.Verdict.Confidence.String(), Headline: r.Headline,
		},
		Modes:       wireModesOf(c.active, c.passive),
		Paths:       wirePaths(e),
		Experiments: wireExperiments(e),
		Findings:    r.wireFindings(),
		Actions:     r.wireActions(),
		Timeline:    wireTimeline(e.Events),
	}
}

// text is a cleaned text, or null for none.
func text(s string) *string {
	if s == "" {
		return nil
	}
	s = ftp.Clean(s)
	return &s
}

// millis is a duration in whole milliseconds, or null for none.
func millis(d time.Duration) *int64 {
	if d <= 0 {
		return nil
	}
	ms := d.Milliseconds()
	return &ms
}

func (r *Report) wireFindings() []wireFinding {
	list := []wireFinding{}
	for _, f := range r.Findings {
		w := wireFinding{
			Code: f.Code.Number(), ID: f.Code.String(), Severity: f.Severity.String(), Confidence: f.Confidence.String(),
			Party: f.Party.String(), Title: f.Title, Detail: f.Detail, Evidence: inTimeline(r.Examination, f.Evidence), Explains: numbers(f.Explains),
		}
		if d, ok := causeBeside(r.Examination, f.Finding); ok {
			words := d.words(r.Examination)
			w.OtherCause = &words
		}
		list = append(list, w)
	}
	return list
}

func (r *Report) wireActions() []wireAction {
	list := []wireAction{}
	for _, a := range r.Actions {
		w := wireAction{Who: a.Who.String(), Commands: []string{}, Fixes: numbers(a.Fixes)}
		if a.Text != "" {
			w.Text = &a.Text
			w.Commands = append(w.Commands, a.Commands...)
		}
		list = append(list, w)
	}
	return list
}

func numbers(codes []probe.Code) []string {
	list := []string{}
	for _, code := range codes {
		list = append(list, code.Number())
	}
	return list
}

func wireTimeline(events []probe.Event) []wireEvent {
	list := []wireEvent{}
	for _, ev := range events {
		w := wireEvent{N: ev.N, TimeMS: ev.At.Milliseconds(), Dir: ev.Direction.String(), Channel: ev.Channel.String(), Text: ftp.Clean(ev.Text)}
		if ev.Session > 0 {
			w.Session = &ev.Session
		}
		if ev.Code > 0 {
			w.Code = &ev.Code
		}
		list = append(list, w)
	}
	return list
}
