package main

import (
	"net/netip"

	"ftpdiag/probe"
)

// announceFirewall says what a window means that may appear in the middle of
// the check. Windows asks when a program listens for the first time, and what
// the person clicks changes the result of active mode; whoever does not know
// why is asked, guesses. A connection within this computer is not asked about.
func (a *app) announceFirewall(target probe.Target, plan probe.Plan) {
	person := a.env.isTerminal(a.env.stderr) && !a.opts.quiet && !a.opts.noInput
	if a.env.goos != "windows" || !person || !plan.Wants(probe.PORT) && !plan.Wants(probe.EPRT) {
		return
	}
	if ip, err := netip.ParseAddr(target.Host); err == nil && ip.IsLoopback() {
		return
	}
	a.say("Windows may ask whether ftpdiag may receive connections",
		`"Allow" tests active mode properly; "Cancel" is safe, active mode then counts as blocked by this computer.`)
}
