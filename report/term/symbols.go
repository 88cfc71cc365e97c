package term

import "strings"

// SymbolSet names the characters that a stream can show. Zero: Unicode.
type SymbolSet uint8

const (
	Unicode SymbolSet = iota // everywhere else
	Legacy                   // Windows console fonts have no check mark and no ballot x, but box drawing
	ASCII                    // 0x20 to 0x7E only
)

// Symbols are the characters of the report. Each is one cell wide.
type Symbols struct {
	OK, Bad, Note, Skip                        string // marks of the Why lines; Note: a warning, Skip: not tested
	Dot, Line, Wall, Cross                     string // ends of a connection, the connection, what lies between, where they cross
	Right, Left, Stop                          string // arrow heads, and where a connection broke
	TopLeft, TopRight, BottomLeft, BottomRight string // frame
	Edge, Side                                 string // frame: horizontal, vertical
	Arrow                                      string // within a sentence
}

var symbolTable = [...]Symbols{
	Unicode: {"✓", "✗", "!", "-", "●", "─", "│", "┼", "►", "◄", "X", "╭", "╮", "╰", "╯", "─", "│", "→"},
	Legacy:  {"√", "×", "!", "-", "●", "─", "│", "┼", "►", "◄", "X", "┌", "┐", "└", "┘", "─", "│", "→"},
	ASCII:   {"+", "x", "!", "-", "o", "-", "|", "+", ">", "<", "X", "+", "+", "+", "+", "-", "|", "->"},
}

// Characters returns the set's characters.
func (s SymbolSet) Characters() Symbols {
	if int(s) < len(symbolTable) {
		return symbolTable[s]
	}
	return symbolTable[ASCII]
}

// pickSymbols is the rule for the symbols. goos is runtime.GOOS; tty tells
// whether the stream is a terminal.
//
// On Windows a console shows Unicode whatever its code page (Go writes UTF-16
// to it), but the classic console's fonts lack some marks; the newer ones set
// WT_SESSION or TERM_PROGRAM. Through a pipe PowerShell 5.1 decodes the bytes
// by the code page, so that only ASCII is safe.
func pickSymbols(goos string, ascii, tty bool, env Env) SymbolSet {
	switch {
	case ascii, env("TERM") == "dumb":
		return ASCII
	case goos == "windows" && !tty:
		return ASCII
	case goos == "windows" && env("WT_SESSION") == "" && env("TERM_PROGRAM") == "":
		return Legacy
	case goos == "windows", goos == "darwin" && locale(env) == "":
		return Unicode
	case isUTF8(locale(env)):
		return Unicode
	default:
		return ASCII
	}
}

// locale is the character locale by the precedence of POSIX (XBD 8.2).
func locale(env Env) string {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := env(name); v != "" {
			return v
		}
	}
	return ""
}

// isUTF8 tells whether a locale name such as de_DE.UTF-8 or C.utf8 says so.
func isUTF8(name string) bool {
	name = strings.ToLower(name)
	return strings.Contains(name, "utf-8") || strings.Contains(name, "utf8")
}
