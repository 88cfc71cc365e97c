package report

import (
	"strings"

	"ftpdiag/report/term"
)

// The picture's columns: label, this computer, the wall in the middle, the
// server, its port, the result word.
const (
	portCells = 5  // 65535
	wordCells = 10 // NOT TESTED
	// From here on there is room for an indent and a name of the wall.
	fullWidth = 70
)

// How lines and result words are painted.
var (
	markRole = [...]term.Role{MarkGood: term.Good, MarkBad: term.Bad, MarkCaution: term.Caution, MarkNone: term.Ordinary}
	wordRole = [...]term.Role{MarkGood: term.GoodWord, MarkBad: term.BadFill, MarkCaution: term.CautionFill, MarkNone: term.Ordinary}
)

// picture draws one line per connection, with two head lines for the ends.
type picture struct {
	out   *page
	rows  []row
	left  int // column of this computer
	label int // width of the labels
	bar   int // columns from this computer to the server, both included
	wall  int // index of the wall within the bar
}

func newPicture(p *page, rows []row) *picture {
	pic := &picture{out: p, rows: rows, label: len("Passive")}
	for _, r := range rows {
		pic.label = max(pic.label, len(r.label))
	}
	pic.left = pic.label + 1
	if p.width >= fullWidth {
		pic.left = 2 + pic.label + 2
	}
	pic.bar = p.width - pic.left - 1 - portCells - 1 - wordCells
	pic.wall = pic.bar / 2
	return pic
}

func (p *picture) draw(c *story) {
	p.heads(c)
	for _, r := range p.rows {
		p.row(r)
	}
}

// heads writes who the ends are. Addresses too long for one line get one each.
func (p *picture) heads(c *story) {
	client, server := c.clientHead(), addrText(c.server())
	p.line("This computer", p.wallName(c), "Server")
	mark := p.out.sym.Wall
	switch {
	case cells(client) < p.wall && cells(server) < p.bar-p.wall-1:
		p.line(client, mark, server)
	default:
		p.line(client, "", "")
		p.line("", "", server)
	}
}

// clientHead is this computer's address in the head of the picture. Without a
// connection to the server nobody knows which of its addresses would be used.
func (c *story) clientHead() string {
	if client := c.client(); client.IsValid() {
		return addrText(client)
	}
	return "(address not known)"
}

// line sets three texts: at this computer, centred at the wall, ending at the
// server.
func (p *picture) line(left, middle, right string) {
	text := left
	put := func(s string, column int) {
		if s != "" && column >= cells(text) {
			text += strings.Repeat(" ", column-cells(text)) + s
		} else if s != "" {
			text += " " + s
		}
	}
	put(middle, p.wall-cells(middle)/2)
	column := p.bar - cells(right)
	if middle == "" && left == "" { // alone on its line: it may begin left of this computer
		column = max(column, -p.left)
		if column < 0 {
			p.out.print(strings.Repeat(" ", p.left+column) + right)
			return
		}
	}
	put(right, column)
	if text != "" {
		p.out.print(strings.Repeat(" ", p.left) + text)
	}
}

// wallName is what is known about what lies between, where there is room.
func (p *picture) wallName(c *story) string {
	if p.out.width < fullWidth {
		return ""
	}
	return c.between(p.rows)
}

// row draws one connection. Pieces of one colour are painted in one go.
func (p *picture) row(r row) {
	s, paint := p.out.sym, p.out.paint
	role := markRole[r.mark()]
	before, after := p.wall-1, p.bar-p.wall-2 // columns between the ends and the wall
	line := func(n int) string { return strings.Repeat(s.Line, max(n, 0)) }
	gap := func(n int) string { return strings.Repeat(" ", max(n, 0)) }
	x := paint(term.BadFill, s.Stop)

	var bar string
	switch {
	case r.stop == untried:
		bar = s.Dot + gap(before) + s.Wall + gap(after) + s.Dot
	case r.stop == unborn:
		bar = s.Dot + gap(before) + s.Wall + gap(after) + x
	case r.stop == midway:
		bar = s.Dot + paint(role, line(before)) + x + paint(role, line(after)) + s.Dot
	case r.stop == atWall && r.back:
		bar = s.Dot + gap(before) + x + paint(role, s.Left+line(after-1)) + s.Dot
	case r.stop == atWall:
		bar = s.Dot + paint(role, line(before-1)+s.Right) + x + gap(after) + s.Dot
	case r.stop == atClient && !r.back:
		bar = x + gap(before) + s.Wall + gap(after) + s.Dot
	case r.back:
		bar = p.end(r, atClient, x) + paint(role, s.Left+line(before-1)+s.Cross+line(after)) + p.end(r, atServer, x)
	default:
		bar = s.Dot + paint(role, line(before)+s.Cross+line(after-1)+s.Right) + p.end(r, atServer, x)
	}
	indent := gap(p.left - p.label - 1)
	if p.out.width >= fullWidth {
		indent = "  "
	}
	label := r.label + gap(p.left-cells(indent)-cells(r.label))
	p.out.print(indent + label + bar + " " + r.port + gap(portCells-len(r.port)) + " " + p.word(r))
}

// end is a filled X if the connection stopped at that end, else a dot.
func (p *picture) end(r row, at place, x string) string {
	if r.stop == at {
		return x
	}
	return p.out.sym.Dot
}

func (p *picture) word(r row) string {
	return p.out.paint(wordRole[r.mark()], r.word)
}

// list is the picture in words, for windows too narrow to draw it.
func (p *picture) list() {
	ends := [2]string{"computer", "server"}
	size := 0
	for _, r := range p.rows {
		size = max(size, len(r.label))
	}
	for _, r := range p.rows {
		from, to := ends[0], ends[1]
		if r.back {
			from, to = to, from
		}
		start := r.label + strings.Repeat(" ", size-len(r.label)) + " "
		way := from + " " + p.out.sym.Arrow + " " + to
		gap := p.out.width - len("x ") - cells(start) - cells(way) - wordCells
		if gap < 1 { // no room for the way
			way, gap = "", 1
		}
		p.out.print(p.out.mark(r.mark()) + " " + start + way + strings.Repeat(" ", min(gap, 4)) + p.word(r))
	}
}
