package report

import (
	"fmt"
	"slices"

	"ftpdiag/probe"
	"ftpdiag/probe/ftp"
)

// utterance is one line of the dialogue.
type utterance struct {
	at     string // seconds since the start, with three decimals
	who    string // C or S, with the number of the login connection where there are several
	text   string // cleaned
	broken bool   // something broke here
}

// dialogue is the whole timeline for a page.
func (r *Report) dialogue() []utterance {
	e := r.Examination
	breaks := r.breaks()
	var lines []utterance
	for _, ev := range e.Events {
		who := "C"
		if ev.Direction == probe.Receive {
			who = "S"
		}
		if len(e.Sessions) > 1 && ev.Session > 0 {
			who += fmt.Sprint(ev.Session)
		}
		lines = append(lines, utterance{fmt.Sprintf("%.3f", ev.At.Seconds()), who, ftp.Clean(ev.Text), slices.Contains(breaks, ev.N)})
	}
	return lines
}

// legend explains the dialogue's second column.
func (r *Report) legend() string {
	text := "C = this computer, S = server"
	if len(r.Examination.Sessions) > 1 {
		text += "; numbers: login connections"
	}
	return text
}
