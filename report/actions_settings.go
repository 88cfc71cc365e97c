package report

import (
	"slices"
	"strings"

	"ftpdiag/probe"
	"ftpdiag/report/remedies"
)

// ForClient is New for a person whose FTP program is known by its id in the
// catalogue of remedies. Empty: not known.
func ForClient(e *probe.Examination, client string) *Report { return New(e).forProgram(client) }

// forProgram words the actions again, for a person's own program.
func (r *Report) forProgram(client string) *Report {
	r.story.program = client
	r.Actions = r.story.actions()
	return r
}

// withSettings adds to an action what the catalogue knows about the programs at
// hand: the setting of one program in the text, where there is room for it, and
// all lines to copy as commands.
func (c *story) withSettings(a Action) Action {
	if a.Text == "" {
		return a
	}
	switch a.Who {
	case ServerAdmin:
		c.serverSettings(&a)
	case NetworkAdmin:
		c.firewallSettings(&a, remedies.NetworkAdmin, c.edgeDevices)
	default:
		c.programSettings(&a)
	}
	return a
}

// settingRoom is how long an admin's text may become by a setting, so that the
// report fits on a screen.
const settingRoom = 200

// serverSettings are those of the recognised server program, not a list of what
// other servers would need, and of the firewalls on its system.
func (c *story) serverSettings(a *Action) {
	done := map[string]bool{}
	for _, code := range a.Fixes {
		f := c.finding(code)
		server := remedies.Recognise(remedies.Server, softwareOf(c.session(f)))
		// Where a part of the range or one address family works, the range is
		// set, and nobody knows its ends from here.
		if server == nil || code == probe.PassiveRangePartlyOpen || code == probe.PassiveIPv6Unusable {
			continue
		}
		for _, e := range remedies.For(code.String(), server.ID, 0) {
			if !done[e.TaskID] {
				done[e.TaskID] = true
				c.addSetting(a, e, f)
			}
		}
	}
	c.firewallSettings(a, remedies.ServerAdmin, c.serverFirewalls)
}

// addSetting says a setting, unless the text names the program already, and
// takes over its lines.
func (c *story) addSetting(a *Action, e remedies.Entry, f probe.Finding) {
	setting, commands, ok := e.Fill(c.remedyFacts(f))
	if !ok || e.Confidence == remedies.Unconfirmed {
		return
	}
	text := a.Text
	if e.TaskID == "passive-range" { // the setting names the range
		text = strings.Replace(text, " (such as "+passiveRange(c, f)+")", "", 1)
	}
	said := sentences(text, "In "+e.Component.Name+": "+setting+".")
	if !strings.Contains(a.Text, e.Component.Name+": ") && len(said) <= settingRoom {
		a.Text = said
	}
	a.copyLines(e.Component, commands)
}

// copyLines adds lines to copy, after a remark with the name of the program that
// they are for.
func (a *Action) copyLines(c *remedies.Component, lines []string) {
	if len(lines) > 0 {
		a.Commands = append(append(a.Commands, "# "+c.Name), lines...)
	}
}

// firewallSettings adds the lines for the firewalls that may be concerned. Which
// one it is cannot be seen from here unless a device shows itself, so that each
// product's lines follow a remark with its name.
func (c *story) firewallSettings(a *Action, who remedies.Who, may func(*remedies.Component, probe.Finding) bool) {
	done := map[string]bool{}
	for _, code := range a.Fixes {
		f := c.finding(code)
		for _, e := range remedies.For(code.String(), "", 0) {
			key := e.TaskID + " " + e.Component.ID
			if e.Task.Kind != remedies.Firewall || e.Task.Who != who || e.Confidence == remedies.Unconfirmed || done[key] || !may(e.Component, f) {
				continue
			}
			done[key] = true
			if _, commands, ok := e.Fill(c.firewallFacts(f, e.TaskID)); ok {
				a.copyLines(e.Component, commands)
			}
		}
	}
}

// serverFirewalls are those that run on the server's own system, as far as its
// program tells the system.
func (c *story) serverFirewalls(firewall *remedies.Component, f probe.Finding) bool {
	server := remedies.Recognise(remedies.Server, softwareOf(c.session(f)))
	if server == nil || len(server.Platforms) != 1 {
		return false
	}
	return firewall.On(server.Platforms[0])
}

// edgeDevices are the device that shows itself on the control connection, or
// those that usually stand at the edge of a network.
func (c *story) edgeDevices(device *remedies.Component, f probe.Finding) bool {
	if s := c.session(f); s != nil {
		if shown := remedies.Recognise(remedies.Firewall, strings.Join(s.Syst.Reply.Lines, " ")); shown != nil {
			return device.ID == shown.ID
		}
	}
	return device.On(remedies.Router) || device.On(remedies.Linux)
}

// ownFirewall are the firewalls of the system that asked.
func (c *story) ownFirewall(firewall *remedies.Component, _ probe.Finding) bool {
	own := remedies.PlatformOf(c.e.OS)
	return own != 0 && firewall.On(own)
}

// usualPlace is where the program that most people use has the setting for one
// server (its menus).
const usualPlace = "In FileZilla: Site Manager, Transfer Settings."

// programSettings are those of the person's own program, or say where to find
// them.
func (c *story) programSettings(a *Action) {
	topic, advice := "", ""
	switch {
	case strings.HasPrefix(a.Text, switchToPassive):
		topic, advice = "passive", switchToPassive
	case strings.HasPrefix(a.Text, useActive):
		topic, advice = "active", useActive
	}
	local := c.localAdvice()
	switch {
	case local != "":
		a.Text, a.local = sentences(a.Text, local), local
		a.Commands = append(a.Commands, moreSettings)
	case c.program != "":
		entries := remedies.ForTopic(topic, c.program)
		for _, code := range a.Fixes {
			entries = append(entries, remedies.For(code.String(), c.program, 0)...)
		}
		entries = slices.DeleteFunc(entries, c.unsuited)
		if len(entries) > 0 {
			c.addProgram(a, entries[0])
		}
	case a.Text == switchToPassive:
		where := "ftpdiag explain " + topic
		a.Text = sentences(a.Text, usualPlace, "Others: "+where)
		a.Commands = append(a.Commands, where)
	case topic != "":
		where := "ftpdiag explain " + topic
		a.Text = strings.TrimSuffix(advice, ".") + " (" + where + ")." + strings.TrimPrefix(a.Text, advice)
		a.Commands = append(a.Commands, where)
	}
	c.firewallSettings(a, remedies.User, c.ownFirewall)
}

// unsuited tells whether an entry would have a program use that form of passive
// mode which does not work here, or give up the one that does.
func (c *story) unsuited(e remedies.Entry) bool {
	epsv := slices.Contains(c.worked(probe.Passive), probe.EPSV)
	return e.TaskID == "without-epsv" && epsv || e.TaskID == "with-epsv" && !epsv
}

// addProgram says the setting of the person's own program, with a remark if
// nobody could confirm it.
func (c *story) addProgram(a *Action, e remedies.Entry) {
	setting, commands, ok := e.Fill(c.remedyFacts(c.primary()))
	if !ok {
		return
	}
	a.Text = sentences(a.Text, "In "+e.Component.Name+": "+setting+doubt(e)+".")
	if e.Confidence != remedies.Unconfirmed {
		a.copyLines(e.Component, commands)
	}
}

// finding is the one with a code; the zero finding if there is none.
func (c *story) finding(code probe.Code) probe.Finding {
	if i := slices.IndexFunc(c.findings, func(f probe.Finding) bool { return f.Code == code }); i >= 0 {
		return c.findings[i]
	}
	return probe.Finding{}
}
