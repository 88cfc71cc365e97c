package probe

import (
	"context"
	"errors"
	"net"
	"slices"
	"time"

	"ftpdiag/probe/ftp"
)

// Limits of one listing.
const (
	// enoughBytes of a listing prove the data connection; a longer one is
	// cut by us. 4 MiB are some 60,000 entries.
	enoughBytes = 4 << 20

	// listingTime is how long a listing may flow. One that is slower than
	// this is cut, in time for a verdict within 12 s although it may come in
	// bursts; one that stops flowing ends earlier, by the data timeout.
	listingTime = 9 * time.Second

	// completionTime is how long the completion reply may take after the
	// end of the data: ProFTPD lingers up to 10 s for the client's close.
	completionTime = 10500 * time.Millisecond

	// afterRefusal is how long data may still come after a negative reply
	// that ended a transfer already begun.
	afterRefusal = time.Second

	// usualListing is how long nobody wonders where a listing is, or the reply after it.
	usualListing = 900 * time.Millisecond

	// maxReplies bounds the replies to one LIST: one preliminary, one final,
	// and some room for servers that send more.
	maxReplies = 8
)

// feed reads the replies that follow a LIST, in the background, until a final
// one. stop ends it at once and may be called more than once.
func (c *control) feed(ctx context.Context, step Step) (replies <-chan Exchange, stop func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	ch := make(chan Exchange, maxReplies)
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer close(ch)
		var before []int // events of a second reply to PORT or PASV
		for range maxReplies {
			e := c.receive(ctx, step, listingTime+completionTime)
			if errors.Is(context.Cause(ctx), errDone) && e.Stop.Cause == Timeout {
				return // we stopped waiting: says nothing about the server
			}
			if before == nil && c.precedesTransfer(ctx, e) {
				before = e.Events
				continue
			}
			e.Events = slices.Concat(before, e.Events)
			ch <- e
			if e.Stop.Stopped() || !e.Reply.Code.Preliminary() {
				return
			}
		}
	}()
	return ch, func() {
		// In this order, and here, not in the background: receive looks at
		// ctx after it has set its own deadline, and the next command's
		// deadline is set only after this one.
		cancel(errDone)
		_ = c.conn.SetReadDeadline(longAgo)
		<-done
	}
}

// takeReply files a reply that followed LIST. It returns true for a final one,
// or for the end of the control connection; the attempt then has its Stop
// unless the reply is positive.
func (a *Attempt) takeReply(e Exchange) (final bool) {
	a.Events = append(a.Events, e.Events...)
	begun := a.Transfer.Reply.Code.Preliminary()
	if !begun {
		e.Command = a.Transfer.Command
		e.Events = slices.Concat(a.Transfer.Events, e.Events)
		a.Transfer = e
	}
	if e.Reply.Code.Preliminary() && !e.Stop.Stopped() {
		return false
	}
	if begun || e.Reply.Code.Completion() {
		e.Command = ""
		a.Final = e
	}
	switch {
	case e.Stop.Stopped():
		a.Stop = e.Stop
	case !e.Reply.Code.Completion():
		a.Stop = Stop{Cause: ByReply}
	}
	return true
}

// sayAwaits says what a listing that is being read waits for. arrived: its data has come.
func (c *control) sayAwaits(a *Attempt, arrived bool) {
	what := "the folder list"
	if arrived {
		what = "the server to say that the listing is complete"
	}
	c.x.say(Event{Session: c.s.ID, Step: a.step(), Waits: true, Text: "waiting for " + what})
}

