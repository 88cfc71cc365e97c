package report_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/net/html"

	"ftpdiag/probe"
	"ftpdiag/report"
	"ftpdiag/report/term"
)

// TestEveryFormatOfEveryScenario: what holds for all of them.
func TestEveryFormatOfEveryScenario(t *testing.T) {
	schema := resultSchema(t)
	for _, s := range all(t) {
		r := report.New(s.exam)
		code := r.ExitCode()
		for _, f := range formats(t) {
			text := write(t, r, f)
			name := s.Name + " as " + f.String()
			if again := write(t, report.New(s.exam), f); again != text {
				t.Errorf("%s: two writings of one result differ", name)
			}
			if strings.Contains(text, canary) {
				t.Errorf("%s holds the password", name)
			}
			if c := control(text, f); c != "" {
				t.Errorf("%s holds the character %q", name, c)
			}
			if !strings.HasSuffix(text, "\n") {
				t.Errorf("%s does not end with a line end", name)
			}
			checkForm(t, name, text, f, r, schema)
		}
		var saved strings.Builder // what the state folder holds
		if err := s.exam.Save(&saved); err != nil || strings.Contains(plainly(t, saved.String()), canary) {
			t.Errorf("%s: %v, or the saved result holds the password", s.Name, err)
		}
		if r.ExitCode() != code {
			t.Errorf("%s: writing changed the exit code", s.Name)
		}
	}
}

// control finds a character that could act on whoever reads the text. Only CSV
// ends its lines with CR.
func control(text string, f report.Format) string {
	for _, c := range text {
		switch {
		case c == '\n', c == '\r' && f == report.FormatCSV:
		case c < ' ', c >= 0x7f && c < 0xa0, c >= 0x202a && c <= 0x202e, c >= 0x2066 && c <= 0x2069, c == 0xfffd:
			return string(c)
		}
	}
	return ""
}

