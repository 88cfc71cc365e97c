package programs

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// readFileZilla reads the general settings and the site manager. The folder is
// that of FileZilla's own rules: on Unix the XDG one, else the old one.
func readFileZilla(c *Computer, p *Program, host string) bool {
	folders := []string{c.config("filezilla"), c.under("HOME", ".filezilla")}
	if c.OS == "windows" {
		folders = []string{c.under("APPDATA", "FileZilla")}
	}
	for _, folder := range folders {
		if folder == "" {
			continue
		}
		before := len(p.Problems)
		settings := c.join(folder, "filezilla.xml")
		text, known := c.text(p, settings)
		if known {
			fileZillaSettings(p, text, c.short(settings))
		}
		sites := c.join(folder, "sitemanager.xml")
		if text, ok := c.text(p, sites); ok {
			known = true
			fileZillaSites(p, text, c.short(sites), host)
		}
		if known || len(p.Problems) > before {
			return true
		}
	}
	return c.installed("filezilla")
}

// elements goes through the texts of a file's elements. path holds the names of
// the elements around the text. It returns the line where the file stops being
// XML; 0 if it does not.
func elements(text string, each func(path []string, start xml.StartElement, content string, line int), left func(name string)) int {
	d := xml.NewDecoder(strings.NewReader(text))
	var path []string
	var start xml.StartElement
	content, any := "", false
	for {
		token, err := d.Token()
		line, _ := d.InputPos()
		switch {
		case errors.Is(err, io.EOF) && any:
			return 0
		case err != nil:
			return max(line, 1)
		}
		switch t := token.(type) {
		case xml.StartElement:
			path, start, content, any = append(path, t.Name.Local), t.Copy(), "", true
		case xml.CharData:
			content += string(t)
		case xml.EndElement:
			if start.Name == t.Name {
				each(path, start, strings.TrimSpace(content), line)
			}
			left(t.Name.Local)
			path, start, content = path[:len(path)-1], xml.StartElement{}, ""
		}
	}
}

// fileZillaSettings reads the general settings (names and values of FileZilla's
// options.cpp).
func fileZillaSettings(p *Program, text, place string) {
	bad := elements(text, func(_ []string, start xml.StartElement, value string, line int) {
		if start.Name.Local != "Setting" {
			return
		}
		s := Setting{Value: value, Place: place, Line: line}
		for _, a := range start.Attr {
			if a.Name.Local == "name" {
				s.Name = a.Value
			}
		}
		switch s.Name {
		case "Use Pasv mode":
			if value != "0" && value != "1" {
				p.bad(place, line, s.Name)
				return
			}
			s.Aspect, s.Passive = Mode, passiveIf(value == "1")
		case "Pasv reply fallback mode":
			if value != "2" { // it goes to the server's own address, except with some public ones
				return
			}
			s.Aspect = Address
		case "FTP Proxy type", "Proxy type":
			if value == "0" || value == "" {
				return
			}
			s.Aspect, s.On, s.Value = Proxy, true, ""
		default:
			return
		}
		p.Settings = append(p.Settings, s)
	}, func(string) {})
	if bad > 0 {
		p.Problems = append(p.Problems, Problem{Trouble: Malformed, Place: place, Line: bad})
	}
}

// fileZillaProtocols are those of the site manager that are FTP: with TLS if
// there is any, with implicit TLS, with explicit TLS, without.
var fileZillaProtocols = map[string]bool{"": true, "0": true, "3": true, "4": true, "6": true}

// fileZillaSites reads the modes of the servers in the site manager.
func fileZillaSites(p *Program, text, place, host string) {
	var sites []site
	var s site
	protocol := ""
	bad := elements(text, func(path []string, start xml.StartElement, value string, line int) {
		if len(path) < 2 || path[len(path)-2] != "Server" {
			return
		}
		switch start.Name.Local {
		case "Host":
			s.host = value
		case "Name":
			s.name = value
		case "Protocol":
			protocol = value
		case "PasvMode":
			s.setting = Setting{Name: "PasvMode", Value: value, Place: place, Line: line}
			switch value {
			case "MODE_PASSIVE":
				s.setting.Aspect, s.setting.Passive = Mode, Yes
			case "MODE_ACTIVE":
				s.setting.Aspect, s.setting.Passive = Mode, No
			case "MODE_DEFAULT", "": // as in the general settings
			default:
				p.bad(place, line, "PasvMode")
			}
		}
	}, func(name string) {
		if name == "Server" {
			if s.setting.Aspect != 0 && fileZillaProtocols[protocol] {
				sites = append(sites, s)
			}
			s, protocol = site{}, ""
		}
	})
	p.addSites(sites, host)
	if bad > 0 {
		p.Problems = append(p.Problems, Problem{Trouble: Malformed, Place: place, Line: bad})
	}
}
