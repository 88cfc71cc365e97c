package report

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"ftpdiag/probe/ftp"
)

// writeTAP writes the four checks by the Test Anything Protocol, version 14. A
// mode that does not work and need not is a TODO: not ok, and no failure.
func (r *Report) writeTAP(w io.Writer) error {
	out := bufio.NewWriter(w)
	list := r.checks()
	fmt.Fprintf(out, "TAP version 14\n1..%d\n# %s\n# %s\n", len(list), r.serverText(), r.Headline)
	for i, k := range list {
		state, directive := "ok", ""
		switch k.result {
		case passed:
		case failed, noResult:
			state = "not ok"
		case excused:
			state, directive = "not ok", " # TODO "+tapText(k.message)
		case skipped:
			directive = " # SKIP " + tapText(k.message)
		}
		fmt.Fprintf(out, "%s %d - %s%s\n", state, i+1, k.name, directive)
		if k.result != passed && k.result != skipped {
			diagnose(out, k)
		}
	}
	return out.Flush()
}

// tapText escapes what would begin a directive.
func tapText(s string) string {
	return strings.NewReplacer(`\`, `\\`, "#", `\#`).Replace(s)
}

// diagnose writes the YAML block of a check. Its texts are JSON strings, which
// are YAML strings too.
func diagnose(out *bufio.Writer, k check) {
	line := func(name string, value any) {
		text, _ := json.Marshal(value) // of a string or a number
		fmt.Fprintf(out, "  %s: %s\n", name, text)
	}
	fmt.Fprint(out, "  ---\n")
	line("message", k.message)
	severity := "fail"
	switch k.result {
	case excused:
		severity = "todo"
	case noResult:
		severity = "comment"
	case passed, skipped, failed:
	}
	line("severity", severity)
	if k.finding.Code != 0 {
		line("finding", k.finding.Code.Number())
		line("id", k.finding.Code.String())
	}
	if k.detail != "" {
		line("detail", k.detail)
	}
	if a := k.attempt; a != nil && !a.Delivered() { // one that arrived does not show what is wrong
		if reply := lastReply(a); !reply.Empty() {
			line("reply", ftp.Clean(reply.String()))
		}
		if a.Waited > 0 {
			line("waited_ms", a.Waited.Milliseconds())
		}
	}
	fmt.Fprint(out, "  ...\n")
}
