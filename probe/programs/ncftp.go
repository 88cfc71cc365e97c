package programs

import "strings"

// readNcFTP reads the preferences, and the firewall file, which may set the mode
// too. Those that end in .fixed are the administrator's last word.
func readNcFTP(c *Computer, p *Program, _ string) bool {
	if c.OS == "windows" {
		return false
	}
	own := c.Getenv("NCFTPDIR")
	if own == "" {
		own = c.under("HOME", ".ncftp")
	}
	for _, path := range []string{
		"/etc/ncftp.prefs_v3", c.join(own, "prefs_v3"), "/etc/ncftp.firewall", c.join(own, "firewall"),
		"/etc/ncftp.firewall.fixed", "/etc/ncftp.prefs_v3.fixed",
	} {
		text, ok := c.text(p, path)
		if !ok {
			continue
		}
		for n, line := range lines(text) {
			c.ncftpLine(p, line, c.short(path), n)
		}
	}
	return c.installed("ncftp")
}

// ncftpLine reads "name=value" or "name value" (measured with NcFTP 3.2.6).
func (c *Computer) ncftpLine(p *Program, line, place string, n int) {
	words := strings.FieldsFunc(line, func(r rune) bool { return r == '=' || r == ' ' || r == '\t' })
	if len(words) == 0 {
		return
	}
	switch s := (Setting{Name: words[0], Place: place, Line: n}); s.Name {
	case "passive":
		if len(words) > 1 {
			s.Value = words[1]
		}
		s.Aspect = Mode
		switch strings.ToLower(s.Value) {
		case "on", "yes", "true", "1":
			s.Passive = Yes
		case "off", "no", "false", "0":
			s.Passive = No
		case "optional":
			s.Passive = Auto
		default:
			p.bad(place, n, s.Name)
			return
		}
		p.Settings = append(p.Settings, s)
	case "firewall-type":
		if len(words) > 1 && words[1] != "0" {
			s.Aspect, s.On = Proxy, true
			p.Settings = append(p.Settings, s)
		}
	}
}
