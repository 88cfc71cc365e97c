package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf16"

	"ftpdiag/probe"
)

// wireFile is the result as it stands in a file: with the examination, so that
// the file can be shown in every form and compared with another one. Programs
// that read standard output do without.
type wireFile struct {
	wireResult
	Examination asciiJSON `json:"examination"`
}

func (r *Report) wireFile() wireFile { return wireFile{r.wire(), asciiJSON{r.Examination}} }

// asciiJSON writes an examination in ASCII alone: it holds replies as they
// arrived, and JSON lets controls such as U+009B and U+202E through to whoever
// looks at the file.
type asciiJSON struct{ e *probe.Examination }

// MarshalJSON escapes every other character; outside strings there are none.
func (a asciiJSON) MarshalJSON() ([]byte, error) {
	text, err := json.Marshal(a.e)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	for _, unit := range utf16.Encode([]rune(string(text))) {
		if unit < 0x7f {
			b.WriteByte(byte(unit))
		} else {
			fmt.Fprintf(&b, `\u%04x`, unit)
		}
	}
	return b.Bytes(), nil
}

// writeJSONFile is WriteJSON for a file.
func (r *Report) writeJSONFile(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false) // as in WriteJSON
	return enc.Encode(r.wireFile())
}

// Why a file's content holds no examination.
var (
	// ErrForeign: it is nothing that this program writes.
	ErrForeign = errors.New("not a result of ftpdiag")
	// ErrNoExamination: it is a result, without what the check saw: printed as
	// JSON, or in a form that is only to be read.
	ErrNoExamination = errors.New("a result without the examination")
	// ErrNewer: it was made by a newer version of the program.
	ErrNewer = errors.New("made by a newer version")
)

// The element of the page that holds the result (html.go). The JSON in
// it has no "<": the first end is its own.
const (
	resultStart = `<script type="application/json" id="ftpdiag-result">`
	resultEnd   = `</script>`
)

// ReadExamination finds the examination in the content of a file: one that was
// saved, or a result that WriteFile wrote as JSON or HTML. The error is
// ErrForeign, ErrNoExamination, ErrNewer, or says what is damaged.
func ReadExamination(content []byte) (*probe.Examination, error) {
	if _, after, ok := bytes.Cut(content, []byte(resultStart)); ok && MadeHere(content) {
		content, _, _ = bytes.Cut(after, []byte(resultEnd))
	}
	var file struct {
		Schema      json.RawMessage `json:"schema"`
		Examination json.RawMessage `json:"examination"`
	}
	switch err := json.Unmarshal(content, &file); {
	case err != nil && MadeHere(content):
		return nil, ErrNoExamination
	case err != nil || len(file.Schema) == 0:
		return nil, ErrForeign
	case string(file.Schema) == `"`+Schema+`"` && len(file.Examination) == 0:
		return nil, ErrNoExamination
	case string(file.Schema) == `"`+Schema+`"`:
		content = file.Examination
	case file.Schema[0] == '"':
		return nil, ErrForeign // another program's
	}
	var version struct {
		Schema int `json:"schema"`
	}
	if err := json.Unmarshal(content, &version); err == nil && version.Schema > probe.SchemaVersion {
		return nil, ErrNewer
	}
	return probe.ReadExamination(bytes.NewReader(content))
}
