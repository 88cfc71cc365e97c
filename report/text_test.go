package report

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"ftpdiag/report/term"
)

func asText(t *testing.T, r *Report, st term.Style) string {
	t.Helper()
	var b bytes.Buffer
	if err := r.WriteText(&b, st); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var escapes = regexp.MustCompile("\x1b\\[[0-9;]*m")

// Whatever the width, the symbols and the verbosity: no line is too wide, none
// ends in blanks, and colour adds nothing but colour. Every width is tried, each
// with a third of the situations, so that the test stays quick.
func TestLayoutAtEveryWidth(t *testing.T) {
	for i, f := range fixtures() {
		r := f.report()
		for width := term.MinWidth + i%3; width <= term.MaxWidth; width += 3 {
			st := term.Style{Width: width, Symbols: term.SymbolSet(width % 2 * int(term.ASCII)), Verbose: width / 2 % 3}
			plain := asText(t, r, st)
			for _, line := range strings.Split(plain, "\n") {
				tooWide := cells(line) > width && !strings.Contains(line, f.exam.Target.Host) // a name is never cut
				if tooWide || line != strings.TrimRight(line, " ") {
					t.Fatalf("%s at width %d: %d columns: %q", f.name, width, cells(line), line)
				}
				for _, c := range line {
					if c < 0x20 || c == 0x7f || st.Symbols == term.ASCII && c > 0x7e {
						t.Fatalf("%s at width %d: character %U in %q", f.name, width, c, line)
					}
				}
			}
			st.Color = true
			if coloured := asText(t, r, st); escapes.ReplaceAllString(coloured, "") != plain {
				t.Fatalf("%s at width %d: colour changes the text:\n%s\n%s", f.name, width, coloured, plain)
			}
		}
	}
}

func TestTheReportFitsOneScreen(t *testing.T) {
	for _, f := range fixtures() {
		if f.name == "long-name" {
			continue
		}
		for _, limit := range []struct{ width, lines int }{{79, 24}, {59, 40}} {
			text := asText(t, f.report(), term.Style{Width: limit.width})
			if n := strings.Count(text, "\n"); n > limit.lines {
				t.Errorf("%s: %d lines at %d columns, more than %d:\n%s", f.name, n, limit.width, limit.lines, text)
			}
		}
	}
}

// The verdict is on the last screen, however little of the report that is.
func TestTheVerdictIsRepeatedWhereItScrolledAway(t *testing.T) {
	const verdict = "[ USE PASSIVE MODE ] Passive mode required? YES\n"
	r := passiveFixture().report()
	for _, c := range []struct {
		st       term.Style
		repeated bool
	}{
		{term.Style{}, false},
		{term.Style{Height: 50}, false},
		{term.Style{Height: 20}, true},
		{term.Style{Verbose: 1}, true},
	} {
		if got := strings.HasSuffix(asText(t, r, c.st), verdict); got != c.repeated {
			t.Errorf("%+v: the last line is the verdict: %v", c.st, got)
		}
	}
	tall := strings.Count(asText(t, r, term.Style{}), "\n")
	if strings.HasSuffix(asText(t, r, term.Style{Height: tall + 1}), verdict) {
		t.Error("repeated although the report and the prompt fit the window")
	}
}

func TestVerboseMarksWhereItBroke(t *testing.T) {
	text := asText(t, passiveFixture().report(), term.Style{Verbose: 1})
	if !strings.Contains(text, "425 Can't open data connection. <-- breaks here\n") || strings.Count(text, "<-- breaks here") != 1 {
		t.Errorf("no mark, or not one, at the last piece of evidence:\n%s", text)
	}
	if strings.Contains(text, "i/o timeout") {
		t.Error("the system's words belong to the second level")
	}
	if text := asText(t, passiveFixture().report(), term.Style{Verbose: 2}); !strings.Contains(text, "i/o timeout") {
		t.Error("the system's words are missing at the second level")
	}
}

// Every format of every fixture, to be searched.
func everyOutput(t *testing.T, r *Report) string {
	t.Helper()
	var b bytes.Buffer
	for _, write := range []func() error{
		func() error { return r.WriteText(&b, term.Style{Verbose: 2, Symbols: term.ASCII}) },
		func() error { return r.WriteText(&b, term.Style{Verbose: 2}) },
		func() error { return r.WritePlain(&b) },
		func() error { return r.WriteLine(&b) },
		func() error { return r.WriteMode(&b) },
		func() error { return r.WriteJSON(&b) },
	} {
		if err := write(); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

func TestNoFormatShowsThePassword(t *testing.T) {
	for _, f := range fixtures() {
		if strings.Contains(everyOutput(t, f.report()), canary) {
			t.Errorf("%s: the password is shown", f.name)
		}
	}
}

// What a server says cannot move the cursor, colour the screen, or turn the
// direction of writing.
func TestServersCannotDriveTheTerminal(t *testing.T) {
	f := hostileFixture()
	out := everyOutput(t, f.report())
	for _, c := range out {
		if c < 0x20 && c != '\n' || c >= 0x7f && c < 0xa0 || c == 0x202e || c == utf8.RuneError {
			t.Fatalf("character %U gets through", c)
		}
	}
	if !strings.Contains(out, `\x1b[2J`) {
		t.Error("the escape sequence is not shown as one")
	}
	for _, line := range strings.Split(out, "\n") {
		if strings.HasPrefix(line, "[ EITHER") {
			t.Errorf("the server writes a verdict: %s", line)
		}
	}
}

func TestTheSameReportIsWrittenTheSame(t *testing.T) {
	for _, f := range fixtures() {
		if first, again := everyOutput(t, f.report()), everyOutput(t, f.report()); first != again {
			t.Errorf("%s: two renderings differ", f.name)
		}
	}
}

func TestLongHostNameHasItsOwnLine(t *testing.T) {
	f := longNameFixture()
	for _, width := range []int{40, 52, 59, 79, 99} {
		text := asText(t, f.report(), term.Style{Width: width})
		if !strings.HasPrefix(text, f.exam.Target.Host+"\n") {
			t.Errorf("width %d: %s", width, text)
		}
		if n := strings.Count(text, "department-department"); n == 0 || strings.Count(text, f.exam.Target.Host) != 3 {
			t.Errorf("width %d: the name is cut:\n%s", width, text)
		}
	}
}

func TestLine(t *testing.T) {
	for _, c := range []struct {
		f    fixture
		want string
	}{
		{passiveFixture(), "ftp.example.com: use passive mode (passive mode required: yes)\n"},
		{epsvFixture(), "ftp.example.com: use passive mode (EPSV) (passive mode required: yes)\n"},
		{notFTPFixture(), "ftp.example.com: not an FTP server (passive mode required: unknown)\n"},
		{limitedFixture(), "ftp.example.com: passive mode works (passive mode required: unknown)\n"},
	} {
		var b bytes.Buffer
		if err := c.f.report().WriteLine(&b); err != nil || b.String() != c.want {
			t.Errorf("%s: %q, %v", c.f.name, b.String(), err)
		}
	}
}

// A command that a person copies stands on one line, if there is room for it.
func TestCommandsStayWhole(t *testing.T) {
	for width := term.MinWidth; width <= term.MaxWidth; width++ {
		text := asText(t, loginFixture().report(), term.Style{Width: width})
		if !strings.Contains(text, "ftpdiag --user maria ftp.example.com\n") {
			t.Errorf("width %d:\n%s", width, text)
		}
	}
}

func TestCommandQuotesForTheShell(t *testing.T) {
	f := loginFixture()
	f.exam.Target.User, f.exam.Target.Path, f.exam.Target.Port = "o'neil & co", "/in box", 2121
	if got, want := newStory(f.exam, nil).command("-v"), `ftpdiag -v --user 'o'\''neil & co' --port 2121 --path '/in box' ftp.example.com`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
