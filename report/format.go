package report

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"ftpdiag/report/term"
)

// Format is a form in which a report can be written. Zero: text.
type Format uint8

const (
	FormatText       Format = iota // for people, at a terminal
	FormatPlain                    // one fact per line
	FormatJSON                     // one object
	FormatNDJSON                   // the same object on one line
	FormatMarkdown                 // for a ticket or a mail
	FormatHTML                     // a page to send on
	FormatCSV                      // a row for a spreadsheet
	FormatJUnit                    // for continuous integration
	FormatTAP                      // the same, as Test Anything Protocol 14
	FormatNagios                   // one line of a monitoring plugin
	FormatPrometheus               // the text format of metrics
	FormatMode                     // one word: the mode to use
)

// The order is that of the constants.
var formatNames = []string{"text", "plain", "json", "ndjson", "md", "html", "csv", "junit", "tap", "nagios", "prometheus", "mode"}

// FormatNames lists the names of all formats, in the order in which people
// read them.
func FormatNames() []string { return slices.Clone(formatNames) }

// String is the name by which people ask for the format.
func (f Format) String() string {
	if int(f) < len(formatNames) {
		return formatNames[f]
	}
	return fmt.Sprintf("format(%d)", f)
}

// MarshalText writes the name.
func (f Format) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// UnmarshalText reads a name; the error says which there are.
func (f *Format) UnmarshalText(name []byte) error {
	found, ok := ParseFormat(string(name))
	if !ok {
		return fmt.Errorf("%q is not a format: there are %s", name, strings.Join(formatNames, ", "))
	}
	*f = found
	return nil
}

// ParseFormat finds a format by its name; false if there is none of that name.
func ParseFormat(name string) (Format, bool) {
	i := slices.Index(formatNames, name)
	return Format(max(i, 0)), i >= 0
}

// endings are the kinds of files. Every other format is for a program that
// reads standard output.
var endings = []struct {
	ending string
	format Format
}{
	{".json", FormatJSON}, {".html", FormatHTML}, {".md", FormatMarkdown},
	{".txt", FormatText}, {".csv", FormatCSV}, {".xml", FormatJUnit},
}

// Endings lists the endings of files that can be written.
func Endings() []string {
	var list []string
	for _, e := range endings {
		list = append(list, e.ending)
	}
	return list
}

// FormatByEnding picks the format of a file by the ending of its name, in
// upper or lower case; false if that is none of [Endings].
func FormatByEnding(name string) (Format, bool) {
	ending := strings.ToLower(filepath.Ext(name))
	for _, e := range endings {
		if e.ending == ending {
			return e.format, true
		}
	}
	return 0, false
}

// Write writes the report in a format. The style is for the formats that
// people read: its width, colour and symbols for text, and how verbose for
// text, Markdown and HTML. It returns the writer's error.
func (r *Report) Write(w io.Writer, f Format, st term.Style) error {
	switch f {
	case FormatPlain:
		return r.WritePlain(w)
	case FormatJSON:
		return r.WriteJSON(w)
	case FormatNDJSON:
		return r.writeNDJSON(w)
	case FormatMarkdown:
		return r.writeMarkdown(w, st)
	case FormatHTML:
		return r.writeHTML(w, st)
	case FormatCSV:
		return r.writeCSV(w)
	case FormatJUnit:
		return r.writeJUnit(w)
	case FormatTAP:
		return r.writeTAP(w)
	case FormatNagios:
		return r.writeNagios(w)
	case FormatPrometheus:
		return r.writePrometheus(w)
	case FormatMode:
		return r.WriteMode(w)
	case FormatText:
		return r.WriteText(w, st)
	default:
		return fmt.Errorf("%v cannot be written", f)
	}
}
