package report

import (
	"slices"
	"strings"

	"ftpdiag/probe"
	"ftpdiag/probe/ftp"
)

// command is the command line that repeats this check, with more options. An
// option given here replaces the one of the run. A demo is repeated as such; it
// takes no options of a check, so that with them the line says what to do about
// a real server.
func (c *story) command(more ...string) string {
	t := c.e.Target
	words := []string{"ftpdiag"}
	if c.context.Demo != "" && len(more) == 0 {
		return "ftpdiag demo " + shellQuote(c.context.Demo)
	}
	option := func(name, value string) {
		if value != "" && !slices.Contains(more, name) {
			words = append(words, name, shellQuote(value))
		}
	}
	for _, m := range more {
		words = append(words, shellQuote(m))
	}
	if !t.Anonymous() {
		option("--user", t.User)
		if t.PublicName() {
			option("--password-file", "FILE") // nobody is asked for the password of a public name
		}
	}
	if t.Port != 21 && t.Port != 0 && !(t.TLS == probe.TLSImplicit && t.Port == 990) {
		option("--port", port(t.Port))
	}
	option("--path", t.Path)
	if t.TLS != probe.TLSAuto {
		option("--tls", t.TLS.String())
	}
	return strings.Join(append(words, shellQuote(t.Host)), " ")
}

// shellQuote makes a word safe to paste into a shell: single quotes around
// everything but the plain characters of names and addresses.
func shellQuote(word string) string {
	word = ftp.Clean(word)
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-._/:@%+,", r)
	}
	if word != "" && !strings.ContainsFunc(word, func(r rune) bool { return !plain(r) }) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
