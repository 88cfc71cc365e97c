package report_test

import (
	"encoding/base64"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"ftpdiag/probe"
	"ftpdiag/probe/ftp"
	"ftpdiag/report"
)

// secrets lists what identifies somebody in an examination, in every form in
// which it is written down.
func secrets(e *probe.Examination) []string {
	var list []string
	addr := func(a netip.Addr) {
		a = a.Unmap()
		if !a.IsValid() || a.IsLoopback() || a.IsUnspecified() {
			return
		}
		list = append(list, a.String())
		if a.Is4() {
			list = append(list, strings.ReplaceAll(a.String(), ".", ",")+",")
		}
	}
	if _, err := netip.ParseAddr(e.Target.Host); err != nil {
		list = append(list, e.Target.Host)
	}
	list = append(list, e.Target.User)
	list = append(list, e.Resolution.CNAME...)
	for _, a := range e.Resolution.Addresses {
		addr(a)
	}
	for _, s := range e.Resolution.Servers {
		addr(s.Server.Addr())
	}
	for _, k := range e.Connects {
		addr(k.Local.Addr())
		addr(k.Remote.Addr())
	}
	for _, s := range e.Sessions {
		addr(s.SeenAs)
		if s.TLS != nil {
			list = append(list, s.TLS.Certificate.Names...)
			list = append(list, s.TLS.Certificate.Subject, s.TLS.Certificate.Issuer)
		}
	}
	for _, a := range e.AllAttempts() {
		for _, ap := range []netip.AddrPort{a.Announced, a.Dialled, a.Caller} {
			addr(ap.Addr())
		}
		addr(a.Offer.Addr)
		for _, ap := range a.Strangers {
			addr(ap.Addr())
		}
	}
	slices.Sort(list)
	return slices.DeleteFunc(slices.Compact(list), func(s string) bool { return s == "" })
}

// TestRedactedHoldsNothing writes every scenario in every format, and looks for
// every name, address and user of the true examination.
func TestRedactedHoldsNothing(t *testing.T) {
	for _, s := range all(t) {
		open := report.New(s.exam)
		hidden := open.Redacted()
		found := secrets(s.exam)
		for _, f := range formats(t) {
			text := write(t, hidden, f)
			for _, secret := range found {
				if i := indexWord(text, secret); i >= 0 {
					t.Errorf("%s as %v holds %q: %q", s.Name, f, secret, text[max(0, i-60):min(len(text), i+60)])
				}
			}
		}
		var saved strings.Builder
		if err := hidden.Examination.Save(&saved); err != nil {
			t.Errorf("%s: %v", s.Name, err)
		}
		whole := plainly(t, saved.String())
		for _, secret := range found {
			if i := indexWord(whole, secret); i >= 0 {
				t.Errorf("%s: the saved examination holds %q: %q", s.Name, secret, whole[i:min(len(whole), i+60)])
			}
		}
		checkSameResult(t, s.Name, open, hidden)
	}
}

// plainly writes the bytes of replies in a saved examination as the text that
// they are.
func plainly(t *testing.T, saved string) string {
	t.Helper()
	return rawBytes.ReplaceAllStringFunc(saved, func(field string) string {
		raw, err := base64.StdEncoding.DecodeString(rawBytes.FindStringSubmatch(field)[1])
		if err != nil {
			t.Error(err)
		}
		return string(raw)
	})
}

// rawBytes is how the saved examination holds the bytes of a reply.
var rawBytes = regexp.MustCompile(`"raw": "([^"]+)"`)

// checkSameResult demands that hiding names changes nothing that was found out.
func checkSameResult(t *testing.T, name string, open, hidden *report.Report) {
	t.Helper()
	if open.Verdict != hidden.Verdict || open.ExitCode() != hidden.ExitCode() || open.Badge != hidden.Badge || len(open.Why) != len(hidden.Why) {
		t.Errorf("%s: redacted the result is another: %+v, %+v", name, open.Verdict, hidden.Verdict)
	}
	for i, f := range open.Findings {
		if g := hidden.Findings[i]; f.Code != g.Code || f.Title != g.Title {
			t.Errorf("%s: redacted %v is %v (%s)", name, f.Code, g.Code, g.Title)
		}
	}
	again := report.New(hidden.Examination)
	for i := range min(len(again.Findings), len(open.Findings)) {
		if again.Findings[i].Code != open.Findings[i].Code {
			t.Errorf("%s: the redacted facts lead to %v, not %v", name, again.Findings[i].Code, open.Findings[i].Code)
		}
	}
	for i, a := range open.Examination.AllAttempts() {
		if b := hidden.Examination.AllAttempts()[i]; a.Announced.Port() != b.Announced.Port() || a.Dialled.Port() != b.Dialled.Port() {
			t.Errorf("%s: a port was changed: %v, %v", name, a.Announced, b.Announced)
		}
	}
}

