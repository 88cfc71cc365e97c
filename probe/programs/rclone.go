package programs

import (
	"strconv"
	"strings"
)

// readRclone reads the remotes of type ftp. rclone is always passive; what can
// be set is EPSV, TLS and a proxy.
func readRclone(c *Computer, p *Program, host string) bool {
	paths := []string{c.Getenv("RCLONE_CONFIG")}
	if paths[0] == "" {
		paths = []string{c.config("rclone", "rclone.conf"), c.join(c.home(), ".rclone.conf")}
		if c.OS == "windows" {
			paths = append([]string{c.under("APPDATA", "rclone", "rclone.conf")}, paths...)
		}
	}
	const variable = "RCLONE_FTP_DISABLE_EPSV"
	if value := c.Getenv(variable); rcloneTrue(value) {
		p.Settings = append(p.Settings, Setting{Aspect: EPSV, Name: variable, Value: value, Place: inEnvironment})
	}
	for _, path := range paths { // the first there is
		before := len(p.Problems)
		text, ok := c.text(p, path)
		if ok {
			rcloneRemotes(p, text, c.short(path), host)
		}
		if ok || len(p.Problems) > before {
			break
		}
	}
	return c.installed("rclone")
}

// rcloneTrue reads a switch as rclone does: strconv.ParseBool, and nothing else
// is true (rclone's page on environment variables).
func rcloneTrue(value string) bool {
	on, err := strconv.ParseBool(value)
	return err == nil && on
}

func rcloneRemotes(p *Program, text, place, host string) {
	if strings.Contains(text, "RCLONE_ENCRYPT_V") {
		p.Problems = append(p.Problems, Problem{Trouble: Encrypted, Place: place})
		return
	}
	entries, bad := iniEntries(text)
	if bad > 0 {
		p.Problems = append(p.Problems, Problem{Trouble: Malformed, Place: place, Line: bad})
	}
	hosts, isFTP := map[string]string{}, map[string]bool{}
	for _, e := range entries {
		switch {
		case e.name == "type":
			isFTP[e.section] = e.value == "ftp"
		case e.name == "host":
			hosts[e.section] = e.value
		}
	}
	var sites []site
	for _, e := range entries {
		s := Setting{Name: e.name, Value: e.value, Place: place, Line: e.line}
		yes := rcloneTrue(e.value)
		switch e.name {
		case "disable_epsv":
			s.Aspect, s.On = EPSV, !yes
		case "tls", "explicit_tls":
			s.Aspect, s.On = TLS, yes
		case "socks_proxy", "http_proxy":
			s.Aspect, s.On, s.Value = Proxy, e.value != "", ""
		default:
			continue
		}
		// Encryption is a matter of one server: others' does not count here.
		if isFTP[e.section] && (s.Aspect != TLS || sameHost(hosts[e.section], host)) {
			sites = append(sites, site{hosts[e.section], e.section, s})
		}
	}
	p.addSites(sites, host)
}
