package ftp

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean makes bytes from a peer safe to be read by a person, on a terminal or
// in a file: it is the only function that does so. Text that is not UTF-8 is
// read as Latin-1, which names a character for every byte. Whatever does not
// show as itself is written as an escape: a tab as \t, line ends as \r and \n,
// other controls as \x1b, and direction controls, invisible characters, line
// separators and private characters as \u202e.
//
// A backslash stays a backslash. A server can therefore send the four
// characters \x1b and look as if it had sent an escape; that misleads nobody
// into anything, and in exchange Windows paths stay readable and cleaning twice
// changes nothing.
func Clean(s string) string { return clean(s, -1) }

// CleanLimit is Clean bounded to at most limit characters of output. A longer
// text is cut between characters, never inside an escape, and ends in
// "... (+123 more)" with the number of input characters left out; the remark
// is not counted. A negative limit is taken as zero.
func CleanLimit(s string, limit int) string { return clean(s, max(limit, 0)) }

// clean does the work; a negative limit is none.
func clean(s string, limit int) string {
	latin1 := !utf8.ValidString(s)
	var b strings.Builder
	used := 0
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if !latin1 {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		shown := show(r)
		used += utf8.RuneCountInString(shown)
		if limit >= 0 && used > limit {
			left := len(s) - i
			if !latin1 {
				left = utf8.RuneCountInString(s[i:])
			}
			fmt.Fprintf(&b, "... (+%d more)", left)
			break
		}
		b.WriteString(shown)
		i += size
	}
	return b.String()
}

// show returns the character itself if it is visible, else its escape.
func show(r rune) string {
	switch {
	case r == '\t':
		return `\t`
	case r == '\r':
		return `\r`
	case r == '\n':
		return `\n`
	case visible(r):
		return string(r)
	case r < 0x100:
		return fmt.Sprintf(`\x%02x`, r)
	case r < 0x10000:
		return fmt.Sprintf(`\u%04x`, r)
	}
	return fmt.Sprintf(`\U%08x`, r)
}

// visible tells whether the character shows as itself. Graphic characters
// exclude all controls, direction marks and embeddings, line and paragraph
// separators, the byte order mark, and the private and unassigned ones. The
// ignorable ones among the graphic (Hangul fillers, variation selectors, the
// grapheme joiner) would be invisible.
func visible(r rune) bool {
	return unicode.IsGraphic(r) &&
		!unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}
