package programs

import (
	"regexp"
	"strings"
)

// debianLibnet came with Debian and Ubuntu; both keys are 0 there, so that
// Net::FTP is active. A file /etc/libnet.cfg stands in for it.
const debianLibnet = "/etc/perl/Net/libnet.cfg"

// perlKey is a line of libnet.cfg, which is Perl: a key, an arrow, a value.
var perlKey = regexp.MustCompile(`^\s*['"]?(ftp_int_passive|ftp_ext_passive)['"]?\s*=>\s*['"]?(\w*)['"]?\s*,?\s*(#.*)?$`)

// readPerl reads what Net::FTP does without Passive => (Net/FTP.pm,
// Net/Config.pm): FTP_PASSIVE, else ftp_int_passive, or ftp_ext_passive where a
// firewall is set.
func readPerl(c *Computer, p *Program, _ string) bool {
	decides := "ftp_int_passive"
	if c.Getenv("FTP_FIREWALL") != "" {
		decides = "ftp_ext_passive"
		p.Settings = append(p.Settings, Setting{Aspect: Proxy, Name: "FTP_FIREWALL", Place: inEnvironment, On: true})
	}
	if c.OS != "windows" {
		if !c.perlFile(p, "/etc/libnet.cfg", decides) {
			c.perlFile(p, debianLibnet, decides)
		}
	}
	c.perlFile(p, c.join(c.home(), ".libnetrc"), decides)
	if value := c.Getenv("FTP_PASSIVE"); value != "" {
		p.Settings = append(p.Settings, Setting{Aspect: Mode, Name: "FTP_PASSIVE", Value: value, Place: inEnvironment, Passive: passiveIf(value != "0")})
	}
	return c.installed("perl")
}

// perlFile reads one file, and tells whether it is there.
func (c *Computer) perlFile(p *Program, path, decides string) bool {
	text, ok := c.text(p, path)
	for n, line := range lines(text) {
		m := perlKey.FindStringSubmatch(line)
		if m == nil && strings.HasPrefix(strings.TrimLeft(line, " \t'\""), decides) {
			p.bad(c.short(path), n, decides) // Perl that is more than a value
		}
		if m == nil || m[1] != decides {
			continue
		}
		on := m[2] != "" && m[2] != "0" && m[2] != "undef" // what Perl takes for true
		p.Settings = append(p.Settings, Setting{
			Aspect: Mode, Name: m[1], Value: m[2], Place: c.short(path), Line: n,
			Passive: passiveIf(on), Shipped: path == debianLibnet && !on,
		})
	}
	return ok
}
