package probe

import (
	"context"
	"errors"
	"io"
	"slices"
	"time"

	"ftpdiag/probe/ftp"
)

// ask sends one command in one write and waits for its reply.
func (c *control) ask(ctx context.Context, step Step, cmd ftp.Command, limit time.Duration) Exchange {
	c.readUnasked(ctx, step)
	x := c.send(ctx, step, cmd)
	if x.Stop.Stopped() {
		return x
	}
	r := c.receive(ctx, step, limit)
	if len(c.owed) > 0 {
		r = c.passOwed(ctx, step, cmd.Verb, r, limit)
	}
	if !r.Stop.Stopped() {
		r = c.passOver(ctx, step, cmd.Verb, r, limit)
	}
	if r.Stop.Cause == Timeout {
		c.owed = append(c.owed, cmd.Verb)
	}
	r.Command, r.Events = x.Command, slices.Concat(x.Events, r.Events)
	c.heed(r.Reply)
	return r
}

// awaitsReply says that the reply to a command is still waited for after another one
// has come.
func (c *control) awaitsReply(step Step, verb string) {
	c.x.say(Event{Session: c.s.ID, Step: step, Waits: true, Text: "waiting for the reply to " + verb})
}

// heed gives the connection up where a reply says that the server is broken:
// vsftpd answers 500 OOPS to everything from then on, whatever is asked.
func (c *control) heed(r ftp.Reply) {
	if meaning(r) == ftp.ServerBroken {
		c.lost, c.broken = true, true
	}
}

// Times of replies that nobody asked for.
const (
	// quiet is how long the control connection must have been left alone
	// before it is worth looking whether something came: pyftpdlib's passive
	// timer says 421 between commands, 30 s after PASV.
	quiet = 200 * time.Millisecond

	// glance is how long the look takes when nothing came.
	glance = 2 * time.Millisecond
)

// readUnasked reads what has arrived since the last reply, so that the next
// command gets its own.
func (c *control) readUnasked(ctx context.Context, step Step) {
	for range maxReplies {
		if c.dead || c.rd.Buffered() == 0 && time.Since(c.heard) < quiet {
			return
		}
		_ = c.conn.SetReadDeadline(time.Now().Add(glance))
		if ctx.Err() != nil {
			return
		}
		r, err := c.rd.ReadReply()
		if len(r.Lines) > 0 {
			c.x.noteReply(c.s.ID, step, c.x.scrubReply(r))
			c.s.Dismissed = c.s.Dismissed || r.Code == 421
			if err == nil && len(c.owed) > 0 {
				c.owed = c.owed[1:]
			}
		}
		if err != nil {
			if st := stopOf(err); st.Cause != Timeout {
				c.failed(ctx, step, err)
			}
			c.heard = time.Now()
			return
		}
	}
}

// send writes one command line. The exchange holds a Stop if it could not.
func (c *control) send(ctx context.Context, step Step, cmds ...ftp.Command) Exchange {
	var x Exchange
	var line []byte
	c.before = answered{c.asked, c.raw.Code}
	for _, cmd := range cmds {
		c.asked = cmd.Verb
		var err error
		if line, err = cmd.AppendTo(line); err != nil {
			x.Stop = Stop{Cause: Local, Text: err.Error()}
			return x
		}
		x.Command = cmd.String()
		x.Events = append(x.Events, c.x.note(Event{Session: c.s.ID, Step: step, Direction: Send, Channel: Control, Text: cmd.String()}))
	}
	_ = c.conn.SetWriteDeadline(time.Now().Add(c.x.plan.Timeouts.Reply))
	if ctx.Err() != nil {
		_ = c.conn.SetWriteDeadline(longAgo)
	}
	if _, err := c.conn.Write(line); err != nil {
		x.Stop = c.failed(ctx, step, c.lastWord(err))
		x.Events = append(x.Events, c.x.lastEvent())
	}
	return x
}

