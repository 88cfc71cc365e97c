package report

import (
	"ftpdiag/probe/ftp"
	"ftpdiag/probe/here"
)

// wireSurroundings is what this computer says about itself; null is unknown.
type wireSurroundings struct {
	Firewall  wireFirewall  `json:"firewall"`
	Tunnels   wireTunnels   `json:"tunnels"`
	Container wireContainer `json:"container"`
	Proxies   []wireProxy   `json:"proxies"`
}

type wireFirewall struct {
	On          Tri        `json:"on"`
	Parts       []wirePart `json:"parts"`
	StatefulFTP Tri        `json:"stateful_ftp"`
}

type wirePart struct {
	Name   string `json:"name"`
	On     Tri    `json:"on"`
	Policy bool   `json:"policy"`
}

type wireTunnels struct {
	Interfaces []string  `json:"interfaces"`
	IPv4       wireRoute `json:"ipv4"`
	IPv6       wireRoute `json:"ipv6"`
}

type wireRoute struct {
	Interface *string `json:"interface"`
	Tunnel    Tri     `json:"tunnel"`
}

type wireContainer struct {
	Inside Tri `json:"inside"`
	WSL    Tri `json:"wsl"`
}

type wireProxy struct {
	Variable string `json:"variable"`
	Value    string `json:"value"`
}

// wireSurroundingsOf translates them; nil where nobody looked.
func wireSurroundingsOf(h *here.Facts) *wireSurroundings {
	if h == nil {
		return nil
	}
	w := &wireSurroundings{
		Firewall: wireFirewall{On: triFrom(h.Firewall.On), Parts: []wirePart{}, StatefulFTP: triFrom(h.Firewall.StatefulFTP)},
		Tunnels: wireTunnels{
			Interfaces: []string{},
			IPv4:       wireRoute{text(h.Tunnels.IPv4.Interface), triFrom(h.Tunnels.IPv4.Tunnel)},
			IPv6:       wireRoute{text(h.Tunnels.IPv6.Interface), triFrom(h.Tunnels.IPv6.Tunnel)},
		},
		Container: wireContainer{triFrom(h.Container.Inside), triFrom(h.Container.WSL)},
		Proxies:   []wireProxy{},
	}
	for _, p := range h.Firewall.Parts {
		w.Firewall.Parts = append(w.Firewall.Parts, wirePart{ftp.Clean(p.Name), triFrom(p.On), p.Policy})
	}
	for _, name := range h.Tunnels.Interfaces {
		w.Tunnels.Interfaces = append(w.Tunnels.Interfaces, ftp.Clean(name))
	}
	for _, p := range h.Proxies {
		w.Proxies = append(w.Proxies, wireProxy{ftp.Clean(p.Variable), ftp.Clean(p.Value)})
	}
	return w
}

func triFrom(t here.Tri) Tri {
	switch t {
	case here.Yes:
		return True
	case here.No:
		return False
	default:
		return Unknown
	}
}
