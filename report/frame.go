package report

import (
	"strconv"
	"strings"

	"ftpdiag/report/term"
)

// frame writes the verdict with a frame around it.
func (p *page) frame() {
	s, r := p.sym, p.report
	edge := func(text string) string { return p.paint(toneLine[r.Tone], text) }
	inner := p.width - 4

	title := p.title()
	time := strconv.FormatFloat(r.Examination.Took.Seconds(), 'f', 1, 64) + " s"
	fill := p.width - cells(title) - cells(time) - 8
	p.print(edge(s.TopLeft+s.Edge) + " " + title + " " + edge(strings.Repeat(s.Edge, fill)) + " " + time + " " + edge(s.Edge+s.TopRight))

	boxed := func(plain, painted string) {
		p.print(edge(s.Side) + " " + painted + strings.Repeat(" ", max(inner-cells(plain), 0)) + " " + edge(s.Side))
	}
	badge, question := "[ "+r.Badge+" ]", Question+" "+r.Answer
	asked := Question + " " + p.paint(term.Strong, r.Answer)
	const apart = 2 // blanks between badge and question, at least
	if gap := inner - cells(badge) - cells(question); gap >= apart {
		boxed(badge+strings.Repeat(" ", gap)+question, p.badge()+strings.Repeat(" ", gap)+asked)
	} else {
		boxed(badge, p.badge())
		boxed(question, asked)
	}
	for _, line := range p.wrapped(r.Headline, inner, 0, nil) {
		boxed(line, p.paint(term.Strong, line))
	}
	p.print(edge(s.BottomLeft + strings.Repeat(s.Edge, p.width-2) + s.BottomRight))
}

// toneLine and toneFill are the colours of the tones.
var (
	toneLine = [...]term.Role{ToneGood: term.Good, ToneCaution: term.Caution, ToneBad: term.Bad}
	toneFill = [...]term.Role{ToneGood: term.GoodFill, ToneCaution: term.CautionFill, ToneBad: term.BadFill}
)

// badge is the painted badge.
func (p *page) badge() string { return p.paint(toneFill[p.report.Tone], "[ "+p.report.Badge+" ]") }

// title is as much about the target as fits into the frame's first line. A
// host name that does not fit gets a line of its own above the frame; it is
// never cut.
func (p *page) title() string {
	c := p.report.story
	host, at := c.plainly("{host}"), " port "+c.plainly("{port}")
	user := ", user " + c.plainly("{user}")
	addr := ""
	if server := addrText(c.server()); server != "" && server != host {
		addr = " (" + server + ")"
	}
	// Corners, blanks, a time of up to "9999.9 s", and at least two dashes.
	room := p.width - 18
	for _, title := range []string{host + addr + at + user, host + addr + at, host + at} {
		if cells(title) <= room {
			return title
		}
	}
	p.print(host)
	if at = at[1:]; cells(at+user) <= room {
		return at + user
	}
	return at
}
