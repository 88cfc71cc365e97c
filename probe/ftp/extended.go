package ftp

import (
	"fmt"
	"strings"
)

// longestField is the most that is read of a field that ought to be empty: an
// IPv6 address with an IPv4 tail in full.
const longestField = len("ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255")

// findExtended reads the form of a 229 (RFC 2428 section 3): three delimiters,
// a port, a delimiter, in parentheses. The last such form of the text counts.
//
// Behind an opening parenthesis any printable delimiter is taken, a protocol
// and an address between the delimiters, which have no business there, are
// ignored, and the last delimiter may be missing. Elsewhere only the bar is
// read as generously: with other delimiters every version number and every
// dotted address would be an endpoint.
func findExtended(text string) (Endpoint, error) {
	failed, reason := Endpoint{}, fmt.Errorf("%w: no delimited port", ErrNoEndpoint)
	for i := len(text) - 1; i >= 0; i-- {
		if !delimits(text[i]) || text[i] == '(' || text[i] == ')' {
			continue
		}
		x, ok := extendedAt(text[i:])
		if !ok || !x.plain && text[i] != '|' && !opened(text, i) {
			continue
		}
		e := Endpoint{Quirks: x.quirks}
		if x.port > 65535 {
			e.note(QuirkPortOverflow)
			failed, reason = e, fmt.Errorf("%w: port above 65535", ErrNoEndpoint)
			continue
		}
		e.Port = uint16(x.port)
		if !enclosed(text, i, i+x.end) {
			e.note(QuirkNoParentheses)
		}
		return e, nil
	}
	return failed, reason
}

// extended is the form of a 229 as read.
type extended struct {
	port   int  // at most overflow
	end    int  // where the form ends
	plain  bool // empty fields, all four delimiters, none of them a letter
	quirks []Quirk
}

// extendedAt reads delimiter, protocol, delimiter, address, delimiter, port,
// delimiter at the start of the text.
func extendedAt(text string) (extended, bool) {
	delimiter := text[0]
	x := extended{end: 1, plain: !letter(delimiter)}
	if delimiter != '|' {
		x.quirks = append(x.quirks, QuirkOddDelimiter)
	}
	// Protocol and address, both empty by the standard.
	for _, filled := range [...]Quirk{QuirkProtocolInEPSV, QuirkAddressInEPSV} {
		rest := text[x.end:min(len(text), x.end+longestField+1)]
		n := strings.IndexByte(rest, delimiter)
		if n < 0 || strings.Trim(rest[:n], "0123456789abcdefABCDEF:.") != "" {
			return extended{}, false
		}
		if n > 0 {
			x.quirks = append(x.quirks, filled)
			x.plain = false
		}
		x.end += n + 1
	}
	from := x.end
	for x.end < len(text) && digit(text[x.end]) {
		x.port = min(x.port*10+int(text[x.end]-'0'), overflow)
		x.end++
	}
	if x.end == from {
		return extended{}, false
	}
	if x.end < len(text) && text[x.end] == delimiter {
		x.end++
	} else {
		x.quirks = append(x.quirks, QuirkMissingDelimiter)
		x.plain = false
	}
	return x, true
}

// opened tells whether an opening parenthesis stands before text[i], blanks
// aside.
func opened(text string, i int) bool {
	return strings.HasSuffix(strings.TrimRight(text[:i], " "), "(")
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
