package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"

	"ftpdiag/report/term"
)

// TestNoBreakSpacesStayInside: what keeps words together while lines are broken
// is a plain blank in everything that is written, and no escape of one either.
func TestNoBreakSpacesStayInside(t *testing.T) {
	check := func(what, text string) {
		for _, trace := range []string{glue, `\xa0`, `\u00a0`, "&nbsp;", "&#160;", "&#xa0;"} {
			if i := strings.Index(strings.ToLower(text), trace); i >= 0 {
				t.Errorf("%s: %q at %q", what, trace, text[max(i-30, 0):i])
			}
		}
	}
	marked := 0
	for symbols := term.Unicode; symbols <= term.ASCII; symbols++ {
		for _, width := range []int{40, 79} {
			style := term.Style{Symbols: symbols, Width: width}
			for _, word := range SubjectWords() {
				check("explain "+word, explained(t, word, Reader{OS: "windows", Style: style}))
			}
			for _, client := range []string{"", "totalcmd"} {
				r := passiveFixture().report().forProgram(client)
				for name := range formatNames {
					var b bytes.Buffer
					if err := r.Write(&b, Format(name), style); err != nil {
						t.Fatal(err)
					}
					check(Format(name).String()+" "+client, b.String())
					marked += strings.Count(b.String(), notConfirmed)
				}
			}
		}
	}
	if marked == 0 {
		t.Error("nothing that is kept together was written")
	}
}

func TestRemarkIsNotBroken(t *testing.T) {
	for limit := len(notConfirmed) + 1; limit < 40; limit++ {
		text := strings.Join(wrap(keepTogether("a setting nobody could try (not confirmed).", nil), limit, 0, ""), "\n")
		if !strings.Contains(text, notConfirmed) {
			t.Errorf("%d columns: %q", limit, text)
		}
	}
}

// TestCells: the short way through a text of ASCII counts what the library counts.
func TestCells(t *testing.T) {
	for _, text := range []string{"", "a", "AUTH TLS ~ {}", "\t", "a\x1b[1mb", "é", "e\u0301", "日本", "●──►", "\x7f"} {
		if got, want := cells(text), runewidth.StringWidth(text); got != want {
			t.Errorf("%q takes %d columns, want %d", text, got, want)
		}
	}
	for c := byte(' '); c <= '~'; c++ {
		if text := string(rune(c)); cells(text) != runewidth.StringWidth(text) {
			t.Errorf("%q takes %d columns, want %d", text, cells(text), runewidth.StringWidth(text))
		}
	}
}
