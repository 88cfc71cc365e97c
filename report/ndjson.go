package report

import (
	"encoding/json"
	"io"
)

// writeNDJSON writes the JSON of WriteJSON on one line, so that the results of
// many checks can stand in one file.
func (r *Report) writeNDJSON(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false) // as in WriteJSON
	return enc.Encode(r.wire())
}
