package ftp

import (
	"bytes"
	"unicode/utf8"
)

// assembly builds one reply line by line. The zero value awaits the first line.
// It depends on the bytes alone, never on how they were cut into segments.
type assembly struct {
	reply Reply
	lines int  // lines seen, blank ones before the reply included
	many  bool // the first line announced more (RFC 959 section 4.2: code, hyphen)
}

// add takes one line with its line end. It reports whether the reply is
// complete; an error ends the reply, too.
func (a *assembly) add(line []byte) (done bool, err error) {
	a.lines++
	text := a.text(line)
	switch {
	case a.many:
		done = a.inner(text)
	case len(text) == 0:
		// Some address translators send blank lines; they belong to nothing.
		a.reply.note(QuirkBlankLine)
	default:
		done, err = a.first(text)
	}
	if !done && err == nil && a.lines == MaxLines {
		a.unfinished()
		err = ErrTooManyLines
	}
	return done, err
}

// first takes the line that carries the code.
func (a *assembly) first(text []byte) (done bool, err error) {
	code, ok := codeOf(text)
	if !ok {
		a.reply.Lines = append(a.reply.Lines, string(text))
		return false, ErrNotReply
	}
	a.reply.Code = code
	a.many = len(text) > 3 && text[3] == '-'
	a.push(text)
	return !a.many, nil
}

// inner takes a further line of a reply of many lines. Only the same code with
// a blank ends it: an inner line may begin with digits, a hyphen or blanks, and
// with a different code as well. The bare code ends it, too; as text it would
// have no sense, and to wait for more would be to wait for ever.
func (a *assembly) inner(text []byte) (done bool) {
	code, ok := codeOf(text)
	switch {
	case ok && code == a.reply.Code && (len(text) == 3 || text[3] == ' '):
		a.push(text)
		return true
	case ok && code == a.reply.Code && text[3] == '-':
		a.push(text)
	default:
		a.reply.Lines = append(a.reply.Lines, string(text))
	}
	return false
}

// push appends the text behind the code and the byte that follows it.
func (a *assembly) push(text []byte) {
	switch {
	case len(text) > 3 && (text[3] == ' ' || text[3] == '-'):
		text = text[4:]
	default:
		a.reply.note(QuirkMissingBlank)
		text = text[3:]
	}
	a.reply.Lines = append(a.reply.Lines, string(text))
}

// cut takes the rest that has no line end because the stream or the limit
// ended there. The reply is then what there was.
func (a *assembly) cut(rest []byte) {
	if len(rest) > 0 {
		a.reply.note(QuirkNoLineEnd)
		text := a.text(rest)
		if a.many {
			a.inner(text)
		} else if len(text) > 0 {
			_, _ = a.first(text) // the caller has an error that says more
		}
	}
	a.unfinished()
}

// unfinished notes that the reply of many lines lacks its end.
func (a *assembly) unfinished() {
	if a.many {
		a.reply.note(QuirkBadMultilineEnd)
	}
}

// text returns the line without line end and telnet commands, cut at MaxLine,
// and notes what deviates.
func (a *assembly) text(line []byte) []byte {
	line, ended := bytes.CutSuffix(line, []byte{'\n'})
	bare := bytes.TrimRight(line, "\r")
	if ended {
		switch len(line) - len(bare) {
		case 0:
			a.reply.note(QuirkBareLF)
		case 1:
		default:
			a.reply.note(QuirkExtraCR)
		}
	}
	text := a.plain(bare)
	if len(text) > MaxLine {
		a.reply.note(QuirkLongLine)
		text = text[:MaxLine]
	}
	for _, c := range text {
		if c < ' ' && c != '\t' || c == 0x7F {
			a.reply.note(QuirkControlBytes)
		}
		if c >= utf8.RuneSelf {
			a.reply.note(QuirkEightBit)
		}
	}
	return text
}

// Telnet's commands (RFC 854): IAC and 240 to 249 are two bytes long, 251 to
// 254 (WILL, WONT, DO, DONT) carry an option, 250 begins a subnegotiation that
// ends in IAC 240.
const (
	telnetSE   = 240
	telnetSB   = 250
	telnetWill = 251
)

// plain removes telnet commands. IAC IAC is one byte of data; an IAC before
// anything else is no command but the Latin-1 letter.
func (a *assembly) plain(line []byte) []byte {
	if bytes.IndexByte(line, iac) < 0 {
		return line
	}
	var text []byte
	for len(line) > 0 {
		n := telnetCommand(line)
		switch {
		case n > 0:
			a.reply.note(QuirkTelnetBytes)
			line = line[n:]
		case len(line) > 1 && line[0] == iac && line[1] == iac:
			a.reply.note(QuirkTelnetBytes)
			text, line = append(text, iac), line[2:]
		default:
			text, line = append(text, line[0]), line[1:]
		}
	}
	return text
}

// telnetCommand returns the length of the telnet command at the start of the
// line, 0 if there is none. One that is cut off by the end of the line counts
// as far as it goes.
func telnetCommand(line []byte) int {
	if len(line) < 2 || line[0] != iac || line[1] < telnetSE || line[1] == iac {
		return 0
	}
	switch {
	case line[1] == telnetSB:
		if end := bytes.Index(line, []byte{iac, telnetSE}); end >= 0 {
			return end + 2
		}
		return len(line)
	case line[1] >= telnetWill:
		return min(3, len(line))
	}
	return 2
}