// lastWord is the alert that came before a write failed, or else the error of the write:
// a server that judges our certificate after our part of the handshake may be gone
// before the first command, and its reason lies unread.
func (c *control) lastWord(err error) error {
	if !c.unheard {
		return err
	}
	_ = c.conn.SetReadDeadline(time.Now().Add(glance))
	_, said := c.rd.ReadReply()
	if _, alerted := alertOf(said); alerted {
		return said
	}
	return err
}

// receive waits for one reply.
func (c *control) receive(ctx context.Context, step Step, limit time.Duration) Exchange {
	began := time.Now()
	_ = c.conn.SetReadDeadline(began.Add(limit))
	if ctx.Err() != nil {
		_ = c.conn.SetReadDeadline(longAgo)
	}
	r, err := c.rd.ReadReply()
	c.heard, c.raw = time.Now(), r
	r.Lines, r.Raw = slices.Clone(r.Lines), slices.Clone(r.Raw)
	x := Exchange{Reply: c.x.scrubReply(r), Took: time.Since(began)}
	if len(r.Lines) > 0 {
		x.Events = c.x.noteReply(c.s.ID, step, x.Reply)
		c.unheard = false
	}
	if err != nil {
		x.Stop = c.failed(ctx, step, err)
		x.Events = append(x.Events, c.x.lastEvent())
	}
	return x
}

// failed records why the control connection gave nothing more. A timeout
// leaves it usable for a reply that is merely late; everything else ends it.
func (c *control) failed(ctx context.Context, step Step, err error) Stop {
	st := stopOf(err)
	switch {
	case errors.Is(context.Cause(ctx), errDone):
		st.Cause = Timeout // we ourselves stopped waiting
	case ctx.Err() != nil:
		st.Cause = Canceled
	case errors.Is(err, ftp.ErrNotReply), errors.Is(err, ftp.ErrLineTooLong), errors.Is(err, ftp.ErrTooManyLines):
		st.Cause = Unknown
	case errors.Is(err, io.ErrUnexpectedEOF):
		st.Cause = Closed
	}
	// Under TLS 1.3 a server judges the client's certificate only after the
	// client has finished the handshake (RFC 8446 section 4.4.2). Some send an
	// alert then, vsftpd just hangs up (measured).
	alert, alerted := alertOf(err)
	ended := st.Cause == Closed || st.Cause == Reset
	unsecured := c.unheard && (alerted || ended && c.s.TLS.WantsOurs)
	if unsecured {
		st.Cause, c.s.TLS.Stop, c.s.TLS.Alert, c.s.TLS.AlertCode = ByTLS, Stop{Cause: ByTLS, Text: st.Text}, alert, alertNumber(err)
		if !alerted {
			st.Text = "the server asked for a client certificate, got none, and hung up"
			c.s.TLS.Stop.Text = st.Text
		}
	}
	if st.Cause != Timeout {
		c.dead = true
		c.s.End = st
	}
	if errors.Is(context.Cause(ctx), errDone) {
		return st
	}
	text := "control connection: " + st.Text
	switch st.Cause {
	case Timeout:
		text = "no reply in time"
	case Closed:
		text = "the server closed the control connection"
	case Reset:
		text = "the control connection was reset"
	default:
		if words := readerWords(err); words != "" {
			text = "control connection: " + words
		}
	}
	n := c.x.note(Event{Session: c.s.ID, Step: step, Direction: Note, Channel: Control, Text: text})
	if unsecured {
		c.s.TLS.Events = append(c.s.TLS.Events, n)
	}
	return st
}

// readerWords says what was wrong with what came in place of a reply; empty for
// an error of the system's, which has words of its own.
func readerWords(err error) string {
	switch {
	case errors.Is(err, ftp.ErrNotReply):
		return "what came is not a reply"
	case errors.Is(err, ftp.ErrLineTooLong):
		return "a line is too long for a reply"
	case errors.Is(err, ftp.ErrTooManyLines):
		return "a reply has too many lines"
	default:
		return ""
	}
}
