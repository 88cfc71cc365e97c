package probe

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"time"

	"ftpdiag/probe/ftp"
	"ftpdiag/probe/neterr"
)

// received is what came over a data connection.
type received struct {
	secured, resumed bool
	version          string // of TLS
	bytes            int64
	entries          int
	digest           string
	denied           string // the words that stood in place of names; empty: names did
	eof, cut         bool
	noNotify         bool // it ended without TLS saying so
	stop             Stop
	took             time.Duration
}

// reading is the deadline of a data connection that is being read, while another
// goroutine may decide that little more is worth waiting for.
type reading struct {
	conn  net.Conn
	stall time.Duration // how long nothing may come
	flow  time.Duration // how long it is read, if it does not stall

	mu       sync.Mutex
	deadline time.Time // of the read that is under way; zero: none is yet
	came     bool      // something has
	until    time.Time // nothing is waited for after this; zero: no such limit
}

// end lets the reading go on for that long at most.
func (r *reading) end(after time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.until = time.Now().Add(after)
	_ = r.conn.SetDeadline(r.until)
}

// endIfSilent is end where nothing has come so far, and would be waited for longer.
func (r *reading) endIfSilent(after time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	until := time.Now().Add(after)
	for _, earlier := range []time.Time{r.deadline, r.until} {
		if !earlier.IsZero() && earlier.Before(until) {
			return
		}
	}
	if r.came {
		return
	}
	r.until = until
	_ = r.conn.SetDeadline(until)
}

// extend gives the next read its time. came tells whether something has come.
func (r *reading) extend(ctx context.Context, came bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	deadline := time.Now().Add(r.stall)
	if !r.until.IsZero() && r.until.Before(deadline) {
		deadline = r.until
	}
	if ctx.Err() != nil {
		deadline = longAgo
	}
	r.deadline, r.came = deadline, came
	_ = r.conn.SetReadDeadline(deadline)
}

// longestDenial is the most bytes of a listing that may be words in place of names.
const longestDenial = 300

// readListing reads until the end, a stall, or enough.
func (c *control) readListing(ctx context.Context, t trial, r *reading) (got received) {
	began := time.Now()
	defer func() { got.took = time.Since(began) }()
	conn := r.conn // becomes the TLS connection below
	unwatch := context.AfterFunc(ctx, func() { _ = r.conn.SetDeadline(longAgo) })
	defer unwatch()
	var under *ending // the TCP connection that TLS runs over; nil: it does not
	if c.s.DataProtected {
		under = &ending{Conn: conn}
		secured := tls.Client(under, c.dataTLS(t.variant == FreshTLS))
		limited, cancel := context.WithTimeout(ctx, r.stall)
		err := secured.HandshakeContext(limited)
		cancel()
		if err != nil {
			got.stop, _ = tlsStop(ctx, err)
			return got
		}
		state := secured.ConnectionState()
		got.secured, got.resumed, got.version = true, state.DidResume, tls.VersionName(state.Version)
		conn = secured
	}
	buf := make([]byte, 32<<10)
	last := byte('\n')
	sum := sha256.New()
	var first []byte // what a refusal in place of names would fit into
	for {
		r.extend(ctx, got.bytes > 0)
		n, err := conn.Read(buf)
		if n > 0 {
			got.bytes += int64(n)
			got.entries += bytes.Count(buf[:n], []byte{'\n'})
			last = buf[n-1]
			first = append(first, buf[:min(n, longestDenial+1-len(first))]...)
			sum.Write(buf[:n])
		}
		switch {
		case errors.Is(err, io.EOF):
			// Many servers end TLS without close_notify; the sizes of
			// listings are not known, so this is the end all the same.
			got.eof, got.noNotify = true, under != nil && under.ended
		case errors.Is(err, io.ErrUnexpectedEOF):
			// No server ends in the middle of a TLS record: the rest of it is lost.
			got.stop = Stop{Cause: Closed, Text: "the connection ended within a TLS record"}
		case err != nil:
			got.stop = stopOf(err)
			if got.stop.Cause == Unknown && neterr.Of(err) == neterr.Unknown && got.secured {
				got.stop.Cause = ByTLS
			}
			if ctx.Err() != nil {
				got.stop.Cause = Canceled
			}
		case got.bytes >= enoughBytes, time.Since(began) >= r.flow:
			got.cut = true
		default:
			continue
		}
		if last != '\n' {
			got.entries++ // a last line without its end
		}
		if got.eof && len(first) <= longestDenial && ftp.ListingDenied(string(first)) {
			got.denied, got.entries = ftp.CleanLimit(c.x.scrubText(strings.TrimSpace(string(first))), shownRunes), 0
		}
		if got.bytes > 0 {
			got.digest = hex.EncodeToString(sum.Sum(nil)[:8])
		}
		return got
	}
}

// ending is a connection that knows whether its end was read: crypto/tls calls a
// close_notify and the end of the connection between two records by the same name.
type ending struct {
	net.Conn
	ended bool
}

func (e *ending) Read(b []byte) (int, error) {
	n, err := e.Conn.Read(b)
	e.ended = e.ended || errors.Is(err, io.EOF)
	return n, err
}

// String is what came, for the timeline.
func (r received) String() string {
	noun := "entries"
	if r.entries == 1 {
		noun = "entry"
	}
	what := fmt.Sprintf("data: %d bytes, %d %s in %s", r.bytes, r.entries, noun, seconds(r.took))
	if r.denied != "" {
		what = fmt.Sprintf("data: %d bytes in %s, \"%s\"", r.bytes, seconds(r.took), r.denied)
	}
	switch {
	case r.resumed:
		what += ", TLS session resumed"
	case r.secured:
		what += ", new TLS session"
	}
	switch {
	case r.eof && r.noNotify:
		return what + ", end of file without close_notify"
	case r.eof:
		return what + ", end of file"
	case r.cut:
		return what + ", not read any further"
	case r.stop.Cause == ByTLS && !r.secured:
		return "data: TLS handshake failed: " + r.stop.Text
	default:
		return what + ", then " + r.stop.Cause.String()
	}
}
