package main

import (
	"os"
	"strings"
	"unicode/utf8"

	"ftpdiag/probe/ftp"
)

// complaint is an error the person can mend on the command line. Nothing was
// sent when one is raised.
type complaint struct {
	what   string   // what is wrong, with the person's own words in quotes
	advice []string // what to type instead, one line each; may be empty
}

// Error is the first line, without the program's name.
func (c *complaint) Error() string { return c.what }

// complain makes a complaint.
func complain(what string, advice ...string) error {
	return &complaint{what: what, advice: advice}
}

// messageWidth is the widest line of a message: an 80-column window minus the
// last cell, because the classic Windows console moves to the next row as soon
// as that one is written.
const messageWidth = 79

// quotedWidth is the most of a person's own words that a message repeats, in
// bytes. A character takes at most two cells and at least two bytes where it
// takes two, so that this many bytes always fit on a line.
const quotedWidth = 60

// quote shows the person's own words, cleaned and bounded. Nothing visible is
// escaped: a path keeps its backslashes.
func quote(s string) string { return `"` + clip(s) + `"` }

// clip bounds words that go into a message without quotes.
func clip(s string) string {
	if cleaned := ftp.Clean(s); len(cleaned) <= quotedWidth {
		return cleaned
	}
	// Half the room, because the remark "... (+123 more)" and wide characters
	// come on top.
	return ftp.CleanLimit(s, quotedWidth/3)
}

// quotePath shows the name of a file. What is left out of a long one is its
// beginning: the person looks for the file's own name, at the end.
func quotePath(path string) string { return `"` + clipPath(path) + `"` }

// clipPath bounds the name of a file, and cuts it between two folders if it can.
func clipPath(path string) string {
	if cleaned := ftp.Clean(path); len(cleaned) <= quotedWidth {
		return cleaned
	}
	const left = "..."
	start, whole := -1, utf8.ValidString(path)                               // bytes that are no text are cut anywhere
	for i := max(len(path)-(quotedWidth-len(left)), 0); i < len(path); i++ { // cleaning shortens nothing
		switch {
		case whole && !utf8.RuneStart(path[i]), len(ftp.Clean(path[i:])) > quotedWidth-len(left):
		case os.IsPathSeparator(path[i]) && i < len(path)-1:
			return left + ftp.Clean(path[i:])
		case start < 0:
			start = i
		}
	}
	return left + ftp.Clean(path[max(start, 0):])
}

// program begins every message, so that it is known for ours among the output of
// other programs.
const program = "ftpdiag:"

// message lays out one message in the shape all of them have: the program's
// name, what is to be said, and the advice two blanks in.
func message(what string, advice ...string) []string {
	return messageWithin(messageWidth, what, advice...)
}

// messageWithin is message for a narrower window.
func messageWithin(width int, what string, advice ...string) []string {
	lines := fold(program+" "+what, "  ", width)
	for _, text := range advice {
		lines = append(lines, fold("  "+text, "  ", width)...)
	}
	return lines
}

// fold breaks a text at blanks into lines of at most so many characters; all
// but the first begin with indent. A word longer than a line stays whole.
func fold(text, indent string, width int) []string {
	var lines []string
	line := ""
	for i, word := range strings.Split(text, " ") {
		switch {
		case i == 0:
			line = word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width:
			lines = append(lines, line)
			line = indent + word
		default:
			line += " " + word
		}
	}
	return append(lines, line)
}
