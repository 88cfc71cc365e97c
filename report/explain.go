package report

import (
	"bufio"
	"cmp"
	"io"
	"regexp"
	"strings"

	"ftpdiag/probe"
	"ftpdiag/probe/ftp"
	"ftpdiag/report/remedies"
	"ftpdiag/report/term"
)

// explanation is what there is to say about a finding without an examination.
// It names causes in general; only the report of a run blames anybody.
type explanation struct {
	about string   // the finding in some words, after its id
	what  string   // what happened
	why   []string // the causes, most common first
	tell  []string // how to tell them apart, by their numbers

	user, network, server string // what each person does; empty: nothing
}

// explanationOf is the explanation of a code; every code has one.
func explanationOf(code probe.Code) explanation {
	for _, table := range []map[probe.Code]explanation{activeExplanations, passiveExplanations, deviceExplanations, dataExplanations, loginExplanations, reachExplanations, toolExplanations} {
		if x, ok := table[code]; ok {
			return x
		}
	}
	return explanation{}
}

// Reader is who reads an explanation, and how it looks.
type Reader struct {
	OS     string // runtime.GOOS of the computer it is about; empty: settings of every system
	Client string // id of the only FTP program of interest; empty: the usual ones
	Style  term.Style

	// Last is the check whose addresses and ports fill the lines to copy; nil:
	// stand-ins that the reader replaces.
	Last *probe.Examination
}

// facts are what fills the lines to copy, and a sentence that says so.
func (r Reader) facts() (f remedies.Facts, filled string) {
	f = remedies.StandIns
	if r.Last == nil || len(r.Last.Sessions) == 0 {
		return f, ""
	}
	c := newStory(r.Last, probe.Classify(r.Last))
	about := c.primary()
	for _, found := range c.findings {
		if modeOf(found) == probe.Passive {
			about = found
		}
	}
	seen := c.remedyFacts(about)
	f.Port, f.FirstPort, f.LastPort = seen.Port, seen.FirstPort, seen.LastPort
	f.Server, f.Client = cmp.Or(seen.Server, f.Server), cmp.Or(seen.Client, f.Client)
	f.Host, f.Inside = seen.Host, cmp.Or(seen.Inside, f.Inside)
	filled = "Addresses and ports are those of the last check, " + ftp.Clean(r.Last.Target.Host) + "."
	if seen.Inside == "" {
		filled += " INSIDE: the server's address in its own network."
	}
	return f, filled
}

// newPage is an empty page without a report.
func newPage(w io.Writer, st term.Style) *page {
	return &page{width: st.Columns(), sym: st.Symbols.Characters(), ascii: st.Symbols == term.ASCII, paint: term.NewPainter(w, st.Color).Paint,
		fill: remedies.StandIns}
}

// flush writes the lines of a page.
func (p *page) flush(w io.Writer) error {
	out := bufio.NewWriter(w)
	for _, line := range p.lines {
		out.WriteString(line) // bufio keeps the first error for Flush
		out.WriteByte('\n')
	}
	return out.Flush()
}

// ownCommand is a command line of this program within a text. It stays on one
// line, because a person types it as it stands.
var ownCommand = regexp.MustCompile(`ftpdiag (--?[a-z]+|[a-z]+ [A-Z]+)( [A-Z]+)*`)

// block writes a text behind a lead; it begins in the given column, and so do
// its further lines. A lead that is too long gets a line of its own.
func (p *page) block(lead, text string, column int) {
	if p.ascii {
		text = toASCII(text)
	}
	if cells(strings.TrimRight(lead, " ")) >= column && column > 0 {
		p.print(lead)
		lead = ""
	}
	for _, line := range wrap(keepTogether(text, ownCommand.FindAllString(text, -1)), p.width-column, 0, "") {
		p.print(lead + strings.Repeat(" ", max(column-cells(lead), 0)) + line)
		lead = ""
	}
}

// Lines that fit on a screen, and how many settings each task shows at most and
// at least. Fewer are shown where the texts are long.
const (
	screen       = 42
	mostSettings = 6
	fewSettings  = 2
)

// writeFinding explains a finding on one screen.
func writeFinding(w io.Writer, code probe.Code, r Reader) error {
	var p *page
	for rows := mostSettings; rows >= fewSettings; rows-- {
		p = newPage(w, r.Style)
		p.finding(code, r, rows)
		if len(p.lines) <= screen {
			break
		}
	}
	return p.flush(w)
}

func (p *page) finding(code probe.Code, r Reader, rows int) {
	x := explanationOf(code)
	lead := code.Number() + "  "
	for _, line := range wrap(code.String()+": "+x.about, p.width-len(lead), 0, "") {
		p.print(p.paint(term.Strong, lead+line))
		lead = strings.Repeat(" ", len(lead))
	}
	p.heading("What happened")
	p.block("", x.what, 2)
	p.heading("Why it happens, most common first")
	for i, cause := range x.why {
		p.block("  "+port(uint16(i+1))+". ", cause, 5)
	}
	p.heading("How to tell them apart")
	for _, sign := range x.tell {
		n, text, _ := strings.Cut(sign, ": ")
		p.block("  "+n+": ", text, cells(n)+4)
	}
	p.heading("What to do")
	sheet := settings{page: p, code: code, reader: r, rows: rows}
	sheet.person("You", x.user, remedies.User)
	sheet.person(NetworkAdmin.Title(), x.network, remedies.NetworkAdmin)
	sheet.person(ServerAdmin.Title(), x.server, remedies.ServerAdmin)
	sheet.legend()
}