// indexWord finds a text that is not a part of a longer number or word.
func indexWord(text, word string) int {
	part := func(c byte) bool { return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
	for start := 0; ; {
		i := strings.Index(text[start:], word)
		if i < 0 {
			return -1
		}
		i += start
		end := i + len(word)
		if (i == 0 || !part(text[i-1])) && (end == len(text) || !part(text[end])) {
			return i
		}
		start = i + 1
	}
}

// TestRedactedTexts: what servers and systems write, word by word.
func TestRedactedTexts(t *testing.T) {
	e := &probe.Examination{
		Started: time.Unix(0, 0), ToolVersion: "1.2.3-rc.beta",
		Target: probe.Target{Input: "ftp://bob@Files.Example.NET:2121/in", Host: "Files.Example.NET", Port: 2121, User: "bob", Path: "/in"},
		Plan:   probe.Plan{Source: netip.MustParseAddr("10.1.2.3")},
	}
	tests := []struct{ given, want string }{
		{"connected in 20 ms", "connected in 20 ms"},
		{"220 files.example.net FTP server (Version 6.4) ready.", "220 host-1 FTP server (Version 6.4) ready."},
		{"220 nas7 FTP server (GNU inetutils 2.4) ready.", "220 host-3 FTP server (GNU inetutils 2.4) ready."},
		{"220 Microsoft FTP Service", "220 Microsoft FTP Service"},
		{"220 (vsFTPd 3.0.5)", "220 (vsFTPd 3.0.5)"},
		{"220 ProFTPD 1.3.5 Server (shop) [203.0.113.77]", "220 ProFTPD 1.3.5 Server (shop) [192.0.2.1]"},
		{"220 ProFTPD Server [::ffff:203.0.113.77]", "220 ProFTPD Server [::ffff:192.0.2.1]"},
		{"331 Password required for bob.", "331 Password required for user-1."},
		{"331 Password required for BOB", "331 Password required for user-1"},
		{"230 User bobby logged in", "230 User bobby logged in"},
		{"257 \"/home/bob\" is current directory", "257 \"/home/user-1\" is current directory"},
		{"CWD /in", "CWD /folder-1"},
		{"550 in: No such file", "550 folder-1: No such file"},
		{"questions to admin@example.net", "questions to user-2@host-4"},
		{"227 Entering Passive Mode (203,0,113,77,195,192).", "227 Entering Passive Mode (192,0,2,1,195,192)."},
		{"PORT 192,168,1,50,192,6", "PORT 10,0,0,2,192,6"},
		{"EPRT |1|192.168.1.50|49158|", "EPRT |1|10.0.0.2|49158|"},
		{"EPRT |2|2001:db8:7::5|49158|", "EPRT |2|2001:db8::1|49158|"},
		{"dial tcp [fe80::7%eth0]:40->[fd00:7::1]:21: refused", "dial tcp [fe80::1%eth0]:40->[fd00::1]:21: refused"},
		{"lookup Files.Example.NET on 10.1.2.3:53: no such host", "lookup host-1 on 10.0.0.1:53: no such host"},
		{"bound to 127.0.0.1 and 0.0.0.0 at 12:34:56", "bound to 127.0.0.1 and 0.0.0.0 at 12:34:56"},
		{"500 OOPS: vsftpd.conf is wrong", "500 OOPS: vsftpd.conf is wrong"},
		{"seen from 100.64.3.4", "seen from 100.64.0.1"},
	}
	for i, test := range tests {
		e.Events = append(e.Events, probe.Event{N: i + 1, Text: test.given, Direction: probe.Note, Channel: probe.Control})
	}
	e.Sessions = []probe.Session{{ID: 1, Greeting: probe.Exchange{Reply: ftp.Reply{Code: 220, Lines: []string{"host nas7.lan"}, Raw: []byte("220 host nas7.lan\r\n")}}}}
	hidden := report.New(e).Redacted().Examination
	for i, test := range tests {
		if got := hidden.Events[i].Text; got != test.want {
			t.Errorf("%q\n got %q\nwant %q", test.given, got, test.want)
		}
	}
	if got := hidden.Target.Input; got != "ftp://user-1@host-1:2121/folder-1" {
		t.Errorf("input: %s", got)
	}
	if hidden.ToolVersion != e.ToolVersion || hidden.Plan.Source.String() != "10.0.0.1" || strings.Contains(string(hidden.Sessions[0].Greeting.Reply.Raw), "nas7") {
		t.Errorf("version %s, source %v, greeting %q", hidden.ToolVersion, hidden.Plan.Source, hidden.Sessions[0].Greeting.Reply.Raw)
	}
	if e.Target.User != "bob" || e.Events[1].Text != tests[1].given {
		t.Error("the true examination was changed")
	}
}
