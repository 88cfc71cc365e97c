package report

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"

	"ftpdiag/probe"
	"ftpdiag/report/term"
	"ftpdiag/scenarios"
)

// The pictures in testdata/pictures show the report as a terminal does, for the
// six situations everybody meets. They are drawn from runs, so that none of them
// can show what the program no longer prints: "go test ./report -run Pictures
// -update" draws them anew.
var pictured = []struct{ name, scenario string }{
	{"either", "all-good"},
	{"passive-required", "active-syn-dropped"},
	{"active-required", "pasv-port-timeout"},
	{"both-blocked", "both-blocked"},
	{"login-refused", "login-530"},
	{"pasv-private-epsv-works", "pasv-private-epsv-ok"},
}

// theme is a window's colours: its own two, and those of SGR codes 30 to 37 and
// 90 to 97 that the report uses. Text has a contrast of at least 4.5 against
// what is behind it (WCAG 2.2, 1.4.3). Red and yellow themselves are lines and
// marks only, for which 3 is enough (1.4.11).
type theme struct {
	name, ground, ink string
	colours           map[int]string
}

var themes = []theme{
	{"dark", "#0c0c0c", "#cccccc", map[int]string{0: "#0c0c0c", 1: "#d13438", 2: "#16c60c", 3: "#d7ba3d", 15: "#ffffff"}},
	{"light", "#ffffff", "#1f1f1f", map[int]string{0: "#000000", 1: "#c50f1f", 2: "#118911", 3: "#a07f00", 15: "#ffffff"}},
}

func TestPictures(t *testing.T) {
	for _, p := range pictured {
		screen := pictureOf(t, p.scenario)
		for _, th := range themes {
			path := filepath.Join("..", "testdata", "pictures", p.name+"-"+th.name+".svg")
			got := drawn(t, screen, th)
			if text := lettering(t, got); text != escapes.ReplaceAllString(screen, "") {
				t.Errorf("%s does not hold the report's text in its cells:\n%s", path, text)
			}
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
					t.Fatal(err)
				}
				continue
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			// A checkout may have its own line ends.
			if strings.ReplaceAll(string(want), "\r\n", "\n") != got {
				t.Errorf("%s no longer shows the report (-update draws it):\n%s", path, screen)
			}
		}
	}
}

// pictureOf is what a person sees after a check of the scenario's server.
func pictureOf(t *testing.T, scenario string) string {
	t.Helper()
	s, ok := scenarios.Find(scenario)
	if !ok {
		t.Fatalf("no scenario is called %q", scenario)
	}
	var e *probe.Examination
	synctest.Test(t, func(t *testing.T) {
		run, err := s.StartInMemory()
		if err != nil {
			t.Fatal(err)
		}
		p := probe.Prober{Network: run.Network, Plan: run.Plan, Version: "1.0.0"}
		e = p.Run(context.Background(), run.Target)
		run.Close()
	})
	return asText(t, New(e).WithContext(Context{Kept: true}), term.Style{Width: 79, Color: true})
}

// A cell of the terminal and the margin around the cells, in pixels. Most
// monospace fonts are 0.6 as wide as high; textLength forces the others into
// the cells.
const (
	cellWidth, cellHeight = 8.4, 18
	margin                = 14
	fontSize              = 14
	baseline              = 13.5 // below the cell's upper edge
)

// look is how the cells are drawn, by the escape sequences so far. Colours are
// -1 for the window's own.
type look struct {
	bold     bool
	ink, box int
}

var plainLook = look{ink: -1, box: -1}

// sequence changes the look by the parameters of one SGR sequence (ECMA-48
// 8.3.117, and 90 to 97 as xterm has them). Only what package term writes is
// understood.
func (l look) sequence(t *testing.T, parameters string) look {
	t.Helper()
	for _, word := range strings.Split(parameters, ";") {
		switch code, err := strconv.Atoi(word); {
		case err != nil || code < 0:
			t.Fatalf("escape sequence %q", parameters)
		case code == 0:
			l = plainLook
		case code == 1:
			l.bold = true
		case code >= 30 && code <= 37:
			l.ink = code - 30
		case code >= 90 && code <= 97:
			l.ink = code - 90 + 8
		case code >= 40 && code <= 47:
			l.box = code - 40
		default:
			t.Fatalf("the pictures cannot show SGR %d", code)
		}
	}
	return l
}

// shapes are the characters that must meet their neighbours, which a font's own
// do not do in every line height: paths in a cell of 8.4 by 18 with its middle
// at 4.2, 9. The filled ones end with z.
var shapes = map[rune]string{
	'─': "M0 9h8.4", '│': "M4.2 0v18", '┼': "M0 9h8.4M4.2 0v18",
	'╭': "M4.2 18v-5q0-4 4.2-4", '╮': "M4.2 18v-5q0-4-4.2-4", '╰': "M4.2 0v5q0 4 4.2 4", '╯': "M4.2 0v5q0 4-4.2 4",
	'►': "M0 9h2V5l6.4 4-6.4 4V9z", '◄': "M8.4 9h-2V5L0 9l6.4 4V9z", '●': "M.4 9a3.8 3.8 0 1 1 7.6 0a3.8 3.8 0 1 1-7.6 0z",
}

