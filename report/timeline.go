package report

import (
	"fmt"
	"slices"
	"strings"

	"ftpdiag/probe"
	"ftpdiag/probe/ftp"
	"ftpdiag/report/term"
)

// timeline writes the whole dialogue with its times, and marks where it broke.
func (p *page) timeline() {
	e := p.report.Examination
	if len(e.Events) == 0 {
		return
	}
	title := "Timeline (seconds; C = this computer, S = server"
	if len(e.Sessions) > 1 {
		title += "; numbers: login connections"
	}
	p.print("")
	for _, line := range p.wrapped(title+")", p.width, 0, nil) {
		p.print(p.paint(term.Strong, line))
	}
	breaks := p.report.breaks()
	for _, ev := range e.Events {
		who := "C"
		if ev.Direction == probe.Receive {
			who = "S"
		}
		switch {
		case len(e.Sessions) < 2:
		case ev.Session > 0:
			who += fmt.Sprint(ev.Session)
		default:
			who += " "
		}
		text := ftp.Clean(ev.Text)
		if slices.Contains(breaks, ev.N) {
			text += " " + breakMark
		}
		lead := fmt.Sprintf("%9.3f  %s  ", ev.At.Seconds(), who)
		lines := p.wrapped(text, p.width-len(lead), 0, []string{breakMark})
		for i, line := range lines {
			if i > 0 {
				lead = strings.Repeat(" ", len(lead))
			}
			before, _, found := strings.Cut(line, breakMark)
			if found {
				line = before + p.paint(term.BadFill, breakMark)
			}
			p.print(lead + line)
		}
	}
}

const breakMark = "<-- breaks here"

// breaks lists the events at which something broke: the last piece of evidence
// of every finding that stops transfers. What went well is evidence too, where
// another try failed, but nothing broke there.
func (r *Report) breaks() []int {
	var numbers []int
	for _, f := range r.Findings {
		if f.Severity != probe.SeverityError || f.Folded {
			continue
		}
		failed := slices.DeleteFunc(slices.Clone(f.Evidence), r.delivered)
		for _, seen := range [][]int{failed, r.around(failed)} {
			if bad := slices.DeleteFunc(slices.Clone(seen), r.agreed); len(bad) > 0 {
				failed = bad
				break
			}
		}
		if len(failed) > 0 {
			numbers = append(numbers, slices.Max(failed))
		}
	}
	return numbers
}

// around lists all events of the tries that some events belong to: what broke
// one need not be evidence, if the server had its say after it.
func (r *Report) around(some []int) (events []int) {
	for _, a := range r.story.all {
		if slices.ContainsFunc(some, func(n int) bool { return slices.Contains(a.Events, n) }) {
			events = append(events, a.Events...)
		}
	}
	return events
}

// delivered tells whether an event belongs to a listing that arrived.
func (r *Report) delivered(n int) bool {
	return slices.ContainsFunc(r.story.all, func(a *probe.Attempt) bool {
		return a.Delivered() && slices.Contains(a.Events, n)
	})
}

// agreed tells whether an event is a reply that grants what was asked, and says
// nothing else.
func (r *Report) agreed(n int) bool {
	i := slices.IndexFunc(r.Examination.Events, func(ev probe.Event) bool { return ev.N == n })
	if i < 0 {
		return false
	}
	ev := r.Examination.Events[i]
	code := ftp.Code(ev.Code)
	_, text, _ := strings.Cut(ev.Text, " ")
	return ev.Direction == probe.Receive && code.Positive() && ftp.Recognise(ftp.Reply{Code: code, Lines: []string{text}}) == ftp.Unrecognised
}
