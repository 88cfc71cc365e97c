package programs

import "strings"

// Where Windows keeps what Internet Explorer, Windows Explorer and programs
// built on WinINet do with FTP.
const (
	ftpKey   = `Software\Microsoft\Ftp`
	proxyKey = `Software\Microsoft\Windows\CurrentVersion\Internet Settings`
)

// readExplorer reads the two values that decide the mode, and the proxy. Both
// are texts, yes or no. "Use Web Based FTP" is the other way round: no, its
// default, shows servers as folders, and then the program is active whatever
// "Use PASV" says (Microsoft KB 309816 and KB 323446).
func readExplorer(c *Computer, p *Program, _ string) bool {
	if c.OS != "windows" || c.Registry == nil {
		return false
	}
	passive, hasPassive := c.yesNo(p, "Use PASV")
	web, hasWeb := c.yesNo(p, "Use Web Based FTP")
	place := `HKCU\` + ftpKey
	if hasPassive {
		p.Settings = append(p.Settings, Setting{Aspect: Mode, Name: "Use PASV", Value: passive, Place: place, Passive: passiveIf(passive == "yes")})
	}
	s := Setting{Aspect: Mode, Name: "Use Web Based FTP", Value: web, Place: place}
	switch {
	case web == "yes": // no folders: as Use PASV says, which is yes by default
		p.Default = Yes
	case hasWeb:
		s.Passive = No
	case passive == "yes":
		s.Passive = Unclear // nobody could confirm the default on every Windows
	}
	if hasWeb || s.Passive != Absent {
		p.Settings = append(p.Settings, s)
	}
	enabled, err := c.Registry.Value(proxyKey, "ProxyEnable")
	p.unread(err, proxyKey)
	server, err := c.Registry.Value(proxyKey, "ProxyServer")
	p.unread(err, proxyKey)
	// One address for everything, or name=address for some protocols.
	if server := strings.ToLower(server.Text); enabled.Text == "1" && server != "" && (!strings.Contains(server, "=") || strings.Contains(server, "ftp=")) {
		p.Settings = append(p.Settings, Setting{Aspect: Proxy, Name: "ProxyServer", Place: `HKCU\` + proxyKey, On: true})
	}
	return true
}

// yesNo reads a value that is yes or no. One of another kind, such as the
// number 1, is not understood by Windows, and a problem.
func (c *Computer) yesNo(p *Program, name string) (value string, ok bool) {
	v, err := c.Registry.Value(ftpKey, name)
	p.unread(err, ftpKey)
	value = strings.ToLower(v.Text)
	switch {
	case v.Text == "":
		return "", false
	case v.Number || value != "yes" && value != "no":
		p.bad(`HKCU\`+ftpKey, 0, name)
		return "", false
	default:
		return value, true
	}
}
