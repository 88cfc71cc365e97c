package main

import (
	"fmt"
	"strings"
	"time"

	"ftpdiag/probe"
)

// statusText words the status line, the important part first, because a narrow
// window cuts the end.
func statusText(ev probe.Event, quiet time.Duration) string {
	waited := ""
	if quiet >= silence {
		waited = fmt.Sprintf("%d s, ", int(quiet.Seconds()))
	}
	text := fmt.Sprintf("[%d/%d] %s%s: %s", position(ev.Step), steps, waited, label(ev.Step), phrase(ev))
	if quiet >= silence {
		text += " (Ctrl-C: stop, keep results)"
	}
	return text
}

// phrase says what is going on after an event.
func phrase(ev probe.Event) string {
	if ev.Direction == probe.Send && ev.Channel == probe.Control && ev.Session != 0 {
		verb, _, _ := strings.Cut(ev.Text, " ")
		return "waiting for the reply to " + verb
	}
	return ev.Text
}

// steps is how many steps a person is told of. Follow-up questions belong to
// the last: nobody knows before whether there will be any.
const steps = 5

// position counts the steps as a person sees them.
func position(s probe.Step) int { return min(int(s), steps) }

// label names a step for a person.
func label(s probe.Step) string {
	switch s {
	case probe.StepName:
		return "Name"
	case probe.StepConnect:
		return "Connect"
	case probe.StepLogin:
		return "Login"
	case probe.StepPassive:
		return "Passive"
	case probe.StepActive:
		return "Active"
	case probe.StepFollowUp:
		return "Follow-up"
	default:
		return ""
	}
}
