package probe

import (
	"context"

	"ftpdiag/probe/ftp"
)

// announceTransfer sends PRET: servers that are many computers (DrFTPD, glFTPd's
// kin) must know what is to be transferred before they choose the one whose
// address goes into 227, and refuse PASV otherwise. It is a word of their own,
// listed in FEAT. A refusal, or silence, is left to the reply to PASV.
func (c *control) announceTransfer(ctx context.Context, a *Attempt) {
	a.Pret = c.ask(ctx, StepPassive, ftp.Command{Verb: "PRET", Arg: "LIST"}, min(aliveTime, c.x.plan.Timeouts.Reply))
	a.Events = append(a.Events, a.Pret.Events...)
}
