package report

import (
	"net/netip"
	"slices"
	"time"

	"ftpdiag/probe"
)

// story is one examination with its findings, and the questions that deciding
// and wording ask of it.
type story struct {
	e               *probe.Examination
	findings        []probe.Finding
	every           []*probe.Attempt // Finding.Attempts are indexes into it
	all             []*probe.Attempt // without those over another control port, which are for comparison
	active, passive probe.ModeStatus
	lead            *probe.Session // the control connection that the report speaks of; nil if none was opened
	verdict         Verdict
	program         string // id of the person's FTP program in the catalogue of remedies; empty: not known
	context         Context
	redacted        bool // names and addresses are placeholders
}

func newStory(e *probe.Examination, findings []probe.Finding) *story {
	every := e.AllAttempts()
	c := &story{e: e, findings: findings, every: every, active: e.Mode(probe.Active), passive: e.Mode(probe.Passive)}
	c.all = slices.DeleteFunc(slices.Clone(every), func(a *probe.Attempt) bool { return a.Variant == probe.OtherPort })
	c.lead = c.pickLead()
	c.verdict = decide(c)
	return c
}

// pickLead prefers the connection over which data came (passive first), then
// one that logged in, then one that was greeted.
func (c *story) pickLead() *probe.Session {
	rank := func(s *probe.Session) int {
		best := 0
		switch {
		case s.Purpose == probe.ForOtherPort:
			return 0
		case s.LoggedIn:
			best = 3
		case s.Greeting.Reply.Code != 0:
			best = 2
		case s.Remote.IsValid():
			best = 1
		}
		for i := range s.Attempts {
			switch a := &s.Attempts[i]; {
			case a.Delivered() && a.Method.Mode() == probe.Passive:
				return 5
			case a.Delivered():
				best = max(best, 4)
			}
		}
		return best
	}
	var lead *probe.Session
	for i := range c.e.Sessions {
		if s := &c.e.Sessions[i]; lead == nil || rank(s) > rank(lead) {
			lead = s
		}
	}
	return lead
}

// session is the control connection that a finding speaks of.
func (c *story) session(f probe.Finding) *probe.Session {
	if s := c.e.Session(f.Session); s != nil {
		return s
	}
	for _, a := range c.attempts(f) {
		if s := c.e.Session(a.Session); s != nil {
			return s
		}
	}
	return c.lead
}

// loggedIn tells whether any control connection got through its login.
func (c *story) loggedIn() bool {
	for i := range c.e.Sessions {
		if c.e.Sessions[i].LoggedIn {
			return true
		}
	}
	return false
}

// greeted tells whether any control connection was welcomed (2yz).
func (c *story) greeted() bool {
	for i := range c.e.Sessions {
		if c.e.Sessions[i].Greeting.Reply.Code.Completion() {
			return true
		}
	}
	return false
}

// server is the address that the report speaks of; invalid if there is none.
func (c *story) server() netip.Addr {
	switch {
	case c.lead != nil && c.lead.Remote.IsValid():
		return c.lead.Remote.Addr().Unmap()
	case len(c.e.Connects) > 0:
		return c.e.Connects[0].Remote.Addr().Unmap()
	case len(c.e.Resolution.Addresses) > 0:
		return c.e.Resolution.Addresses[0].Unmap()
	default:
		return netip.Addr{}
	}
}

// client is this computer's address towards the server; invalid if unknown.
func (c *story) client() netip.Addr {
	if c.lead != nil && c.lead.Local.IsValid() {
		return c.lead.Local.Addr().Unmap()
	}
	for _, k := range c.e.Connects {
		if k.Local.IsValid() {
			return k.Local.Addr().Unmap()
		}
	}
	return netip.Addr{}
}

// mode sums up a mode over everything examined.
func (c *story) mode(m probe.Mode) probe.ModeStatus {
	if m == probe.Active {
		return c.active
	}
	return c.passive
}

