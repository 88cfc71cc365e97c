package report

import (
	"slices"
	"strings"

	"ftpdiag/probe"
	"ftpdiag/probe/ftp"
)

// piece is a part of a sentence: our own words, or what a page sets apart as
// code.
type piece struct {
	Text string
	Code bool // a server's reply without its quotation marks, or a command line to copy
}

// pieces takes a sentence apart. A quoted reply stands in it exactly as quote
// has written it, and a command as it is given; whatever is missed stays
// ordinary text, which every page escapes too.
func (r *Report) pieces(sentence string, commands ...string) []piece {
	var list []piece
	add := func(text string, code bool) {
		if text != "" {
			list = append(list, piece{text, code})
		}
	}
	marked := slices.Concat(r.story.quotes(), commands)
	for sentence != "" {
		at, found := len(sentence), ""
		for _, m := range marked {
			if i := strings.Index(sentence, m); i >= 0 && m != "" && (i < at || i == at && len(m) > len(found)) {
				at, found = i, m
			}
		}
		add(sentence[:at], false)
		if slices.Contains(commands, found) {
			add(found, true)
		} else if found != "" {
			add(found[1:len(found)-1], true)
		}
		sentence = sentence[at+len(found):]
	}
	return list
}

// quotes lists every reply of the examination as it stands in sentences, each
// once.
func (c *story) quotes() []string {
	var list []string
	add := func(q string) {
		if q != "" && !slices.Contains(list, q) {
			list = append(list, q)
		}
	}
	exchanges := func(xs ...probe.Exchange) {
		for _, x := range xs {
			add(quote(x.Reply))
		}
	}
	for i := range c.e.Sessions {
		s := &c.e.Sessions[i]
		exchanges(s.Greeting, s.Auth, s.Feat, s.Syst, s.Stat, s.UTF8, s.Folder)
		exchanges(s.Protect...)
		exchanges(s.Login...)
		for j := range s.Attempts {
			exchanges(s.Attempts[j].Setup, s.Attempts[j].Transfer, s.Attempts[j].Final)
		}
		if s.TLS != nil && s.TLS.Alert != "" {
			add(`"` + ftp.CleanLimit(s.TLS.Alert, quoteLimit) + `"`)
		}
	}
	return list
}
