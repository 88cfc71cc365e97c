package report

import (
	"fmt"
	"io"
	"strings"

	"ftpdiag/probe"
)

// NagiosState is what a monitoring plugin leaves with, instead of the exit
// code of the other formats (Monitoring Plugins Development Guidelines,
// "Plugin Return Codes").
type NagiosState uint8

const (
	NagiosOK       NagiosState = iota
	NagiosWarning              // works, and something should be repaired
	NagiosCritical             // does not work
	NagiosUnknown              // no verdict
)

var nagiosNames = [...]string{"OK", "WARNING", "CRITICAL", "UNKNOWN"}

// String is the word for the state in a plugin's output.
func (s NagiosState) String() string {
	if int(s) < len(nagiosNames) {
		return nagiosNames[s]
	}
	return fmt.Sprintf("state(%d)", s)
}

// A folder list that takes longer than these many seconds is no longer well.
// Programs that people use give up after 10 to 20 s without data.
const (
	nagiosSlow    = 5
	nagiosTooSlow = 10
)

// NagiosState judges the result, and how long the recommended mode took.
func (r *Report) NagiosState() NagiosState {
	c := r.story
	for _, m := range r.Wanted {
		switch c.mode(m).Status {
		case probe.Works:
		case probe.Untested:
			return NagiosUnknown
		case probe.Fails, probe.Unreliable:
			return NagiosCritical
		}
	}
	switch r.ExitCode() {
	case ExitWorks:
	case ExitNoData:
		if r.Verdict.ID == Unreliable {
			return NagiosWarning
		}
		return NagiosCritical
	case ExitLogin, ExitUnreachable:
		return NagiosCritical
	default:
		return NagiosUnknown
	}
	slow := r.listSeconds()
	_, repair := r.trouble()
	switch {
	case slow > nagiosTooSlow:
		return NagiosCritical
	case slow > nagiosSlow || repair:
		return NagiosWarning
	default:
		return NagiosOK
	}
}

// trouble is the first finding that somebody should repair.
func (r *Report) trouble() (probe.Finding, bool) { return r.firstBad(r.story.concerns) }

// cause is the finding to name: what should be repaired, else what is wrong with
// a mode that somebody demands although the other one is enough.
func (r *Report) cause() (probe.Finding, bool) {
	if f, ok := r.trouble(); ok {
		return f, true
	}
	return r.firstBad(func(probe.Finding) bool { return true })
}

func (r *Report) firstBad(counts func(probe.Finding) bool) (probe.Finding, bool) {
	for _, f := range r.story.shownFindings() {
		if f.Severity >= probe.SeverityWarning && counts(f) {
			return f, true
		}
	}
	return probe.Finding{}, false
}

// listSeconds is how long the folder list took in the recommended mode; 0 if
// there is none.
func (r *Report) listSeconds() float64 {
	if a := r.story.modeAttempt(r.Verdict.Mode); a != nil && a.Delivered() {
		return a.Took.Seconds()
	}
	return 0
}

// writeNagios writes one line: the state, the result, and after a bar the
// numbers, in which what did not happen is missing.
func (r *Report) writeNagios(w io.Writer) error {
	c := r.story
	text := c.plainly("{host}") + ": " + r.Result()
	if s := r.listSeconds(); s > nagiosSlow {
		text += fmt.Sprintf(", slow: %.1f s", s)
	}
	if f, ok := r.cause(); ok && r.NagiosState() != NagiosOK {
		text += " (" + f.Code.Number() + " " + f.Code.String() + ")"
	}
	var numbers []string
	for _, s := range c.steps() {
		switch s.name {
		case "login":
			numbers = append(numbers, fmt.Sprintf("login=%.3fs", s.took.Seconds()))
		case r.Verdict.Mode.String():
			numbers = append(numbers, fmt.Sprintf("%s=%.3fs;%d;%d", s.name, s.took.Seconds(), nagiosSlow, nagiosTooSlow))
		case "passive", "active":
			numbers = append(numbers, fmt.Sprintf("%s=%.3fs", s.name, s.took.Seconds()))
		}
	}
	for _, m := range []probe.Mode{probe.Passive, probe.Active} {
		if st := c.mode(m).Status; st != probe.Untested {
			numbers = append(numbers, fmt.Sprintf("%s_works=%d", m, oneIf(st == probe.Works)))
		}
	}
	line := "FTP " + r.NagiosState().String() + " - " + strings.ReplaceAll(text, "|", "/")
	if len(numbers) > 0 {
		line += " | " + strings.Join(numbers, " ")
	}
	_, err := fmt.Fprintln(w, line)
	return err
}

func oneIf(b bool) int {
	if b {
		return 1
	}
	return 0
}
