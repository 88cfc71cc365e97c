package report

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"ftpdiag/report/term"
)

// TestReadBack: what can be read back gives the same report in every form.
func TestReadBack(t *testing.T) {
	for _, f := range fixtures() {
		if f.name == "hostile" {
			continue // its replies are no UTF-8; those of real examinations are
		}
		r := New(f.exam)
		var saved bytes.Buffer
		if err := f.exam.Save(&saved); err != nil {
			t.Fatal(err)
		}
		files := map[string][]byte{"saved": saved.Bytes()}
		for _, format := range []Format{FormatJSON, FormatHTML} {
			var b bytes.Buffer
			if err := r.WriteFile(&b, format, term.Style{}); err != nil {
				t.Fatal(err)
			}
			files[format.String()] = b.Bytes()
			if !MadeHere(b.Bytes()) || strings.Contains(b.String(), canary) {
				t.Errorf("%s as %v: not recognised as ours, or with the password", f.name, format)
			}
		}
		for name, content := range files {
			e, err := ReadExamination(content)
			if err != nil {
				t.Errorf("%s, %s: %v", f.name, name, err)
				continue
			}
			for format := range FormatMode + 1 {
				if got, want := as(t, New(e), format), as(t, r, format); got != want {
					t.Errorf("%s, %s: as %v it is\n%s\nand was\n%s", f.name, name, format, got, want)
				}
			}
		}
	}
}

func as(t *testing.T, r *Report, f Format) string {
	t.Helper()
	var b bytes.Buffer
	if err := r.Write(&b, f, term.Style{Verbose: 2}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestReadBackRefuses(t *testing.T) {
	r := passiveFixture().report()
	page := as(t, r, FormatHTML)
	for name, tt := range map[string]struct {
		content string
		want    error
	}{
		"JSON as printed":        {as(t, r, FormatJSON), ErrNoExamination},
		"NDJSON":                 {as(t, r, FormatNDJSON), ErrNoExamination},
		"Markdown":               {as(t, r, FormatMarkdown), ErrNoExamination},
		"CSV":                    {as(t, r, FormatCSV), ErrNoExamination},
		"page without the end":   {page[:len(page)/2], ErrNoExamination},
		"empty":                  {"", ErrForeign},
		"text":                   {"220 ready", ErrForeign},
		"another program's JSON": {`{"schema": "other", "examination": {"schema": 1}}`, ErrForeign},
		"any JSON":               {`{"a": 1}`, ErrForeign},
		"a list":                 {`[1, 2]`, ErrForeign},
	} {
		if e, err := ReadExamination([]byte(tt.content)); !errors.Is(err, tt.want) || e != nil {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
	for _, content := range []string{`{"schema": 99}`, `{"schema": "ftpdiag.result", "examination": {"schema": 99}}`} {
		if _, err := ReadExamination([]byte(content)); !errors.Is(err, ErrNewer) {
			t.Errorf("%s: %v", content, err)
		}
	}
}
