package report

import (
	"ftpdiag/probe"
	"ftpdiag/probe/ftp"
)

// softwareOf names the server program of a control connection, with its
// version if it tells one; empty if it is not recognised.
func softwareOf(s *probe.Session) string {
	if s == nil {
		return ""
	}
	return ftp.Software(s.Greeting.Reply, s.Syst.Reply, s.Features, s.Stat.Reply)
}
