package term

import (
	"io"
	"os"

	"github.com/fatih/color"
)

// Palette colours one-line messages on stderr: errors, hints and the dialogue
// as it happens.
type Palette struct {
	err, hint, send, receive *color.Color
}

// NewPalette prepares the colours. Each is switched by itself, because
// color.New reads NO_COLOR and would keep it against --color=always.
func NewPalette(on bool) *Palette {
	shade := func(attributes ...color.Attribute) *color.Color {
		c := color.New(attributes...)
		if on {
			c.EnableColor()
		} else {
			c.DisableColor()
		}
		return c
	}
	return &Palette{
		err:     shade(color.FgRed, color.Bold),
		hint:    shade(color.Bold),
		send:    shade(color.FgGreen),
		receive: shade(color.FgYellow),
	}
}

// Error colours what went wrong.
func (p *Palette) Error(text string) string { return p.err.Sprint(text) }

// Hint colours what to do about it.
func (p *Palette) Hint(text string) string { return p.hint.Sprint(text) }

// Send colours a line that went to the server.
func (p *Palette) Send(text string) string { return p.send.Sprint(text) }

// Receive colours a line that came from the server.
func (p *Palette) Receive(text string) string { return p.receive.Sprint(text) }

// Note leaves a remark, or something that happened to a connection, in the
// window's own colour, so that the two sides of the dialogue stand out.
func (p *Palette) Note(text string) string { return text }

// Console returns the writer for coloured text on f. On Windows it switches
// the classic console to escape sequences, or translates them; elsewhere it is
// f itself. Only stdout and stderr are consoles; any other file is returned as
// it is.
func Console(f *os.File) io.Writer {
	switch f {
	case os.Stdout:
		return color.Output
	case os.Stderr:
		return color.Error
	default:
		return f
	}
}
