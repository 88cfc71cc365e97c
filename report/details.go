package report

import (
	"net/netip"
	"strings"
	"time"

	"ftpdiag/probe"
	"ftpdiag/probe/ftp"
)

// details writes a table of what else is known. At level 2 the system's own
// words about failures are added.
func (p *page) details(level int) {
	rows := p.report.story.detailRows(level)
	if len(rows) == 0 {
		return
	}
	p.heading("Details")
	size := 0
	for _, row := range rows {
		size = max(size, len(row[0]))
	}
	for _, row := range rows {
		if p.width < fullWidth { // no room for two columns
			p.paragraph("  "+row[0]+": ", row[1], 4, nil)
			continue
		}
		p.paragraph("  "+row[0]+strings.Repeat(" ", size-len(row[0])+2), row[1], size+4, nil)
	}
}

// detailRows are the names and values of the table.
func (c *story) detailRows(level int) [][2]string {
	var rows [][2]string
	add := func(name, value string) {
		if value != "" {
			rows = append(rows, [2]string{name, value})
		}
	}
	add("Name lookup", c.lookupFacts())
	shown := map[netip.Addr]bool{} // one line an address: further connections to it are in the timeline
	for _, k := range c.e.Connects {
		if shown[k.Remote.Addr()] {
			continue
		}
		shown[k.Remote.Addr()] = true
		if k.Stop.Stopped() {
			add("Address", addrText(k.Remote.Addr())+": "+stopWords(k.Stop, level)+" after "+span(k.Took))
		} else {
			add("Address", addrText(k.Remote.Addr())+": open in "+span(k.Took))
		}
	}
	if c.lead != nil {
		add("Server software", softwareOf(c.lead))
		add("Encryption", c.tlsFacts())
	}
	add("This computer", c.clientFacts())
	rows = append(rows, c.hereRows()...)
	for _, m := range []probe.Mode{probe.Passive, probe.Active} {
		for _, a := range c.every {
			if a.Method.Mode() == m {
				add(modeName(m)+" try", tryFacts(a, level))
			}
		}
	}
	for _, x := range c.e.Experiments {
		add("Question", c.questionFacts(x))
	}
	for _, f := range c.findings {
		add("Finding", c.findingFacts(f))
	}
	return rows
}

func (c *story) lookupFacts() string {
	r := c.e.Resolution
	if r.Literal {
		return ""
	}
	var addrs []string
	for _, a := range r.Addresses {
		addrs = append(addrs, addrText(a))
	}
	text := strings.Join(addrs, ", ")
	if text == "" {
		text = r.Outcome.String()
	}
	if r.InHosts {
		text += ", from this computer's hosts file"
	}
	if len(r.CNAME) > 0 {
		text += ", by way of " + ftp.Clean(strings.Join(r.CNAME, ", "))
	}
	if answers := dnsAnswers(c, probe.Finding{}); answers != "" {
		text += "; " + answers
	}
	return text
}

func (c *story) tlsFacts() string {
	t := c.lead.TLS
	switch {
	case t == nil && c.lead.Auth.Asked():
		return "refused: " + quote(c.lead.Auth.Reply)
	case t == nil && ftp.OffersTLS(c.lead.Features):
		return "none; the server offers TLS"
	case t == nil:
		return "none"
	case t.Stop.Stopped():
		return sentences("handshake failed", tlsWords(c, probe.Finding{Session: c.lead.ID}))
	}
	text := ftp.Clean(t.Version + ", " + t.Cipher)
	if t.Weak != "" {
		text += " (" + ftp.Clean(t.Weak) + ")"
	}
	if k := t.Certificate; k.Subject != "" {
		text += ", certificate " + ftp.CleanLimit(k.Subject, quoteLimit) + " valid until " + k.NotAfter.UTC().Format(time.DateOnly)
	}
	return text
}

func (c *story) clientFacts() string {
	text := addrText(c.client())
	if text == "" {
		return ""
	}
	text += " (" + probe.ScopeOf(c.client()).String() + ")"
	if seen := seenAs(c, probe.Finding{}); seen != "" {
		text += ", the server sees " + seen
	}
	return text
}

// tryFacts is one attempt in a line.
func tryFacts(a *probe.Attempt, level int) string {
	text := strings.ToUpper(a.Method.String())
	if a.Variant != probe.Plain {
		text += " (" + a.Variant.String() + ")"
	}
	text += underTLS(a)
	if n := dataPort(a); n != 0 {
		text += " " + port(n)
	}
	if a.Delivered() {
		return text + ": " + entries(a.Entries) + ", " + count(a.Bytes, "byte", "bytes") + " in " + span(a.Took)
	}
	text += ": " + stopWords(a.Stop, level)
	if a.Waited > 0 {
		text += " after " + span(a.Waited)
	}
	if reply := attemptRefusal(a); reply != "" {
		text += ", " + reply
	}
	return text + " (reached: " + a.Reached.String() + ")"
}

// underTLS says how an attempt was protected, with what the handshake of its data
// connection showed; empty: not at all.
func underTLS(a *probe.Attempt) string {
	switch {
	case a.TLSVersion != "" && a.Resumed:
		return " under " + ftp.Clean(a.TLSVersion) + " (session resumed)"
	case a.TLSVersion != "":
		return " under " + ftp.Clean(a.TLSVersion) + " (new session)"
	case a.Protection.Encrypted():
		return " under TLS"
	default:
		return ""
	}
}

// stopWords names a cause, with the system's own words at level 2.
func stopWords(s probe.Stop, level int) string {
	text := s.Cause.String()
	if text == "" {
		text = "ended"
	}
	if level > 1 && s.Text != "" {
		text += " [" + ftp.CleanLimit(s.Text, quoteLimit) + "]"
	}
	return text
}

// findingFacts is one finding in a line, with its confidence, what else it may be
// if that is not certain, and, if another finding explains it, that one's number.
func (c *story) findingFacts(f probe.Finding) string {
	text := f.Code.Number() + " " + f.Code.String() + " (" + f.Severity.String() + ", " + f.Confidence.String()
	for _, other := range c.findings {
		for _, code := range other.Explains {
			if code == f.Code && f.Folded {
				text += ", follows from " + other.Code.Number()
			}
		}
	}
	w := c.say(f)
	text += "): " + sentences(w.title, w.seen, w.means)
	if d, ok := causeBeside(c.e, f); ok {
		text += " " + d.words(c.e)
	}
	return text
}
