package ftp

import (
	"fmt"
	"slices"
)

// Reply is one reply of the server, of one line or many. The zero Reply is
// "nothing arrived". Its bytes come from a stranger: clean them (see [Clean])
// before a person sees them.
type Reply struct {
	// Code is the reply's code; 0 if none could be read.
	Code Code `json:"code"`

	// Lines holds the text of each line without code, telnet commands and line
	// end, cut at MaxLine bytes, otherwise as received.
	Lines []string `json:"lines"`

	// Raw is exactly what arrived, even if incomplete, at most MaxReply bytes.
	Raw []byte `json:"raw,omitempty"`

	// Quirks names the deviations that were tolerated, each once, in the order
	// in which they appeared.
	Quirks []Quirk `json:"quirks,omitempty"`
}

// Text returns the last line's text, the one that people quote. It is not
// cleaned, and empty if there is no line.
func (r Reply) Text() string {
	if len(r.Lines) == 0 {
		return ""
	}
	return r.Lines[len(r.Lines)-1]
}

// String returns the last line as code, blank, text: "425 Can't open data
// connection." Without a code it is the text alone. It is not cleaned.
func (r Reply) String() string {
	switch {
	case r.Code == 0:
		return r.Text()
	case r.Text() == "":
		return fmt.Sprintf("%03d", int(r.Code))
	}
	return fmt.Sprintf("%03d %s", int(r.Code), r.Text())
}

// Empty tells whether nothing arrived at all.
func (r Reply) Empty() bool {
	return r.Code == 0 && len(r.Lines) == 0 && len(r.Raw) == 0
}

// note records a deviation, once.
func (r *Reply) note(q Quirk) {
	if !slices.Contains(r.Quirks, q) {
		r.Quirks = append(r.Quirks, q)
	}
}
