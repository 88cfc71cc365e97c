package programs

import (
	"slices"
	"strings"
)

// inEnvironment is the place of what environment variables set.
const inEnvironment = "environment"

// addProxies adds the environment variables that send a program through a
// proxy. What they name stays unsaid: it may hold a password.
func (c *Computer) addProxies(p *Program, host string, variables ...string) {
	if c.excepted(host) {
		return
	}
	for _, name := range variables {
		if c.Getenv(name) != "" {
			p.Settings = append(p.Settings, Setting{Aspect: Proxy, Name: name, Place: inEnvironment, On: true})
			return // one is enough: the first that a program finds counts
		}
	}
}

// excepted tells whether no_proxy keeps connections to a server from going
// through a proxy: * for all, else names, or ends of names.
func (c *Computer) excepted(host string) bool {
	return covers(c.Getenv("no_proxy"), host) || covers(c.Getenv("NO_PROXY"), host)
}

// covers tells whether a list of exceptions holds a server.
func covers(list, host string) bool {
	for _, word := range strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' }) {
		word = strings.TrimPrefix(strings.ToLower(word), ".")
		if word == "*" || sameHost(host, word) || word != "" && strings.HasSuffix(strings.ToLower(host), "."+word) {
			return true
		}
	}
	return false
}

// directly takes back every proxy that was found so far: the program was told
// to use none.
func (p *Program) directly() {
	p.Settings = slices.DeleteFunc(p.Settings, func(s Setting) bool { return s.Aspect == Proxy })
}

// readFetch reads the variable of FreeBSD's libfetch (fetch, pkg): no means
// active mode, anything else passive mode (fetch(3)).
func readFetch(c *Computer, p *Program, _ string) bool {
	const name = "FTP_PASSIVE_MODE"
	if value := c.Getenv(name); value != "" {
		p.Settings = append(p.Settings, Setting{
			Aspect: Mode, Name: name, Value: value, Place: inEnvironment, Passive: passiveIf(!strings.EqualFold(value, "no")),
		})
	}
	return c.OS == "freebsd" && c.installed("fetch")
}
