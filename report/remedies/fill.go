package remedies

import (
	"net/netip"
	"regexp"
	"strconv"
)

// Facts are what placeholders stand for. An empty or zero field is not known:
// what needs it is not given.
type Facts struct {
	Port                uint16 // {port}: the control port
	FirstPort, LastPort uint16 // {first-port} {last-port}: the ports of data connections
	Server              string // {server}: the server's address as it is reached
	Host                string // its name, if there is one: {site} is that or the address, as addresses of the form ftp:// hold it
	Client              string // {client}: this computer's address
	Inside              string // {inside}: the server's address inside its own network
}

// StandIns are words that a reader replaces, where no examination gives facts.
// The range is the default of SFTPGo (sftpgo.json).
var StandIns = Facts{Port: 21, FirstPort: 50000, LastPort: 50100, Server: "SERVER", Client: "CLIENT", Inside: "INSIDE"}

var placeholderNames = []string{"port", "first-port", "last-port", "server", "site", "client", "inside"}

// placeholder is a name in braces. Braces with anything else in them belong to
// the command.
var placeholder = regexp.MustCompile(`\{([a-z-]+)\}`)

func placeholders(text string) []string {
	var found []string
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		found = append(found, m[1])
	}
	return found
}

// Fill puts the facts into an entry. It tells whether everything the setting
// needs is known and suits the server's address family. Commands that need
// more are left out together: half of them would do half of the work.
func (e Entry) Fill(f Facts) (setting string, commands []string, ok bool) {
	addr, err := netip.ParseAddr(f.Server)
	if e.IPv4Only && err == nil && addr.Unmap().Is6() {
		return "", nil, false
	}
	setting, ok = f.fill(e.Setting)
	if !ok {
		return "", nil, false
	}
	for _, command := range e.Commands {
		filled, known := f.fill(command)
		if !known {
			return setting, nil, true
		}
		commands = append(commands, filled)
	}
	return setting, commands, true
}

// FillText puts the facts into a remark; what is not known stays a placeholder.
func (f Facts) FillText(text string) string {
	filled, _ := f.fill(text)
	return filled
}

func (f Facts) fill(text string) (string, bool) {
	known := true
	filled := placeholder.ReplaceAllStringFunc(text, func(match string) string {
		value := f.value(match[1 : len(match)-1])
		if value == "" {
			known = false
			return match
		}
		return value
	})
	return filled, known
}

// plainName is a host name that no shell and no program takes for anything else.
var plainName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9.-]*$`)

// site is the server between ftp:// and the folder (RFC 1738 section 3.1): IPv6
// in brackets (RFC 2732), and the port if it is not FTP's own.
func (f Facts) site() string {
	site := f.Server
	switch addr, err := netip.ParseAddr(f.Server); {
	case plainName.MatchString(f.Host):
		site = f.Host
	case err == nil && addr.Is6():
		site = "[" + site + "]"
	}
	if site == "" || f.Port == 0 || f.Port == 21 {
		return site
	}
	return site + ":" + strconv.Itoa(int(f.Port))
}

func (f Facts) value(name string) string {
	number := func(n uint16) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(int(n))
	}
	switch name {
	case "port":
		return number(f.Port)
	case "first-port":
		return number(f.FirstPort)
	case "last-port":
		return number(f.LastPort)
	case "server":
		return f.Server
	case "site":
		return f.site()
	case "client":
		return f.Client
	case "inside":
		return f.Inside
	default:
		return ""
	}
}
