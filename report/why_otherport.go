package report

import (
	"net/netip"
	"slices"

	"ftpdiag/probe"
	"ftpdiag/probe/ftp"
)

// whyOtherPort is the line about the control port that the person had compared; none
// if there was none. It says what was seen there and no more: what that means is the
// findings' business.
func (c *story) whyOtherPort() []Reason {
	other := c.e.Plan.OtherPort
	if other == 0 || other == c.e.Target.Port {
		return nil
	}
	var works, fails []probe.Method // there, and not here
	compared := false
	for _, x := range c.e.Experiments {
		s := c.e.Session(x.Session)
		if x.Name != "other-port" || x.Answer == probe.NoAnswer || s == nil {
			continue
		}
		compared = true
		list := &fails
		if x.Answer == probe.Yes {
			list = &works
		}
		if c.deliveredAt(s.Remote.Addr(), x.Method) != (x.Answer == probe.Yes) && !slices.Contains(*list, x.Method) {
			*list = append(*list, x.Method)
		}
	}
	lead := "Port " + port(other)
	switch {
	case !compared:
		return []Reason{{Mark: MarkNone, Lead: lead + " was not compared.", Text: c.notLetIn(other)}}
	case len(works)+len(fails) == 0:
		return []Reason{{Mark: MarkGood, Lead: lead + " is no different.", Text: "Every method does the same there.", aside: true}}
	default:
		return []Reason{{Mark: MarkCaution, Lead: lead + " differs.", Text: sentences(thereWords(works, "work"), thereWords(fails, "fail"))}}
	}
}

// thereWords says what methods do over the other port; empty for none.
func thereWords(methods []probe.Method, verb string) string {
	switch len(methods) {
	case 0:
		return ""
	case 1:
		verb += "s"
	}
	return join(verbs(methods)) + " " + verb + " there."
}

// deliveredAt tells whether a method delivered over the first control port of an
// address.
func (c *story) deliveredAt(server netip.Addr, m probe.Method) bool {
	return slices.ContainsFunc(c.all, func(a *probe.Attempt) bool {
		s := c.e.Session(a.Session)
		return a.Method == m && a.Proper() && a.Delivered() && s != nil && s.Remote.Addr() == server
	})
}

// notLetIn is what kept this check from the other control port.
func (c *story) notLetIn(other uint16) string {
	for i := range c.e.Sessions {
		s := &c.e.Sessions[i]
		if s.Purpose != probe.ForOtherPort {
			continue
		}
		for _, x := range append([]probe.Exchange{s.Greeting}, s.Login...) {
			if x.Reply.Code.Negative() {
				return "The server replied " + quote(x.Reply) + " there."
			}
		}
		if !s.LoggedIn {
			return "No login came about there."
		}
		return "No method could be tried there."
	}
	for _, k := range c.e.Connects {
		if k.Remote.Port() == other && k.Stop.Stopped() {
			return "Connecting to it: " + ftp.Clean(stopWords(k.Stop, 0)) + "."
		}
	}
	return "The check ended before that."
}
