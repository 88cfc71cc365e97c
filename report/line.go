package report

import (
	"fmt"
	"io"
	"strings"

	"ftpdiag/probe"
)

// WriteLine writes exactly one line, such as
// "ftp.example.com: use passive mode (passive mode required: yes)".
func (r *Report) WriteLine(w io.Writer) error {
	_, err := fmt.Fprintf(w, "%s: %s (%s: %s)\n", r.story.plainly("{host}"), r.Result(),
		strings.TrimSuffix(lowerFirst(Question), "?"), r.required())
	return err
}

// required is the answer in one word, and whether it is only likely.
func (r *Report) required() string {
	answer := r.Verdict.PassiveRequired.String()
	if r.Verdict.PassiveRequired != Unknown && r.Verdict.Confidence == probe.ConfidenceLikely {
		answer += ", likely"
	}
	return answer
}

// WriteMode writes one word for scripts: the mode to use (passive, active), or
// either, none or unknown.
func (r *Report) WriteMode(w io.Writer) error {
	_, err := fmt.Fprintln(w, r.modeWord())
	return err
}

func (r *Report) modeWord() string {
	switch v := r.Verdict; {
	case v.ID == Either:
		return "either"
	case v.ID == Neither:
		return "none"
	case v.Mode == probe.Passive, v.Mode == probe.Active:
		return v.Mode.String()
	default:
		return "unknown"
	}
}
