package report

import (
	"cmp"
	"net/netip"
	"slices"
	"strings"
	"time"

	"ftpdiag/probe"
	"ftpdiag/probe/ftp"
)

// fact is one thing that templates may mention.
type fact struct {
	of       func(*story, probe.Finding) string // empty: not known
	standIn  string                             // written where it is not known
	optional bool                               // being empty is an answer, not ignorance
}

// facts are the names that templates may use.
var facts map[string]fact

// The table is filled here because its functions reach it again through fill.
func init() {
	facts = map[string]fact{
		// the two ends
		"host":   {of: func(c *story, _ probe.Finding) string { return ftp.Clean(c.e.Target.Host) }, standIn: "the server"},
		"name":   {of: shortHost, standIn: "the server"},
		"server": {of: func(c *story, f probe.Finding) string { return serverOf(c, f) }, standIn: "the server"},
		"client": {of: func(c *story, f probe.Finding) string { return clientOf(c, f) }, standIn: "this computer"},
		"port":   {of: func(c *story, _ probe.Finding) string { return port(c.e.Target.Port) }, standIn: "21"},
		"user":   {of: func(c *story, _ probe.Finding) string { return ftp.Clean(c.e.Target.User) }, standIn: "the user"},
		"folder": {of: func(c *story, _ probe.Finding) string { return ftp.Clean(c.e.Target.Path) }, standIn: "the folder"},
		"seen":   {of: seenAs},

		// what the attempts showed
		"reply":     {of: refusal, standIn: "with a refusal"},
		"setup":     {of: setupReply, standIn: "without an address"},
		"outcome":   {of: outcomes, standIn: "No folder list arrived."},
		"waited":    {of: func(c *story, f probe.Finding) string { return patience(longest(c.attempts(f))) }},
		"ports":     {of: func(c *story, f probe.Finding) string { return labelledPorts(c.attempts(f)) }, standIn: "the passive ports"},
		"portlist":  {of: func(c *story, f probe.Finding) string { return strings.Join(portNumbers(c.attempts(f)), ", ") }},
		"methods":   {of: func(c *story, f probe.Finding) string { return join(methodNames(c, f)) }, standIn: "the command"},
		"subject":   {of: subject},
		"form":      {of: oneMethod, standIn: "passive"},
		"which":     {of: whichData},
		"side":      {of: side},
		"working":   {of: workingMethods, standIn: "the other command"},
		"mode":      {of: func(_ *story, f probe.Finding) string { return strings.ToLower(modeName(modeOf(f))) }},
		"offered":   {of: offered},
		"announced": {of: announced},
		"caller":    {of: caller, standIn: "another address"},
		"bytes":     {of: transferred},
		"tally":     {of: tally, standIn: "Some of the passive ports"},
		"open":      {of: func(c *story, f probe.Finding) string { return portsWhere(c, f, true) }},
		"blocked":   {of: func(c *story, f probe.Finding) string { return portsWhere(c, f, false) }},

		// who and how sure
		"likely":  {of: likely, optional: true},
		"culprit": {of: culprit, standIn: "something on the way"},
		"private": {of: privateRemark},

		// login, TLS, name, control connection
		"alert":       {of: tlsWords},
		"certificate": {of: certificateProblem, standIn: "It cannot be trusted."},
		"address":     {of: offeredKind},
		"setting":     {of: addressSetting},
		"standard":    {of: standardForm, standIn: "(|||50112|)"},
		"greeting":    {of: greetingQuote},
		"greeted":     {of: greetingTime},
		"connected":   {of: func(c *story, _ probe.Finding) string { return known(connectTime(c)) }},
		"dead":        {of: deadAddresses, standIn: "One of the addresses does not answer."},
		"dns":         {of: dnsAnswers},
		"service":     {of: service},
		"took":        {of: func(c *story, _ probe.Finding) string { return known(c.e.Took) }},

		// commands to type
		"rerun":         {of: func(c *story, _ probe.Finding) string { return c.command() }},
		"rerunuser":     {of: func(c *story, _ probe.Finding) string { return c.command("--user", "NAME") }},
		"rerunexplicit": {of: func(c *story, _ probe.Finding) string { return c.command("--tls", "explicit") }},
		"rerunimplicit": {of: func(c *story, _ probe.Finding) string { return c.command("--tls", "implicit") }},
	}
}

// worthSaying is the wait from which silence means something. A shorter one was
// ended by an answer of some kind.
const worthSaying = time.Second

func patience(d time.Duration) string {
	if d < worthSaying {
		return ""
	}
	return span(d)
}

// known writes a duration; empty if it is zero.
func known(d time.Duration) string {
	if d <= 0 {
		return ""
	}
	return span(d)
}

// longHost is the length from which a host name does not fit into a sentence of
// the frame at 52 columns.
const longHost = 30

// shortHost is the host, or empty if its name is too long for a headline; it
// stands in the frame's title anyway.
func shortHost(c *story, _ probe.Finding) string {
	host := ftp.Clean(c.e.Target.Host)
	if len(host) > longHost {
		return ""
	}
	return host
}

func serverOf(c *story, f probe.Finding) string {
	if s := c.session(f); s != nil && s.Remote.IsValid() {
		return s.Remote.Addr().Unmap().String()
	}
	return addrText(c.server())
}

func clientOf(c *story, f probe.Finding) string {
	if s := c.session(f); s != nil && s.Local.IsValid() {
		return s.Local.Addr().Unmap().String()
	}
	return addrText(c.client())
}

func addrText(a netip.Addr) string {
	if !a.IsValid() {
		return ""
	}
	return a.Unmap().String()
}

