package report

import (
	"slices"
	"strings"

	"ftpdiag/probe"
	"ftpdiag/probe/programs"
)

// clash is a way in which a program cannot work with the server that was
// examined.
type clash struct {
	program *programs.Program
	by      *programs.Setting // what is set; nil: it is the program's default
	text    string            // what it cannot do
}

// clashes are those of one program: by what holds for every server, unless the
// server has a setting of its own, and by each that is for this server.
func (c *story) clashes(p *programs.Program) (found []clash) {
	add := func(by *programs.Setting, text string) {
		if text != "" {
			found = append(found, clash{p, by, text})
		}
	}
	own := map[programs.Aspect]bool{}
	last := map[programs.Aspect]*programs.Setting{}
	for i := range p.Settings {
		s := &p.Settings[i]
		switch {
		case s.Here && s.Aspect == programs.Mode:
			own[s.Aspect] = true
			add(s, c.modeClash(s.Passive))
		case s.Here:
			own[s.Aspect] = true
			add(s, c.switchClash(s))
		case s.Sites == 0:
			last[s.Aspect] = s
		}
	}
	if mode, by := p.Passive(); !own[programs.Mode] {
		add(by, c.modeClash(mode))
	}
	for _, aspect := range []programs.Aspect{programs.EPSV, programs.Address} {
		if s := last[aspect]; s != nil && !own[aspect] {
			add(s, c.switchClash(s))
		}
	}
	return found
}

// modeClash says what a mode cannot do here; empty if it can.
func (c *story) modeClash(mode programs.Passive) string {
	switch {
	case mode == programs.No && c.verdict.ID == PassiveRequired:
		return "active mode does not work with this server"
	case mode == programs.Yes && c.verdict.ID == ActiveRequired:
		return "passive mode does not work with this server"
	default:
		return ""
	}
}

// switchClash says what EPSV on or off, or the address in the PASV answer,
// cannot do here; empty if it can. It matters only where passive mode is used
// and works.
func (c *story) switchClash(s *programs.Setting) string {
	if c.verdict.Mode != probe.Passive {
		return ""
	}
	worked, failed := c.worked(probe.Passive), c.failed(probe.Passive)
	switch {
	case s.Aspect == programs.EPSV && !s.On && slices.Contains(failed, probe.PASV) && slices.Contains(worked, probe.EPSV):
		return "PASV does not work with this server, EPSV does"
	case s.Aspect == programs.EPSV && s.On && slices.Contains(failed, probe.EPSV) && slices.Contains(worked, probe.PASV) && fixedEPSV(s):
		return "EPSV does not work with this server, PASV does"
	case s.Aspect == programs.Address && s.On && slices.Contains(failed, probe.PASV) && !slices.Contains(worked, probe.EPSV):
		return "the address in the server's PASV answer is wrong"
	default:
		return ""
	}
}

// fixedEPSV tells whether a program that was told to use EPSV stays with it:
// curl and tnftp go on to PASV by themselves.
func fixedEPSV(s *programs.Setting) bool { return strings.HasSuffix(s.Name, "prefer-epsv") }

// moreSettings is the command that shows all of them.
const moreSettings = "ftpdiag settings"

// localClash names the programs of this computer that are set to what does not
// work, or only the person's own program if that is known, and the file of one.
// Empty: there is none.
func (c *story) localClash() (said, place string) {
	var names []string
	how := ""
	for i := range c.context.Programs {
		p := &c.context.Programs[i]
		if c.program != "" && c.program != p.ID {
			continue
		}
		for _, x := range c.clashes(p) {
			if x.by == nil || x.by.Shipped || slices.Contains(names, programName(p.ID)) {
				continue
			}
			names, place = append(names, programName(p.ID)), cleanText(x.by.Place)
			switch set := modeWords(x.by.Passive); {
			case x.by.Aspect != programs.Mode || how != "" && how != set:
				how = "what does not work"
			default:
				how = set
			}
		}
	}
	if c.redacted || len(names) != 1 || cells(place) > placeRoom || strings.Contains(place, " ") {
		place = ""
	}
	set := " set to " + how + " here"
	switch len(names) {
	case 0:
		return "", ""
	case 1:
		return names[0] + " is" + set, place
	case 2:
		return names[0] + " and " + names[1] + " are" + set, ""
	default:
		return names[0] + " and other programs are" + set, ""
	}
}

// localAdvice is the sentence about that among what the person should do.
func (c *story) localAdvice() string {
	said, place := c.localClash()
	switch {
	case said == "":
		return ""
	case place != "":
		said += " (" + place + ")"
	}
	return said + ": " + moreSettings
}

// localOffer puts it into the line below the report instead, before the first
// of the commands that the line offers if there is room for both.
func (c *story) localOffer(commands []string, width int) (string, []string) {
	said, _ := c.localClash()
	local := "More: " + moreSettings + " (" + said + ")"
	if len(commands) > 0 {
		if both := local + ", " + commands[0]; cells(both) <= width {
			return both, []string{moreSettings, commands[0]}
		}
	}
	return local, []string{moreSettings}
}

// placeRoom is how long a file's name may be to be told in the report, so that
// it fits on a screen.
const placeRoom = 40
