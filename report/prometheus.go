package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"ftpdiag/probe"
)

// writePrometheus writes the text format of metrics (version 0.0.4). Every
// series names server and port, because a collector that reads several files
// refuses series that are the same. What was not tested has no series, and no
// sample has a time of its own, which the collector would refuse too.
func (r *Report) writePrometheus(w io.Writer) error {
	c, e := r.story, r.Examination
	out := bufio.NewWriter(w)
	who := fmt.Sprintf("server=\"%s\",port=\"%d\"", label(c.plainly("{host}")), e.Target.Port)
	family := func(name, help string) {
		fmt.Fprintf(out, "# HELP %s %s\n# TYPE %s gauge\n", name, help, name)
	}

	family("ftpdiag_data_works", "Whether a folder list arrives in this mode.")
	for _, m := range []probe.Mode{probe.Passive, probe.Active} {
		if st := c.mode(m).Status; st != probe.Untested {
			fmt.Fprintf(out, "ftpdiag_data_works{%s,mode=\"%s\"} %d\n", who, m, oneIf(st == probe.Works))
		}
	}
	family("ftpdiag_verdict_info", "The verdict, as a label.")
	fmt.Fprintf(out, "ftpdiag_verdict_info{%s,verdict=\"%s\"} 1\n", who, r.Verdict.ID)
	family("ftpdiag_step_seconds", "How long a step took that succeeded.")
	for _, s := range c.steps() {
		fmt.Fprintf(out, "ftpdiag_step_seconds{%s,step=\"%s\"} %.3f\n", who, s.name, s.took.Seconds())
	}
	family("ftpdiag_last_run_timestamp_seconds", "When the check ended, in seconds since 1970.")
	fmt.Fprintf(out, "ftpdiag_last_run_timestamp_seconds{%s} %.3f\n", who, float64(e.Started.Add(e.Took).UnixMilli())/1000)
	return out.Flush()
}

// label escapes a text for the value of a label.
func label(s string) string {
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(s)
}
