package programs

import "strings"

// macroLine is one command of a macro init of a netrc file.
type macroLine struct {
	host  string // of the entry; empty: the default entry, or before any
	words []string
	line  int
	first bool // of its macro
}

// netrcMacros finds the commands of the macros called init. A macro ends with
// an empty line. Names, passwords and accounts are passed over with the words
// before them, so that none is taken for a command.
func netrcMacros(text string) (found []macroLine) {
	host, wants := "", "" // what the next word is
	macro, inMacro, first := "", false, false
	for n, line := range lines(text) {
		if inMacro {
			words := strings.Fields(line)
			if len(words) == 0 {
				inMacro = false
			} else if macro == "init" {
				found = append(found, macroLine{host, words, n, first})
				first = false
			}
			continue
		}
		for _, word := range strings.Fields(line) {
			switch {
			case wants == "machine":
				host, wants = word, ""
			case wants == "macdef":
				macro, inMacro, first, wants = word, true, true, ""
			case wants != "":
				wants = ""
			case strings.HasPrefix(word, "#"):
				wants = "rest"
			case word == "default":
				host = ""
			case word == "machine" || word == "login" || word == "password" || word == "account" || word == "macdef":
				wants = word
			}
			if wants == "rest" || inMacro {
				break
			}
		}
		if wants == "rest" {
			wants = ""
		}
	}
	return found
}
