package report

import (
	"bytes"
	"fmt"
	"io"
	"time"

	"ftpdiag/report/term"
)

// A file of ours may be replaced without asking, any other never. Each kind of
// file therefore begins, or begins and ends, in a way that nothing else does.
const (
	textMark     = "FTP check made by ftpdiag"
	markdownMark = "## FTP check: "
	madeBy       = "Made by ftpdiag" // in the last line of Markdown
	htmlMark     = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"generator\" content=\"ftpdiag"
	junitMark    = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"ftpdiag\""
)

// jsonMarks are the beginnings of the JSON, indented and on one line.
var jsonMarks = []string{"{\n  \"schema\": \"" + Schema + "\"", "{\"schema\":\"" + Schema + "\""}

// MadeHere tells whether the content of a file is what this package writes
// into files, in this version or another.
func MadeHere(content []byte) bool {
	begins := func(mark string) bool { return bytes.HasPrefix(content, []byte(mark)) }
	for _, mark := range []string{textMark, htmlMark, junitMark, csvHeader(), jsonMarks[0], jsonMarks[1]} {
		if begins(mark) {
			return true
		}
	}
	return begins(markdownMark) && bytes.Contains(content, []byte("\n"+madeBy))
}

// WriteFile writes the report as the content of a file of its own. It differs
// from Write in that text gets a first line that says where it comes from,
// which on a screen stands above it, and that JSON holds the examination, so
// that the file can be read back.
func (r *Report) WriteFile(w io.Writer, f Format, st term.Style) error {
	if f == FormatText {
		if _, err := fmt.Fprintf(w, "%s%s, %s\n\n", textMark, r.version(), r.checked()); err != nil {
			return err
		}
	}
	if f == FormatJSON {
		return r.writeJSONFile(w)
	}
	return r.Write(w, f, st)
}

// version is the program's version with a blank before it; empty if unknown.
func (r *Report) version() string {
	if v := r.story.toolVersion(); v != "" {
		return " " + v
	}
	return ""
}

// checked is when the examination began, in the time zone of the computer that
// asked, and its distance from UTC.
func (r *Report) checked() string { return r.Examination.Started.Format(time.DateTime + " -07:00") }
