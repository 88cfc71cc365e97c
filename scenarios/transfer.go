package scenarios

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"strings"
	"time"

	"ftpdiag/probe"
)

// transfer answers LIST, NLST and MLSD: open the data connection, deliver the
// listing, and say that it is complete, in the order of the style.
func (s *session) transfer(deliver func(net.Conn) error) error {
	if s.data == nil {
		return s.say(sayNoData)
	}
	defer s.discard()
	s.announced = false
	existed := s.data.conn != nil
	if s.style.replyFirst {
		opening := sayOpening
		if existed {
			opening = sayOpened125
		}
		if err := s.say(opening); err != nil {
			return err
		}
	}
	if err := s.connect(); err != nil {
		return err
	}
	if s.data == nil || s.data.conn == nil {
		return nil // refused, and said so
	}
	if !s.style.replyFirst {
		if err := s.say(sayOpening); err != nil {
			return err
		}
	}
	conn, refusal, err := s.secure(s.data.conn)
	if err != nil {
		return s.say(refusal)
	}
	return deliver(conn)
}

// connect brings the prepared data connection about, or says why there is
// none and discards what was prepared. An error ends the session.
func (s *session) connect() error {
	if s.data.conn != nil {
		return nil
	}
	if s.style.responsive {
		return s.attend(s.open)
	}
	failed, err := s.open(s.srv.ctx)
	return s.conclude(failed, err)
}

// conclude says how an attempt to open the data connection failed, if it did.
func (s *session) conclude(failed phrase, err error) error {
	if err == nil {
		return nil
	}
	if s.srv.ctx.Err() != nil || s.style.dieOnFailure && s.data.mode == probe.Active {
		return errEnded
	}
	defer s.discard()
	return s.say(failed)
}

// open waits for the data connection. The phrase says what to tell the client
// if it fails.
func (s *session) open(ctx context.Context) (phrase, error) {
	if s.data.mode == probe.Active {
		if err := s.dial(); err != nil {
			return s.dialFailure(err), err
		}
		return 0, nil
	}
	return s.await(ctx)
}

// errNobody means that no client came to the passive port in time.
var errNobody = errors.New("nobody came to the passive port")

