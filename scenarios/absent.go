package scenarios

import (
	"net"
	"strings"
)

// absence is what a server does when asked to list a name that is not there. The zero
// value refuses at once, as most do.
type absence uint8

const (
	absentRefused absence = iota // 550 and no data connection (measured: pyftpdlib, goftp)
	absentEmpty                  // an empty listing (measured: vsftpd, Pure-FTPd)
	absentFailed                 // an empty listing, then 450 (measured: ProFTPD)
	absentNamed                  // ls's own words as a listing (measured: inetutils)
)

// list answers LIST, NLST and MLSD: of a folder, or of a name that no folder here has.
func (s *session) list(arg string) error {
	if arg == "" || strings.HasPrefix(arg, "-") || strings.HasPrefix(arg, "/") || arg == s.folder {
		return s.transfer(s.deliver)
	}
	missing := arg + ": No such file or directory"
	if s.style.absent == absentRefused { // what was prepared stays so
		return s.send("550 " + missing + "\r\n")
	}
	return s.transfer(func(conn net.Conn) error {
		if s.style.absent == absentNamed {
			if err := orBroken(write(conn, missing+"\r\n")); err != nil {
				return s.say(sayDataBroken)
			}
		}
		s.last(conn).Close()
		if s.style.absent == absentFailed {
			return s.send("450 " + missing + "\r\n")
		}
		return s.complete()
	})
}
