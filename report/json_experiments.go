package report

import (
	"slices"

	"ftpdiag/probe"
	"ftpdiag/probe/ftp"
)

// wireExperiment is one follow-up question.
type wireExperiment struct {
	Name     string   `json:"name"`
	Question string   `json:"question"`
	Class    *string  `json:"class"`
	Session  *int     `json:"session"`
	Sent     []string `json:"sent"` // what was sent for it, as in the timeline
	Answer   *string  `json:"answer"`
	Decided  *string  `json:"decided"`
	Evidence []int    `json:"evidence"`
}

// wireExperiments lists the questions in the order asked.
func wireExperiments(e *probe.Examination) []wireExperiment {
	list := []wireExperiment{}
	for _, x := range e.Experiments {
		w := wireExperiment{
			Name: ftp.Clean(x.Name), Question: ftp.Clean(x.Question), Class: text(x.Class.String()), Sent: []string{},
			Decided: text(decided(x)), Evidence: inTimeline(e, x.Events),
		}
		if x.Session > 0 {
			w.Session = &x.Session
		}
		if x.Answer != probe.NoAnswer {
			w.Answer = text(x.Answer.String())
		}
		for _, ev := range e.Events {
			if ev.Direction == probe.Send && slices.Contains(w.Evidence, ev.N) {
				w.Sent = append(w.Sent, ftp.Clean(ev.Text))
			}
		}
		list = append(list, w)
	}
	return list
}

// inTimeline keeps the numbers that are lines of the timeline: what a file from
// elsewhere holds besides could not be traced.
func inTimeline(e *probe.Examination, events []int) []int {
	list := []int{}
	for _, n := range events {
		if n >= 1 && n <= len(e.Events) {
			list = append(list, n)
		}
	}
	return list
}
