package term

import (
	"io"
	"runtime"

	xterm "golang.org/x/term"
)

// Style is how one stream looks. The zero value is a file: 79 columns, no
// colour, Unicode, not verbose.
type Style struct {
	Width   int       // columns, 40 to 99; zero: 79
	Height  int       // rows of the window; zero: not known, or no window
	Color   bool      // escape sequences may be written
	Symbols SymbolSet // which characters may be written
	Verbose int       // 0: the report; 1: also the dialogue and details; 2: also the system's own words
}

// Columns is the usable width, whatever Width says.
func (s Style) Columns() int {
	if s.Width == 0 {
		return DefaultWidth
	}
	return clampWidth(s.Width)
}

// Options are what the person said about the look. Zero: nothing.
type Options struct {
	Color   ColorFlag
	Width   int  // columns; zero: not said
	ASCII   bool // ASCII characters only
	Verbose int
}

// StyleFor decides how w looks. A writer that is no file, or no terminal, is
// treated as a file.
func StyleFor(w io.Writer, o Options, env Env) Style {
	tty := IsTerminal(w)
	columns, rows := 0, 0
	if tty {
		columns, rows = size(w)
	}
	return decide(runtime.GOOS, o, env, tty, columns, rows)
}

// decide is StyleFor without looking at the world.
func decide(goos string, o Options, env Env, tty bool, columns, rows int) Style {
	return Style{
		Width:   pickWidth(o.Width, columns, env),
		Height:  rows,
		Color:   WantColor(o.Color, env, tty),
		Symbols: pickSymbols(goos, o.ASCII, tty, env),
		Verbose: o.Verbose,
	}
}

// filer is what os.File has of interest here.
type filer interface{ Fd() uintptr }

// IsTerminal tells whether a stream (an *os.File, for reading or writing) is a
// terminal or a console.
func IsTerminal(stream any) bool {
	f, ok := stream.(filer)
	return ok && xterm.IsTerminal(int(f.Fd()))
}

// size is the window's columns and rows; zeros if they cannot be found out.
func size(stream any) (columns, rows int) {
	f, ok := stream.(filer)
	if !ok {
		return 0, 0
	}
	columns, rows, err := xterm.GetSize(int(f.Fd()))
	if err != nil {
		return 0, 0
	}
	return columns, rows
}
