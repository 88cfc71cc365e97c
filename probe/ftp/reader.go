package ftp

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
)

// The limits of one reply. A server that sends more is broken or hostile; what
// came up to the limit is kept as evidence.
const (
	// MaxLine is the length in bytes up to which a line's text is kept. RFC 959
	// names no limit; the longest honest lines seen are some hundred bytes, and
	// a path name of PATH_MAX is 4096.
	MaxLine = 4096

	// MaxLines is the number of lines of one reply. Long messages of the day
	// and STAT listings have a few hundred lines.
	MaxLines = 512

	// MaxReply is the length in bytes of one reply, and so bounds the memory
	// of a Reader: this much, and one network read beyond it.
	MaxReply = 64 << 10
)

// Errors of ReadReply that are not those of the stream.
var (
	// ErrLineTooLong: a line does not end within MaxReply bytes.
	ErrLineTooLong = errors.New("line too long")

	// ErrTooManyLines: the reply does not end within MaxLines lines or
	// MaxReply bytes.
	ErrTooManyLines = errors.New("reply has too many lines")

	// ErrNotReply: the line cannot be part of an FTP reply; something else
	// answers ("SSH-2.0-...", "HTTP/1.1 400 ...").
	ErrNotReply = errors.New("not an FTP reply")
)

// readSize is how much is asked of the stream at once: a typical reply fits,
// and it is the most that may lie unread beyond a reply.
const readSize = 4096

// emptyReads is how many reads without bytes or error are borne, as in bufio.
const emptyReads = 100

// Reader splits the stream of a control connection into replies. It asks the
// stream for more only while the reply at hand is incomplete. It must not be
// used by two goroutines at once.
type Reader struct {
	src     io.Reader
	pending []byte // arrived and not yet returned
	srcErr  error  // came together with the last pending bytes
	lost    error  // the stream is out of step for good
}

// NewReader returns a Reader on the stream.
func NewReader(r io.Reader) *Reader { return &Reader{src: r} }

// Buffered tells how many bytes have arrived beyond the replies returned. After
// the reply to AUTH it must be 0: anything else was slipped in before TLS.
func (r *Reader) Buffered() int { return len(r.pending) }

// Await waits until the next reply begins to arrive and takes nothing of it. It tells
// false where the stream's deadline passes first, and true also where the stream ends
// or fails: ReadReply then says how.
func (r *Reader) Await() bool {
	if r.lost != nil || len(r.pending) > 0 {
		return true
	}
	err := r.fill()
	if timedOut(err) {
		return false
	}
	if err != nil {
		r.srcErr = err
	}
	return true
}

// ReadReply returns the next reply. On an error the Reply holds what there was.
//
// The stream's own error is wrapped; an end in the middle of a reply is
// io.ErrUnexpectedEOF, one between replies io.EOF. After a timeout the bytes
// that had arrived stay, and the next call returns the whole reply. ErrNotReply
// consumes one line. After ErrLineTooLong and ErrTooManyLines it is unknown
// where a reply begins, so every later call returns the same error.
func (r *Reader) ReadReply() (Reply, error) {
	if r.lost != nil {
		return Reply{}, r.lost
	}
	var a assembly
	start, searched := 0, 0 // of the line at hand
	for {
		window := r.pending[:min(len(r.pending), MaxReply)]
		if i := bytes.IndexByte(window[searched:], '\n'); i >= 0 {
			end := searched + i + 1
			done, err := a.add(window[start:end])
			if done || err != nil {
				return r.take(a.reply, end), r.wrap(err)
			}
			start, searched = end, end
			continue
		}
		searched = len(window)

		if len(window) == MaxReply {
			a.cut(window[start:])
			if MaxReply-start > MaxLine {
				return r.take(a.reply, MaxReply), r.wrap(ErrLineTooLong)
			}
			return r.take(a.reply, MaxReply), r.wrap(ErrTooManyLines)
		}
		if err := r.fill(); err != nil {
			a.cut(r.pending[start:])
			return r.stop(a.reply, err)
		}
	}
}

// fill reads once more from the stream. It returns an error only if no byte
// came with it; one that came with bytes is kept until they are used up.
func (r *Reader) fill() error {
	if err := r.srcErr; err != nil {
		r.srcErr = nil
		return err
	}
	for range emptyReads {
		r.pending = slices.Grow(r.pending, readSize)
		n, err := r.src.Read(r.pending[len(r.pending) : len(r.pending)+readSize])
		r.pending = r.pending[:len(r.pending)+n]
		if n > 0 {
			r.srcErr = err
			return nil
		}
		if err != nil {
			return err
		}
	}
	return io.ErrNoProgress
}

// take hands out the first n pending bytes as the reply's Raw.
func (r *Reader) take(reply Reply, n int) Reply {
	reply.Raw = bytes.Clone(r.pending[:n])
	r.pending = append(r.pending[:0], r.pending[n:]...)
	return reply
}

// stop ends ReadReply when the stream gave an error instead of a byte.
func (r *Reader) stop(reply Reply, err error) (Reply, error) {
	if len(r.pending) == 0 {
		return Reply{}, r.wrap(err)
	}
	if timedOut(err) {
		reply.Raw = bytes.Clone(r.pending)
		return reply, r.wrap(err)
	}
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return r.take(reply, len(r.pending)), r.wrap(err)
}

// timedOut tells whether an error of the stream is its deadline.
func timedOut(err error) bool {
	var timeout interface{ Timeout() bool }
	return errors.As(err, &timeout) && timeout.Timeout()
}

// wrap gives the error its context and remembers those after which the stream
// is out of step. io.EOF stays bare, as everywhere.
func (r *Reader) wrap(err error) error {
	if err == nil || errors.Is(err, io.EOF) {
		return err
	}
	wrapped := fmt.Errorf("ftp: read reply: %w", err)
	if errors.Is(err, ErrLineTooLong) || errors.Is(err, ErrTooManyLines) {
		r.lost = wrapped
	}
	return wrapped
}
