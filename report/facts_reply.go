package report

import (
	"fmt"
	"slices"
	"strings"

	"ftpdiag/probe"
	"ftpdiag/probe/ftp"
)

// refusal is the reply, quoted, with which a finding's attempts or its control
// connection were refused.
func refusal(c *story, f probe.Finding) string {
	if f.Code/100 >= 2 && f.Code/100 <= 5 {
		for _, a := range c.attempts(f) {
			if q := attemptRefusal(a); q != "" {
				return q
			}
		}
	}
	s := c.session(f)
	if s == nil {
		return ""
	}
	candidates := slices.Concat(s.Login, s.Protect, []probe.Exchange{s.Auth, s.Folder, s.Greeting})
	if f.Code == probe.PathDenied {
		candidates = []probe.Exchange{s.Folder}
	}
	for _, x := range candidates {
		if x.Reply.Code.Negative() {
			return quote(x.Reply)
		}
	}
	return silentRefusal(c, f, s)
}

// silentRefusal is a refusal without a code that says so: a 226 that names a
// folder it could not open, or a login that wants more than a password (332).
func silentRefusal(c *story, f probe.Finding, s *probe.Session) string {
	switch f.Code {
	case probe.PathDenied:
		for _, a := range c.attempts(f) {
			if q := quote(a.Final.Reply); q != "" {
				return q
			}
		}
	case probe.LoginPolicy:
		if n := len(s.Login); n > 0 {
			return quote(s.Login[n-1].Reply)
		}
	}
	return ""
}

// attemptRefusal is the reply, quoted, with which one attempt was refused; the
// first refusal says most.
func attemptRefusal(a *probe.Attempt) string {
	for _, x := range []probe.Exchange{a.Setup, a.Transfer, a.Final} {
		if x.Reply.Code.Negative() {
			return quote(x.Reply)
		}
	}
	return ""
}

// setupReply is the answer to PORT, EPRT, PASV or EPSV, quoted.
func setupReply(c *story, f probe.Finding) string {
	for _, a := range c.attempts(f) {
		if q := quote(a.Setup.Reply); q != "" {
			return q
		}
	}
	return ""
}

// outcomes says in one sentence how the attempts of a finding ended, by the
// one that got furthest.
func outcomes(c *story, f probe.Finding) string {
	attempts := c.attempts(f)
	var furthest *probe.Attempt
	for _, a := range attempts {
		if !a.Delivered() && (furthest == nil || a.Reached > furthest.Reached) {
			furthest = a
		}
	}
	if furthest == nil {
		return ""
	}
	return outcome(furthest, attempts)
}

// outcome says in one sentence how an attempt ended; others of the same kind
// lend their ports.
func outcome(a *probe.Attempt, others []*probe.Attempt) string {
	reply := attemptRefusal(a)
	passive := a.Method.Mode() == probe.Passive
	ports := labelledPorts(others)
	if ports == "" {
		ports = labelledPorts([]*probe.Attempt{a})
	}
	waited := within(a.Waited)
	switch {
	case a.Reached >= probe.StageConnected && reply != "":
		return "The data connection opened, then the server replied " + reply + "."
	case a.Reached >= probe.StageConnected && a.Stop.Cause == probe.Timeout:
		return fmt.Sprintf("The data connection opened; %s arrived, then nothing%s.", count(a.Bytes, "byte", "bytes"), strings.Replace(waited, " in ", " for ", 1))
	case a.Reached >= probe.StageConnected && a.Stop.Cause == probe.ByTLS:
		return "The data connection opened, then its TLS handshake failed."
	case a.Reached >= probe.StageConnected:
		return fmt.Sprintf("The data connection opened and ended after %s.", count(a.Bytes, "byte", "bytes"))
	case a.OfferError != "":
		return "The server's answer " + quote(a.Setup.Reply) + " cannot be read."
	case a.Stop.Cause == probe.WrongPeer:
		return "The connection came from another address than the server's."
	case !passive && reply != "" && cannotConnect(a):
		return "The server replied " + reply + " and nothing reached this computer" + waited + "."
	case reply != "":
		return "The server replied " + reply + "."
	case !passive:
		return "Nothing reached this computer" + waited + "."
	case ports == "":
		return "The server did not answer " + strings.ToUpper(a.Method.String()) + waited + "."
	case a.Stop.Cause == probe.Refused:
		return "Refused on " + ports + "."
	case a.Stop.Cause.Unanswered() && a.Stop.Cause != probe.Timeout:
		return "The network reports that there is no way to " + ports + "."
	default:
		return "No answer" + waited + " on " + ports + "."
	}
}

// softwareNamed is the server's program as it calls itself on a finding's connection.
func softwareNamed(c *story, f probe.Finding) string { return softwareOf(c.session(f)) }

// greetingQuote is what the server said first.
func greetingQuote(c *story, f probe.Finding) string {
	if s := c.session(f); s != nil {
		return quote(s.Greeting.Reply)
	}
	return ""
}

// greetingTime is how long the greeting took, or was waited for.
func greetingTime(c *story, f probe.Finding) string {
	if s := c.session(f); s != nil {
		return known(s.Greeting.Took)
	}
	return ""
}

// loginWait is how long the last reply to a login was waited for.
func loginWait(c *story, f probe.Finding) string {
	x, _ := lastOfLogin(c, f)
	return patience(x.Took)
}

// standardForm is what the 227 or 229 should look like.
func standardForm(c *story, f probe.Finding) string {
	for _, a := range c.attempts(f) {
		switch a.Method {
		case probe.PASV:
			return "(192,0,2,1,195,192)"
		case probe.EPSV:
			return "(|||50112|)"
		default: // active methods have no such answer
		}
	}
	return ""
}

// service names what speaks on the port.
func service(c *story, f probe.Finding) string {
	s := c.session(f)
	if s == nil || s.Protocol == ftp.ProtocolUnknown {
		return ""
	}
	return strings.ToUpper(s.Protocol.String())
}