// methodsOf lists the methods of a mode, the one to prefer first: the newer
// form works over both families and names no address that NAT could spoil.
func methodsOf(m probe.Mode) []probe.Method {
	switch m {
	case probe.Active:
		return []probe.Method{probe.EPRT, probe.PORT}
	case probe.Passive:
		return []probe.Method{probe.EPSV, probe.PASV}
	default:
		return nil
	}
}

// worked lists the methods of a mode that delivered as they are, without a
// work-around.
func (c *story) worked(m probe.Mode) []probe.Method {
	return c.methodsWhere(m, func(a *probe.Attempt) bool { return a.Delivered() && a.Variant != probe.ControlAddress })
}

// failed lists the methods of a mode that were properly tried and never
// delivered as they are.
func (c *story) failed(m probe.Mode) []probe.Method {
	worked := c.worked(m)
	tried := c.methodsWhere(m, func(a *probe.Attempt) bool { return a.Variant == probe.Plain })
	return slices.DeleteFunc(tried, func(x probe.Method) bool { return slices.Contains(worked, x) })
}

func (c *story) methodsWhere(m probe.Mode, is func(*probe.Attempt) bool) []probe.Method {
	var found []probe.Method
	for _, method := range methodsOf(m) {
		if slices.ContainsFunc(c.all, func(a *probe.Attempt) bool { return a.Method == method && a.Proper() && is(a) }) {
			found = append(found, method)
		}
	}
	return found
}

// preferred is the method to recommend within a mode; zero if none delivered.
func (c *story) preferred(m probe.Mode) probe.Method {
	if worked := c.worked(m); len(worked) > 0 {
		return worked[0]
	}
	for _, method := range methodsOf(m) { // delivered, but only past a wrong address
		if c.mode(m).Methods[method].Worked > 0 {
			return method
		}
	}
	return 0
}

// passivePastForeignAddress tells whether passive mode delivers only for programs that
// do not heed the address in 227, and that address is not a local one, which more
// programs pass over (FileZilla, WinSCP and curl those; a public one curl alone,
// 0.0.0.0 curl and lftp).
func (c *story) passivePastForeignAddress() bool {
	past := false
	for _, a := range c.all {
		switch {
		case a.Method.Mode() != probe.Passive || !a.Proper() || !a.Delivered():
		case !a.Offer.Addr.IsValid() || a.Offer.Addr == a.Dialled.Addr() || probe.ScopeOf(a.Offer.Addr).Local():
			return false
		default:
			past = true
		}
	}
	return past
}

// shown is the attempt that stands for a method; nil if it was not tried.
func (c *story) shown(m probe.Method) *probe.Attempt { return c.mode(m.Mode()).Methods[m].Shown }

// delivered is the first attempt of a method that brought a listing.
func (c *story) delivered(m probe.Method) *probe.Attempt {
	for _, a := range c.all {
		if a.Method == m && a.Proper() && a.Delivered() {
			return a
		}
	}
	return nil
}

// attempts are those that a finding speaks of: the ones it names, else those
// of its methods or its mode that did not deliver.
func (c *story) attempts(f probe.Finding) []*probe.Attempt {
	var found []*probe.Attempt
	for _, i := range f.Attempts {
		if i >= 0 && i < len(c.every) {
			found = append(found, c.every[i])
		}
	}
	if len(found) > 0 {
		return found
	}
	mode := modeOf(f)
	for _, a := range c.all {
		if a.Delivered() || mode != 0 && a.Method.Mode() != mode || len(f.Methods) > 0 && !slices.Contains(f.Methods, a.Method) {
			continue
		}
		found = append(found, a)
	}
	return found
}

// longest is the longest time that the attempts waited in vain.
func longest(attempts []*probe.Attempt) time.Duration {
	var waited time.Duration
	for _, a := range attempts {
		waited = max(waited, a.Waited)
	}
	return waited
}
