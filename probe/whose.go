package probe

import (
	"context"
	"slices"
	"time"

	"ftpdiag/probe/ftp"
)

// Servers answer in order, and most answer each command once. Some answer one twice,
// a moment apart, and a reply that comes late comes before that to the next command:
// whose is it?

// passOwed takes the reply to a command behind those that are still owed to commands
// before it. Servers answer in order: a reply that only this command can have is this
// command's, and so is a refusal after which nothing comes; what was owed then never
// will.
func (c *control) passOwed(ctx context.Context, step Step, verb string, r Exchange, limit time.Duration) Exchange {
	var refused Exchange
	by := time.Now().Add(limit)
	for len(c.owed) > 0 && !r.Stop.Stopped() && !onlyTo(verb, c.owed, r.Reply.Code) {
		if c.owed[0] == "FEAT" && r.Reply.Code == 211 {
			c.takeFeatures(r.Reply)
		}
		if r.Reply.Code.Negative() {
			refused, limit = r, min(limit, aloneDial) // who is late answers the next command at once
		}
		c.owed = c.owed[1:]
		c.awaitsReply(step, verb)
		r = c.receive(ctx, step, max(0, min(limit, time.Until(by))))
	}
	if r.Stop.Cause == Timeout && refused.Reply.Code != 0 {
		r = refused
	}
	if !r.Stop.Stopped() {
		c.owed = nil
	}
	return r
}

// receiveLate waits on for the reply to a command that ask has given up, which may
// come behind others that are late.
func (c *control) receiveLate(ctx context.Context, step Step, verb string, limit time.Duration) Exchange {
	if n := len(c.owed); n > 0 && c.owed[n-1] == verb {
		c.owed = c.owed[:n-1]
	}
	r := c.receive(ctx, step, limit)
	if len(c.owed) > 0 {
		r = c.passOwed(ctx, step, verb, r, limit)
	}
	if r.Stop.Cause == Timeout {
		c.owed = append(c.owed, verb)
	}
	return r
}

// answered is a command and how it was answered; without a verb it is the greeting.
type answered struct {
	verb string
	code ftp.Code // 0: with nothing
}

// granted are the replies by which a command is granted (RFC 959 section 5.4, RFC 2228,
// RFC 2389, RFC 2428): those that tell which command a reply is to. Without a verb it
// is the greeting.
var granted = map[string][]ftp.Code{
	"": {220}, "LIST": {226, 250}, "OPTS": {200, 202},
	"USER": {230, 331, 332}, "PASS": {202, 230, 332}, "ACCT": {202, 230}, "AUTH": {234, 334}, "CWD": {200, 250},
	"PBSZ": {200}, "PROT": {200}, "NOOP": {200}, "PORT": {200}, "EPRT": {200}, "PRET": {200},
	"FEAT": {211}, "HELP": {211, 214}, "STAT": {211, 212, 213}, "MLST": {250}, "SYST": {215},
	"PASV": {227}, "EPSV": {229},
}

// onlyTo tells whether a reply can be to one command and not to those whose replies
// are still owed. Refusals (4yz, 5yz) may be to any of them.
func onlyTo(verb string, owed []string, code ftp.Code) bool {
	return slices.Contains(granted[verb], code) && !slices.ContainsFunc(owed, func(o string) bool {
		return slices.Contains(granted[o], code)
	})
}

// endsTransfer tells whether a reply can only be about a transfer: the end of one,
// or a break (RFC 959 section 5.4). LIST is not sent with ask.
func endsTransfer(code ftp.Code) bool { return code == 226 || code == 426 }

// informs tells whether a reply can only be to FEAT, HELP or SYST (RFC 959 section
// 5.4, RFC 2389).
func informs(code ftp.Code) bool { return code == 211 || code == 214 || code == 215 }

// Times for a second reply to the command before.
const (
	// secondReply is how long this command's own reply is waited for behind one that
	// may be the second to the command before, at least: a server says both within a
	// moment, and who means what he says should not become slow.
	secondReply = 500 * time.Millisecond

	// secondReplyTrips is the same in round trips.
	secondReplyTrips = 4
)

