package ftp

import (
	"regexp"
	"strings"
)

// maker is one row of the table of server programs.
type maker struct {
	mark string // in lower case; occurs in what the program says of itself
	name string // as its makers write it
}

// makers is the table, the particular before the general. The marks are from
// greetings and from replies to STAT, SYST and HELP: of the servers measured or
// read as source where named in the table of texts, of the others as seen in
// transcripts.
var makers = []maker{
	{"vsftpd", "vsFTPd"},
	{"proftpd", "ProFTPD"},
	{"pure-ftpd", "Pure-FTPd"},
	{"pyftpdlib", "pyftpdlib"},
	{"filezilla server", "FileZilla Server"},
	{"emulated by filezilla", "FileZilla Server"}, // SYST
	{"microsoft ftp service", "Microsoft FTP Service"},
	{"windows_nt", "Microsoft FTP Service"}, // SYST
	{"gnu inetutils", "GNU inetutils"},
	{"inetutils", "GNU inetutils"},
	{"version wu-", "wu-ftpd"},
	{"tnftpd", "tnftpd"},
	{"netbsd-ftpd", "tnftpd"}, // its name before 2003
	{"serv-u", "Serv-U"},
	{"crushftp", "CrushFTP"},
	{"glftpd", "glFTPd"},
	{"ncftpd", "NcFTPd"},
	{"titan ftp server", "Titan FTP Server"}, // its version follows
	{"titan ftp", "Titan FTP Server"},
	{"ws_ftp server", "WS_FTP Server"},
	{"cerberus", "Cerberus FTP Server"},
	{"xlight", "Xlight FTP Server"},
	{"wing ftp", "Wing FTP Server"},
	{"sftpgo", "SFTPGo"},
	{"bftpd", "bftpd"},
	{"mikrotik", "MikroTik"},
	{"apache ftpserver", "Apache FtpServer"}, // SYST and STAT
	{"aws transfer", "AWS Transfer Family"},
	{"synology", "Synology"},            // the host's name, unless its owner gave it another
	{"ftp server (version", "BSD ftpd"}, // "... FTP server (Version 6.00LS) ready."
}

// version is what may stand between a name and its version, and the version:
// "vsFTPd 3.0.3", "FileZilla Server version 0.9.41 beta", "Service (Version
// 5.0)", "Serv-U FTP Server v6.4", "wu-2.6.2(1)". An address in brackets or
// parentheses is none.
var version = regexp.MustCompile(`^(?i:[ /_-]*(?:ftp server )?(?:\(?version )?v?)([0-9][0-9A-Za-z.+-]{0,23})`)

// Software names the server program, with its version if it tells one: "vsFTPd
// 3.0.3", "Microsoft FTP Service". It believes what the server says, the
// greeting first, then other replies (STAT or HELP), then SYST, then FEAT; a
// proxy in between may say it instead. Empty means not recognised. The result
// is ASCII and needs no cleaning.
func Software(greeting, syst Reply, feat []string, help ...Reply) string {
	found := ""
	for _, r := range append(append([]Reply{greeting}, help...), syst) {
		name, numbered := softwareIn(r.Lines)
		switch {
		case numbered && (found == "" || strings.HasPrefix(name, found+" ")):
			return name
		case found == "":
			found = name
		}
	}
	// ESTA and ESTP are Pure-FTPd's own (ftpd.c).
	if found == "" && HasFeature(feat, "ESTA") && HasFeature(feat, "ESTP") {
		return "Pure-FTPd"
	}
	return found
}

// softwareIn looks for a maker's mark in the lines and tells whether a version
// follows it.
func softwareIn(lines []string) (name string, numbered bool) {
	for _, m := range makers {
		for _, line := range lines {
			i := strings.Index(lowerASCII(line), m.mark)
			if i < 0 {
				continue
			}
			if found := version.FindStringSubmatch(line[i+len(m.mark):]); found != nil {
				return m.name + " " + strings.TrimRight(found[1], ".+-"), true
			}
			if name == "" {
				name = m.name
			}
		}
		if name != "" {
			return name, false
		}
	}
	return "", false
}

// lowerASCII lowers A to Z and leaves every other byte where it is, so that
// positions in the result are positions in s.
func lowerASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}
