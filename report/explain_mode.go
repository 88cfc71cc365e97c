package report

import (
	"io"
	"strings"

	"ftpdiag/report/remedies"
)

// modeTopics are the words under which the setting of a mode is found.
var modeTopics = []string{"passive", "active"}

var modeIntroductions = map[string]string{
	"passive": "In passive mode this computer opens the data connection, to a port that the server names. It is the mode to prefer: firewalls and NAT routers on this side let it pass.",
	"active":  "In active mode the server opens the data connection, to a port that this computer names. Use it for one server only, where passive mode does not work: it fails behind most firewalls and NAT routers.",
}

// writeMode tells how each program, or the one asked for, is set to a mode.
func writeMode(w io.Writer, topic string, r Reader) error {
	p := newPage(w, r.Style)
	if r.Client != "" {
		p.modeOf(topic, r)
		return p.flush(w)
	}
	p.strong(upperFirst(topic) + " mode: where the setting is in each program")
	p.print("")
	p.block("", modeIntroductions[topic], 2)
	here := remedies.PlatformOf(r.OS)
	groups := []struct {
		title string
		is    func(*remedies.Component) bool
	}{
		{"Programs on this computer's system", func(c *remedies.Component) bool { return here != 0 && c.On(here) && !c.On(remedies.AnyPlatform) }},
		{"Other systems", func(c *remedies.Component) bool { return !(here != 0 && c.On(here)) && !c.On(remedies.AnyPlatform) }},
		{"Libraries", func(c *remedies.Component) bool { return c.On(remedies.AnyPlatform) }},
	}
	s := settings{page: p, reader: r}
	for _, g := range groups {
		var entries []remedies.Entry
		for _, e := range remedies.ForTopic(topic, "") {
			if g.is(e.Component) {
				entries = append(entries, e)
			}
		}
		if len(entries) > 0 {
			p.heading(g.title)
			s.rows = len(entries)
			s.list(entries, 2)
		}
	}
	p.print("")
	p.block("", "One program with all its settings: ftpdiag explain NAME (names: ftpdiag help clients).", 0)
	return p.flush(w)
}

// modeOf tells how one program is set to a mode.
func (p *page) modeOf(topic string, r Reader) {
	c := remedies.Find(r.Client)
	p.strong(c.Name + ": " + topic + " mode")
	p.facts(c)
	for _, e := range remedies.ForTopic(topic, c.ID) {
		p.entry(e)
	}
	if c.Note != "" {
		p.print("")
		p.block("", c.Note, 2)
	}
	p.print("")
	p.block("", "All settings of "+c.Name+": ftpdiag explain "+c.ID, 0)
}

// factsColumn is where the facts about a component begin.
const factsColumn = 18

// facts writes what is known about a component as such.
func (p *page) facts(c *remedies.Component) {
	p.print("")
	p.block("  By default", c.Default, factsColumn)
	if c.Where != "" {
		p.block("  Settings in", c.Where, factsColumn)
	}
	if c.Verify != "" {
		p.print("  To see the state")
		p.print("    " + p.fill.FillText(c.Verify))
	}
}

// confidenceWords says how well an entry is known.
func confidenceWords(c remedies.Confidence) string {
	switch c {
	case remedies.Tested:
		return "tested"
	case remedies.Documented:
		return "as documented"
	case remedies.SourceCode:
		return "from its source code"
	default:
		return "not confirmed"
	}
}

// entry writes one setting in full. Lines to copy are never broken.
func (p *page) entry(e remedies.Entry) {
	p.heading(e.Task.Title + " (" + confidenceWords(e.Confidence) + ")")
	setting, commands, ok := e.Fill(p.fill)
	if !ok { // for another address family than that of the last check
		setting, commands, _ = e.Fill(remedies.StandIns)
	}
	if len(commands) != 1 || commands[0] != setting {
		p.block("", setting, 2)
	}
	for _, command := range commands {
		p.print("    " + command)
	}
	if e.Note != "" {
		p.block("", p.fill.FillText(e.Note), 2)
	}
}

// writeComponent tells everything about one program, server or firewall.
func writeComponent(w io.Writer, c *remedies.Component, r Reader) error {
	p := newPage(w, r.Style)
	filled := ""
	p.fill, filled = r.facts()
	title := c.Name
	if len(c.Platforms) > 0 {
		var names []string
		for _, platform := range c.Platforms {
			names = append(names, platformName(platform))
		}
		title += " (" + strings.Join(names, ", ") + ")"
	}
	p.strong(title)
	p.facts(c)
	if c.Note != "" {
		p.print("")
		p.block("", p.fill.FillText(c.Note), 2)
	}
	above := strings.Join(p.lines, " ")
	stands := false
	for _, e := range c.Remedies {
		p.entry(e)
		stands = stands || strings.Contains(e.Setting+strings.Join(e.Commands, " "), "{")
	}
	// With the facts of a check filled in, the words of the catalogue are gone.
	legend := standInsMean(strings.TrimPrefix(strings.Join(p.lines, " "), above))
	if filled != "" && stands {
		legend = filled
	}
	if legend != "" {
		p.print("")
		p.block("", legend, 0)
	}
	return p.flush(w)
}

// platformName is how people write it.
func platformName(p remedies.Platform) string {
	switch p {
	case remedies.AnyPlatform:
		return "every system"
	case remedies.Windows:
		return "Windows"
	case remedies.MacOS:
		return "macOS"
	case remedies.Linux:
		return "Linux"
	case remedies.BSD:
		return "BSD"
	case remedies.ZOS:
		return "z/OS"
	case remedies.IBMi:
		return "IBM i"
	case remedies.Device:
		return "device"
	case remedies.Router:
		return "router or firewall"
	case remedies.CloudService:
		return "cloud"
	default:
		return "not known"
	}
}