// symbols are characters that a font may lack. Each stands alone, so that the
// width of a replacement does not move what follows.
const symbols = "✓✗→"

// drawn draws a screen as SVG. Text stays text: that of the shapes is there, too,
// but not painted.
func drawn(t *testing.T, screen string, th theme) string {
	t.Helper()
	lines := strings.Split(strings.TrimRight(screen, "\n"), "\n")
	width, height := 79*cellWidth+2*margin, len(lines)*cellHeight+2*margin
	var b strings.Builder
	title := escapes.ReplaceAllString(lines[1]+" "+lines[2], "")
	title = strings.Join(strings.Fields(strings.ReplaceAll(title, "│", "")), " ")
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.1f %d" width="%.0f" height="%d" role="img" aria-labelledby="t">`+"\n", width, height, width, height)
	fmt.Fprintf(&b, "<title id=\"t\">%s</title>\n", html.EscapeString(title))
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" rx="8" fill="%s" stroke="#808080" stroke-opacity=".4"/>`+"\n", th.ground)
	fmt.Fprintf(&b, `<g transform="translate(%d %d)" font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace" font-size="%d" fill="%s" stroke-width="1.3">`+"\n", margin, margin, fontSize, th.ink)
	now := plainLook
	for row, line := range lines {
		column := 0
		for line != "" {
			if at := escapes.FindStringIndex(line); at != nil && at[0] == 0 {
				now = now.sequence(t, line[2:at[1]-1])
				line = line[at[1]:]
				continue
			}
			text := nextPiece(line)
			line = line[len(text):]
			th.piece(&b, text, now, column, row)
			column += cells(text)
		}
	}
	b.WriteString("</g>\n</svg>\n")
	return b.String()
}

// nextPiece is the longest beginning of a line that can be drawn as one.
func nextPiece(line string) string {
	kind := func(r rune) rune {
		if _, ok := shapes[r]; ok || strings.ContainsRune(symbols, r) || r == '\x1b' {
			return r
		}
		return 0
	}
	var first rune
	for i, r := range line {
		switch {
		case i == 0:
			first = kind(r)
		case kind(r) != first, first != 0 && first != '─' && first != '│':
			return line[:i]
		}
	}
	return line
}

// piece draws a text of one look.
func (th theme) piece(b *strings.Builder, text string, l look, column, row int) {
	x, y := float64(column)*cellWidth, row*cellHeight
	ink := th.ink
	if l.ink >= 0 {
		ink = th.colours[l.ink]
	}
	if l.box >= 0 {
		fmt.Fprintf(b, `<rect x="%.1f" y="%d" width="%.1f" height="%d" fill="%s"/>`, x, y, float64(cells(text))*cellWidth, cellHeight, th.colours[l.box])
	}
	weight, fill := "", ""
	if l.bold {
		weight = ` font-weight="bold"`
	}
	if l.ink >= 0 {
		fill = fmt.Sprintf(` fill="%s"`, ink)
	}
	for i, r := range []rune(text) {
		shape, ok := shapes[r]
		if !ok {
			break
		}
		paint := "none"
		if strings.HasSuffix(shape, "z") {
			paint = ink
		}
		fill = ` fill="none"`
		if r == '─' { // one line for all of them
			if i > 0 {
				break
			}
			shape = fmt.Sprintf("M0 9h%.1f", float64(cells(text))*cellWidth)
		}
		fmt.Fprintf(b, `<path transform="translate(%.1f %d)" d="%s" fill="%s" stroke="%s"/>`, x+float64(i)*cellWidth, y, shape, paint, ink)
	}
	trimmed := strings.TrimLeft(text, " ")
	x += float64(len(text)-len(trimmed)) * cellWidth
	if trimmed = strings.TrimRight(trimmed, " "); trimmed != "" {
		fmt.Fprintf(b, `<text x="%.1f" y="%.1f" textLength="%.1f" lengthAdjust="spacingAndGlyphs" xml:space="preserve"%s%s>%s</text>`,
			x, float64(y)+baseline, float64(cells(trimmed))*cellWidth, weight, fill, html.EscapeString(trimmed))
	}
	b.WriteString("\n")
}

var trailing = regexp.MustCompile(` +\n`)

// lettering reads the text of a picture back into lines, each letter into the
// cell where it is drawn.
func lettering(t *testing.T, svg string) string {
	t.Helper()
	var picture struct {
		Title string `xml:"title"`
		Text  []struct {
			X    float64 `xml:"x,attr"`
			Y    float64 `xml:"y,attr"`
			Text string  `xml:",chardata"`
		} `xml:"g>text"`
	}
	if err := xml.Unmarshal([]byte(svg), &picture); err != nil {
		t.Fatal(err)
	}
	if picture.Title == "" {
		t.Error("a picture has no title")
	}
	var grid [40][100]rune
	last := 0
	for _, p := range picture.Text {
		row, column := int(p.Y/cellHeight), int(p.X/cellWidth+0.5)
		last = max(last, row)
		for i, r := range []rune(p.Text) {
			grid[row][column+i] = r
		}
	}
	var b bytes.Buffer
	for _, row := range grid[:last+1] {
		b.WriteString(strings.ReplaceAll(string(row[:]), "\x00", " ") + "\n")
	}
	return trailing.ReplaceAllString(b.String(), "\n")
}
