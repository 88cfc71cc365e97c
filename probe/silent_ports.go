package probe

import (
	"context"
	"net/netip"

	"ftpdiag/probe/ftp"
)

// moreOffers is how often a server is asked for another port than one that was silent
// already. Servers that choose by chance do so from a hundred ports or more, mostly;
// those that go round have another one next.
const moreOffers = 2

// askForAnother asks for a passive port again where the one offered was silent before:
// that it still is would tell nothing about the others.
func (c *control) askForAnother(ctx context.Context, a *Attempt, cmd ftp.Command) {
	for range moreOffers {
		offer, err := ftp.ParsePassive(c.raw)
		if err != nil || !a.Setup.Reply.Code.Completion() || !c.x.wasSilent(netip.AddrPortFrom(c.peer().Addr(), offer.Port)) {
			return
		}
		a.Events = append(a.Events, a.Setup.Events...)
		a.Setup = c.ask(ctx, StepPassive, cmd, min(passiveReply, c.x.plan.Timeouts.Reply))
	}
}

// staysSilent remembers a passive port that did not answer.
func (x *examiner) staysSilent(port netip.AddrPort) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.silentPorts == nil {
		x.silentPorts = map[netip.AddrPort]bool{}
	}
	x.silentPorts[port] = true
}

func (x *examiner) wasSilent(port netip.AddrPort) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.silentPorts[port]
}
