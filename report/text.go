package report

import (
	"bufio"
	"io"
	"slices"
	"strings"

	"ftpdiag/report/remedies"
	"ftpdiag/report/term"
)

// narrowWidth is the width below which nothing is framed or drawn.
const narrowWidth = 52

// WriteText writes the report for people, in the given style. It returns the
// writer's error.
func (r *Report) WriteText(w io.Writer, st term.Style) error {
	p := r.page(w, st, false)
	if p.brief && p.width >= fullWidth && len(p.lines) > firstScreen {
		p = r.page(w, st, true)
		p.tighten()
	}
	out := bufio.NewWriter(w)
	for _, line := range p.lines {
		out.WriteString(line) // bufio keeps the first error for Flush
		out.WriteByte('\n')
	}
	return out.Flush()
}

// firstScreen is how many lines a window has that nobody has made larger.
const firstScreen = 24

// tighten leaves out blank lines, the last first, as far as it takes to have the
// report on the first screen.
func (p *page) tighten() {
	blanks := 0
	for _, line := range p.lines {
		if line == "" {
			blanks++
		}
	}
	if len(p.lines)-blanks > firstScreen {
		return // it does not fit in any case
	}
	for i := len(p.lines) - 1; i >= 0 && len(p.lines) > firstScreen; i-- {
		if p.lines[i] == "" {
			p.lines = slices.Delete(p.lines, i, i+1)
		}
	}
}

// page lays out the report. A terse one leaves out what this computer says about
// itself, where that is one line too many.
func (r *Report) page(w io.Writer, st term.Style, terse bool) *page {
	p := &page{report: r, width: st.Columns(), sym: st.Symbols.Characters(), ascii: st.Symbols == term.ASCII,
		paint: term.NewPainter(w, st.Color).Paint, brief: st.Verbose == 0, terse: terse}
	p.head()
	p.why()
	p.actions()
	if st.Verbose > 0 {
		p.timeline()
		p.details(st.Verbose)
	} else {
		p.more()
	}
	if st.Verbose > 0 || st.Height > 0 && len(p.lines) >= st.Height {
		p.print("")
		p.again()
	}
	return p
}

// page collects the lines of one report.
type page struct {
	report *Report
	width  int
	sym    term.Symbols
	ascii  bool
	paint  func(term.Role, string) string
	lines  []string
	brief  bool           // it should fit on one screen
	terse  bool           // and does so only without asides
	fill   remedies.Facts // what fills the lines to copy of an explanation
	local  bool           // what is set on this computer is still to be told
}

// print adds a line. Blanks at its end are never written.
func (p *page) print(line string) {
	if p.ascii {
		line = toASCII(line)
	}
	p.lines = append(p.lines, strings.TrimRight(line, " "))
}

// toASCII writes every other character as an escape, as ftp.Clean does for
// those that cannot be seen. Escape sequences of colours pass.
func toASCII(line string) string {
	plain := true
	for i := range len(line) {
		plain = plain && line[i] < 0x80
	}
	if plain {
		return line
	}
	var b strings.Builder
	for _, r := range line {
		b.WriteString(asciiForm(r))
	}
	return b.String()
}

// head is the verdict and the picture.
func (p *page) head() {
	c := p.report.story
	if p.width < narrowWidth {
		p.paragraph("", c.plainly("{host} port {port}"), 0, nil)
		p.print(p.badge())
		p.question()
		for _, line := range p.wrapped(p.report.Headline, p.width, 0, nil) {
			p.print(p.paint(term.Strong, line))
		}
		if c.drawable() {
			p.print("")
			newPicture(p, c.rows()).list()
		}
		return
	}
	p.frame()
	if c.drawable() {
		newPicture(p, c.rows()).draw(c)
	}
}

// drawable tells whether there is a server to draw.
func (c *story) drawable() bool { return len(c.e.Connects) > 0 || len(c.e.Sessions) > 0 }

// wrapped breaks a text for this page.
func (p *page) wrapped(text string, limit, used int, commands []string) []string {
	if p.ascii { // the escapes are longer than what they stand for
		text = toASCII(text)
	}
	return wrap(keepTogether(text, commands), limit, used, p.report.story.plainly("{host}"))
}

// paragraph writes a text behind a lead, its further lines indented.
func (p *page) paragraph(lead, text string, indent int, commands []string) {
	lines := p.wrapped(text, p.width-indent, cells(lead)-indent, commands)
	for i, line := range lines {
		if i > 0 {
			lead = strings.Repeat(" ", indent)
		}
		p.print(lead + line)
	}
}

// mark is the painted sign of a reason.
func (p *page) mark(m Mark) string {
	switch m {
	case MarkGood:
		return p.paint(term.Good, p.sym.OK)
	case MarkBad:
		return p.paint(term.Bad, p.sym.Bad)
	case MarkCaution:
		return p.paint(term.Caution, p.sym.Note)
	default:
		return p.sym.Skip
	}
}

func (p *page) heading(text string) {
	p.print("")
	p.print(p.paint(term.Strong, text))
}

// why writes the reasons.
func (p *page) why() {
	if len(p.report.Why) == 0 {
		return
	}
	p.heading("Why")
	for _, r := range p.report.Why {
		const indent = 4 // blanks, mark, blank
		plain := sentences(r.Lead, r.Text)
		if p.terse {
			plain = p.report.story.withoutAsides(plain)
		}
		if p.terse && r.aside {
			plain = r.Lead
		}
		lines := p.wrapped(plain, p.width-indent, 0, nil)
		rest := r.Lead // what of the lead is still to be painted
		if p.ascii {
			rest = toASCII(rest)
		}
		start := "  " + p.mark(r.Mark) + " "
		for _, line := range lines {
			n := min(len(rest), len(line))
			p.print(start + p.paint(term.Strong, line[:n]) + line[n:])
			rest = strings.TrimPrefix(rest[n:], " ")
			start = strings.Repeat(" ", indent)
		}
	}
}

// more tells how to see the rest.
func (p *page) more() {
	line, commands := p.report.story.offers()
	if p.local {
		line, commands = p.report.story.localOffer(commands, p.width)
	}
	if line != "" {
		p.print("")
		p.paragraph("", line, 0, commands)
	}
}

// again repeats the verdict where it is on the last screen.
func (p *page) again() {
	if line := "[ " + p.report.Badge + " ] " + Question + " " + p.report.Answer; cells(line) <= p.width {
		p.print(p.badge() + " " + Question + " " + p.paint(term.Strong, p.report.Answer))
		return
	}
	p.print(p.badge())
	p.question()
}

// question writes the question and its answer, in one line if there is room.
func (p *page) question() {
	answer := p.paint(term.Strong, p.report.Answer)
	if cells(Question)+1+cells(p.report.Answer) <= p.width {
		p.print(Question + " " + answer)
		return
	}
	p.print(Question)
	p.print(answer)
}
