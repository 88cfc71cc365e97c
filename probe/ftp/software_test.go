package ftp

import "testing"

func TestSoftware(t *testing.T) {
	line := func(text ...string) Reply { return Reply{Code: 220, Lines: text} }
	tests := []struct {
		name           string
		greeting, syst Reply
		feat           []string
		help           []Reply
		want           string
	}{
		{name: "greeting", greeting: line("(vsFTPd 3.0.3)"), want: "vsFTPd 3.0.3"},
		{name: "any case", greeting: line("VSFTPD 3.0.3"), want: "vsFTPd 3.0.3"},
		{name: "masked greeting, STAT", greeting: line("hello"), help: []Reply{line("FTP server status:", "     vsFTPd 3.0.5 - secure, fast, stable")}, want: "vsFTPd 3.0.5"},
		{name: "name in the greeting, version in STAT", greeting: line("ProFTPD Server (x) [192.0.2.1]"), help: []Reply{line("ProFTPD 1.3.8 status")}, want: "ProFTPD 1.3.8"},
		{name: "greeting counts more than a contradiction", greeting: line("ProFTPD Server"), help: []Reply{line("vsFTPd 3.0.5")}, want: "ProFTPD"},
		{name: "SYST of IIS", syst: line("Windows_NT"), want: "Microsoft FTP Service"},
		{name: "SYST of FileZilla", syst: line("UNIX emulated by FileZilla."), want: "FileZilla Server"},
		{name: "FEAT of Pure-FTPd", syst: line("UNIX Type: L8"), feat: []string{"EPSV", "ESTA", "ESTP"}, want: "Pure-FTPd"},
		{name: "SYST of Apache FtpServer", greeting: line("Service ready for new user."), syst: line("UNIX Type: Apache FtpServer"), want: "Apache FtpServer"},
		{name: "a program on a Synology", greeting: line("ProFTPD Server (synology)"), want: "ProFTPD"},
		{name: "an address is no version", greeting: line("ProFTPD Server (192.0.2.1)"), want: "ProFTPD"},
		{name: "a hostile version", greeting: line("vsFTPd 3\x1b[31m"), want: "vsFTPd 3"},
		{name: "masked", greeting: line("*****"), syst: line("XXXX XXXX"), want: ""},
		{name: "nothing", want: ""},
	}
	for _, tt := range tests {
		if got := Software(tt.greeting, tt.syst, tt.feat, tt.help...); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
