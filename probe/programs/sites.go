package programs

import "strings"

// site is one server among the entries of a program, with one thing that is set
// for it.
type site struct {
	host    string
	name    string // of the entry
	setting Setting
}

// sameHost compares two server names, or addresses.
func sameHost(a, b string) bool {
	trim := func(s string) string { return strings.TrimSuffix(strings.Trim(s, "[]"), ".") }
	a, b = trim(a), trim(b)
	return a != "" && strings.EqualFold(a, b)
}

// addSites adds the settings of servers: that of the server asked about under
// its name, all others only as a number, because nobody needs to know which
// they are.
func (p *Program) addSites(sites []site, host string) {
	var others []Setting
next:
	for _, s := range sites {
		s.setting.Sites = 1
		if sameHost(s.host, host) {
			s.setting.Here, s.setting.Site = true, s.name
			p.Settings = append(p.Settings, s.setting)
			continue
		}
		s.setting.Line = 0 // of many
		for i := range others {
			if o := &others[i]; o.Aspect == s.setting.Aspect && o.Name == s.setting.Name && o.Value == s.setting.Value && o.Place == s.setting.Place {
				o.Sites++
				continue next
			}
		}
		others = append(others, s.setting)
	}
	p.Settings = append(p.Settings, others...)
}
