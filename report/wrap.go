package report

import (
	"regexp"
	"strings"

	"github.com/mattn/go-runewidth"
)

// glue is a blank at which no line ends. It stands only between keepTogether
// and wrap.
const glue = "\u00a0"

// numberWithUnit is what must stay together: half of it says nothing.
var numberWithUnit = regexp.MustCompile(`(\d) (s|ms)\b`)

// notConfirmed is what keepTogether keeps together among words.
const notConfirmed = "(not confirmed)"

// keepTogether glues numbers to their units, a remark in brackets, and the
// command lines that a person copies.
func keepTogether(text string, commands []string) string {
	for _, command := range commands {
		text = strings.ReplaceAll(text, command, strings.ReplaceAll(command, " ", glue))
	}
	text = strings.ReplaceAll(text, notConfirmed, strings.ReplaceAll(notConfirmed, " ", glue))
	return numberWithUnit.ReplaceAllString(text, "${1}"+glue+"${2}")
}

// cells is the number of terminal columns that a text takes.
func cells(text string) int {
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return runewidth.StringWidth(text)
		}
	}
	return len(text) // most texts: the answer is the same, and a report asks some thousand times
}

// wrap breaks a text at blanks into lines of at most limit columns; the first
// line has used columns less. A glued phrase longer than a line is broken at
// its blanks after all. A single word longer than a line is cut, unless it
// contains keep (the host's name: half of it would mislead).
func wrap(text string, limit, used int, keep string) []string {
	w := wrapper{limit: max(limit, 1), room: limit - used}
	for _, phrase := range splitBlanks(text) {
		if cells(phrase) <= w.limit {
			w.add(strings.ReplaceAll(phrase, glue, " "))
			continue
		}
		for _, word := range strings.Split(phrase, glue) {
			for cells(word) > w.limit && (keep == "" || !strings.Contains(word, keep)) {
				head := runewidth.Truncate(word, w.limit, "")
				w.add(head)
				word = word[len(head):]
			}
			w.add(word)
		}
	}
	return append(w.lines, w.line)
}

// splitBlanks splits at ordinary blanks only; strings.Fields would split at
// the glue too.
func splitBlanks(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ' ' })
}

// wrapper fills lines with words.
type wrapper struct {
	limit, room int
	line        string
	lines       []string
}

func (w *wrapper) add(word string) {
	switch {
	case w.line == "" && (cells(word) <= w.room || w.room == w.limit):
		w.line = word
	case w.line != "" && cells(w.line)+1+cells(word) <= w.room:
		w.line += " " + word
	default:
		w.lines = append(w.lines, w.line)
		w.line, w.room = word, w.limit
	}
}
