package report

import (
	"cmp"
	"slices"
	"strings"

	"ftpdiag/probe"
)

// contrast is one fact before and after.
type contrast struct {
	name, before, after string
	change              Change
	word                string // for the change
	main                bool   // shown even if it is the same
}

const absent = "-"

// contrasts lists the facts: the four that matter always, then the rest.
func (c *Comparison) contrasts() []contrast {
	b, a := c.Before.story, c.After.story
	login := contrast{name: "Login", before: lowerWord(b.loginRow()), after: lowerWord(a.loginRow()), change: b.stageChange(a), main: true}
	rows := []contrast{login.worded(a.loggedIn() != b.loggedIn())}
	for _, m := range []probe.Mode{probe.Passive, probe.Active} {
		row := contrast{name: modeName(m), before: b.modeText(m), after: a.modeText(m), change: b.modeChange(a, m), main: true}
		rows = append(rows, row.worded((b.modeRank(m) >= rankSome) != (a.modeRank(m) >= rankSome)))
	}
	result := contrast{name: "Result", before: c.Before.Result(), after: c.After.Result(), change: c.Change, main: true}
	rows = append(rows, result.worded(false))
	rows = append(rows, findingContrasts(c.Before, c.After)...)
	add := func(name, before, after string) {
		row := contrast{name: name, before: cmp.Or(before, absent), after: cmp.Or(after, absent), change: Same}
		if before != "" || after != "" {
			rows = append(rows, row.worded(false))
		}
	}
	add("Address", addrText(b.server()), addrText(a.server()))
	add("Software", softwareOf(b.lead), softwareOf(a.lead))
	add("Encryption", b.encryption(), a.encryption())
	add("This computer", addrText(b.client()), addrText(a.client()))
	add("Server sees", seenAs(b, probe.Finding{}), seenAs(a, probe.Finding{}))
	return rows
}

// worded says what became of the fact. A fact that turned from bad to good or
// back gets a stronger word.
func (r contrast) worded(turned bool) contrast {
	switch {
	case r.change == Better && turned:
		r.word = "FIXED"
	case r.change == Better:
		r.word = "BETTER"
	case r.change == Worse && turned:
		r.word = "BROKEN"
	case r.change == Worse:
		r.word = "WORSE"
	case r.change == ChangeUnknown:
		r.word = "unknown"
	case r.plain(r.before) != r.plain(r.after):
		r.word = "changed"
	default:
		r.word = "same"
	}
	return r
}

// plain is a fact of a mode without its port: that differs each time.
func (r contrast) plain(text string) string {
	if !r.main {
		return text
	}
	before, _, _ := strings.Cut(text, " (")
	return before
}

func lowerWord(r row) string { return strings.ToLower(r.word) }

// modeText is a mode in a few words: "no answer (50112)", or, where its
// commands differ, "EPSV works, PASV refused".
func (c *story) modeText(m probe.Mode) string {
	rows := c.modeRows(m, c.all, modeName(m))
	if len(rows) == 1 {
		text := lowerWord(rows[0])
		if rows[0].port != "" && m == probe.Passive {
			text += " (" + rows[0].port + ")"
		}
		return text
	}
	var parts []string
	for _, r := range rows {
		parts = append(parts, r.label+" "+lowerWord(r))
	}
	return strings.Join(parts, ", ")
}

// encryption is the version of TLS on the control connection.
func (c *story) encryption() string {
	switch {
	case c.lead == nil:
		return ""
	case c.lead.TLS == nil || c.lead.TLS.Version == "":
		return "none"
	default:
		return *text(c.lead.TLS.Version)
	}
}

