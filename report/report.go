package report

import (
	"ftpdiag/probe"
)

// Report is what there is to say about one examination. Its texts are plain
// sentences without control characters, whatever a server sent.
type Report struct {
	Examination *probe.Examination
	Verdict     Verdict
	Tone        Tone
	Badge       string    // what to do, or what is wrong, in two to four words
	Answer      string    // to "Passive mode required?"
	Headline    string    // the result and its main reason
	Why         []Reason  // at most three
	Actions     []Action  // one per person, in the order to be read
	Findings    []Finding // the primary one first, with those that another one explains

	// Wanted are the modes that the person demands. Empty: any one will do. It
	// changes what the formats for tests and monitoring call a failure.
	Wanted []probe.Mode

	story *story
}

// Finding is a conclusion with its words.
type Finding struct {
	probe.Finding
	Title  string // the result in a few words
	Detail string // the evidence and what it means
}

// Tone is the colour of the whole. Zero: works as it is.
type Tone uint8

const (
	ToneGood    Tone = iota // works as it is, or with the usual setting
	ToneCaution             // works, but something should be repaired, or nobody knows
	ToneBad                 // does not work
)

// New classifies an examination, decides the verdict and words it. It is pure:
// the same examination gives the same report.
func New(e *probe.Examination) *Report { return build(e, probe.Classify(e)) }

// build is New with the findings given.
func build(e *probe.Examination, findings []probe.Finding) *Report {
	c := newStory(e, findings)
	r := &Report{
		Examination: e,
		Verdict:     c.verdict,
		Tone:        c.tone(),
		Badge:       c.badge(),
		Answer:      c.answer(),
		Headline:    c.headline(),
		Why:         c.why(),
		Actions:     c.actions(),
		story:       c,
	}
	for _, f := range findings {
		w := c.say(f)
		r.Findings = append(r.Findings, Finding{Finding: f, Title: w.title, Detail: sentences(w.seen, w.means)})
	}
	return r
}

// sentences joins the texts that are not empty.
func sentences(texts ...string) string {
	all := ""
	for _, t := range texts {
		if t != "" && all != "" {
			all += " "
		}
		all += t
	}
	return all
}
