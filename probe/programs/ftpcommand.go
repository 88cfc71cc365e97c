package programs

import "strings"

// readTnftp reads FTPMODE (ftp(1) of NetBSD) and the macro init of the netrc
// file.
func readTnftp(c *Computer, p *Program, host string) bool {
	if c.OS == "windows" {
		return false
	}
	c.addProxies(p, host, "ftp_proxy")
	if value := c.Getenv("FTPMODE"); value != "" {
		s := Setting{Aspect: Mode, Name: "FTPMODE", Value: value, Place: inEnvironment}
		switch strings.ToLower(value) {
		case "passive":
			s.Passive = Yes
		case "active":
			s.Passive = No
		case "auto":
			s.Passive = Auto
		case "gate": // through a gateway for FTP
			s.Aspect, s.On = Proxy, true
		default: // tnftp says so, and uses its default
			p.bad(inEnvironment, 0, s.Name)
			s.Aspect = 0
		}
		if s.Aspect != 0 {
			p.Settings = append(p.Settings, s)
		}
	}
	// Without a word "passive" switches over from what it is (measured with
	// tnftp 20210827): off, where it was on or auto.
	before, _ := p.Passive()
	passive, epsv := before, true
	present := c.installed("tnftp")
	c.macros(p, host, present, func(words []string, first bool, s *Setting) bool {
		if first { // another login
			passive, epsv = before, true
		}
		word := ""
		if len(words) > 1 {
			word = words[1]
		}
		switch words[0] {
		case "passive":
			switch word {
			case "auto":
				passive = Auto
			case "on", "off":
				passive = passiveIf(word == "on")
			default:
				passive = passiveIf(passive == No)
			}
			s.Aspect, s.Passive = Mode, passive
		case "epsv", "epsv4":
			if epsv = !epsv; word != "" {
				epsv = word == "on"
			}
			s.Aspect, s.On = EPSV, epsv
		default:
			return false
		}
		return true
	})
	return present
}

// readInetutils reads the macro init of the netrc file for GNU inetutils ftp,
// which has no other settings. "passive" switches from active, its default.
func readInetutils(c *Computer, p *Program, host string) bool {
	present := c.OS != "windows" && c.installed("inetutils-ftp")
	passive := false
	c.macros(p, host, present, func(words []string, first bool, s *Setting) bool {
		if first { // another login
			passive = false
		}
		if words[0] != "passive" {
			return false
		}
		passive = !passive // whatever word follows
		s.Aspect, s.Passive = Mode, passiveIf(passive)
		return true
	})
	return present
}

// macros reads the commands that a netrc file has a program run after each
// login. Nothing says which program it is for, so that only one that is there
// is told about it.
func (c *Computer) macros(p *Program, host string, present bool, command func(words []string, first bool, s *Setting) bool) {
	if !present {
		return
	}
	path := c.Getenv("NETRC")
	if path == "" {
		path = c.join(c.home(), ".netrc")
	}
	text, ok := c.text(p, path)
	if !ok {
		return
	}
	for _, m := range netrcMacros(text) {
		s := Setting{Name: "macdef init", Value: strings.Join(m.words, " "), Place: c.short(path), Line: m.line}
		if !command(m.words, m.first, &s) {
			continue
		}
		if m.host == "" {
			p.Settings = append(p.Settings, s)
		} else {
			p.addSites([]site{{m.host, m.host, s}}, host)
		}
	}
}

// readFTPExe looks for the ftp.exe of Windows. It has no settings and is always
// active.
func readFTPExe(c *Computer, _ *Program, _ string) bool {
	return c.OS == "windows" && c.isFile(c.under("SystemRoot", "System32", "ftp.exe"))
}
