package probe

import (
	"context"
)

// nobodysName is what no folder holds. Its listing is empty: most servers open the data
// connection for it and close it again (measured with vsftpd, Pure-FTPd, inetutils,
// and ProFTPD, which says 450 after that), others refuse it at once with 550
// (pyftpdlib, goftp).
const nobodysName = "ftpdiag-lists-nothing"

// stalledListing is the first listing that stalled after its data connection had
// opened; nil: none did.
func stalledListing(list []*Attempt) *Attempt {
	for _, a := range list {
		if a.Stop.Cause == Timeout && a.Reached >= StageConnected && !a.EOF && a.Transfer.Reply.Code.Positive() {
			return a
		}
	}
	return nil
}

// askTinyListing asks for a listing without a name in it after one has stalled. Its
// end is a packet without data: if even that does not arrive, the size of the packets
// is not the reason, and neither is this folder.
func (r *route) askTinyListing(ctx context.Context, c *control) *control {
	a := stalledListing(r.attempts())
	if a == nil {
		return c
	}
	if r.x.plan.allows("small-segments") && r.x.left() < r.reach(c)+briefDial {
		return c // the real one, with small segments, tells more
	}
	return r.experiment(ctx, c, "tiny-listing",
		trial{method: a.Method, variant: TinyListing, limit: aloneDial, atServer: r.namesElsewhere()}, func(tiny *Attempt) Answer {
			switch {
			case tiny.EOF && tiny.Bytes <= oneSegment && tiny.Transfer.Reply.Code.Preliminary():
				return Yes
			case tiny.Reached >= StageConnected && tiny.Stop.Cause == Timeout:
				return No
			default:
				return NoAnswer // refused, or not so far as the one before
			}
		})
}

// askSmallSegments repeats a listing that stalled after the data connection
// had opened, asking the server for small segments: if it arrives now, large
// packets vanish on the way. Where not even an empty listing arrives, it is not
// their size.
func (r *route) askSmallSegments(ctx context.Context, c *control) *control {
	a := stalledListing(r.attempts())
	if a == nil || r.known(func(e Experiment) bool { return e.Name == "tiny-listing" && e.Answer == No }) {
		return c
	}
	return r.experiment(ctx, c, "small-segments",
		trial{method: a.Method, variant: SmallSegments, limit: aloneDial, atServer: r.namesElsewhere()}, func(again *Attempt) Answer {
			if again.Reached < StageConnected {
				return NoAnswer // it did not get as far as the one before
			}
			return delivered(again)
		})
}

// askFreshTLS repeats a protected listing that resumed the control
// connection's TLS session without resuming it: many FTP programs cannot.
func (r *route) askFreshTLS(ctx context.Context, c *control) *control {
	if !r.protection.Encrypted() {
		return c
	}
	for _, a := range r.attempts() {
		if !a.Delivered() || !a.Resumed {
			continue
		}
		c = r.experiment(ctx, c, "fresh-tls",
			trial{method: a.Method, variant: FreshTLS, limit: briefDial, atServer: r.namesElsewhere()}, func(fresh *Attempt) Answer {
				if !fresh.Delivered() && !fresh.refusal().Code.Negative() {
					return NoAnswer // it broke, and the server did not say that it wants otherwise
				}
				return delivered(fresh)
			})
		return c
	}
	return c
}
