package report

import (
	"fmt"
	"strings"
)

// canvas is where things stand in a picture, in units of which the page shows
// as many as it has room for. A phone gets a picture of its own, because one
// that is only scaled down cannot be read.
type canvas struct {
	class          string
	width          int
	client, server int // columns of the two ends
	label          int // column of a row's label
	heads          int // columns that the heads stand at, counted from both sides
	headEnd        int // column at which the server's head ends
	port, word     int // columns; port 0: the port stands in the label
	wordAnchor     string
	first, step    int // distance of the first line from the heads, and between lines
	above          int // how far a row's texts stand above its line
	wholeWall      bool
}

var (
	wide = canvas{class: "wide", width: 800, client: 112, server: 592, label: 4, heads: 106, headEnd: 598,
		port: 612, word: 672, wordAnchor: "start", first: 36, step: 40, above: -5, wholeWall: true}
	narrow = canvas{class: "narrow", width: 340, client: 12, server: 328, label: 4, heads: 4, headEnd: 336,
		word: 336, wordAnchor: "end", first: 48, step: 56, above: 18}
)

// drawing is a picture in the making. Lines lie under texts.
type drawing struct{ lines, texts markup }

// htmlPicture draws the connections, once for a desktop and once for a phone;
// the style shows one of them.
func (r *Report) htmlPicture(m *markup) {
	c := r.story
	if !c.drawable() {
		return
	}
	rows := c.rows()
	m.add("<h2>%s</h2>\n", pictureTitle(rows))
	for _, v := range []canvas{wide, narrow} {
		c.draw(m, v, rows)
	}
}

// pictureTitle asks where it breaks only if it does.
func pictureTitle(rows []row) string {
	for _, r := range rows {
		if r.mark() == MarkBad || r.mark() == MarkCaution {
			return "Where it breaks"
		}
	}
	return "Connections"
}

// Sizes within the picture.
const (
	lineHeight = 20 // of the heads
	letter     = 9  // more than the mean width of the digits of an address at 14 units
	clearance  = 18 // between a cross and the arrow that points at it
	half       = 8  // half the size of a cross and of an arrow's head
)

// draw puts the same rows on a canvas as the terminal's picture has.
func (c *story) draw(m *markup, v canvas, rows []row) {
	d := &drawing{}
	wall := (v.client + v.server) / 2
	y := d.heads(v, c, wall, rows)
	top := y - lineHeight + half
	height := y + v.first + (len(rows)-1)*v.step + lineHeight
	if v.wholeWall {
		d.line("wall", "M%d %dV%d", wall, top, height)
	}
	y += v.first
	for _, r := range rows {
		label := r.label
		if v.port == 0 && r.port != "" {
			label += ", port " + r.port
		} else if r.port != "" {
			d.text("", v.port, y-v.above, "start", r.port)
		}
		d.text("", v.label, y-v.above, "start", label)
		d.text("word "+r.tone(), v.word, y-v.above, v.wordAnchor, r.word)
		if !v.wholeWall {
			d.line("wall", "M%d %dV%d", wall, y-2*half+4, y+2*half-4)
		}
		d.row(r, v.client, wall, v.server, y)
		y += v.step
	}
	m.add("<svg class=\"%s\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n%s%s</svg>\n",
		v.class, v.width, height, alternative(rows), ours(d.lines.page.String()), ours(d.texts.page.String()))
}

// tone is the class of a row's result.
func (r row) tone() string { return markClass[r.mark()] }

// heads writes who the ends are, and returns the base line of the last line.
// Addresses too long for one line get one each.
func (d *drawing) heads(v canvas, c *story, wall int, rows []row) int {
	y := lineHeight
	d.text("", v.heads, y, "start", "This computer")
	d.text("", wall, y, "middle", c.between(rows))
	d.text("", v.headEnd, y, "end", "Server")
	client, server := c.clientHead(), addrText(c.server())
	y += lineHeight
	d.text("quiet", v.heads, y, "start", client)
	room := (wall - v.heads) / letter
	if client != "" && (len(client) > room || len(server) > room) {
		y += lineHeight
	}
	d.text("quiet", v.headEnd, y, "end", server)
	return y
}

// between says what is known about what lies between the ends; it never claims
// to know which device dropped something.
func (c *story) between(rows []row) string {
	lost := false
	for _, r := range rows {
		// An address that nobody has needs no firewall to be silent.
		lost = lost || (r.stop == atWall || r.stop == midway) && r.word != wordWrongAddr
	}
	switch {
	case c.e.BehindNAT(c.client(), c.server()):
		return "NAT / firewalls"
	case lost:
		return "firewall?"
	default:
		return "network"
	}
}

func (d *drawing) text(class string, x, y int, anchor, text string) {
	if text != "" {
		d.texts.add("<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>\n", class, x, y, anchor, text)
	}
}

func (d *drawing) line(class, path string, numbers ...any) {
	d.lines.add("<path class=\"%s\" d=\"%s\"/>\n", class, fmt.Sprintf(path, numbers...))
}

// row draws one connection from the client's column to the server's.
func (d *drawing) row(r row, client, wall, server, y int) {
	class := r.tone()
	dot := func(x int) { d.line("dot", "M%d %dh0", x, y) }
	cross := func(x int) {
		d.line("cross", "M%d %dl%d %dm0 %dl%d %d", x-half, y-half, 2*half, 2*half, -2*half, -2*half, 2*half)
	}
	end := func(x int, broken bool) {
		if broken {
			cross(x)
		} else {
			dot(x)
		}
	}
	plain := func(from, to int) { d.line(class, "M%d %dH%d", from, y, to) }
	arrow := func(from, to int) { // ends short of what it points at
		back := 2 * half
		if to > from {
			back = -back
		}
		plain(from, to+back)
		d.line("head "+class, "M%d %dl%d %dv%dz", to, y, back, -half, 2*half)
	}
	switch {
	case r.stop == untried:
		dot(client)
		dot(server)
	case r.stop == unborn:
		dot(client)
		cross(server)
	case r.stop == midway:
		plain(client, wall)
		plain(wall, server)
		dot(client)
		dot(server)
		cross(wall)
	case r.stop == atWall && r.back:
		arrow(server, wall+clearance)
		dot(client)
		dot(server)
		cross(wall)
	case r.stop == atWall:
		arrow(client, wall-clearance)
		dot(client)
		dot(server)
		cross(wall)
	case r.stop == atClient && !r.back:
		cross(client)
		dot(server)
	case r.back:
		arrow(server, client+half)
		end(client, r.stop == atClient)
		end(server, r.stop == atServer)
	default:
		arrow(client, server-half)
		dot(client)
		end(server, r.stop == atServer)
	}
}

// alternative is the picture in words, for those who cannot see it.
func alternative(rows []row) string {
	var parts []string
	for _, r := range rows {
		from, to := "this computer", "the server"
		if r.back {
			from, to = to, from
		}
		parts = append(parts, fmt.Sprintf("%s, from %s to %s: %s.", r.label, from, to, strings.ToLower(r.word)))
	}
	return strings.Join(parts, " ")
}
