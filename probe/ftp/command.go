package ftp

import (
	"errors"
	"fmt"
	"strings"
)

// Command is one command line. The zero Command is no command; AppendTo refuses
// it.
type Command struct {
	Verb string // "PORT"; sent as given
	Arg  string // empty if the command has none
}

// iac is the byte that begins a telnet command; as data it is sent twice
// (RFC 854, RFC 959 section 3.3).
const iac = 0xFF

// String returns the line as a person may see it: "PORT 10,0,0,1,4,1". The
// arguments of PASS and ACCT are secrets and are shown as eight asterisks,
// whatever their length. It is not cleaned.
func (c Command) String() string {
	switch {
	case c.Arg == "":
		return c.Verb
	case c.secret():
		return c.Verb + " ********"
	}
	return c.Verb + " " + c.Arg
}

// secret tells whether the argument must never be shown.
func (c Command) secret() bool {
	return strings.EqualFold(c.Verb, "PASS") || strings.EqualFold(c.Verb, "ACCT")
}

// AppendTo appends the line as it goes over the wire, CRLF at its end. It
// refuses CR, LF and NUL, with which an argument could carry a second command,
// and an empty verb; the error names the byte and never quotes the argument.
// On an error b is returned unchanged.
//
// The line must reach the network in one write: the Linux connection tracking
// helper drops a PORT that arrives in two pieces and freezes the connection
// (measured).
func (c Command) AppendTo(b []byte) ([]byte, error) {
	if c.Verb == "" {
		return b, errors.New("ftp: command without a verb")
	}
	if name := forbidden(c.Verb); name != "" {
		return b, fmt.Errorf("ftp: verb contains %s", name)
	}
	if name := forbidden(c.Arg); name != "" {
		return b, fmt.Errorf("ftp: argument of %s contains %s", c.Verb, name)
	}
	b = appendEscaped(b, c.Verb)
	if c.Arg != "" {
		b = append(b, ' ')
		b = appendEscaped(b, c.Arg)
	}
	return append(b, '\r', '\n'), nil
}

// forbidden names the first byte of s that would end the line early.
func forbidden(s string) string {
	for i := range len(s) {
		switch s[i] {
		case '\r':
			return "a carriage return (CR)"
		case '\n':
			return "a line feed (LF)"
		case 0:
			return "a NUL byte"
		}
	}
	return ""
}

// appendEscaped appends s with every IAC byte doubled.
func appendEscaped(b []byte, s string) []byte {
	for i := range len(s) {
		if s[i] == iac {
			b = append(b, iac)
		}
		b = append(b, s[i])
	}
	return b
}
