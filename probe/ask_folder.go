package probe

import (
	"context"

	"ftpdiag/probe/ftp"
)

// askFolderStatus asks for the folder over the control connection after an
// empty listing (STAT with an argument, RFC 959 section 4.1.3; MLST, RFC 3659
// section 7): is it empty, or may it not be read? vsftpd says so in its 226,
// most others stay silent about it.
func (r *route) askFolderStatus(ctx context.Context, c *control) *control {
	empty := false
	for _, a := range r.attempts() {
		if a.Delivered() && a.Bytes > 0 {
			return c
		}
		empty = empty || a.Delivered() && a.Bytes == 0
	}
	if !empty {
		return c
	}
	e := newQuestion("folder-status", "")
	r.x.asks(e)
	if c = r.ready(ctx, c); c == nil {
		r.x.newExperiment(e)
		return nil
	}
	e.Session = c.s.ID
	for _, cmd := range []ftp.Command{{Verb: "STAT", Arg: "."}, {Verb: "MLST", Arg: "."}} {
		if cmd.Verb == "MLST" && !ftp.HasFeature(c.s.Features, "MLST") || !c.usable() {
			continue
		}
		x := c.ask(ctx, StepFollowUp, cmd, r.x.plan.Timeouts.Reply)
		e.Events = append(e.Events, x.Events...)
		switch {
		case denied(x.Reply) && e.Answer == NoAnswer:
			e.Answer = No
		case cmd.Verb == "MLST" && forbids(x.Reply):
			e.Answer = No
		case x.Reply.Code.Completion() && e.Answer == NoAnswer:
			e.Answer = Yes
		}
	}
	r.x.newExperiment(e)
	return c
}

// forbids tells whether MLST says that the folder may not be listed.
func forbids(r ftp.Reply) bool {
	may, known := ftp.MayList(r)
	return known && !may
}
