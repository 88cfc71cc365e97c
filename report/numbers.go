package report

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"ftpdiag/probe"
	"ftpdiag/probe/ftp"
)

// span writes a duration as people read it: milliseconds below 0.1 s, then
// seconds with at most one decimal.
func span(d time.Duration) string {
	if d < 100*time.Millisecond {
		return fmt.Sprintf("%d ms", max(d.Milliseconds(), 1))
	}
	return strings.TrimSuffix(strconv.FormatFloat(d.Seconds(), 'f', 1, 64), ".0") + " s"
}

// count writes a number with its noun.
func count(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.FormatInt(n, 10) + " " + many
}

// Entries is how many entries a folder list has, in words.
func Entries(n int) string { return entries(n) }

func entries(n int) string { return count(int64(n), "entry", "entries") }

// quoteLimit bounds a quoted reply, so that three of them still leave room for
// the advice. The whole reply stands in the dialogue.
const quoteLimit = 120

// quote writes a server's reply, cleaned and in quotation marks; empty if
// there is none.
func quote(r ftp.Reply) string {
	if r.Empty() {
		return ""
	}
	return `"` + ftp.CleanLimit(r.String(), quoteLimit) + `"`
}

// join writes a list as a sentence does.
func join(items []string) string {
	switch len(items) {
	case 0:
		return ""
	case 1:
		return items[0]
	default:
		return strings.Join(items[:len(items)-1], ", ") + " and " + items[len(items)-1]
	}
}

// verbs writes methods as the commands they are.
func verbs(methods []probe.Method) []string {
	var names []string
	for _, m := range methods {
		names = append(names, strings.ToUpper(m.String()))
	}
	return names
}

// modeName is the mode at the start of a sentence.
func modeName(m probe.Mode) string {
	switch m {
	case probe.Active:
		return "Active"
	case probe.Passive:
		return "Passive"
	default:
		return "The data connection"
	}
}

// port writes a port number; empty for none.
func port(n uint16) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(int(n))
}

// upperFirst and lowerFirst change the first letter, which is ASCII in every
// text of the tables.
func upperFirst(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func lowerFirst(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToLower(s[:1]) + s[1:]
}
