package report

import (
	"strings"

	"ftpdiag/probe/ftp"
	"ftpdiag/probe/here"
)

// hereRows are the rows of the details about this computer: its firewall, tunnels,
// what it runs in, and proxies. What it does not say is told as such, for then it
// may be the reason all the same.
func (c *story) hereRows() [][2]string {
	if c.e.Here == nil {
		return nil
	}
	h := *c.e.Here
	rows := [][2]string{{"Own firewall", firewallFacts(h.Firewall)}, {"Tunnels here", c.tunnelFacts(h.Tunnels)}}
	switch {
	case h.Container.WSL == here.Yes:
		rows = append(rows, [2]string{"Runs in", "the Windows Subsystem for Linux"})
	case h.Container.Inside == here.Yes:
		rows = append(rows, [2]string{"Runs in", "a container"})
	}
	var settings []string
	for _, p := range h.Proxies {
		settings = append(settings, ftp.Clean(p.Variable+"="+p.Value))
	}
	if len(settings) > 0 {
		rows = append(rows, [2]string{"Proxy settings", strings.Join(settings, " ") + " (other programs obey them, ftpdiag does not)"})
	}
	return rows
}

// firewallFacts is "on (domain on, private on, public on)".
func firewallFacts(f here.Firewall) string {
	var parts []string
	for _, p := range f.Parts {
		text := ftp.Clean(p.Name) + " " + switchWord(p.On)
		if p.Policy {
			text += " by policy"
		}
		parts = append(parts, text)
	}
	text := switchWord(f.On)
	if len(parts) > 0 {
		text += " (" + strings.Join(parts, ", ") + ")"
	}
	switch f.StatefulFTP {
	case here.Yes:
		text += "; it opens the ports of FTP in clear by itself"
	case here.No:
		text += "; it does not read FTP"
	case here.Unknown:
	}
	return text
}

func switchWord(t here.Tri) string {
	switch t {
	case here.Yes:
		return "on"
	case here.No:
		return "off"
	default:
		return "not known"
	}
}

// tunnelFacts says which tunnels are up, and whether packets leave through one.
func (c *story) tunnelFacts(t here.Tunnels) string {
	var names []string
	for _, name := range t.Interfaces {
		names = append(names, ftp.Clean(name))
	}
	up := join(names)
	_, through := c.tunnelHere()
	switch {
	case up == "" && t.IPv4.Tunnel == here.No && t.IPv6.Tunnel != here.Yes:
		return "none"
	case up == "":
		return "not known"
	case through:
		return up + ", which the connection to the server leaves through"
	case c.e.Interface != "":
		return up + ", which the connection to the server does not use"
	case t.IPv4.Tunnel == here.Yes || t.IPv6.Tunnel == here.Yes:
		return up + ", which connections to the internet leave through"
	default:
		return up + "; whether connections leave through it is not known"
	}
}
