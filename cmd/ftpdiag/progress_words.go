package main

import (
	"fmt"
	"math"
	"strings"
	"time"

	"ftpdiag/probe"
)

// statusText words the status line, the important part first, because a narrow
// window cuts the end. Silence is what people fear, so that its length comes
// with its limit.
func statusText(ev probe.Event, quiet time.Duration, limits probe.Timeouts) string {
	waited := ""
	switch limit := limitOf(ev, limits); {
	case quiet < silence:
	case quiet < limit:
		waited = fmt.Sprintf("%d of up to %d s, ", int(quiet.Seconds()), int(math.Ceil(limit.Seconds())))
	default:
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
	switch {
	case isCommand(ev):
		verb, _, _ := strings.Cut(ev.Text, " ")
		if verb == "TLS" {
			return "waiting for the TLS handshake"
		}
		return "waiting for the reply to " + verb
	case isStart(ev):
		return "waiting for the folder list"
	default:
		return ev.Text
	}
}

// awaits tells whether somebody is waited for after an event: the line says so then.
func awaits(ev probe.Event) bool {
	sent := ev.Direction == probe.Send && ev.Step != 0 // a farewell is no step, and nobody waits for the answer
	return sent || ev.Waits || isStart(ev)
}

// isCommand tells whether we sent a command, whose reply is awaited.
func isCommand(ev probe.Event) bool {
	return ev.Direction == probe.Send && ev.Channel == probe.Control && ev.Session != 0
}

// isStart tells whether the server announced data (1yz, RFC 959 section 4.2.1).
func isStart(ev probe.Event) bool { return ev.Direction == probe.Receive && ev.Code/100 == 1 }

// limitOf is how long the examination waits after an event, at most; 0 where
// nothing in particular is awaited.
func limitOf(ev probe.Event, limits probe.Timeouts) time.Duration {
	switch {
	case isCommand(ev):
		if verb, _, _ := strings.Cut(ev.Text, " "); verb == "PORT" || verb == "EPRT" {
			return limits.PortReply
		}
		return limits.Reply
	case ev.Channel == probe.Data && (ev.Direction == probe.Send || ev.Step == probe.StepActive), isStart(ev):
		return limits.Data // for the connection, and for each silence of the listing
	case ev.Step == probe.StepConnect && ev.Direction == probe.Send:
		return limits.Connect
	case ev.Step == probe.StepConnect && ev.Direction == probe.Note:
		return limits.Greeting
	default:
		return 0
	}
}

// pieces breaks a text into lines of so many characters, at blanks where there
// are any.
func pieces(text string, room int) (lines []string) {
	rest := []rune(text)
	for len(rest) > room {
		end := room
		if blank := strings.LastIndex(string(rest[:room+1]), " "); blank > 0 {
			end = len([]rune(string(rest[:room+1])[:blank]))
		}
		lines = append(lines, strings.TrimRight(string(rest[:end]), " "))
		rest = []rune(strings.TrimLeft(string(rest[end:]), " "))
	}
	return append(lines, string(rest))
}

// became says what became of a mode.
func became(s probe.Status) string {
	switch s {
	case probe.Works:
		return "works"
	case probe.Unreliable:
		return "works sometimes"
	case probe.Fails:
		return "does not work"
	default:
		return "not tested"
	}
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
