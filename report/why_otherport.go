package report

import (
	"slices"
	"strings"

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
	var works, fails []probe.Method
	alike := true
	for _, x := range c.e.Experiments {
		if x.Name != "other-port" || x.Method == 0 || x.Answer == probe.NoAnswer {
			continue
		}
		here := c.delivered(x.Method) != nil
		alike = alike && here == (x.Answer == probe.Yes)
		list := &fails
		if x.Answer == probe.Yes {
			list = &works
		}
		if !slices.Contains(*list, x.Method) { // it was asked of every address
			*list = append(*list, x.Method)
		}
	}
	var said []string
	for _, group := range []struct {
		methods []probe.Method
		verb    string
	}{{works, "work"}, {fails, "fail"}} {
		if n := len(group.methods); n > 0 {
			said = append(said, join(verbs(group.methods))+" "+group.verb+map[bool]string{true: "s"}[n == 1])
		}
	}
	switch {
	case len(said) == 0:
		return []Reason{{Mark: MarkNone, Lead: "Port " + port(other) + " was not compared.", Text: c.notLetIn(other)}}
	case alike:
		return []Reason{{Mark: MarkGood, Lead: "Port " + port(other) + " is no different.", Text: upperFirst(strings.Join(said, ", ")) + " there too.", aside: true}}
	default:
		return []Reason{{Mark: MarkCaution, Lead: "Port " + port(other) + " differs.", Text: upperFirst(strings.Join(said, ", ")) + " there."}}
	}
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
