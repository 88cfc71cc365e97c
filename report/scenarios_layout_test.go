package report

import (
	"slices"
	"strings"
	"testing"

	"ftpdiag/report/term"
	"ftpdiag/scenarios"
)

// Whatever the width and the symbols: no line is too wide, none ends in blanks,
// no character is one that the window may not have, and without its colours a
// coloured report is the same as one without.
func TestEveryScenarioKeepsItsLayout(t *testing.T) {
	examined(t, func(t *testing.T, _ *scenarios.Scenario, r *Report) {
		for _, width := range []int{44, 59, 79} {
			for _, symbols := range []term.SymbolSet{term.Unicode, term.Legacy, term.ASCII} {
				st := term.Style{Width: width, Symbols: symbols}
				plain := asText(t, r, st)
				for line := range strings.SplitSeq(plain, "\n") {
					if n := cells(line); n > width || line != strings.TrimRight(line, " ") {
						t.Errorf("%+v: %d columns: %q", st, n, line)
					}
				}
				for _, c := range plain {
					if c < ' ' && c != '\n' || c == 0x7f || symbols == term.ASCII && c > '~' {
						t.Errorf("%+v: character %U", st, c)
					}
				}
				st.Color = true
				if coloured := asText(t, r, st); coloured == plain || escapes.ReplaceAllString(coloured, "") != plain {
					t.Errorf("%+v: colour changes the text, or there is none:\n%s\n%s", st, coloured, plain)
				}
			}
		}
	})
}

// A window shows its last rows, and the shell's prompt takes one of them. The
// verdict and the answer are among the others, however low the window is.
func TestEveryScenarioShowsItsVerdictInTheWindow(t *testing.T) {
	examined(t, func(t *testing.T, _ *scenarios.Scenario, r *Report) {
		for _, width := range []int{44, 79} {
			for verbose := range 2 {
				tall := strings.Count(asText(t, r, term.Style{Width: width, Verbose: verbose}), "\n")
				for _, height := range []int{5, tall, tall + 1} { // lowest, and where the repetition ends
					st := term.Style{Width: width, Height: height, Verbose: verbose}
					lines := strings.Split(strings.TrimSuffix(asText(t, r, st), "\n"), "\n")
					seen := lines[max(0, len(lines)-(height-1)):]
					has := func(text string) bool {
						return slices.ContainsFunc(seen, func(line string) bool { return strings.Contains(line, text) })
					}
					if !has("[ "+r.Badge+" ]") || !has(r.Answer) {
						t.Errorf("%+v: the window shows\n%s", st, strings.Join(seen, "\n"))
					}
				}
			}
		}
	})
}
