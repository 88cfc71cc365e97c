package probe

import (
	"strings"
	"time"
	"unicode/utf8"

	"ftpdiag/probe/ftp"
)

// Limits of what is kept of one reply in the timeline. The whole reply, up to
// the reader's own limits, is kept with its exchange.
const (
	shownLines = 20  // lines of a multi-line reply
	shownRunes = 400 // characters of a line
)

// elapsed is the time since the examination began.
func (x *examiner) elapsed() time.Duration { return time.Since(x.start) }

// note records an event and returns its number.
func (x *examiner) note(ev Event) int { return x.record(ev).N }

// record records an event and returns it with its number and time.
func (x *examiner) record(ev Event) Event {
	ev.Text = ftp.CleanLimit(x.scrub(ev.Text), shownRunes)
	x.mu.Lock()
	defer x.mu.Unlock()
	ev.N = len(x.exam.Events) + 1
	ev.At = x.elapsed()
	x.exam.Events = append(x.exam.Events, ev)
	if x.observe != nil {
		x.observe(ev)
	}
	return ev
}

// say tells whoever watches what is asked, or waited for, from now on. That is no fact
// about anybody: it gets no number and is not kept.
func (x *examiner) say(ev Event) {
	ev.Direction, ev.Channel, ev.Text = Note, Control, ftp.CleanLimit(ev.Text, shownRunes)
	x.mu.Lock()
	defer x.mu.Unlock()
	ev.At = x.elapsed()
	if x.observe != nil {
		x.observe(ev)
	}
}

// asks says which question is asked now.
func (x *examiner) asks(e Experiment) {
	x.say(Event{Step: StepFollowUp, Text: "question: " + e.Question})
}

// pauses says how long nothing is done, and why.
func (x *examiner) pauses(d time.Duration, why string) {
	x.say(Event{Step: StepFollowUp, Waits: true, Text: "waiting " + seconds(d) + " " + why})
}

// noteReply records what arrived of a reply, one event per line, and returns
// the number of the last.
func (x *examiner) noteReply(session int, step Step, r ftp.Reply) []int {
	var ns []int
	for i, line := range r.Lines {
		if i == shownLines && len(r.Lines) > shownLines+1 && i != len(r.Lines)-1 {
			ns = append(ns, x.note(Event{Session: session, Step: step, Direction: Note, Channel: Control,
				Text: "further lines of this reply are not shown"}))
		}
		if i >= shownLines && i != len(r.Lines)-1 {
			continue
		}
		ev := Event{Session: session, Step: step, Direction: Receive, Channel: Control, Text: line}
		if i == len(r.Lines)-1 {
			ev.Code, ev.Text = int(r.Code), r.String()
		}
		ns = append(ns, x.note(ev))
	}
	return ns
}

// scrub takes the password out of a text that a server may have sent back.
func (x *examiner) scrub(s string) string {
	if p := string(x.target.Password); p != "" && !x.target.Anonymous() {
		return strings.ReplaceAll(s, p, hidden)
	}
	return s
}

// scrubReply does the same for a whole reply, and makes its lines text that a
// file can hold: bytes that are not UTF-8 are read as Latin-1. The bytes as
// they came stay in Raw.
func (x *examiner) scrubReply(r ftp.Reply) ftp.Reply {
	for i, line := range r.Lines {
		r.Lines[i] = x.scrubText(line)
	}
	if len(r.Raw) > 0 {
		r.Raw = []byte(x.scrub(string(r.Raw)))
	}
	return r
}

// scrubText does the same for bytes of the server's: those that are not UTF-8 are
// read as Latin-1.
func (x *examiner) scrubText(s string) string {
	s = x.scrub(s) // before and after: the same bytes read in another way
	if !utf8.ValidString(s) {
		text := make([]rune, len(s))
		for j := range len(s) {
			text[j] = rune(s[j])
		}
		s = string(text)
	}
	return x.scrub(s)
}

// newSession makes and registers the record of a control connection.
func (x *examiner) newSession(s Session) *Session {
	x.mu.Lock()
	defer x.mu.Unlock()
	s.ID = len(x.sessions) + 1
	rec := &s
	x.sessions = append(x.sessions, rec)
	return rec
}

// newAttempt makes and registers the record of an attempt.
func (x *examiner) newAttempt(a Attempt) *Attempt {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.attempts == nil {
		x.attempts = map[int][]*Attempt{}
	}
	a.Began = x.elapsed()
	rec := &a
	x.attempts[a.Session] = append(x.attempts[a.Session], rec)
	return rec
}

// newExperiment registers a follow-up question with its answer.
func (x *examiner) newExperiment(e Experiment) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.exam.Experiments = append(x.exam.Experiments, e)
}

// first is the number of the experiment's first event, for sorting.
func (e Experiment) first() int {
	if len(e.Events) == 0 {
		return 0
	}
	return e.Events[0]
}
