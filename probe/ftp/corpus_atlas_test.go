package ftp

import (
	"slices"
	"strings"
	"testing"
)

// kinds are the replies that tell most about a server's modes: how it greets, announces a
// passive port in either form, and says that a data connection did not come about, and a
// refusal for good.
var kinds = []struct {
	name  string
	files []string
	is    func(Reply) bool
}{
	{"greeting", []string{"greetings.txt"}, func(r Reply) bool { return r.Code == 220 }},
	{"227", []string{"pasv.txt"}, func(r Reply) bool { return r.Code == 227 }},
	{"229", []string{"epsv.txt"}, func(r Reply) bool { return r.Code == 229 }},
	{"425", []string{"data-failures.txt", "refusals.txt"}, func(r Reply) bool { return r.Code == 425 }},
	{"5xx", []string{"session.txt", "login.txt", "refusals.txt", "data-failures.txt"}, func(r Reply) bool { return r.Code.Permanent() }},
}

// noLog is why no text of a kind is known. Texts are never made up.
const noLog = "no transcript and no source: codes are known, words are not"

// atlas are the servers whose replies are known, by what the corpus calls them, and of
// which kinds none is, and why.
var atlas = []struct {
	server string
	called []string
	none   map[string]string
}{
	{server: "vsftpd", called: []string{"vsftpd", "vsFTPd"}},
	{server: "ProFTPD", called: []string{"ProFTPD"}},
	{server: "Pure-FTPd", called: []string{"Pure-FTPd"}},
	{server: "pyftpdlib", called: []string{"pyftpdlib"}},
	{server: "inetutils", called: []string{"inetutils"}},
	{server: "wu-ftpd", called: []string{"wu-ftpd"}},
	{server: "FileZilla Server 1.x", called: []string{"FileZilla Server 1.", "1.9.4 commander.cpp"}},
	{server: "FileZilla Server 0.9", called: []string{"FileZilla Server 0.9"}},
	{server: "ftpserverlib", called: []string{"ftpserverlib"}},
	{server: "goftp/server", called: []string{"goftp/server"}},
	{server: "Apache FtpServer", called: []string{"Apache FtpServer"}},
	{server: "BusyBox", called: []string{"BusyBox"}},
	{server: "IIS", called: []string{"IIS"}},
	{server: "Titan", called: []string{"Titan"}, none: map[string]string{"227": noLog, "229": noLog, "425": noLog, "5xx": noLog}},
	{server: "Serv-U", called: []string{"Serv-U"}, none: map[string]string{"227": noLog, "229": noLog}},
	{server: "AWS Transfer", called: []string{"AWS Transfer"}, none: map[string]string{"greeting": noLog, "229": noLog, "425": noLog, "5xx": noLog}},
}

// TestCorpusKnowsTheAtlas: of each server there is a reply of every kind, or a reason why
// none is known.
func TestCorpusKnowsTheAtlas(t *testing.T) {
	for _, k := range kinds {
		for _, a := range atlas {
			known := false
			for _, file := range k.files {
				fields := 1
				if file == "greetings.txt" || file == "pasv.txt" || file == "epsv.txt" {
					fields = 2
				}
				known = known || slices.ContainsFunc(corpus(t, file, fields), func(s sample) bool {
					line := strings.Join(append(slices.Clone(s.want), s.source, s.raw), "\t")
					return k.is(s.reply) && slices.ContainsFunc(a.called, func(name string) bool { return strings.Contains(line, name) })
				})
			}
			switch why, none := a.none[k.name]; {
			case known && none:
				t.Errorf("%s: a %s is in the corpus, and listed as not known (%s)", a.server, k.name, why)
			case !known && !none:
				t.Errorf("%s: the corpus has no %s", a.server, k.name)
			}
		}
	}
}
