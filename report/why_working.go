package report

import (
	"slices"
	"strings"
	"time"

	"ftpdiag/probe"
)

// working is the line about what delivers.
func (c *story) working(m probe.Mode, methods []probe.Method, subject string) Reason {
	a := c.delivered(methods[0])
	what := entries(a.Entries) + " in " + span(c.dataTook(a))
	list := " (" + strings.Join(verbs(methods), ", ") + ")"
	lead := subject + " works."
	if subject == modeName(m) && c.mode(m).Status == probe.Unreliable {
		return Reason{Mark: MarkCaution, Lead: subject + " works sometimes.", Text: "Folder list with " + what + list + "."}
	}
	if len(methods) > 1 && subject != modeName(m) {
		lead = subject + " work."
	}
	switch {
	case subject != modeName(m): // the other method fails: the lead names this one
		return Reason{Mark: MarkGood, Lead: lead, Text: "The folder list arrived: " + what + "."}
	case m == probe.Passive:
		return Reason{Mark: MarkGood, Lead: lead, Text: sentences("Folder list with "+what+list+".", c.sentAgain())}
	case c.passive.Status != probe.Works && a.Caller.IsValid():
		return Reason{Mark: MarkGood, Lead: lead, Text: sentences("The server connected back from port "+port(a.Caller.Port())+": "+what+".", c.portsOffered())}
	default:
		return Reason{Mark: MarkGood, Lead: lead, Text: sentences("The server connected back: "+what+list+".", c.onceRefused(), c.portsOffered())}
	}
}

// onceRefused is what the server said before active mode worked, where that passes by
// itself: other programs meet it as well. Empty: nothing.
func (c *story) onceRefused() string {
	for _, f := range c.shownFindings() {
		if f.Code == probe.ActiveServerCannotConnect && f.Severity == probe.SeverityInfo {
			return c.fill("[At first it replied {reply}.]", f)
		}
	}
	return ""
}

// portsOffered says which ports active mode works with, where the person chose them: a
// firewall may let nothing in to others, and other programs offer others. Empty: any
// that were free.
func (c *story) portsOffered() string {
	given := c.e.Plan.ActivePorts
	switch {
	case given[0] == 0:
		return ""
	case given[1] <= given[0]:
		return "Only port " + port(given[0]) + " was offered, as asked for."
	default:
		return "Only ports " + port(given[0]) + "-" + port(given[1]) + " were offered, as asked for."
	}
}

// firstRepeat is when a system sends a SYN again that was not answered: after one
// second (RFC 6298 section 2; Linux, macOS, Windows 10).
const firstRepeat = time.Second

// sentAgain says that passive data connections opened only when their SYN had been
// sent again: packets get lost, or something on the way lets in the second one
// only. Empty: they opened at once, or the round trip is long.
func (c *story) sentAgain() string {
	for _, a := range c.all {
		s := c.e.Session(a.Session)
		if a.Method.Mode() != probe.Passive || !a.Delivered() || s == nil || s.Connect.Took > firstRepeat/3 {
			continue
		}
		if a.Opened >= firstRepeat {
			return "The first packet to port " + port(a.Dialled.Port()) + " was lost: it opened after " + span(a.Opened) + "."
		}
	}
	return ""
}

// dataTook is how long a listing took, from its command to its last byte: what
// was waited for after that says nothing about the data.
func (c *story) dataTook(a *probe.Attempt) time.Duration {
	for _, e := range slices.Backward(c.e.Events) {
		if e.Channel == probe.Data && slices.Contains(a.Events, e.N) && e.At > a.Began {
			return min(e.At-a.Began, a.Took)
		}
	}
	return a.Took
}

// workingPast is the line about a method that delivers where a program ignores
// the address that the server announces.
func (c *story) workingPast(m probe.Mode, method probe.Method) Reason {
	a := c.delivered(method)
	return Reason{Mark: MarkGood, Lead: modeName(m) + " works.", Text: "Folder list with " + entries(a.Entries) + " in " + span(c.dataTook(a)) + ", past a wrong address."}
}
