package ftp

import (
	"regexp"
	"strconv"
	"strings"
)

// wording is one row of the tables of words: how a program, or a device on the
// way, says something.
type wording struct {
	program string // as [Software] names it, or its beginning; of a device: what it is called
	codes   string // the beginnings of its codes, with blanks between them; of a refusal empty: words that anybody may use, which show nothing about another
	words   string // the whole line, in lower case and without the full stop at its end; * is anything, ~ one word
	source  string // as in the table of texts
}

// OtherWords tells whether a lasting refusal (5yz) of PORT, EPRT, PASV or EPSV is in
// words that a server program never uses, whatever is switched off, and another
// program or a device on the way does. It is false for programs whose refusals
// are not all known, for words that nobody is known to use, and where the two
// differ in nothing but code, capitals or a full stop.
func OtherWords(software string, r Reply) bool {
	if !r.Code.Permanent() || len(r.Lines) != 1 || !wholly(software) {
		return false
	}
	line, other := plainly(r.Lines[0]), false
	for _, w := range refusalWords {
		if !w.matches(line) {
			continue
		}
		if strings.HasPrefix(software, w.program) {
			return false
		}
		other = other || startsWithAny(r.Code, w.codes)
	}
	return other
}

// OwnWords counts the different texts among some replies that are a program's own
// word for word: a server whose name is only borrowed, or whose texts were changed,
// has few of them.
func OwnWords(software string, replies ...Reply) int {
	n := 0
	for _, w := range ownWords {
		if strings.HasPrefix(software, w.program) && w.saidIn(replies) {
			n++
		}
	}
	return n
}

// wholly tells whether every refusal of a program's is in the table.
func wholly(software string) bool {
	for _, p := range whollyKnown {
		if strings.HasPrefix(software, p) {
			return true
		}
	}
	return false
}

// saidIn tells whether a line of some replies is in these words.
func (w wording) saidIn(replies []Reply) bool {
	for _, r := range replies {
		for _, line := range r.Lines {
			if startsWithAny(r.Code, w.codes) && w.matches(plainly(line)) {
				return true
			}
		}
	}
	return false
}

// matches compares a plain line with the words.
func (w wording) matches(line string) bool {
	return patternsOf[w.words].MatchString(line)
}

// patternsOf are the words of both tables made ready.
var patternsOf = func() map[string]*regexp.Regexp {
	made := map[string]*regexp.Regexp{}
	open := strings.NewReplacer(`\*`, `.*`, `~`, `[a-z0-9]+`)
	for _, table := range [][]wording{refusalWords, ownWords} {
		for _, w := range table {
			made[w.words] = regexp.MustCompile(`^` + open.Replace(regexp.QuoteMeta(w.words)) + `$`)
		}
	}
	return made
}()

// plainly is a line as the tables write it: blanks, capitals and a full stop are no
// difference between two programs.
func plainly(line string) string {
	return strings.TrimSpace(strings.TrimRight(strings.TrimSpace(strings.ToLower(line)), ".!"))
}

// startsWithAny tells whether a code has one of the beginnings.
func startsWithAny(code Code, beginnings string) bool {
	for _, b := range strings.Fields(beginnings) {
		if strings.HasPrefix(strconv.Itoa(int(code)), b) {
			return true
		}
	}
	return false
}
