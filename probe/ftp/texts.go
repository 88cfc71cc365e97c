package ftp

import (
	"slices"
	"strconv"
	"strings"
)

// text is one row of the table of reply texts: the only place where the words
// of a reply decide anything.
type text struct {
	meaning Meaning

	// codes are the beginnings of the codes to which the row applies, with
	// blanks between them: "425 426", "5".
	codes string

	// words must occur in a line, whatever the case; "^" at the start and "$"
	// at the end tie them to the start and the end of the line. Empty words
	// make a row that decides by the code alone.
	words string

	// source tells where the text comes from: a server with the file of its
	// source that has it, "measured" for what was seen in a laboratory, "seen"
	// for transcripts of others, "known" for general knowledge, or the RFC.
	source string
}

// texts is the table. The first row that matches decides, so that rows stand in
// this order: causes that would be mistaken for others, then the particular
// before the general, and codes without words last.
var texts = slices.Concat(sessionTexts, loginTexts, offerTexts, dataTexts, codeTexts)

// Recognise says what a reply means. It looks at every line of a reply of many
// lines. A reply whose text and code are in no row is Unrecognised, and so are
// the plain positive replies.
func Recognise(r Reply) Meaning {
	if p := deciding(r); p != nil {
		return texts[p.row].meaning
	}
	return Unrecognised
}

// deciding is the first row that matches a reply; nil: none does.
func deciding(r Reply) *pattern {
	code := strconv.Itoa(int(r.Code))
	lines := make([]string, len(r.Lines))
	for i, line := range r.Lines {
		lines[i] = strings.ToLower(strings.TrimSpace(line))
	}
	for _, p := range patterns[code[0]] {
		if p.matches(code, lines) {
			return p
		}
	}
	return nil
}

// pattern is a row made ready: a report asks for the meaning of a reply many times.
type pattern struct {
	row            int      // of texts
	starts         []string // of the code
	words          string
	atStart, atEnd bool
}

// patterns are the rows of texts, by the first digit of the codes to which they apply.
var patterns = func() map[byte][]*pattern {
	rows := map[byte][]*pattern{}
	for row, t := range texts {
		p := &pattern{row: row, starts: strings.Fields(t.codes)}
		p.words, p.atStart = strings.CutPrefix(t.words, "^")
		p.words, p.atEnd = strings.CutSuffix(p.words, "$")
		for _, start := range p.starts {
			if list := rows[start[0]]; !slices.Contains(list, p) {
				rows[start[0]] = append(list, p)
			}
		}
	}
	return rows
}()

// matches tells whether the row applies to a reply with this code and these
// lines, in lower case.
func (p *pattern) matches(code string, lines []string) bool {
	if !slices.ContainsFunc(p.starts, func(start string) bool { return strings.HasPrefix(code, start) }) {
		return false
	}
	if p.words == "" {
		return true
	}
	return slices.ContainsFunc(lines, func(line string) bool {
		switch {
		case p.atStart && p.atEnd:
			return line == p.words
		case p.atStart:
			return strings.HasPrefix(line, p.words)
		case p.atEnd:
			return strings.HasSuffix(line, p.words)
		}
		return strings.Contains(line, p.words)
	})
}
