package scenarios

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"ftpdiag/probe"
)

// A script is what a server does at a cue, step after step: instead of its
// greeting, instead of the usual reply to a command, or on a data connection.
// A nil script means that it does what its style does.
type script []step

// step is one thing to do.
type step struct {
	do    action
	text  string        // what to send, escapes already resolved
	count int64         // how often, or how many bytes
	wait  time.Duration // how long to wait
}

// action is the kind of a step. Zero: none.
type action uint8

const (
	doReply   action = iota + 1 // send the text and CRLF
	doRaw                       // send the text alone
	doNormal                    // what the style does; on a data connection: the listing
	doUnsaid                    // what the style does, without a reply
	doWait                      // wait
	doSilence                   // say nothing, wait for the next command
	doFreeze                    // say nothing and read nothing any more, without closing
	doClose                     // end the connection in good order
	doReset                     // end it with a reset
	doTrickle                   // send the text one byte at a time, waiting after each
	doRepeat                    // send the text count times
	doEndless                   // send the text until the client is gone
	doFirst                     // send the first count bytes of the listing
	doAlways                    // send the text as reply to every command from now on
)

// words are the steps by their name in a file, with what follows the name.
var words = map[string]struct {
	do   action
	args string // n: a number, d: a duration, t: text to the end
}{
	"raw":     {doRaw, "t"},
	"normal":  {doNormal, ""},
	"unsaid":  {doUnsaid, ""},
	"wait":    {doWait, "d"},
	"silence": {doSilence, ""},
	"freeze":  {doFreeze, ""},
	"close":   {doClose, ""},
	"reset":   {doReset, ""},
	"trickle": {doTrickle, "dt"},
	"repeat":  {doRepeat, "nt"},
	"endless": {doEndless, "t"},
	"first":   {doFirst, "n"},
	"always":  {doAlways, "t"},
}

// parseScript reads steps divided by " | ". A step that begins with a digit is
// a reply.
func parseScript(s string) (script, error) {
	var all script
	for _, part := range strings.Split(s, " | ") {
		st, err := parseStep(part)
		if err != nil {
			return nil, err
		}
		all = append(all, st)
	}
	return all, nil
}

// welcomes tells whether the script answers with a positive completion: at USER
// or PASS that is a login (RFC 959 section 5.4).
func (sc script) welcomes() bool {
	for _, st := range sc {
		if (st.do == doReply || st.do == doRaw) && strings.HasPrefix(st.text, "2") {
			return true
		}
	}
	return false
}

func parseStep(s string) (step, error) {
	s = strings.TrimLeft(s, " ")
	if s != "" && s[0] >= '0' && s[0] <= '9' {
		text, err := unescape(s)
		return step{do: doReply, text: text}, err
	}
	word, rest, _ := strings.Cut(s, " ")
	form, known := words[strings.TrimSpace(word)]
	if !known {
		return step{}, fmt.Errorf("%q is neither a reply nor a step", s)
	}
	st := step{do: form.do}
	for _, arg := range form.args {
		var err error
		switch arg {
		case 't':
			st.text, err = unescape(rest)
			rest = ""
		case 'n':
			var n string
			n, rest, _ = strings.Cut(rest, " ")
			st.count, err = strconv.ParseInt(n, 10, 64)
		case 'd':
			var d string
			d, rest, _ = strings.Cut(rest, " ")
			st.wait, err = time.ParseDuration(d)
		}
		if err != nil {
			return step{}, fmt.Errorf("step %q: %w", s, err)
		}
	}
	if strings.TrimSpace(rest) != "" {
		return step{}, fmt.Errorf("step %q: nothing may follow %q", s, word)
	}
	return st, nil
}

// unescape resolves \r, \n, \t, \e (escape), \\ and \xHH, so that a file can
// hold every byte a hostile server may send.
func unescape(s string) (string, error) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			b.WriteByte(s[i])
			continue
		}
		i++
		if i == len(s) {
			return "", fmt.Errorf("backslash at the end of %q", s)
		}
		switch s[i] {
		case 'r':
			b.WriteByte('\r')
		case 'n':
			b.WriteByte('\n')
		case 't':
			b.WriteByte('\t')
		case 'e':
			b.WriteByte(0x1b)
		case '\\':
			b.WriteByte('\\')
		case 'x':
			if i+2 >= len(s) {
				return "", fmt.Errorf(`\x needs two digits in %q`, s)
			}
			v, err := strconv.ParseUint(s[i+1:i+3], 16, 8)
			if err != nil {
				return "", fmt.Errorf(`\x%s is no byte`, s[i+1:i+3])
			}
			b.WriteByte(byte(v))
			i += 2
		default:
			return "", fmt.Errorf(`unknown escape \%c`, s[i])
		}
	}
	return b.String(), nil
}

// cue says when a script replaces what the style does.
type cue struct {
	verb  string // upper case; "*" is any
	when  moment
	count int           // how often it applies; 0 is always
	lasts time.Duration // how long it applies from its first time on; 0 is for ever
	play  script
}

// moment narrows a cue down. Its fields are conditions that must all hold; the
// zero moment is any time.
type moment struct {
	mode    probe.Mode // the data connection that was prepared last
	tls     bool       // only under TLS
	clear   bool       // only in clear
	in, out bool       // only after the login, only before it

	unannounced bool // only if no PRET came since the last transfer
	also        bool // only on connections to the server's other control port
}

// parseCue reads what follows "on" in a key: a verb and conditions.
func parseCue(s string) (cue, error) {
	fields := strings.Fields(s)
	if len(fields) == 0 {
		return cue{}, fmt.Errorf("on: which command?")
	}
	c := cue{verb: strings.ToUpper(fields[0])}
	for i, f := range fields[1:] {
		if i > 0 && fields[i] == "for" {
			var err error
			if c.lasts, err = time.ParseDuration(f); err != nil {
				return cue{}, err
			}
			continue
		}
		switch f {
		case "for":
			if i+2 == len(fields) {
				return cue{}, fmt.Errorf("for: how long?")
			}
		case "active":
			c.when.mode = probe.Active
		case "passive":
			c.when.mode = probe.Passive
		case "tls":
			c.when.tls = true
		case "clear":
			c.when.clear = true
		case "in":
			c.when.in = true
		case "out":
			c.when.out = true
		case "unannounced":
			c.when.unannounced = true
		case "also":
			c.when.also = true
		case "once":
			c.count = 1
		default:
			return cue{}, fmt.Errorf("%q is no condition (active, passive, tls, clear, in, out, unannounced, also, once, for)", f)
		}
	}
	return c, nil
}
