package programs

import (
	"net/url"
	"strings"
)

// winSCPKey holds the sites of WinSCP, one key for each.
const winSCPKey = `Software\Martin Prikryl\WinSCP 2\Sessions`

// fsFTP is WinSCP's number for FTP among its protocols (SessionData.h).
const fsFTP = "5"

// newSites is WinSCP's name for the settings that new sites begin with.
const newSites = "Default Settings"

// winSCPSite is what one site has set.
type winSCPSite struct {
	name, host, protocol, passive string
	place                         string
	line                          int // of passive
}

// readWinSCP reads the sites from the registry and from WinSCP.ini, which
// stands in for it where it exists: beside the program or in %APPDATA%.
func readWinSCP(c *Computer, p *Program, host string) bool {
	if c.OS != "windows" {
		return false
	}
	present := false
	for _, path := range []string{
		c.under("APPDATA", "WinSCP.ini"), c.under("ProgramFiles", "WinSCP", "WinSCP.ini"), c.under("ProgramFiles(x86)", "WinSCP", "WinSCP.ini"),
	} {
		if text, ok := c.text(p, path); ok {
			present = true
			p.addWinSCP(winSCPFile(p, text, c.short(path)), host)
		}
	}
	if c.Registry == nil {
		return present
	}
	names, err := c.Registry.Keys(winSCPKey)
	p.unread(err, winSCPKey)
	var sites []winSCPSite
	for _, name := range names {
		key := winSCPKey + `\` + name
		s := winSCPSite{name: name, place: `HKCU\` + winSCPKey}
		for _, v := range []struct {
			name string
			to   *string
		}{{"HostName", &s.host}, {"FSProtocol", &s.protocol}, {"FtpPasvMode", &s.passive}} {
			value, err := c.Registry.Value(key, v.name)
			p.unread(err, winSCPKey)
			*v.to = value.Text
		}
		sites = append(sites, s)
	}
	p.addWinSCP(sites, host)
	return present || len(names) > 0
}

// winSCPFile reads the sites of a WinSCP.ini.
func winSCPFile(p *Program, text, place string) []winSCPSite {
	entries, bad := iniEntries(text)
	if bad > 0 {
		p.Problems = append(p.Problems, Problem{Trouble: Malformed, Place: place, Line: bad})
	}
	var sites []winSCPSite
	index := map[string]int{}
	for _, e := range entries {
		name, ok := strings.CutPrefix(e.section, `Sessions\`)
		if !ok {
			continue
		}
		i, known := index[name]
		if !known {
			i = len(sites)
			index[name], sites = i, append(sites, winSCPSite{name: name, place: place})
		}
		switch s := &sites[i]; e.name {
		case "HostName":
			s.host = e.value
		case "FSProtocol":
			s.protocol = e.value
		case "FtpPasvMode":
			s.passive, s.line = e.value, e.line
		}
	}
	return sites
}

// addWinSCP adds what sites have set. One without a setting is passive.
func (p *Program) addWinSCP(found []winSCPSite, host string) {
	var sites []site
	for _, f := range found {
		name, err := url.PathUnescape(f.name) // how WinSCP writes it
		if err != nil {
			name = f.name
		}
		forNew := name == newSites
		if f.passive == "" || f.protocol != fsFTP && !forNew {
			continue
		}
		if f.passive != "0" && f.passive != "1" {
			p.bad(f.place, f.line, "FtpPasvMode")
			continue
		}
		s := Setting{Aspect: Mode, Name: "FtpPasvMode", Value: f.passive, Place: f.place, Line: f.line, Passive: passiveIf(f.passive == "1")}
		if forNew {
			s.Name += " (" + newSites + ")"
			p.Settings = append(p.Settings, s)
			continue
		}
		sites = append(sites, site{f.host, name, s})
	}
	p.addSites(sites, host)
}
