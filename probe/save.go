package probe

import (
	"encoding/json"
	"fmt"
	"io"
)

// Save writes the examination as JSON, whole: what ReadExamination reads back
// is equal. It holds no password.
func (e *Examination) Save(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(e)
}

// maxSaved bounds a saved examination. The largest honest ones, with every
// follow-up question and long replies, stay under 1 MiB.
const maxSaved = 64 << 20

// ReadExamination reads what Save wrote, now or in an earlier version. The
// error says what is wrong with the file.
func ReadExamination(r io.Reader) (*Examination, error) {
	var e Examination
	if err := json.NewDecoder(io.LimitReader(r, maxSaved)).Decode(&e); err != nil {
		return nil, fmt.Errorf("not a saved examination: %w", err)
	}
	switch {
	case e.Schema == 0:
		return nil, fmt.Errorf("not a saved examination: it has no schema version")
	case e.Schema > SchemaVersion:
		return nil, fmt.Errorf("saved by a newer version (schema %d, this program reads up to %d)", e.Schema, SchemaVersion)
	}
	return &e, nil
}