// checkForm reads a format as the programs do that it is for.
func checkForm(t *testing.T, name, text string, f report.Format, r *report.Report, schema *jsonschema.Schema) {
	t.Helper()
	switch f {
	case report.FormatJSON, report.FormatNDJSON:
		if f == report.FormatNDJSON && strings.Count(text, "\n") != 1 {
			t.Errorf("%s: more than one line", name)
		}
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err == nil {
			err = schema.Validate(value)
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	case report.FormatCSV:
		rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil || len(rows) != 2 || strings.Count(text, "\r\n") != 2 {
			t.Errorf("%s: %d rows, %v", name, len(rows), err)
		}
		for _, cell := range rows[1] {
			if cell == "" && cell != rows[1][2] && cell != rows[1][11] || cell != "" && strings.ContainsRune("=+-@", rune(cell[0])) {
				t.Errorf("%s: cell %q", name, cell)
			}
		}
	case report.FormatJUnit:
		checkJUnit(t, name, text, r.ExitCode())
	case report.FormatTAP:
		checkTAP(t, name, text, r.ExitCode())
	case report.FormatNagios:
		if !nagiosLine.MatchString(text) || !strings.HasPrefix(text, "FTP "+r.NagiosState().String()+" - ") {
			t.Errorf("%s: %q", name, text)
		}
		if works := r.ExitCode() == report.ExitWorks; works && r.NagiosState() == report.NagiosUnknown || !works && r.NagiosState() == report.NagiosOK {
			t.Errorf("%s: %v with exit code %d", name, r.NagiosState(), r.ExitCode())
		}
		// Whoever is woken by a warning reads what to repair.
		if r.NagiosState() == report.NagiosWarning && !nagiosCause.MatchString(text) {
			t.Errorf("%s: no reason in %q", name, text)
		}
	case report.FormatPrometheus:
		checkPrometheus(t, name, text)
	case report.FormatHTML:
		checkHTML(t, name, text, schema)
	case report.FormatMarkdown:
		if strings.ContainsFunc(text, func(r rune) bool { return r > '~' }) {
			t.Errorf("%s: is not ASCII", name)
		}
	case report.FormatMode:
		switch strings.TrimSpace(text) {
		case "passive", "active", "either", "none", "unknown":
		default:
			t.Errorf("%s: %q", name, text)
		}
	case report.FormatText, report.FormatPlain: // have tests of their own
	}
}

var nagiosCause = regexp.MustCompile(`, slow: |\(F[0-9]{3} [a-z0-9-]+\)`)

var nagiosLine = regexp.MustCompile(`^FTP (OK|WARNING|CRITICAL|UNKNOWN) - [^|\n]+( \|( [a-z_]+=[0-9.]+s?(;5;10)?)+)?\n$`)

// junit is as much of a JUnit file as others read.
type junit struct {
	Failures int `xml:"failures,attr"`
	Errors   int `xml:"errors,attr"`
	Skipped  int `xml:"skipped,attr"`
	Cases    []struct {
		Name    string    `xml:"name,attr"`
		Failure *struct{} `xml:"failure"`
		Error   *struct{} `xml:"error"`
		Skipped *struct{} `xml:"skipped"`
	} `xml:"testsuite>testcase"`
}

// checkJUnit counts, and demands that a suite fails exactly where the exit code
// is not 0.
func checkJUnit(t *testing.T, name, text string, code int) {
	t.Helper()
	var got junit
	if err := xml.Unmarshal([]byte(text), &got); err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	counted := junit{}
	names := ""
	for _, c := range got.Cases {
		names += c.Name + " "
		counted.Failures += count(c.Failure)
		counted.Errors += count(c.Error)
		counted.Skipped += count(c.Skipped)
	}
	if names != "reachable login passive active " {
		t.Errorf("%s: cases %s", name, names)
	}
	if got.Failures != counted.Failures || got.Errors != counted.Errors || got.Skipped != counted.Skipped {
		t.Errorf("%s: the numbers are wrong: %+v", name, got)
	}
	if bad := got.Failures+got.Errors > 0; bad != (code != report.ExitWorks) {
		t.Errorf("%s: %d failures, %d errors, exit code %d", name, got.Failures, got.Errors, code)
	}
	if code == report.ExitNoVerdict && got.Errors == 0 {
		t.Errorf("%s: no verdict is no error", name)
	}
}

func count(problem *struct{}) int {
	if problem == nil {
		return 0
	}
	return 1
}

var tapLine = regexp.MustCompile(`^(ok|not ok) (\d) - (reachable|login|passive|active)( # (TODO|SKIP) .+)?$`)

// checkTAP reads the lines as the specification says: not ok without TODO is a
// failure.
func checkTAP(t *testing.T, name, text string, code int) {
	t.Helper()
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if lines[0] != "TAP version 14" || lines[1] != "1..4" {
		t.Errorf("%s: begins with %q", name, lines[:2])
	}
	tests, bad, inside := 0, 0, false
	for _, line := range lines[2:] {
		m := tapLine.FindStringSubmatch(line)
		switch {
		case line == "  ---", line == "  ...":
			inside = !inside
		case inside:
			key, value, _ := strings.Cut(strings.TrimPrefix(line, "  "), ": ")
			if key == "" || !json.Valid([]byte(value)) {
				t.Errorf("%s: not YAML: %q", name, line)
			}
		case m != nil:
			tests++
			if m[2] != strconv.Itoa(tests) {
				t.Errorf("%s: %q is test %d", name, line, tests)
			}
			if m[1] == "not ok" && m[5] != "TODO" {
				bad++
			}
		case !strings.HasPrefix(line, "# "):
			t.Errorf("%s: %q is no line of TAP", name, line)
		}
	}
	if tests != 4 || inside || (bad > 0) != (code != report.ExitWorks) {
		t.Errorf("%s: %d tests, %d bad, exit code %d", name, tests, bad, code)
	}
}

var sample = regexp.MustCompile(`^([a-z_]+)\{([a-z]+="[^"\\]*",?)+\} [0-9.]+$`)

// checkPrometheus demands that every sample is one, of a family that was
// declared before, and that no two are the same.
func checkPrometheus(t *testing.T, name, text string) {
	t.Helper()
	seen, declared := map[string]bool{}, ""
	for _, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		if rest, ok := strings.CutPrefix(line, "# TYPE "); ok {
			declared = strings.Fields(rest)[0]
			continue
		}
		if strings.HasPrefix(line, "# HELP ") {
			continue
		}
		m := sample.FindStringSubmatch(line)
		series, _, _ := strings.Cut(line, "} ")
		if m == nil || m[1] != declared || seen[series] {
			t.Errorf("%s: %q", name, line)
		}
		seen[series] = true
	}
	if !strings.Contains(text, "ftpdiag_verdict_info{") || !strings.Contains(text, "ftpdiag_last_run_timestamp_seconds{") {
		t.Errorf("%s: a series is missing", name)
	}
}

// checkHTML reads the page as a browser does, and demands that it has nothing
// that acts or loads, that every element ends, and that its JSON can be read
// back.
func checkHTML(t *testing.T, name, text string, schema *jsonschema.Schema) {
	t.Helper()
	if kind := http.DetectContentType([]byte(text)); !strings.HasPrefix(kind, "text/html") {
		t.Errorf("%s is %s", name, kind)
	}
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	var results []string
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if !knownElements[n.Data] {
			t.Errorf("%s: element %s", name, n.Data)
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "href" || a.Key == "src" || a.Key == "style" || a.Key == "srcdoc" {
				t.Errorf("%s: %s has %s=%q", name, n.Data, a.Key, a.Val)
			}
		}
		if n.Data == "script" {
			if len(n.Attr) != 2 || n.Attr[0].Val != "application/json" || n.FirstChild == nil {
				t.Errorf("%s: a script %v", name, n.Attr)
				continue
			}
			results = append(results, n.FirstChild.Data)
		}
	}
	checkBalance(t, name, text)
	if len(results) != 1 || strings.Contains(results[0], "<") {
		t.Errorf("%s: %d results, or a < in one", name, len(results))
		return
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(results[0]))
	if err == nil {
		err = schema.Validate(value)
	}
	if err != nil {
		t.Errorf("%s: %v", name, err)
	}
}

