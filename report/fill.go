package report

import (
	"strings"

	"ftpdiag/probe"
)

// The texts of the tables are templates. {name} is replaced by a fact. A part
// in brackets stands only if all facts directly within it are known; [A|B] is
// A if they are, else B. Brackets may be nested. Outside brackets an unknown
// fact is replaced by its stand-in, such as "the passive ports". A name that
// begins with a capital gives a fact that does.

// fill turns a template into the words about one finding.
func (c *story) fill(template string, f probe.Finding) string {
	p := filler{story: c, finding: f, rest: template}
	text, _ := p.text("")
	// A quoted reply brings its own full stop.
	return strings.ReplaceAll(strings.Join(strings.Fields(text), " "), `.".`, `."`)
}

// filler reads one template from left to right.
type filler struct {
	story   *story
	finding probe.Finding
	rest    string
}

// text fills in everything up to one of the ending characters, which stays
// unread, and tells whether all facts in it are known.
func (p *filler) text(ends string) (string, bool) {
	var out strings.Builder
	known := true
	for p.rest != "" && !strings.ContainsRune(ends, rune(p.rest[0])) {
		switch p.rest[0] {
		case '[':
			p.rest = p.rest[1:]
			out.WriteString(p.choice())
		case '{':
			name, rest, _ := strings.Cut(p.rest[1:], "}")
			p.rest = rest
			value, ok := p.story.fact(name, p.finding)
			out.WriteString(value)
			known = known && ok
		default:
			n := strings.IndexAny(p.rest, "[{"+ends)
			if n < 0 {
				n = len(p.rest)
			}
			out.WriteString(p.rest[:n])
			p.rest = p.rest[n:]
		}
	}
	return out.String(), known
}

// choice fills in a part in brackets; the opening one has been read.
func (p *filler) choice() string {
	first, known := p.text("|]")
	second := ""
	if strings.HasPrefix(p.rest, "|") {
		p.rest = p.rest[1:]
		second, _ = p.text("]")
	}
	p.rest = strings.TrimPrefix(p.rest, "]")
	if known {
		return first
	}
	return second
}

// fact looks up a fact and tells whether it is known; if not, the text is its
// stand-in.
func (c *story) fact(name string, f probe.Finding) (string, bool) {
	row := facts[lowerFirst(name)]
	text, known := "", false
	if row.of != nil {
		text = row.of(c, f)
		known = text != "" || row.optional
	}
	if text == "" {
		text = row.standIn
	}
	if lowerFirst(name) != name {
		text = upperFirst(text)
	}
	return text, known
}

// plainly fills in a text that is about no finding.
func (c *story) plainly(template string) string { return c.fill(template, probe.Finding{}) }
