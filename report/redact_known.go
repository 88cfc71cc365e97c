package report

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// knownName is a name that the examination gave, and not only a server's text.
type knownName struct {
	text, by string
	anyCase  bool
	marked   bool // only where something marks it as a folder: it may be an ordinary word
}

// replace puts the placeholder wherever the name is a word of its own, and not
// a part of a longer one.
func (k knownName) replace(s string) string {
	within, sought := s, k.text
	if k.anyCase {
		within, sought = lowerASCII(s), lowerASCII(k.text)
	}
	var b strings.Builder
	for start := 0; ; {
		i := strings.Index(within[start:], sought)
		if i < 0 {
			b.WriteString(s[start:])
			return b.String()
		}
		i += start
		end := i + len(sought)
		if k.standsAlone(s[:i], s[end:]) {
			b.WriteString(s[start:i] + k.by)
		} else {
			b.WriteString(s[start:end])
		}
		start = end
	}
}

// standsAlone tells whether the name is meant between these texts.
func (k knownName) standsAlone(before, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(after)
	switch {
	case before != "" && wordRune(last), after != "" && wordRune(next):
		return false
	case !k.marked:
		return true
	default:
		whole := before == "" && after == ""
		return whole || strings.HasSuffix(before, "CWD ") || strings.ContainsRune(`/"'`, last) || next == ':'
	}
}

// lowerASCII changes no text's length, as other letters could.
func lowerASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
