package report

import (
	"net/netip"
	"slices"
	"strings"

	"ftpdiag/probe"
	"ftpdiag/probe/ftp"
	"ftpdiag/probe/here"
)

// What this computer says about itself, where it can explain what was seen. All of
// it are settings and no proofs: it is named beside the finding as what to look at
// first, and never changes who has to act or how sure that is.

// around is what this computer says about itself, as far as that can matter: on
// its own loopback no firewall, tunnel or NAT stands between.
func (c *story) around() (here.Facts, bool) {
	if c.e.Here == nil || probe.ScopeOf(c.client()) == probe.ScopeLoopback {
		return here.Facts{}, false
	}
	return *c.e.Here, true
}

// tunnelHere is the tunnel that connections to the server leave through; false if
// there is none, or nobody knows. The connection's own interface knows better than
// the routes to the internet.
func (c *story) tunnelHere() (string, bool) {
	h, ok := c.around()
	if !ok {
		return "", false
	}
	if c.e.Interface != "" {
		return ftp.Clean(c.e.Interface), h.Tunnels.Through(c.e.Interface)
	}
	way := h.Tunnels.IPv4
	if c.client().Is6() {
		way = h.Tunnels.IPv6
	}
	return ftp.Clean(way.Interface), way.Tunnel == here.Yes && way.Interface != ""
}

// couldBeHere tells whether a finding about active mode leaves room for a cause at
// this computer: the server called, or could have, and its call came from outside.
func couldBeHere(c *story, f probe.Finding) bool {
	switch f.Party {
	case probe.PartyPath, probe.PartyClientNetwork:
		return !strangerCame(c, f)
	default: // another place is known
		return false
	}
}

// nearby says what at this computer may keep the server's calls away; empty if
// nothing is known to. The address that a server refuses is that of a tunnel or
// container, while a firewall has no part in it.
func nearby(c *story, f probe.Finding) string {
	h, ok := c.around()
	if !ok || !couldBeHere(c, f) {
		return ""
	}
	tunnel, through := c.tunnelHere()
	switch {
	case h.Container.WSL == here.Yes:
		return "This is the Windows Subsystem for Linux: Windows decides what may come in."
	case h.Container.Inside == here.Yes:
		return "This is a container: the computer around it decides what may come in."
	case through:
		return "Connections leave through the tunnel or VPN " + tunnel + ", and few of those let any in."
	case h.Firewall.On != here.Yes || f.Code == probe.ActiveNATUnhelped && !accepted(c, f):
		return ""
	case privateRemark(c, f) != "":
		return "This computer's own firewall is on, too."
	default:
		return "This computer's own firewall is on and may be the reason."
	}
}

// ownHelper says where this computer's own firewall may be the device that reads
// the dialogue: that of Windows opens the port that PORT announces.
func ownHelper(c *story, f probe.Finding) string {
	h, ok := c.around()
	if !ok || modeOf(f) != probe.Active || h.Firewall.StatefulFTP != here.Yes || h.Firewall.On == here.No {
		return ""
	}
	return "This computer's firewall opens data ports in clear only and may be why."
}

// withoutAsides leaves out of a reason or an advice what it says about this
// computer: where the report would not fit on a screen, the details alone tell it.
func (c *story) withoutAsides(text string) string {
	for _, f := range c.findings {
		for _, aside := range []string{nearby(c, f), ownHelper(c, f)} {
			if aside != "" {
				text = strings.Replace(text, " "+aside, "", 1)
			}
		}
	}
	if first := c.checkHere(); first != "" {
		text = strings.Replace(text, first+" Then send", "Send", 1)
	}
	if proxy := c.throughProxy(text); proxy != "" {
		text = strings.Replace(text, " "+proxy, "", 1)
	}
	return text
}

// checkHere is what the person does at this computer before anybody else is asked,
// where active mode would help: neither mode works.
func (c *story) checkHere() string {
	h, ok := c.around()
	if !ok {
		return ""
	}
	for _, f := range c.shownFindings() {
		if f.Code != probe.ActiveBlocked && f.Code != probe.ActiveNATUnhelped || nearby(c, f) == "" {
			continue
		}
		tunnel, through := c.tunnelHere()
		switch {
		case h.Container.WSL == here.Yes:
			return "Run the check in Windows itself first."
		case h.Container.Inside == here.Yes:
			return "Run the check outside of this container first."
		case through:
			return "Check the tunnel or VPN " + tunnel + " first."
		case privateRemark(c, f) == "": // else NAT would still stand in the way
			return "Check this computer's firewall first: it is on."
		}
	}
	return ""
}

// throughProxy warns that curl, which an advice names, does not go the way that was
// examined: it obeys variables that this program does not (curl(1), ENVIRONMENT).
func (c *story) throughProxy(advice string) string {
	h, ok := c.around()
	if !ok || !strings.Contains(advice, "curl") {
		return ""
	}
	variable := ""
	for _, p := range h.Proxies {
		switch strings.ToLower(p.Variable) {
		case "ftp_proxy", "all_proxy":
			if variable == "" {
				variable = ftp.Clean(p.Variable)
			}
		case "no_proxy":
			if c.excepted(p.Value) {
				return ""
			}
		}
	}
	if variable == "" {
		return ""
	}
	return "curl goes through the proxy of " + variable + " here."
}

// excepted tells whether a list of hosts without a proxy holds the server.
func (c *story) excepted(list string) bool {
	host := strings.ToLower(c.e.Target.Host)
	return slices.ContainsFunc(strings.FieldsFunc(strings.ToLower(list), func(r rune) bool { return r == ',' || r == ' ' }), func(item string) bool {
		if net, err := netip.ParsePrefix(item); err == nil {
			return net.Contains(c.server())
		}
		name := strings.TrimPrefix(item, ".")
		return item == "*" || host == name || strings.HasSuffix(host, "."+name) || addrText(c.server()) == name
	})
}
