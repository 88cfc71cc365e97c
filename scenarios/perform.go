package scenarios

import (
	"net"
	"strings"
	"time"
)

// play carries out a script on the control connection; without one it does
// what is usual. An error ends the session.
func (s *session) play(sc script, usual func() error) error {
	if sc == nil {
		return usual()
	}
	for _, st := range sc {
		if err := s.step(st, usual); err != nil {
			return err
		}
	}
	return nil
}

// step carries out one step on the control connection.
func (s *session) step(st step, usual func() error) error {
	switch st.do {
	case doReply:
		// In one write, like a daemon: a reply cut in two is a fault of its
		// own kind.
		return s.send(fill(strings.ReplaceAll(st.text, "\n", "\r\n"), s.values()...) + "\r\n")
	case doNormal:
		return usual()
	case doUnsaid:
		s.mute = true
		defer func() { s.mute = false }()
		return usual()
	case doSilence:
		return nil
	case doAlways:
		s.always = st.text
		return nil
	case doFreeze:
		<-s.srv.ctx.Done()
		return errEnded
	default:
		return s.srv.emit(s.conn, s.raw, st)
	}
}

// emit carries out the steps that mean the same on every connection. raw is
// the TCP connection below conn.
func (srv *server) emit(conn, raw net.Conn, st step) error {
	switch st.do {
	case doRaw:
		return write(conn, st.text)
	case doWait:
		return srv.sleep(srv.ctx, st.wait)
	case doTrickle:
		for i := range len(st.text) {
			if err := write(conn, st.text[i:i+1]); err != nil {
				return err
			}
			if err := srv.sleep(srv.ctx, st.wait); err != nil {
				return err
			}
		}
		return nil
	case doRepeat:
		return srv.repeat(conn, st.text, st.count)
	case doEndless:
		return srv.repeat(conn, st.text, -1)
	case doReset:
		reset(raw)
		return errEnded
	default: // doClose; the others have been dealt with by the caller
		return errEnded
	}
}

// Streams are written in blocks of 16 KiB with a pause of a millisecond after
// each (16 MB/s): a stream without end must take time, or a client with a
// deadline would never see it pass on a network whose clock moves only while
// everybody waits.
const (
	streamBlock = 16 << 10
	streamPause = time.Millisecond
)

// repeat writes the text count times, or without end if count is negative. The
// text is never held count times in memory.
func (srv *server) repeat(conn net.Conn, text string, count int64) error {
	if text == "" {
		return nil
	}
	perBlock := max(1, int64(streamBlock/len(text)))
	block := strings.Repeat(text, int(perBlock))
	for count != 0 {
		n := perBlock
		if count > 0 {
			n = min(n, count)
			count -= n
		}
		if err := write(conn, block[:n*int64(len(text))]); err != nil {
			return err
		}
		t := time.NewTimer(streamPause)
		select {
		case <-t.C:
		case <-srv.ctx.Done():
			t.Stop()
			return errEnded
		}
	}
	return nil
}

func write(conn net.Conn, text string) error {
	if _, err := conn.Write([]byte(text)); err != nil {
		return errEnded
	}
	return nil
}

// reset ends a TCP connection with RST instead of FIN. Connections in memory
// and those of the system both offer the option; the Close is the caller's.
func reset(conn net.Conn) {
	if c, can := conn.(interface{ SetLinger(seconds int) error }); can {
		c.SetLinger(0) // it fails only for a connection that has ended already
	}
	conn.Close()
}
