package programs

import (
	"path"
	"strings"
)

// readLFTP reads the files in the order of lftp(1).
func readLFTP(c *Computer, p *Program, host string) bool {
	if c.OS == "windows" {
		return false
	}
	c.addProxies(p, host, "ftp_proxy")
	paths := []string{"/etc/lftp.conf", c.under("HOME", ".lftprc")}
	if own := c.Getenv("LFTP_HOME"); own != "" {
		paths = append(paths, c.join(own, "rc"))
	} else {
		paths = append(paths, c.under("HOME", ".lftp", "rc"), c.config("lftp", "rc"))
	}
	for _, file := range paths {
		if text, ok := c.text(p, file); ok {
			lftpSettings(p, text, c.short(file), host)
		}
	}
	return c.installed("lftp")
}

// lftpNames are the settings of interest and how far their names may be
// shortened; lftp takes any beginning that fits only one.
var lftpNames = []struct {
	name  string
	least int
}{
	{"passive-mode", len("pas")},
	{"prefer-epsv", len("prefer")},
	{"fix-pasv-address", len("fix-pasv")},
	{"ignore-pasv-address", len("ign")},
	{"proxy", len("proxy")},
}

// lftpSettings reads the set commands (measured with lftp 4.9.2: a name without
// ftp:, _ for -, and any beginning of on, off, yes, no, true, false).
func lftpSettings(p *Program, text, place, host string) {
	for n, line := range lines(text) {
		for _, words := range lftpCommands(line) {
			if len(words) < 2 || words[0] != "set" {
				continue
			}
			words = words[1:]
			if strings.HasPrefix(words[0], "-") && len(words) > 1 {
				words = words[1:]
			}
			name, server, some := strings.Cut(words[0], "/")
			s := Setting{Name: name, Place: place, Line: n}
			if len(words) > 1 {
				s.Value = words[1]
			}
			on, known := lftpSwitch(s.Value)
			switch lftpName(name) {
			case "passive-mode":
				s.Aspect, s.Passive = Mode, passiveIf(on)
			case "prefer-epsv":
				s.Aspect, s.On = EPSV, on
			case "fix-pasv-address": // it replaces what is private
				s.Aspect, s.On = Address, !on
			case "ignore-pasv-address": // it replaces whatever stands there
				if known && !on {
					continue // its default, which leaves it to the other setting
				}
				s.Aspect = Address
			case "proxy":
				s.Aspect, s.On, known, s.Value = Proxy, s.Value != "", true, ""
			default:
				continue
			}
			switch {
			case s.Value == "" && s.Aspect != Proxy: // set back to what lftp does by itself
				s.Passive, s.On = Yes, false
			case !known:
				p.bad(place, n, name)
				continue
			}
			if !some {
				p.Settings = append(p.Settings, s)
				continue
			}
			// Servers may be given by a pattern.
			if hit, err := path.Match(strings.ToLower(server), strings.ToLower(host)); err == nil && hit {
				p.addSites([]site{{host, server, s}}, host)
			} else {
				p.addSites([]site{{server, "", s}}, "")
			}
		}
	}
}

// lftpName is the full name of a setting of interest; empty for any other.
func lftpName(typed string) string {
	typed = strings.ReplaceAll(strings.TrimPrefix(typed, "ftp:"), "_", "-")
	for _, n := range lftpNames {
		if len(typed) >= n.least && strings.HasPrefix(n.name, typed) {
			return n.name
		}
	}
	return ""
}

// lftpSwitch reads a value that is on or off.
func lftpSwitch(value string) (on, known bool) {
	value = strings.ToLower(value)
	for _, word := range []struct {
		text string
		on   bool
	}{{"true", true}, {"yes", true}, {"on", true}, {"1", true}, {"+", true}, {"false", false}, {"no", false}, {"off", false}, {"0", false}, {"-", false}} {
		if value != "" && value != "o" && strings.HasPrefix(word.text, value) {
			return word.on, true
		}
	}
	return false, false
}

// lftpCommands splits a line into commands, and those into words. Quotes and
// backslashes are taken off; a # begins a remark.
func lftpCommands(line string) (commands [][]string) {
	var words []string
	word, open, inWord := "", rune(0), false
	endWord := func() {
		if inWord {
			words = append(words, word)
		}
		word, inWord = "", false
	}
	escaped := false
scan:
	for _, r := range line {
		switch {
		case escaped:
			word, inWord, escaped = word+string(r), true, false
		case r == '\\':
			escaped = true
		case open != 0 && r == open:
			open = 0
		case open != 0:
			word += string(r)
		case r == '"' || r == '\'':
			open, inWord = r, true
		case r == '#' && !inWord:
			break scan
		case r == ' ' || r == '\t':
			endWord()
		case r == ';' || r == '&':
			endWord()
			commands, words = append(commands, words), nil
		default:
			word, inWord = word+string(r), true
		}
	}
	endWord()
	return append(commands, words)
}