// seenAs is this computer's address in the server's words.
func seenAs(c *story, f probe.Finding) string {
	if s := c.session(f); s != nil && s.SeenAs.IsValid() {
		return addrText(s.SeenAs)
	}
	for i := range c.e.Sessions {
		if s := &c.e.Sessions[i]; s.SeenAs.IsValid() {
			return addrText(s.SeenAs)
		}
	}
	return ""
}

// labelledPorts is "port 50112 (EPSV)" or "ports 50112 (EPSV), 50113 (PASV)".
func labelledPorts(attempts []*probe.Attempt) string {
	var items []string
	for _, a := range attempts {
		if n := dataPort(a); n != 0 && a.Method.Mode() == probe.Passive {
			item := port(n) + " (" + strings.ToUpper(a.Method.String()) + ")"
			if !slices.Contains(items, item) {
				items = append(items, item)
			}
		}
	}
	switch len(items) {
	case 0:
		return ""
	case 1:
		return "port " + items[0]
	default:
		return "ports " + strings.Join(items, ", ")
	}
}

// portNumbers lists the passive ports of attempts, each once.
func portNumbers(attempts []*probe.Attempt) []string {
	var numbers []string
	for _, a := range attempts {
		if n := port(dataPort(a)); n != "" && a.Method.Mode() == probe.Passive && !slices.Contains(numbers, n) {
			numbers = append(numbers, n)
		}
	}
	return numbers
}

// dataPort is the port of the listening side: the server's in passive mode,
// ours in active mode. 0: none was named.
func dataPort(a *probe.Attempt) uint16 {
	if a.Method.Mode() == probe.Active {
		return a.Announced.Port()
	}
	return cmp.Or(a.Dialled.Port(), a.Offer.Port)
}

// methodNames are the commands a finding speaks of.
func methodNames(c *story, f probe.Finding) []string {
	if len(f.Methods) > 0 {
		return verbs(f.Methods)
	}
	var methods []probe.Method
	for _, a := range c.attempts(f) {
		if !slices.Contains(methods, a.Method) {
			methods = append(methods, a.Method)
		}
	}
	return verbs(methods)
}

// oneMethod is the command a finding speaks of, if it is one.
func oneMethod(c *story, f probe.Finding) string {
	if names := methodNames(c, f); len(names) == 1 {
		return names[0]
	}
	return ""
}

// subject is what a sentence about some methods begins with: the command, or
// the mode if there are several.
func subject(c *story, f probe.Finding) string {
	if name := oneMethod(c, f); name != "" {
		return name
	}
	return modeName(modeOf(f)) + " mode"
}

// side is the mode at the start of a sentence; empty if a finding is about
// both.
func side(_ *story, f probe.Finding) string {
	if modeOf(f) == 0 {
		return ""
	}
	return modeName(modeOf(f))
}

// whichData names the data connections a finding is about.
func whichData(_ *story, f probe.Finding) string {
	if modeOf(f) == 0 {
		return "data connections"
	}
	return modeOf(f).String() + " data connections"
}

func workingMethods(c *story, f probe.Finding) string { return join(verbs(c.worked(modeOf(f)))) }

func announced(c *story, f probe.Finding) string {
	for _, a := range c.attempts(f) {
		if a.Announced.IsValid() {
			return addrText(a.Announced.Addr())
		}
	}
	return ""
}

func caller(c *story, f probe.Finding) string {
	for _, a := range c.attempts(f) {
		if len(a.Strangers) > 0 {
			return addrText(a.Strangers[0].Addr())
		}
		if a.Caller.IsValid() {
			return addrText(a.Caller.Addr())
		}
	}
	return ""
}

// transferred is how much arrived before it ended, empty if nothing did.
func transferred(c *story, f probe.Finding) string {
	var most int64
	for _, a := range c.attempts(f) {
		most = max(most, a.Bytes)
	}
	if most == 0 {
		return ""
	}
	return count(most, "byte", "bytes")
}

// tally is "2 of 3" over the attempts of a finding.
func tally(c *story, f probe.Finding) string {
	worked, tried := 0, 0
	for _, a := range c.attempts(f) {
		tried++
		if a.Delivered() {
			worked++
		}
	}
	if worked == 0 || worked == tried {
		return ""
	}
	return port(uint16(worked)) + " of " + port(uint16(tried))
}

// portsWhere lists the passive ports that answered, or those that did not.
func portsWhere(c *story, f probe.Finding, answered bool) string {
	var those []*probe.Attempt
	for _, a := range c.attempts(f) {
		if (a.Reached >= probe.StageConnected) == answered {
			those = append(those, a)
		}
	}
	return join(portNumbers(those))
}

// likely is the word for how sure a cause is, with a blank behind it.
func likely(_ *story, f probe.Finding) string {
	switch f.Confidence {
	case probe.ConfidenceCertain:
		return ""
	case probe.ConfidenceLikely:
		return "likely "
	default:
		return "possibly "
	}
}

// culprit names who stands in the way, no more precisely than the party says.
func culprit(_ *story, f probe.Finding) string {
	switch f.Party {
	case probe.PartyClientNetwork:
		return "a firewall or router on this side"
	case probe.PartyServerNetwork:
		return "a firewall on the server's side"
	case probe.PartyUser:
		return "this computer's own firewall"
	case probe.PartyServerConfig:
		return "the server"
	default:
		return "something on the way"
	}
}

// privateRemark explains why a server cannot call back; only where it is true.
func privateRemark(c *story, f probe.Finding) string {
	client, server := c.client(), c.server()
	if s := c.session(f); s != nil && s.Local.IsValid() && s.Remote.IsValid() {
		client, server = s.Local.Addr(), s.Remote.Addr()
	}
	if !probe.BehindNAT(client, server) {
		return ""
	}
	return "Its address " + addrText(client) + " is private, behind NAT: a server normally cannot call back to it."
}
