package term

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// environment makes an Env of "NAME=value" texts.
func environment(vars ...string) Env {
	return func(name string) string {
		for _, v := range vars {
			if n, value, _ := strings.Cut(v, "="); n == name {
				return value
			}
		}
		return ""
	}
}

func TestWantColor(t *testing.T) {
	for _, c := range []struct {
		flag ColorFlag
		env  string
		tty  bool
		want bool
	}{
		{ColorAuto, "", true, true},
		{ColorAuto, "", false, false},
		{ColorAuto, "NO_COLOR=1", true, false},
		{ColorAuto, "NO_COLOR=", true, true}, // an empty variable counts as not set (no-color.org)
		{ColorAuto, "TERM=dumb", true, false},
		{ColorAuto, "TERM=vt100", true, true},
		{ColorAuto, "CI=true", true, true},
		{ColorAuto, "CLICOLOR=0", true, false},
		{ColorAuto, "CLICOLOR=1", false, false},
		{ColorAuto, "CLICOLOR_FORCE=1", false, true},
		{ColorAuto, "CLICOLOR_FORCE=0", false, false},
		{ColorAuto, "FORCE_COLOR=1", false, true},
		{ColorAuto, "FORCE_COLOR=false", false, false},
		{ColorAuto, "FORCE_COLOR=0", true, true},
		{ColorAuto, "NO_COLOR=1 CLICOLOR_FORCE=1", true, false},
		{ColorAuto, "CLICOLOR=0 FORCE_COLOR=1", false, true},
		{ColorAuto, "TERM=dumb CLICOLOR_FORCE=1", false, true},
		{ColorAlways, "NO_COLOR=1", false, true},
		{ColorAlways, "TERM=dumb CLICOLOR=0", false, true},
		{ColorNever, "CLICOLOR_FORCE=1 FORCE_COLOR=1", true, false},
	} {
		if got := WantColor(c.flag, environment(strings.Fields(c.env)...), c.tty); got != c.want {
			t.Errorf("WantColor(%s, %q, %v) = %v", c.flag, c.env, c.tty, got)
		}
	}
}

func TestDecide(t *testing.T) {
	for _, c := range []struct {
		name    string
		goos    string
		o       Options
		env     string
		tty     bool
		columns int
		width   int
		symbols SymbolSet
	}{
		{"file in an UTF-8 locale", "linux", Options{}, "LANG=de_DE.UTF-8", false, 0, 79, Unicode},
		{"window", "linux", Options{}, "LANG=C.utf8", true, 80, 79, Unicode},
		{"a window beats COLUMNS", "linux", Options{}, "LANG=C.utf8 COLUMNS=50", true, 70, 69, Unicode},
		{"COLUMNS beats the default", "linux", Options{}, "COLUMNS=60", false, 0, 60, ASCII},
		{"COLUMNS that is no number", "linux", Options{}, "COLUMNS=wide", false, 0, 79, ASCII},
		{"a flag beats the window", "linux", Options{Width: 90}, "LANG=C.UTF-8", true, 70, 90, Unicode},
		{"too wide", "linux", Options{Width: 300}, "LANG=C.UTF-8", true, 70, 99, Unicode},
		{"too narrow", "linux", Options{}, "LANG=C.UTF-8", true, 20, 40, Unicode},
		{"LC_ALL beats LANG", "linux", Options{}, "LC_ALL=C LANG=en_US.UTF-8", true, 80, 79, ASCII},
		{"--ascii", "linux", Options{ASCII: true}, "LANG=C.UTF-8", true, 80, 79, ASCII},
		{"dumb", "linux", Options{}, "LANG=C.UTF-8 TERM=dumb", true, 80, 79, ASCII},
		{"macOS without a locale", "darwin", Options{}, "", true, 80, 79, Unicode},
		{"macOS with the C locale", "darwin", Options{}, "LANG=C", true, 80, 79, ASCII},
		{"Windows Terminal", "windows", Options{}, "WT_SESSION=x", true, 120, 99, Unicode},
		{"old Windows console", "windows", Options{}, "", true, 80, 79, Legacy},
		{"Windows pipe", "windows", Options{}, "WT_SESSION=x", false, 0, 79, ASCII},
	} {
		got := decide(c.goos, c.o, environment(strings.Fields(c.env)...), c.tty, c.columns, 24)
		if got.Width != c.width || got.Symbols != c.symbols {
			t.Errorf("%s: width %d, symbols %d; want %d, %d", c.name, got.Width, got.Symbols, c.width, c.symbols)
		}
	}
}

