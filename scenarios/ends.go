package scenarios

import (
	"fmt"
	"slices"

	"ftpdiag/probe"
)

// ends answers ESTP and ESTA, which Pure-FTPd alone knows (ftpd.c, doestp and doesta;
// measured with 1.0.50): it opens the data connection that was prepared, and names one end of
// it. ESTP names the far end of a passive one, which is the client as the server sees
// it; ESTA the server's own end of an active one. The line about the opening comes
// first, in the same reply.
//
// No transfer uses that connection: LIST opens another, and Pure-FTPd forgets the first
// (ftp_parser.c sets xferfd to -1 before each command).
func (s *session) ends(verb string) error {
	mode, opened, named := probe.Passive, "Accepted data connection", "Connected to"
	unprepared := "520 Unable to open a passive connection\r\n"
	if verb == "ESTA" {
		mode, opened, named = probe.Active, "Connecting to port {port}", "Connected from"
		unprepared = "520 Active mode is disabled\r\n"
	}
	switch {
	case !slices.Contains(s.style.features, verb):
		return s.say(sayUnknown, "{command}", verb)
	case s.data == nil || s.data.mode != mode:
		return s.send(unprepared)
	}
	failed, err := s.open(s.srv.ctx)
	switch {
	case err != nil && s.srv.ctx.Err() == nil && mode == probe.Active:
		defer s.discard()
		return s.send(fill("425-Could not open data connection to port {port}: {error}\r\n425 Can't create the data socket\r\n", s.values()...))
	case err != nil:
		return s.conclude(failed, err)
	}
	opened = fill(opened, s.values()...)
	conn := s.data.conn
	s.data.conn, s.idle = nil, append(s.idle, conn)
	end := addrPortOf(conn.RemoteAddr())
	if mode == probe.Active {
		end = addrPortOf(conn.LocalAddr())
		s.discard() // the socket that PORT prepared is the one that is connected now
	}
	family := 1
	if end.Addr().Is6() {
		family = 2
	}
	return s.send(fmt.Sprintf("225-%s\r\n225 %s (|%d|%s|%d|)\r\n", opened, named, family, end.Addr(), end.Port()))
}

// dropIdle ends the data connections that no transfer came to use.
func (s *session) dropIdle() {
	for _, conn := range s.idle {
		s.srv.drop(conn)
	}
}
