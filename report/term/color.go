package term

import (
	"fmt"
	"strings"
)

// Env looks up an environment variable; empty means not set. os.Getenv is one.
type Env func(name string) string

// ColorFlag is what the person said about colour. Zero: auto.
type ColorFlag uint8

const (
	ColorAuto   ColorFlag = iota // the environment and the terminal decide
	ColorAlways                  // escape sequences even into a file
	ColorNever
)

var colorFlagNames = [...]string{"auto", "always", "never"}

// String is the word as typed: auto, always or never.
func (f ColorFlag) String() string {
	if int(f) < len(colorFlagNames) {
		return colorFlagNames[f]
	}
	return fmt.Sprintf("color(%d)", f)
}

// MarshalText writes the word.
func (f ColorFlag) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// UnmarshalText reads the word; any other text is an error.
func (f *ColorFlag) UnmarshalText(b []byte) error {
	for i, name := range colorFlagNames {
		if name == string(b) {
			*f = ColorFlag(i)
			return nil
		}
	}
	return fmt.Errorf("%q is none of auto, always, never", b)
}

// WantColor is the whole precedence rule for colour on one stream: the flag,
// then NO_COLOR, then CLICOLOR_FORCE or FORCE_COLOR, then CLICOLOR=0 or
// TERM=dumb, then whether the stream is a terminal.
//
// A flag beats NO_COLOR as no-color.org demands. When NO_COLOR and a forcing
// variable are both set, NO_COLOR wins, as in termenv. CI gets no rule of its
// own: its logs are no terminals.
func WantColor(flag ColorFlag, env Env, tty bool) bool {
	switch flag {
	case ColorAlways:
		return true
	case ColorNever:
		return false
	case ColorAuto:
	}
	if env("NO_COLOR") != "" {
		return false
	}
	if v := env("CLICOLOR_FORCE"); v != "" && v != "0" {
		return true
	}
	if v := env("FORCE_COLOR"); v != "" && v != "0" && !strings.EqualFold(v, "false") {
		return true
	}
	if env("CLICOLOR") == "0" || env("TERM") == "dumb" {
		return false
	}
	return tty
}
