package report

import (
	"time"

	"ftpdiag/probe"
)

// loginTime is how long the login took on the control connection that the
// report speaks of: TLS, user name and password.
func (c *story) loginTime() time.Duration {
	if c.lead == nil {
		return 0
	}
	took := c.lead.Auth.Took
	if c.lead.TLS != nil {
		took += c.lead.TLS.Took
	}
	for _, x := range c.lead.Login {
		took += x.Took
	}
	return took
}

// step is one part of the examination with the time it took.
type step struct {
	name string
	took time.Duration
}

// steps lists the parts that succeeded; those that failed have no time that
// could be compared.
func (c *story) steps() []step {
	var list []step
	add := func(ok bool, name string, took time.Duration) {
		if ok {
			list = append(list, step{name, took})
		}
	}
	add(!c.e.Resolution.Literal && c.e.Resolution.Outcome == probe.NameFound && len(c.e.Resolution.Addresses) > 0, "name", c.e.Resolution.Took)
	if c.lead != nil {
		add(c.lead.Remote.IsValid(), "connect", c.lead.Connect.Took)
		add(c.lead.Greeting.Reply.Code.Completion(), "greeting", c.lead.Greeting.Took)
	}
	add(c.loggedIn(), "login", c.loginTime())
	for _, m := range []probe.Mode{probe.Passive, probe.Active} {
		if a := c.modeAttempt(m); a != nil {
			add(a.Delivered() && delivers(c.mode(m).Status), m.String(), a.Took)
		}
	}
	return list
}
