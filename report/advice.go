package report

import (
	"strings"

	"ftpdiag/report/term"
)

// actions writes what each person does. Where neither admin has to act, one
// line says so for both: it stops needless requests to open ports.
func (p *page) actions() {
	p.heading("What to do now")
	for _, a := range p.report.todo() {
		const column, indent = 17, 4 // of the texts, beside the person or below
		if p.terse {
			a.text = p.report.story.withoutAsides(a.text)
		}
		if p.width >= fullWidth {
			lead := "  " + p.paint(term.Strong, a.title) + strings.Repeat(" ", column-2-len(a.title))
			lines := p.wrapped(a.text, p.width-column, 0, a.commands)
			// A third line would be one too many for some reports: what is set
			// on this computer then stands below.
			if most := 2; a.local != "" && p.brief && len(lines) > most {
				lines, p.local = p.wrapped(strings.TrimSuffix(a.text, a.local), p.width-column, 0, a.commands), true
			}
			for _, line := range lines {
				p.print(lead + line)
				lead = strings.Repeat(" ", column)
			}
			continue
		}
		lead := a.title + ": "
		lines := p.wrapped(a.text, p.width-indent, len(lead)-2, a.commands)
		p.print("  " + p.paint(term.Strong, a.title+":") + " " + lines[0])
		for _, line := range lines[1:] {
			p.print(strings.Repeat(" ", indent) + line)
		}
	}
}

// task is one line of "What to do now".
type task struct {
	title, text string
	commands    []string
	local       string // the end of text that says what is set on this computer
}

const nothing = "Nothing to change."

// todo lists the actions as they are read.
func (r *Report) todo() []task {
	var tasks []task
	idle, admins := "", 0
	for _, a := range r.Actions {
		switch {
		case a.Text != "":
			tasks = append(tasks, task{a.Who.Title(), a.Text, a.Commands, a.local})
			if a.Who != User {
				admins++
			}
		case a.Idle != "":
			idle = a.Idle
		}
	}
	switch {
	case admins == 0:
		return append(tasks, task{title: "Admins", text: idleText(idle)})
	case idle != "":
		return append(tasks, task{title: NetworkAdmin.Title(), text: idleText(idle)})
	default:
		return tasks
	}
}

// idleText is what an admin reads who has nothing to do.
func idleText(idle string) string {
	if strings.HasPrefix(idle, "Nothing") {
		return idle
	}
	return sentences(nothing, idle)
}
