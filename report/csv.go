package report

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"

	"ftpdiag/probe"
	"ftpdiag/probe/ftp"
)

// csvColumns are fixed: new ones may be added at the end.
var csvColumns = []string{"server", "port", "address", "user", "verdict", "passive_required", "usable", "login", "passive", "active",
	"confidence", "codes", "duration_ms", "started_at"}

// csvHeader is the first line without its end.
func csvHeader() string { return strings.Join(csvColumns, ",") }

// writeCSV writes a header and one row, by RFC 4180. Statuses are those of the
// JSON; answers are yes, no or unknown; codes are the findings that stand for
// themselves, the primary one first.
func (r *Report) writeCSV(w io.Writer) error {
	c, e := r.story, r.Examination
	row := []string{
		ftp.Clean(e.Target.Host), strconv.Itoa(int(e.Target.Port)), addrText(c.server()), ftp.Clean(e.Target.User),
		r.Verdict.ID.String(), r.Verdict.PassiveRequired.String(), r.Verdict.Usable.String(),
		c.loginStatus().String(), c.passive.Status.String(), c.active.Status.String(),
		r.Verdict.Confidence.String(), strings.Join(c.shownNumbers(), " "),
		strconv.FormatInt(e.Took.Milliseconds(), 10), e.Started.UTC().Format(time.RFC3339),
	}
	for i := range row {
		row[i] = harmless(row[i])
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true // RFC 4180 section 2
	_ = out.Write(csvColumns)
	_ = out.Write(row)
	out.Flush()
	return out.Error()
}

// harmless keeps a spreadsheet from taking a cell for a formula: those begin
// with one of these characters, and an apostrophe before it makes it a text
// (OWASP, CSV injection). A server chooses some of the texts.
func harmless(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

// loginStatus is what became of the login: works, fails (the server greeted
// and then did not let us in), or untested.
func (c *story) loginStatus() probe.Status {
	switch {
	case c.loggedIn():
		return probe.Works
	case c.greeted() && !c.e.Interrupted:
		return probe.Fails
	default:
		return probe.Untested
	}
}

// shownNumbers are the numbers of the findings that stand for themselves, each
// once.
func (c *story) shownNumbers() []string {
	var list []string
	known := map[probe.Code]bool{}
	for _, f := range c.shownFindings() {
		if !known[f.Code] {
			known[f.Code] = true
			list = append(list, f.Code.Number())
		}
	}
	return list
}

// toolVersion is the version of the program that examined; empty if unknown.
func (c *story) toolVersion() string { return ftp.Clean(c.e.ToolVersion) }
