package programs

import "strings"

// readCurl reads the configuration file: the first one there is, in curl's own
// order (src/tool_findfile.c).
func readCurl(c *Computer, p *Program, host string) bool {
	names := []string{".curlrc"}
	folders := []string{c.Getenv("CURL_HOME"), c.Getenv("XDG_CONFIG_HOME"), c.Getenv("HOME")}
	if c.OS == "windows" {
		names = []string{".curlrc", "_curlrc"}
		folders = append(folders, c.Getenv("USERPROFILE"), c.Getenv("APPDATA"), c.under("USERPROFILE", "Application Data"))
	}
	var paths []string
	for _, folder := range folders {
		for _, name := range names {
			paths = append(paths, c.join(folder, name))
		}
	}
	// Newer versions look there for a name without the dot too (curl's issue
	// 12129; 7.88.1 does not, measured).
	paths = append(paths, c.under("XDG_CONFIG_HOME", "curlrc"))
	if c.Getenv("XDG_CONFIG_HOME") == "" {
		paths = append(paths, c.under("HOME", ".config", "curlrc"))
	}
	c.addProxies(p, host, "ftp_proxy", "FTP_PROXY", "all_proxy", "ALL_PROXY")
	for _, path := range paths {
		before := len(p.Problems)
		text, ok := c.text(p, path)
		if ok {
			curlSettings(p, text, c.short(path), host)
		}
		if ok || len(p.Problems) > before {
			break
		}
	}
	return c.installed("curl")
}

// curlSettings reads the lines: an option with or without its dashes, and its
// value after blanks, = or : (src/tool_parsecfg.c).
// An empty proxy takes back those before it, of the environment too, and so
// does a list of exceptions that holds the server (measured with 7.88.1).
func curlSettings(p *Program, text, place, host string) {
	excepted := false
	for n, line := range lines(text) {
		option, value := curlOption(line)
		s := Setting{Name: strings.TrimLeft(option, "-"), Value: value, Place: place, Line: n}
		name, switchedOff := strings.CutPrefix(s.Name, "no-")
		if len(option) == 2 {
			s.Name = option
		}
		switch {
		case option == "-P" || s.Name == "ftp-port":
			if value == "" {
				p.bad(place, n, s.Name)
				continue
			}
			s.Aspect, s.Passive = Mode, No
		case name == "ftp-pasv":
			s.Aspect, s.Passive = Mode, Yes
		case name == "disable-epsv":
			s.Aspect, s.On = EPSV, switchedOff
		case name == "epsv":
			s.Aspect, s.On = EPSV, !switchedOff
		case name == "ftp-skip-pasv-ip":
			s.Aspect, s.On = Address, switchedOff
		case (option == "-x" || s.Name == "proxy") && value == "":
			if strings.HasSuffix(strings.TrimSpace(line), `""`) { // without anything curl warns, and nothing changes
				p.directly()
			}
			continue
		case s.Name == "noproxy":
			excepted = covers(value, host)
			continue
		case option == "-x", s.Name == "proxy", s.Name == "preproxy", strings.HasPrefix(s.Name, "socks"):
			s.Aspect, s.On, s.Value = Proxy, true, ""
		default:
			continue
		}
		p.Settings = append(p.Settings, s)
	}
	if excepted {
		p.directly()
	}
}

// curlOption splits a line into the option and its value; empty for a remark.
func curlOption(line string) (option, value string) {
	line = strings.TrimSpace(line)
	if line == "" || strings.ContainsRune("#/*", rune(line[0])) {
		return "", ""
	}
	ends := " \t=:"
	if line[0] == '-' { // then only a blank ends the option
		ends = " \t"
	}
	option, rest := line, ""
	if i := strings.IndexAny(line, ends); i >= 0 {
		option, rest = line[:i], strings.TrimLeft(line[i:], ends)
	}
	// A short option may have its value right behind it.
	if len(option) > 2 && option[0] == '-' && option[1] != '-' {
		option, rest = option[:2], option[2:]
	}
	if quoted, ok := strings.CutPrefix(rest, `"`); ok {
		value, _, _ = strings.Cut(quoted, `"`)
		return option, value
	}
	value, _, _ = strings.Cut(strings.ReplaceAll(rest, "\t", " "), " ")
	return option, value
}
