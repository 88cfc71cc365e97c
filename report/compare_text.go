package report

import (
	"bufio"
	"io"
	"strings"
	"time"

	"ftpdiag/report/term"
)

// The columns of the table: the facts' names, and the word for the change.
const (
	factColumn   = 16
	changeColumn = 8
)

// WriteText writes the comparison for people: better, worse or the same first,
// then what changed. When verbose also what did not. It returns the writer's
// error.
func (c *Comparison) WriteText(w io.Writer, st term.Style) error {
	p := &table{width: st.Columns(), sym: st.Symbols.Characters(), ascii: st.Symbols == term.ASCII, paint: term.NewPainter(w, st.Color).Paint}
	p.head(c)
	p.print("")
	hidden := false
	before, after := c.times()
	if p.width >= fullWidth {
		p.row("", "before", "after", "", term.Ordinary)
		p.row("", before, after, "", term.Ordinary)
	} else {
		p.row("  Checked", before, after, "", term.Ordinary)
	}
	for _, r := range c.rows {
		if r.word == "same" && !r.main && st.Verbose == 0 {
			hidden = true
			continue
		}
		p.row("  "+r.name, r.before, r.after, r.word, changeRole[r.change])
	}
	if hidden {
		p.print("")
		p.print("Unchanged facts are hidden; add -v to list them.")
	}
	out := bufio.NewWriter(w)
	for _, line := range p.lines {
		out.WriteString(line) // bufio keeps the first error for Flush
		out.WriteByte('\n')
	}
	return out.Flush()
}

var (
	changeRole = [...]term.Role{ChangeUnknown: term.Ordinary, Same: term.Ordinary, Better: term.Good, Worse: term.Bad}
	changeFill = [...]term.Role{ChangeUnknown: term.CautionFill, Same: term.GoodFill, Better: term.GoodFill, Worse: term.BadFill}
)

// table collects the lines of a comparison.
type table struct {
	width int
	sym   term.Symbols
	ascii bool
	paint func(term.Role, string) string
	lines []string
}

func (p *table) print(line string) {
	if p.ascii {
		line = toASCII(line)
	}
	p.lines = append(p.lines, strings.TrimRight(line, " "))
}

// wrapped breaks a text into lines; the first has used columns less.
func (p *table) wrapped(text string, limit, used int) []string {
	if p.ascii { // the escapes are longer than what they stand for
		text = toASCII(text)
	}
	return wrap(text, limit, used, "")
}

// head is the answer, and whether the two checks can be compared.
func (p *table) head(c *Comparison) {
	badge := "[ " + strings.ToUpper(c.Change.String()) + " ]"
	lines := p.wrapped(c.Headline, p.width, len(badge)+1)
	p.print(p.paint(changeFill[c.Change], badge) + " " + p.paint(term.Strong, lines[0]))
	for _, line := range lines[1:] {
		p.print(p.paint(term.Strong, line))
	}
	b, a := c.Before.story, c.After.story
	if len(c.Doubts) == 0 {
		from := ""
		switch {
		case !b.client().IsValid() || !a.client().IsValid():
		case b.client() == a.client():
			from = ", from the same address"
		default:
			from = ", from the same network"
		}
		for _, line := range p.wrapped(a.plainly("{host} port {port}")+from, p.width, 0) {
			p.print(line)
		}
		return
	}
	for i, doubt := range append([]string{"The two checks are not alike, which may be the whole difference."}, c.Doubts...) {
		mark := p.paint(term.Caution, p.sym.Note) + " "
		if i > 0 {
			mark = "  "
		}
		for _, line := range p.wrapped(doubt, p.width-2, 0) {
			p.print(mark + line)
			mark = "  "
		}
	}
}

// times are when the two checks began, as precisely as tells them apart, in the
// time zone of this moment's reader.
func (c *Comparison) times() (before, after string) {
	b, a := c.Before.Examination.Started, c.After.Examination.Started.In(c.Before.Examination.Started.Location())
	layout := "2 Jan 15:04"
	switch {
	case b.Year() != a.Year():
		layout = "2 Jan 2006 15:04"
	case b.Truncate(time.Minute).Equal(a.Truncate(time.Minute)):
		layout = "2 Jan 15:04:05"
	}
	return b.Format(layout), a.Format(layout)
}

// row writes one fact: in columns where there is room, else in a sentence.
func (p *table) row(name, before, after, word string, role term.Role) {
	if p.width < fullWidth {
		text := before + " " + p.sym.Arrow + " " + after
		if before == after {
			text = after
		}
		if word != "" {
			text += " (" + word + ")"
		}
		lines := p.wrapped(text, p.width-4, len(name)-2)
		p.print(name + ": " + lines[0])
		for _, line := range lines[1:] {
			p.print("    " + line)
		}
		return
	}
	column := (p.width - factColumn - changeColumn) / 2
	left, right := p.wrapped(before, column-1, 0), p.wrapped(after, column-1, 0)
	for i := range max(len(left), len(right)) {
		first, second := "", ""
		if i < len(left) {
			first = left[i]
		}
		if i < len(right) {
			second = right[i]
		}
		p.print(pad(name, factColumn) + pad(first, column) + pad(second, column) + p.paint(role, word))
		name, word = "", ""
	}
}

// pad fills a text with blanks up to a number of columns.
func pad(text string, columns int) string {
	return text + strings.Repeat(" ", max(columns-cells(text), 0))
}
