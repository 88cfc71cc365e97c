package report

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"ftpdiag/probe"
	"ftpdiag/report/remedies"
)

// Subject is something that can be explained: a finding, how to use a mode, or
// a program with its settings. The zero value is no subject.
type Subject struct {
	code      probe.Code
	topic     string
	component *remedies.Component
}

// FindSubject looks up what a person calls by its number or id (F201,
// active-blocked, in any case, with _ for -), as a mode (passive, active), or by
// the name of a program.
func FindSubject(word string) (Subject, bool) {
	word = strings.ReplaceAll(strings.ToLower(strings.TrimSpace(word)), "_", "-")
	for _, code := range probe.Codes() {
		if word == strings.ToLower(code.Number()) || word == code.String() {
			return Subject{code: code}, true
		}
	}
	if slices.Contains(modeTopics, word) {
		return Subject{topic: word}, true
	}
	if c := remedies.Find(word); c != nil {
		return Subject{component: c}, true
	}
	return Subject{}, false
}

// Write explains the subject. It returns the writer's error.
func (s Subject) Write(w io.Writer, r Reader) error {
	switch {
	case s.code != 0:
		return writeFinding(w, s.code, r)
	case s.topic != "":
		return writeMode(w, s.topic, r)
	default:
		return writeComponent(w, s.component, r)
	}
}

// IsProgram tells whether the subject is a program, server or firewall, for
// which a reader's program means nothing.
func (s Subject) IsProgram() bool { return s.component != nil }

// SubjectWords lists the words that FindSubject knows, of findings their ids.
func SubjectWords() []string {
	var words []string
	for _, code := range probe.Codes() {
		words = append(words, code.String())
	}
	words = append(words, modeTopics...)
	for _, kind := range []remedies.Kind{remedies.Client, remedies.Server, remedies.Firewall, remedies.Cloud} {
		words = append(words, componentIDs(kind)...)
	}
	return words
}

// Clients lists the ids of the FTP programs whose settings are known.
func Clients() []string { return componentIDs(remedies.Client) }

func componentIDs(kind remedies.Kind) []string {
	var ids []string
	for _, c := range remedies.Components(kind) {
		ids = append(ids, c.ID)
	}
	return ids
}

// NearestFinding names the finding, by number and id, whose number is nearest to
// one that no finding has, within its family; empty if the word is no number.
// Letters after the digits do not count.
func NearestFinding(word string) string {
	digits, ok := strings.CutPrefix(strings.ToLower(word), "f")
	if end := strings.IndexFunc(digits, func(r rune) bool { return r < '0' || r > '9' }); end >= 0 {
		digits = digits[:end]
	}
	n, err := strconv.Atoi(digits)
	if !ok || err != nil || len(digits) != 3 {
		return ""
	}
	best, found := 100, probe.Code(0)
	for _, code := range probe.Codes() {
		apart := max(n-int(code), int(code)-n)
		if int(code)/100 == n/100 && apart < best {
			best, found = apart, code
		}
	}
	if found == 0 {
		return ""
	}
	return found.Number() + " " + found.String()
}
