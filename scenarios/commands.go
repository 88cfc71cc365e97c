package scenarios

import (
	"net/netip"
	"strings"
	"unicode"

	"ftpdiag/probe"
)

// usual does what the style does about a command.
func (s *session) usual(verb, arg string) error {
	if !s.loggedIn && !beforeLogin[verb] {
		return s.say(sayNotLoggedIn)
	}
	switch verb {
	case "USER":
		s.user = arg
		return s.say(sayUserOK)
	case "PASS":
		return s.pass()
	case "AUTH":
		return s.auth(arg)
	case "PBSZ":
		return s.say(sayPbszOK)
	case "PROT":
		s.protected = strings.EqualFold(arg, "P")
		return s.say(sayProtOK, "{path}", strings.ToUpper(arg))
	case "FEAT":
		return s.feat()
	case "SYST":
		return s.say(saySyst)
	case "HELP":
		return s.say(sayHelp)
	case "NOOP":
		return s.say(sayNoop)
	case "TYPE":
		return s.say(sayType)
	case "OPTS":
		s.utf8 = s.utf8 || strings.EqualFold(arg, "UTF8 ON")
		return s.say(sayOptsOK)
	case "MODE", "STRU", "ALLO":
		return s.send("200 " + verb + " ok.\r\n")
	case "PWD", "XPWD":
		return s.say(sayPwd)
	case "CWD", "XCWD":
		if s.style.codePage && !s.utf8 && strings.ContainsFunc(arg, func(r rune) bool { return r > unicode.MaxASCII }) {
			return s.say(sayNoFolder)
		}
		s.folder = arg
		return s.say(sayCwdOK)
	case "STAT":
		return s.stat(arg)
	case "MLST":
		return s.send("250-Begin\r\n type=dir;perm=el; " + s.folder + "\r\n250 End.\r\n")
	case "PRET":
		s.announced = true
		return s.send("200 OK, planning to use upcoming " + arg + " command.\r\n")
	case "PORT", "EPRT":
		return s.offer(verb, arg)
	case "PASV", "P@SW", "EPSV":
		return s.listen(verb, arg)
	case "ESTA", "ESTP":
		return s.ends(verb)
	case "LIST", "NLST", "MLSD":
		return s.list(arg)
	case "ABOR":
		return s.say(sayNothingAbort)
	case "QUIT":
		return s.farewell(sayQuit)
	default:
		return s.say(sayUnknown, "{command}", verb)
	}
}

// beforeLogin lists what daemons answer to strangers. Everything else gets a
// 530, unknown commands included (measured: vsftpd, ProFTPD, Pure-FTPd).
var beforeLogin = map[string]bool{
	"USER": true, "PASS": true, "AUTH": true, "PBSZ": true, "PROT": true,
	"FEAT": true, "SYST": true, "NOOP": true, "HELP": true, "QUIT": true, "OPTS": true,
}

// pass logs in whoever comes: refusals are scripted.
func (s *session) pass() error {
	if s.crowded {
		return s.farewell(sayTooMany)
	}
	s.loggedIn = true
	return s.say(sayLoggedIn)
}

// feat lists the features. A daemon leaves out what it is forbidden to do:
// vsftpd shows neither EPRT without port_enable nor PASV and EPSV without
// pasv_enable (measured).
func (s *session) feat() error {
	spec := s.srv.spec
	lines := append([]string(nil), s.style.features...)
	if spec.tls.offered {
		lines = append(lines, "AUTH TLS", "PBSZ", "PROT")
	}
	if !spec.off[probe.EPRT] {
		lines = append(lines, "EPRT")
	}
	if !spec.off[probe.EPSV] {
		lines = append(lines, "EPSV")
	}
	var b strings.Builder
	b.WriteString("211-Features:\r\n")
	seen := map[string]bool{}
	for _, l := range lines {
		if !seen[l] {
			b.WriteString(" " + l + "\r\n")
		}
		seen[l] = true
	}
	b.WriteString("211 End\r\n")
	return s.send(b.String())
}

// stat answers STAT: the state of the session, or a listing over the control
// connection.
func (s *session) stat(arg string) error {
	if arg == "" {
		return s.say(sayStat)
	}
	listing := strings.TrimSuffix(string(s.srv.spec.listing), "\r\n")
	return s.send("213-Status follows:\r\n" + listing + "\r\n213 End of status\r\n")
}

// offered reads the argument of PORT or EPRT. It does so on its own, not with
// the examiner's parser: a fault there must not cancel itself out here.
func offered(verb, arg string) (ap netip.AddrPort, family bool, ok bool) {
	if verb == "PORT" {
		ap, ok = parseTuple(arg)
		return ap, true, ok
	}
	if arg == "" {
		return ap, true, false
	}
	parts := strings.Split(arg, arg[:1])
	if len(parts) != 5 {
		return ap, true, false
	}
	if parts[1] != "1" && parts[1] != "2" {
		return ap, false, false
	}
	addr, err := netip.ParseAddr(parts[2])
	port, bad := parsePort(parts[3])
	if err != nil || bad != nil || addr.Is4() != (parts[1] == "1") {
		return ap, true, false
	}
	return netip.AddrPortFrom(addr, port), true, true
}