func TestStyleForAWriterThatIsNoFile(t *testing.T) {
	got := StyleFor(&bytes.Buffer{}, Options{}, environment("LANG=C.UTF-8"))
	want := Style{Width: 79}
	if runtime.GOOS == "windows" {
		want.Symbols = ASCII // whoever reads a pipe or a file there guesses the encoding
	}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// Nobody but this package may decide about colour: the libraries disagree when
// left alone, and one of them asks the terminal.
func TestNobodyElseColours(t *testing.T) {
	libraries := []string{"charmbracelet/", "muesli/termenv", "fatih/color", "mattn/go-isatty", "mattn/go-colorable"}
	calls := []string{"Adaptive" + "Color", "color.New" + "(", "lipgloss.New" + "Style(", "HasDark" + "Background()"}
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" {
			return err
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		home := filepath.Dir(path) == filepath.Join(root, "report", "term")
		for _, library := range libraries {
			if !home && bytes.Contains(source, []byte(`"github.com/`+library)) {
				t.Errorf("%s imports %s", path, library)
			}
		}
		for _, call := range calls {
			if (!home || call != "color.New"+"(") && bytes.Contains(source, []byte(call)) {
				t.Errorf("%s uses %s", path, call)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestPainterKeepsTheCharacters(t *testing.T) {
	for role := Ordinary; role <= BadFill; role++ {
		const text = "[ USE PASSIVE MODE ]  two blanks "
		if got := NewPainter(&bytes.Buffer{}, false).Paint(role, text); got != text {
			t.Errorf("role %d without colour: %q", role, got)
		}
		got := NewPainter(&bytes.Buffer{}, true).Paint(role, text)
		if !strings.Contains(got, text) {
			t.Errorf("role %d with colour changes the text: %q", role, got)
		}
		if coloured := got != text; coloured != (role != Ordinary) {
			t.Errorf("role %d: %q", role, got)
		}
	}
}

func TestBrokenIsFilledWithBothColours(t *testing.T) {
	if got, want := NewPainter(&bytes.Buffer{}, true).Paint(BadFill, "X"), "\x1b[1;97;41mX\x1b[0m"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPaletteIgnoresTheEnvironment(t *testing.T) {
	t.Setenv("NO_COLOR", "1")
	on, off := NewPalette(true), NewPalette(false)
	for name, pair := range map[string][2]string{
		"error":   {on.Error("x"), off.Error("x")},
		"hint":    {on.Hint("x"), off.Hint("x")},
		"send":    {on.Send("x"), off.Send("x")},
		"receive": {on.Receive("x"), off.Receive("x")},
	} {
		if !strings.HasPrefix(pair[0], "\x1b[") || pair[1] != "x" {
			t.Errorf("%s: on %q, off %q", name, pair[0], pair[1])
		}
	}
}

func TestColorFlagTexts(t *testing.T) {
	for f := ColorAuto; f <= ColorNever; f++ {
		text, err := f.MarshalText()
		var back ColorFlag
		if err != nil || back.UnmarshalText(text) != nil || back != f {
			t.Errorf("%v: %q, %v", f, text, err)
		}
	}
	var f ColorFlag
	if f.UnmarshalText([]byte("sometimes")) == nil {
		t.Error("accepts an unknown word")
	}
}
