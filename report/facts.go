package report

import (
	"net/netip"
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
		"outer":  {of: outerAddress, standIn: "the public address of this network"},

		// what the attempts showed
		"reply":     {of: refusal, standIn: "with a refusal"},
		"software":  {of: softwareNamed, standIn: "the server"},
		"setup":     {of: setupReply, standIn: "without an address"},
		"outcome":   {of: outcomes, standIn: "No folder list arrived."},
		"waited":    {of: func(c *story, f probe.Finding) string { return patience(longest(c.attempts(f))) }},
		"ports":     {of: func(c *story, f probe.Finding) string { return labelledPorts(c.attempts(f)) }, standIn: "the passive ports"},
		"range":     {of: passiveRange, standIn: "50000-50100"},
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
		"smaller":   {of: smallerParts},
		"tally":     {of: tally, standIn: "Some of the passive ports"},
		"open":      {of: func(c *story, f probe.Finding) string { return portsWhere(c, f, true) }},
		"where":     {of: lostAt},
		"reader":    {of: readerAt},
		"blocked":   {of: func(c *story, f probe.Finding) string { return portsWhere(c, f, false) }},

		// who and how sure
		"likely":  {of: likely, optional: true},
		"culprit": {of: culprit, standIn: "something on the way"},
		"private": {of: privateRemark},

		// what this computer says about itself
		"nearby":    {of: nearby},
		"ownhelper": {of: ownHelper},

		// login, TLS, name, control connection
		"alert":       {of: tlsWords},
		"certificate": {of: certificateProblem, standIn: "It cannot be trusted."},
		"address":     {of: offeredKind},
		"setting":     {of: addressSetting},
		"certsetting": {of: clientCertSetting},
		"standard":    {of: standardForm, standIn: "(|||50112|)"},
		"greeting":    {of: greetingQuote},
		"greeted":     {of: greetingTime},
		"loginwait":   {of: loginWait},
		"connected":   {of: func(c *story, _ probe.Finding) string { return known(connectTime(c)) }},
		"dead":        {of: deadAddresses, standIn: "One of the addresses does not answer."},
		"dns":         {of: dnsAnswers},
		"alias":       {of: lastAlias},
		"denied":      {of: denial},
		"service":     {of: service},
		"took":        {of: func(c *story, _ probe.Finding) string { return known(c.e.Took) }},

		// commands to type
		"meant":         {of: func(c *story, _ probe.Finding) string { return ftp.Clean(c.context.Meant) }},
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
	if !c.e.BehindNAT(client, server) {
		return ""
	}
	return "Its address " + addrText(client) + " is private, behind NAT: a server normally cannot call back to it."
}