// findingContrasts lists the findings that stand in one report only, and then
// those that stand in both.
func findingContrasts(before, after *Report) []contrast {
	name := func(f probe.Finding) string { return f.Code.Number() + " " + f.Code.String() }
	var gone, fresh, both []contrast
	b, a := before.story.shownFindings(), after.story.shownFindings()
	has := func(list []probe.Finding, code probe.Code) bool {
		return slices.ContainsFunc(list, func(f probe.Finding) bool { return f.Code == code })
	}
	for _, f := range b {
		row := contrast{name: "Finding", before: name(f), after: absent, word: "gone"}
		if has(a, f.Code) {
			row.after, row.word, row.change = name(f), "same", Same
			both = appendOnce(both, row)
			continue
		}
		gone = appendOnce(gone, row)
	}
	for _, f := range a {
		if !has(b, f.Code) {
			fresh = appendOnce(fresh, contrast{name: "Finding", before: absent, after: name(f), word: "new"})
		}
	}
	return slices.Concat(gone, fresh, both)
}

// appendOnce leaves out a row that is there already: a finding may stand in a
// report for each mode.
func appendOnce(rows []contrast, row contrast) []contrast {
	if slices.Contains(rows, row) {
		return rows
	}
	return append(rows, row)
}

// headline says what became better or worse, and from what.
func (c *Comparison) headline() string {
	b, a := c.Before.story, c.After.story
	if c.Change == Same {
		if c.Before.Result() != c.After.Result() {
			return "Neither better nor worse: " + c.Before.Result() + " before, " + c.After.Result() + " now."
		}
		return "The result is the same: " + c.After.Result() + "."
	}
	if change := b.stageChange(a); change != Same {
		if change == ChangeUnknown {
			return "A check was stopped before its login, so nobody knows."
		}
		return sentences(turn("Login", b.loginRow().word, a.loginRow().word))
	}
	var said []string
	for _, want := range []Change{c.Change, ChangeUnknown, Same, Better, Worse} {
		for _, m := range []probe.Mode{probe.Passive, probe.Active} {
			if change := b.modeChange(a, m); change == want && change >= Better {
				if text := turn(modeName(m)+" mode", b.modePhrase(m), a.modePhrase(m)); !slices.Contains(said, text) {
					said = append(said, text)
				}
			}
		}
	}
	if len(said) == 0 {
		return "No mode was tested by both checks, so nobody knows."
	}
	return sentences(said...)
}

// modePhrase is the state of a mode, as a word of the picture or a predicate.
func (c *story) modePhrase(m probe.Mode) string {
	switch {
	case c.mode(m).Status == probe.Unreliable:
		return phraseSometimes
	case c.mode(m).Status == probe.Works && len(c.failed(m)) > 0:
		return phraseOnly + join(verbs(c.worked(m))) + " only"
	}
	rows := c.modeRows(m, c.all, modeName(m))
	if len(rows) == 1 {
		return rows[0].word
	}
	return phraseFails
}

const (
	phraseSometimes = "works only sometimes"
	phraseOnly      = "works with "
	phraseFails     = "does not work"
)

// predicates are the result words as verbs, now and before.
var predicates = map[string][2]string{
	wordOK:          {"works", "worked"},
	wordWorks:       {"works", "worked"},
	wordBlocked:     {"is blocked", "was blocked"},
	wordNoAnswer:    {"gets no answer", "got no answer"},
	wordRefused:     {"is refused", "was refused"},
	wordWrongAddr:   {"gets a wrong address", "got a wrong address"},
	wordCutOff:      {"is cut off", "was cut off"},
	wordDenied:      {"is denied", "was denied"},
	wordNotFTP:      {"meets no FTP server", "met no FTP server"},
	wordUnreadable:  {"gets an unreadable answer", "got an unreadable answer"},
	wordNotTested:   {"was not reached", "was not reached"},
	phraseSometimes: {phraseSometimes, "worked only sometimes"},
	phraseFails:     {phraseFails, "did not work"},
}

// turn is a sentence about what changed.
func turn(subject, before, after string) string {
	predicate := func(word string, past int) string {
		if p, ok := predicates[word]; ok {
			return p[past]
		}
		if rest, ok := strings.CutPrefix(word, phraseOnly); ok && past == 1 {
			return "worked with " + rest
		}
		return word
	}
	now := predicate(after, 0)
	if b := predicate(before, 1); b != predicate(after, 1) {
		return subject + " " + now + " now; it " + b + " before."
	}
	return subject + " " + now + " now."
}
