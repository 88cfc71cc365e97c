//go:build linux

package lab

import "net"

// callsDropped is the verdict where the server's calls leave it and do not arrive.
var callsDropped = Verdict{
	ID: "passive-required", Primary: []string{"active-blocked"}, Active: "fails", Passive: "works", Within: withinOneDropped,
	Confidence: "certain",
	Forbidden: anyOf([]string{"active-nat-unhelped", "active-disabled", "active-rejected-en-route", "active-local-firewall"},
		blamesPassive, blamesHelper, blamesData, blamesReach),
}

// callWorlds are about the port that the server's calls come from. ftpdiag connects to port 20 while it waits for a call:
// if only the way in is shut, the two connections meet and are one (RFC 9293 section 3.5).
var callWorlds = []World{
	{
		// The way to port 20 is shut as well: the calls cannot be met.
		Name: "client-firewall-drops-port-20-shut",
		Wall: Firewall{Inbound: Drop, Further: at(AtClientGateway,
			filter("forward", "iifname inside tcp dport 20 drop"))},
		Servers: oneServer,
		Truth:   passiveOnly,
		Verdict: callsDropped.answering("simultaneous-open", ""),
	},
	{
		// Another service listens on port 20, while the server's calls come from elsewhere. It sends no listing.
		Name:    "client-firewall-drops-port-20-served",
		Wall:    Firewall{Inbound: Drop},
		Beside:  listenOn20,
		Servers: []Kind{ProFTPD},
		Truth:   passiveOnly,
		Verdict: callsDropped.answering("simultaneous-open", "no no"),
	},
}

// listenOn20 takes port 20 of the server and lets the kernel accept connections.
func listenOn20(r *Running) (stop func(), err error) {
	var taken net.Listener
	err = r.Server.Do(func() (err error) {
		taken, err = net.Listen("tcp4", ":20")
		return err
	})
	if err != nil {
		return nil, err
	}
	return func() { _ = taken.Close() }, nil
}