// list reads a listing over an open data connection and the replies that go
// with it. LIST has been sent. Data is read to its end whatever the replies
// say: some servers complete before the data has arrived, and some only after
// we have closed.
func (c *control) list(ctx context.Context, a *Attempt, t trial, conn net.Conn, replies <-chan Exchange) {
	x := c.x
	data := make(chan received, 1)
	reading := &reading{conn: conn, stall: x.plan.Timeouts.Data, flow: x.wait(listingTime, aloneDial)}
	// What is asked for the first time gets its time: a server that is slow to log in
	// is slow to list as well.
	if t.variant != Plain || t.brief {
		reading.stall = x.wait(reading.stall, secondSYN+t.pace)
		a.Hurried = reading.stall < min(aloneDial, x.plan.Timeouts.Data)
	}
	if t.variant == SecondPort {
		reading.stall = min(reading.stall, aloneDial) // the port has answered
	}
	if t.stall > 0 {
		reading.stall = min(reading.stall, t.stall)
	}
	go func() { data <- c.readListing(ctx, t, reading) }()
	var got received
	arrived, gaveUp := false, false
	final := a.Final.Asked()
	var late <-chan time.Time
	unusual := time.After(usualListing)
	began, stalls := time.Now(), t.stalls.seen()
	for !arrived || !final && replies != nil {
		select {
		case got = <-data:
			arrived, gaveUp = true, got.stop.Cause == Timeout && !final
			_ = conn.Close() // ProFTPD completes only now
			unusual = time.After(usualListing)
			switch {
			case got.stop.Cause == Timeout && !a.Stop.Stopped():
				t.stalls.give()
			case got.eof:
				x.listed(x.elapsed() - a.Began - a.Setup.Took)
			}
			switch {
			case gaveUp, got.cut:
				// Nothing more came for the whole data timeout: a reply
				// that has not come by now will not come soon. And what
				// the server says after a cut matters to nobody.
				late = time.After(x.wait(x.plan.Timeouts.Patience, closing))
			case got.bytes == 0 && !a.Transfer.Asked():
				late = time.After(x.wait(x.plan.Timeouts.Data, aloneDial)) // no transfer has begun
			case final: // no reply is waited for any more
			default:
				limit := x.wait(completionTime, aloneDial)
				a.Hurried, late = a.Hurried || limit < completionTime-closing, time.After(limit)
			}
			a.Events = append(a.Events, x.note(Event{Session: c.s.ID, Step: a.step(), Direction: Note, Channel: Data, Text: got.String()}))
		case e, open := <-replies:
			if !open {
				replies = nil
				continue
			}
			if final = a.takeReply(e); final && a.Stop.Stopped() && !arrived {
				grace := afterRefusal
				if !a.Transfer.Reply.Code.Preliminary() {
					grace = 0 // no transfer was begun: no data will come
				}
				reading.end(grace)
			}
		case <-unusual:
			unusual = nil
			c.sayAwaits(a, arrived)
		case <-stalls:
			stalls = nil
			// It is the same here, by all appearances; time is left to ask why. But for
			// a server that was slow before, and as long as a call is waited for anyway.
			reading.endIfSilent(max(max(aloneDial, x.slowestListing())-time.Since(began), x.left()-shortTime, x.stillCalling()))
		case <-late:
			replies = nil
			if a.Transfer.Reply.Code.Preliminary() {
				a.Final.Stop = Stop{Cause: Timeout}
			} else {
				a.Transfer.Stop = Stop{Cause: Timeout}
			}
			c.x.say(Event{Session: c.s.ID, Step: a.step()}) // nobody is waited for here any more
			c.lost = true
		}
	}
	a.Bytes, a.Entries, a.EOF, a.Digest, a.Denied = got.bytes, got.entries, got.eof, got.digest, got.denied
	a.TLSVersion, a.Resumed, a.NoNotify = got.version, got.resumed, got.noNotify
	if t.variant == TinyListing {
		a.Digest, a.Denied = "", "" // it is not of the folder
	}
	if got.secured {
		a.Reached = StageSecured
	}
	if got.bytes > 0 {
		a.Reached = StageFlowing
	}
	switch {
	case got.cut:
		a.Stop = Stop{Cause: Limit, Text: "the listing is longer than what is read of one"}
	case got.eof && a.Final.Reply.Code.Completion():
		a.Reached, a.Stop = StageDone, Stop{}
	case gaveUp:
		// What the server says after we have given up, such as 426, is about that.
		a.Stop, a.Waited = got.stop, got.took
	case a.Stop.Cause == ByReply || a.Stop.Cause == Canceled:
	case final && a.Stop.Stopped(): // the control connection ended; the data connection was not waited for
	case got.stop.Stopped():
		a.Stop, a.Waited = got.stop, got.took
	case !a.Stop.Stopped():
		a.Stop = Stop{Cause: Timeout, Text: "no completion reply"}
		if got.eof && a.Transfer.Stop.Stopped() {
			a.Stop = Stop{Cause: Closed, Text: "the data connection was closed and LIST stayed without a reply"}
		}
	}
	if a.Stop.Stopped() && (a.Stop.Cause != ByReply || meaning(a.Transfer.Reply) == ftp.DataPeerRejected) {
		// Replies to this LIST may still come: pyftpdlib rejects a data
		// connection before it has read LIST, and then says 150 to that.
		c.lost = true
	}
}