// await waits for the client at the passive port and looks at who it is.
func (s *session) await(ctx context.Context) (phrase, error) {
	patience := s.srv.lasting(s.srv.awaitClient())
	if s.data.expiry != nil {
		s.data.expiry.Stop()
		patience -= time.Since(s.data.opened)
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	l := s.data.listener
	defer context.AfterFunc(ctx, func() { l.Close() })()
	for {
		conn, err := l.Accept()
		if err != nil {
			return sayPassiveTimeout, errNobody
		}
		if !s.srv.keep(conn) {
			return 0, errEnded
		}
		from := addrPortOf(conn.RemoteAddr())
		if from.Addr() == s.peer.Addr() || s.style.addresses == addressAny {
			s.data.conn = conn
			return 0, nil
		}
		s.srv.drop(conn)
		s.data.shown = from
		if !s.style.keepListening {
			return sayForeignPeer, errNobody
		}
	}
}

// attend waits for the data connection and answers commands meanwhile, as
// servers that do not block do (pyftpdlib, FileZilla Server 0.9: measured and
// from the source). ABOR ends the wait.
func (s *session) attend(open func(context.Context) (phrase, error)) error {
	type outcome struct {
		failed phrase
		err    error
	}
	ctx, cancel := context.WithCancel(s.srv.ctx)
	defer cancel()
	done := make(chan outcome, 1)
	s.srv.tasks.Go(func() {
		failed, err := open(ctx)
		done <- outcome{failed, err}
	})
	for {
		s.ask()
		select {
		case o := <-done:
			return s.conclude(o.failed, o.err)
		case l := <-s.lines:
			if l.err != nil {
				cancel()
				<-done
				s.lines <- l // next finds it again
				return errEnded
			}
			s.asked = false
			switch strings.ToUpper(l.text) {
			case "ABOR":
				cancel()
				<-done
				s.discard()
				return s.say(sayAborted)
			case "NOOP":
				// Not say: the values it fills in are being made by open.
				if err := s.send(s.style.say(sayNoop) + "\r\n"); err != nil {
					cancel()
					<-done
					return err
				}
			default:
				s.queued = append(s.queued, l.text)
			}
		}
	}
}

// secure makes the data connection a TLS connection if PROT P was agreed. The
// server is the TLS server whoever connected (RFC 4217 section 7).
func (s *session) secure(conn net.Conn) (secured net.Conn, refusal phrase, err error) {
	if !s.protected || s.tls == nil || s.srv.spec.tls.clearData {
		return conn, 0, nil
	}
	tc := tls.Server(conn, s.tls)
	if err := tc.HandshakeContext(s.srv.ctx); err != nil {
		return nil, sayDataBroken, err
	}
	if s.srv.spec.tls.reuse && !tc.ConnectionState().DidResume {
		// The daemons find out after the handshake: the client sees it
		// succeed, then end of file (measured: vsftpd, ProFTPD).
		tc.Close()
		return nil, sayReuse, errNotResumed
	}
	return tc, 0, nil
}

var errNotResumed = errors.New("data connection did not resume the session")

// deliver sends the listing and tells that it is complete.
func (s *session) deliver(conn net.Conn) error {
	spec := s.srv.spec
	if spec.completion == completionEarly {
		if err := s.complete(); err != nil {
			return err
		}
		// Long enough for the reply to overtake the data.
		if err := s.srv.sleep(s.srv.ctx, 50*time.Millisecond); err != nil {
			return err
		}
	}
	err := s.stream(conn)
	switch {
	case errors.Is(err, errBroken):
		return s.say(sayDataBroken)
	case err != nil:
		return err
	}
	last := s.last(conn)
	if spec.completion == completionAfterClose {
		s.linger(last)
	}
	last.Close()
	switch spec.completion {
	case completionEarly, completionMissing:
		return nil
	case completionLate:
		if err := s.srv.sleep(s.srv.ctx, spec.completionDelay); err != nil {
			return err
		}
	case completionNormal, completionAfterClose:
	}
	return s.complete()
}

// last is what a data connection is ended on. Closing a TLS connection announces the
// end with close_notify (RFC 8446 section 6.1); many servers close the TCP connection
// under it instead.
func (s *session) last(conn net.Conn) net.Conn {
	spec := s.srv.spec.tls
	if spec.torn && conn != s.data.conn {
		// Application data of 256 bytes (RFC 8446 section 5.1), of which four come.
		s.data.conn.Write([]byte("\x17\x03\x03\x01\x00torn")) //nolint:errcheck // who has gone misses nothing
	}
	if spec.noNotify || spec.torn {
		return s.data.conn
	}
	return conn
}

// lingerTime is how long ProFTPD waits for the client to close the data
// connection before it completes a transfer (TimeoutLinger, 10 s).
const lingerTime = 10 * time.Second

// linger ends our direction of the data connection and waits for the client to
// end its own.
func (s *session) linger(conn net.Conn) {
	if half, can := conn.(interface{ CloseWrite() error }); !can || half.CloseWrite() != nil {
		return
	}
	conn.SetReadDeadline(time.Now().Add(s.srv.lasting(lingerTime))) // a dead connection ends the wait as well
	io.Copy(io.Discard, conn)                                       //nolint:errcheck // whatever ends it, the wait is over
}

// complete sends the reply that ends a transfer.
func (s *session) complete() error {
	return s.play(s.srv.spec.completionReply, func() error { return s.say(sayComplete) })
}

// errBroken means that the data connection ended before the listing did.
var errBroken = errors.New("data connection broken")

// stream carries out the scenario's script for data; without one it sends the
// listing.
func (s *session) stream(conn net.Conn) error {
	spec := s.srv.spec
	all := func() error { return orBroken(write(conn, string(spec.listing))) }
	if spec.data == nil {
		return all()
	}
	for _, st := range spec.data {
		var err error
		switch st.do {
		case doNormal:
			err = all()
		case doFirst:
			err = orBroken(write(conn, string(spec.listing[:min(int(st.count), len(spec.listing))])))
		case doFreeze:
			<-s.srv.ctx.Done()
			err = errEnded
		case doClose, doSilence:
			return nil // an empty or cut listing, complete all the same
		case doReset:
			reset(s.data.conn)
			err = errBroken
		default:
			err = orBroken(s.srv.emit(conn, s.data.conn, st))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// orBroken tells a data connection that broke from a session that ended.
func orBroken(err error) error {
	if errors.Is(err, errEnded) {
		return errBroken
	}
	return err
}