// knownElements are those of the template. Any other comes from a server.
var knownElements = words("html head meta title style body main h1 h2 h3 section p strong ul li span div table tbody tr th td details summary footer script code pre svg path text")

func words(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// checkBalance demands an end for every beginning, which a parser forgives.
func checkBalance(t *testing.T, name, text string) {
	t.Helper()
	var open []string
	tokens := html.NewTokenizer(strings.NewReader(text))
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			if !errors.Is(tokens.Err(), io.EOF) || len(open) > 0 {
				t.Errorf("%s: %v, %v are open", name, tokens.Err(), open)
			}
			return
		case html.StartTagToken:
			if tag, _ := tokens.TagName(); string(tag) != "meta" {
				open = append(open, string(tag))
			}
		case html.EndTagToken:
			tag, _ := tokens.TagName()
			if len(open) == 0 || open[len(open)-1] != string(tag) {
				t.Errorf("%s: </%s> while %v are open", name, tag, open)
				return
			}
			open = open[:len(open)-1]
		}
	}
}

// resultSchema is the promise of the JSON.
func resultSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	s, err := jsonschema.NewCompiler().Compile(filepath.Join("..", "testdata", "schema", "ftpdiag.result.v1.json"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestFilesAreKnownAsOurs: what stands in a file is recognised, and nothing
// else is.
func TestFilesAreKnownAsOurs(t *testing.T) {
	for _, s := range all(t)[:5] {
		for _, ending := range report.Endings() {
			f, ok := report.FormatByEnding("Report" + strings.ToUpper(ending))
			if !ok {
				t.Fatalf("%s is no ending", ending)
			}
			r := report.New(s.exam)
			if text := write(t, r, f); !report.MadeHere([]byte(text)) {
				t.Errorf("%v is not known as ours:\n%.200s", f, text)
			}
			s.exam.ToolVersion = ""
			if text := write(t, report.New(s.exam), f); !report.MadeHere([]byte(text)) {
				t.Errorf("without a version, %v is not known as ours:\n%.200s", f, text)
			}
			s.exam.ToolVersion = "1.0.0"
		}
	}
	for _, foreign := range []string{
		"", "{}", "{\n  \"schema\": \"other\"\n}", "<!doctype html>\n<html lang=\"en\"><title>FTP check</title>", "## FTP check: my notes\n",
		"server,port\n", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"other\">", "FTP check\n", "\xff\xfe",
	} {
		if report.MadeHere([]byte(foreign)) {
			t.Errorf("%q is taken for ours", foreign)
		}
	}
	for _, name := range []string{"report.pdf", "report", "", ".", "html", "report.html.gz"} {
		if f, ok := report.FormatByEnding(name); ok {
			t.Errorf("%q is %v", name, f)
		}
	}
}

// TestWanted: what is demanded decides what is a failure.
func TestWanted(t *testing.T) {
	for _, s := range all(t) {
		if s.Name != "active-425-immediately" {
			continue
		}
		r := report.New(s.exam)
		r.Wanted = []probe.Mode{probe.Active}
		if text := write(t, r, report.FormatTAP); !strings.Contains(text, "\nok 3 - passive\n") || !strings.Contains(text, "\nnot ok 4 - active\n") {
			t.Errorf("active is demanded:\n%s", text)
		}
		if r.NagiosState() != report.NagiosCritical {
			t.Errorf("active is demanded: %v", r.NagiosState())
		}
		r.Wanted = []probe.Mode{probe.Passive}
		if text := write(t, r, report.FormatJUnit); !strings.Contains(text, `failures="0" errors="0" skipped="1"`) {
			t.Errorf("passive is demanded:\n%s", text)
		}
	}
}

// TestBrokenWriter: an error of the writer is told, in every format.
func TestBrokenWriter(t *testing.T) {
	r := report.New(all(t)[0].exam)
	for _, f := range formats(t) {
		if err := r.Write(broken{}, f, term.Style{}); !errors.Is(err, io.ErrShortWrite) {
			t.Errorf("%v: %v", f, err)
		}
	}
	if err := r.Write(io.Discard, report.Format(200), term.Style{}); err == nil {
		t.Error("a format that there is not was written")
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

// BenchmarkWrite writes a usual result in every format.
func BenchmarkWrite(b *testing.B) {
	var exam *probe.Examination
	for _, s := range all(b) {
		if s.Name == "active-425-immediately" {
			exam = s.exam
		}
	}
	for _, f := range formats(b) {
		b.Run(f.String(), func(b *testing.B) {
			var out bytes.Buffer
			for b.Loop() {
				out.Reset()
				if err := report.New(exam).Write(&out, f, term.Style{Verbose: 1}); err != nil {
					b.Fatal(err)
				}
			}
			b.SetBytes(int64(out.Len()))
		})
	}
	b.Run("redact", func(b *testing.B) {
		for b.Loop() {
			report.New(exam).Redacted()
		}
	})
}
