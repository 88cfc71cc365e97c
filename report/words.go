package report

import (
	"slices"

	"ftpdiag/probe"
)

// wording is everything the report says about one finding, as templates (see
// fill.go). An empty text is one that is not said.
type wording struct {
	title string // the result in two to six words: "Active is blocked."
	seen  string // the evidence, with numbers and quotes
	means string // what it means, where there is room for it
	head  string // the sentence for the headline

	user, network, server string   // what each person does about it, beginning with a verb
	commands              []string // command lines within user, which must not be broken
	idle                  string   // said to the network admin instead of "Nothing to change." where only the others act
}

// variant is a wording that replaces the usual one where it applies. Empty
// fields keep the usual text; noText empties one.
type variant struct {
	when func(*story, probe.Finding) bool
	wording
}

// noText in a variant says that nothing is said.
const noText = "\x00"

// words returns the templates for a finding, the variants applied.
func (c *story) words(f probe.Finding) wording {
	var w wording
	for _, table := range []map[probe.Code]wording{activeWords, passiveWords, deviceWords, dataWords, loginWords, reachWords, toolWords} {
		if row, ok := table[f.Code]; ok {
			w = row
		}
	}
	for _, v := range slices.Concat(modeVariants[f.Code], sessionVariants[f.Code]) {
		if v.when(c, f) {
			override(&w.title, v.title)
			override(&w.seen, v.seen)
			override(&w.means, v.means)
			override(&w.head, v.head)
			override(&w.user, v.user)
			override(&w.network, v.network)
			override(&w.server, v.server)
			override(&w.idle, v.idle)
			if v.commands != nil {
				w.commands = v.commands
			}
		}
	}
	return w
}

func override(text *string, by string) {
	switch by {
	case "":
	case noText:
		*text = ""
	default:
		*text = by
	}
}

// say fills in the templates of a finding.
func (c *story) say(f probe.Finding) wording {
	w := c.words(f)
	filled := wording{
		title: c.fill(w.title, f), seen: c.fill(w.seen, f), means: c.fill(w.means, f), head: c.fill(w.head, f),
		user: c.fill(w.user, f), network: c.fill(w.network, f), server: c.fill(w.server, f), idle: c.fill(w.idle, f),
	}
	for _, command := range w.commands {
		filled.commands = append(filled.commands, c.fill(command, f))
	}
	return filled
}

// Conditions of the variants.

func byParty(parties ...probe.Party) func(*story, probe.Finding) bool {
	return func(_ *story, f probe.Finding) bool { return slices.Contains(parties, f.Party) }
}

func bySeverity(s probe.Severity) func(*story, probe.Finding) bool {
	return func(_ *story, f probe.Finding) bool { return f.Severity == s }
}

func anonymous(c *story, _ probe.Finding) bool { return c.e.Target.Anonymous() }

func inMode(m probe.Mode) func(*story, probe.Finding) bool {
	return func(_ *story, f probe.Finding) bool { return modeOf(f) == m }
}