// passOver takes the reply after one that belongs to the command before: some servers
// end a transfer twice (BusyBox, and proxies that add a 226 of their own), others say
// 200 and then 250 to CWD, or welcome a user twice (seen). Where nothing comes after
// it, it was meant for this command.
func (c *control) passOver(ctx context.Context, step Step, verb string, first Exchange, limit time.Duration) Exchange {
	wait := c.mayFollow(verb, first.Reply.Code, limit)
	if wait == 0 {
		return first
	}
	if !endsTransfer(first.Reply.Code) && !c.another(ctx, wait) {
		c.x.means(verb, first.Reply.Code)
		return first
	}
	c.awaitsReply(step, verb)
	next := c.receive(ctx, step, limit)
	next.Events = slices.Concat(first.Events, next.Events)
	return next
}

// mayFollow is how long a command's own reply may take to come behind the last one,
// which has the code; zero: that is its own. It is not if it says how a transfer
// ended, or informs of what was not asked, or could be to the command before as well
// as the reply that this one had. To wait for another than one that may be meant is not
// worth much time, and none where this server is known to mean it.
func (c *control) mayFollow(verb string, code ftp.Code, limit time.Duration) time.Duration {
	own, known := granted[verb]
	passive := verb == "PASV" || verb == "EPSV"
	_, portless := ftp.ParsePassive(c.raw)
	switch {
	case endsTransfer(code):
		return limit
	case !known, slices.Contains(own, code):
		return 0
	case informs(code):
		return limit
	case !c.before.code.Positive(), !slices.Contains(granted[c.before.verb], code):
		return 0
	case passive && portless != nil:
		return limit // of no use in any case
	case passive && code != 227 && code != 229:
		return 0
	case !passive && !slices.Contains(anybodys, code):
		return limit
	case c.x.meant(verb, code):
		return 0
	case verb == "USER":
		// A second greeting logs nobody in, and the reply behind it may wait for a
		// name or ident lookup: who takes one for the other is a reply ahead from then on.
		return min(limit, aloneDial)
	default:
		return min(limit, c.x.plan.Timeouts.Patience, max(secondReply, secondReplyTrips*c.s.Connect.Took))
	}
}

// anybodys are codes that say no more than "done": servers give them to any command (200
// to PASS, 202 to FEAT, 250 to PORT, 220 to SYST).
var anybodys = []ftp.Code{200, 202, 220, 250}

// precedesTransfer tells whether a reply that came after LIST is a second one to the
// command before, such as PORT, and another follows.
func (c *control) precedesTransfer(ctx context.Context, e Exchange) bool {
	code := e.Reply.Code
	if e.Stop.Stopped() || slices.Contains(granted["LIST"], code) || !slices.Contains(granted[c.before.verb], code) {
		return false
	}
	if code == 200 {
		return c.another(ctx, c.x.plan.Timeouts.Patience) // it may be all that this server says to LIST
	}
	return c.another(ctx, c.x.plan.Timeouts.Data)
}

// another waits until a further reply begins to arrive, or the connection ends; false
// if nothing does.
func (c *control) another(ctx context.Context, limit time.Duration) bool {
	_ = c.conn.SetReadDeadline(time.Now().Add(limit))
	if ctx.Err() != nil {
		_ = c.conn.SetReadDeadline(longAgo)
	}
	defer func() { c.heard = time.Now() }()
	return c.rd.Await()
}

// usual is what a server says to a command where others say something else; PORT
// stands for EPRT.
func usual(verb string, code ftp.Code) answered {
	if verb == "EPRT" {
		verb = "PORT"
	}
	return answered{verb, code}
}

// means remembers that the server says a code to a command and nothing after it.
func (x *examiner) means(verb string, code ftp.Code) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.usualCodes == nil {
		x.usualCodes = map[answered]bool{}
	}
	x.usualCodes[usual(verb, code)] = true
}

// meant tells whether the server is known to do so.
func (x *examiner) meant(verb string, code ftp.Code) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.usualCodes[usual(verb, code)]
}
