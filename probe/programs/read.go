package programs

import (
	"slices"
	"strings"
)

// reader reads the settings of one program, into it. It returns whether the
// program is on this computer although nothing is set.
type reader struct {
	id       string
	standard Passive // if nothing is set
	read     func(c *Computer, p *Program, host string) (present bool)
}

// readers are all programs, those that people click before those that they
// type, and libraries last. The defaults are measured (curl, lftp, wget, ncftp,
// tnftp, GNU inetutils ftp, Perl), read in the source (FileZilla, WinSCP,
// rclone) or documented: fetch(1) of FreeBSD, and Microsoft about ftp.exe.
var readers = []reader{
	{"filezilla", Yes, readFileZilla},
	{"winscp", Yes, readWinSCP},
	{"ie", Absent, readExplorer},
	{"ftp.exe", No, readFTPExe},
	{"curl", Yes, readCurl},
	{"lftp", Yes, readLFTP},
	{"wget", Yes, readWget},
	{"rclone", Yes, readRclone},
	{"ncftp", Auto, readNcFTP},
	{"tnftp", Auto, readTnftp},
	{"inetutils-ftp", No, readInetutils},
	{"fetch", Yes, readFetch},
	{"perl", Yes, readPerl},
}

// Read reads the settings of all programs that are on this computer or have
// left settings there. Settings for the server host (empty: for none) are
// told from those for other servers.
func Read(c *Computer, host string) []Program {
	found := []Program{}
	for _, r := range readers {
		p := Program{ID: r.id, Default: r.standard}
		present := r.read(c, &p, host)
		if present || len(p.Problems) > 0 || slices.ContainsFunc(p.Settings, own) {
			found = append(found, p)
		}
	}
	return found
}

// own tells whether a setting shows that its program is here. ftp_proxy does not,
// nor do its like: many programs read the same.
func own(s Setting) bool {
	return s.Place != inEnvironment || !strings.HasSuffix(strings.ToLower(s.Name), "_proxy")
}

// bad notes a value that the program does not know.
func (p *Program) bad(place string, line int, name string) {
	p.Problems = append(p.Problems, Problem{Trouble: BadValue, Place: place, Line: line, Name: name})
}

// passiveIf is Yes or No.
func passiveIf(passive bool) Passive {
	if passive {
		return Yes
	}
	return No
}
