package term

import (
	"io"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// Role is what a piece of the report is, from which its colour follows. Zero:
// ordinary text.
type Role uint8

const (
	Ordinary Role = iota
	Strong        // headings, leads
	Good          // lines and marks of what works
	Caution       // works, but something should be repaired
	Bad           // lines and marks of what does not work
	GoodWord      // result words of what works
	GoodFill      // the badge, by tone
	CautionFill
	BadFill // the badge, and what is broken: filled, so that it stands out in greyscale too
)

// Painter colours pieces of text for one stream. Pieces are single lines; each
// comes back with the same characters, only with escape sequences around them,
// or unchanged if the stream has no colour.
type Painter struct {
	styles [BadFill + 1]lipgloss.Style
	color  bool
}

// NewPainter prepares the colours for w. The colour profile and the background
// are set, never asked for: asking the terminal for its background waited 5 s
// and left "]11;?" on one that does not answer (measured).
//
// Only the terminal theme's own red, green, yellow, black and white are used,
// which read on dark and light windows; filled pieces set both colours.
func NewPainter(w io.Writer, color bool) *Painter {
	r := lipgloss.NewRenderer(w)
	r.SetHasDarkBackground(true)
	if color {
		r.SetColorProfile(termenv.ANSI)
	} else {
		r.SetColorProfile(termenv.Ascii)
	}
	const black, red, green, yellow, white = lipgloss.Color("0"), lipgloss.Color("1"), lipgloss.Color("2"), lipgloss.Color("3"), lipgloss.Color("15")
	p := &Painter{color: color}
	p.styles[Ordinary] = r.NewStyle()
	p.styles[Strong] = r.NewStyle().Bold(true)
	p.styles[Good] = r.NewStyle().Foreground(green)
	p.styles[Caution] = r.NewStyle().Foreground(yellow)
	p.styles[Bad] = r.NewStyle().Foreground(red)
	p.styles[GoodWord] = r.NewStyle().Foreground(green).Bold(true)
	p.styles[GoodFill] = r.NewStyle().Foreground(black).Background(green).Bold(true)
	p.styles[CautionFill] = r.NewStyle().Foreground(black).Background(yellow).Bold(true)
	p.styles[BadFill] = r.NewStyle().Foreground(white).Background(red).Bold(true)
	return p
}

// Paint colours a piece of one line by its role.
func (p *Painter) Paint(role Role, text string) string {
	if !p.color || text == "" || role == Ordinary || int(role) >= len(p.styles) {
		return text
	}
	return p.styles[role].Render(text)
}
