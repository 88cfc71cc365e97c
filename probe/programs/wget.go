package programs

import "strings"

// readWget reads the file of the whole computer and then the person's own
// (src/init.c). The folders are those of the builds: distributions, self-made
// and Homebrew.
func readWget(c *Computer, p *Program, host string) bool {
	c.addProxies(p, host, "ftp_proxy")
	if c.OS != "windows" {
		for _, folder := range []string{"/etc", "/usr/local/etc", "/opt/homebrew/etc"} {
			c.wgetFile(p, c.join(folder, "wgetrc"), host)
		}
	}
	own := c.Getenv("WGETRC")
	if own == "" {
		own = c.under("HOME", ".wgetrc")
	}
	c.wgetFile(p, own, host)
	return c.installed("wget")
}

func (c *Computer) wgetFile(p *Program, path, host string) {
	text, ok := c.text(p, path)
	if !ok {
		return
	}
	for n, line := range lines(text) {
		name, value, _ := strings.Cut(line, "=")
		s := Setting{Name: strings.TrimSpace(name), Value: strings.TrimSpace(value), Place: c.short(path), Line: n}
		// In names neither case nor dashes count.
		switch strings.ToLower(strings.NewReplacer("-", "", "_", "").Replace(s.Name)) {
		case "passiveftp":
			on, known := wgetSwitch(s.Value)
			if !known { // wget refuses to run then
				p.bad(s.Place, n, s.Name)
				continue
			}
			s.Aspect, s.Passive = Mode, passiveIf(on)
		case "useproxy":
			if on, known := wgetSwitch(s.Value); known && !on {
				p.directly()
			}
			continue
		case "noproxy":
			if covers(s.Value, host) {
				p.directly()
			}
			continue
		case "ftpproxy":
			s.Aspect, s.On, s.Value = Proxy, s.Value != "", ""
		default:
			continue
		}
		p.Settings = append(p.Settings, s)
	}
}

// wgetSwitch reads a value that is on or off.
func wgetSwitch(value string) (on, known bool) {
	switch strings.ToLower(value) {
	case "on", "yes", "1":
		return true, true
	case "off", "no", "0":
		return false, true
	default:
		return false, false
	}
}
