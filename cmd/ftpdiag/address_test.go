package main

import (
	"errors"
	"strings"
	"testing"

	"ftpdiag/probe"
)

func TestAddress(t *testing.T) {
	for _, tt := range []struct {
		word string
		want address // shown is left out where it is the word itself
	}{
		{"ftp.example.com", address{host: "ftp.example.com"}},
		{"FTP.Example.COM", address{host: "ftp.example.com"}},
		{"ftp.example.com.", address{host: "ftp.example.com."}},
		{" ftp.example.com ", address{shown: "ftp.example.com", host: "ftp.example.com"}},
		{"nas", address{host: "nas"}},
		{"my_nas-2", address{host: "my_nas-2"}},
		{"1and1.example", address{host: "1and1.example"}},
		{"bücher.example", address{host: "xn--bcher-kva.example"}},
		{"BÜCHER.example", address{host: "xn--bcher-kva.example"}},
		{"ftp.example.com:2121", address{host: "ftp.example.com", port: 2121}},
		{"ftp.example.com:", address{host: "ftp.example.com"}},
		{"198.51.100.20", address{host: "198.51.100.20"}},
		{"198.51.100.20:2121", address{host: "198.51.100.20", port: 2121}},
		{"2001:db8::5", address{host: "2001:db8::5"}},
		{"2001:db8::21", address{host: "2001:db8::21"}},
		{"2001:DB8:0:0:0:0:0:5", address{host: "2001:db8::5"}},
		{"2001:db8:1:2:3:4:5:21", address{host: "2001:db8:1:2:3:4:5:21"}},
		{"::1", address{host: "::1"}},
		{"::ffff:198.51.100.20", address{host: "198.51.100.20"}},
		{"fe80::1%eth0", address{host: "fe80::1%eth0"}},
		{"[2001:db8::5]", address{host: "2001:db8::5"}},
		{"[2001:db8::5:21]", address{host: "2001:db8::5:21"}},
		{"[2001:db8::5]:2121", address{host: "2001:db8::5", port: 2121}},
		{"[fe80::1%25eth0]:21", address{host: "fe80::1%eth0", port: 21}},
		{"ftp://ftp.example.com", address{host: "ftp.example.com"}},
		{"FTP://ftp.example.com/", address{host: "ftp.example.com"}},
		{"ftp://maria@ftp.example.com:2121/in", address{host: "ftp.example.com", user: "maria", port: 2121, path: "in"}},
		{"ftp://ftp.example.com/pub/in/", address{host: "ftp.example.com", path: "pub/in"}},
		{"ftp://ftp.example.com/%2Fpub", address{host: "ftp.example.com", path: "/pub"}},
		{"ftp://ftp.example.com//pub", address{host: "ftp.example.com", path: "/pub"}},
		{"ftp://ftp.example.com//", address{host: "ftp.example.com", path: "/"}},
		{"ftp://ftp.example.com/a%20b;type=i", address{host: "ftp.example.com", path: "a b"}},
		{"ftp://ftp.example.com/100%", address{host: "ftp.example.com", path: "100%"}},
		{"ftp://[2001:db8::5]:21/x", address{host: "2001:db8::5", port: 21, path: "x"}},
		{"ftps://ftp.example.com", address{host: "ftp.example.com", tls: probe.TLSImplicit}},
		{"ftpes://ftp.example.com", address{host: "ftp.example.com", tls: probe.TLSExplicit}},
		{"ftp://maria:secret@ftp.example.com", address{shown: "ftp://maria@ftp.example.com", host: "ftp.example.com", user: "maria", password: "secret"}},
		{"ftp://maria:se%40cret@ftp.example.com", address{shown: "ftp://maria@ftp.example.com", host: "ftp.example.com", user: "maria", password: "se@cret"}},
		{"ftp://maria:se@cret@ftp.example.com", address{shown: "ftp://maria@ftp.example.com", host: "ftp.example.com", user: "maria", password: "se@cret"}},
		{"ftp://DOM%5Cmaria@ftp.example.com", address{host: "ftp.example.com", user: `DOM\maria`}},
		{"maria@ftp.example.com", address{host: "ftp.example.com", user: "maria"}},
		{"ftp.example.com/pub", address{host: "ftp.example.com", path: "pub"}},
		{"ftp://ftp.example.com:21/a@b", address{host: "ftp.example.com", port: 21, path: "a@b"}},
	} {
		if tt.want.shown == "" {
			tt.want.shown = tt.word
		}
		got, err := parseAddress(tt.word)
		if err != nil || got != tt.want {
			t.Errorf("%s:\n got %+v, %v\nwant %+v", tt.word, got, err, tt.want)
		}
	}
}

func TestAddressRefused(t *testing.T) {
	for _, tt := range []struct{ word, what, advice string }{
		{"", "the server has no name", "for example"},
		{"   ", "the server has no name", ""},
		{":21", `there is no server name in ":21"`, addressForm},
		{"ftp:///pub", `there is no server name in "ftp:///pub"`, ""},
		{"ftp.example.com:0", "port 0 does not exist", ""},
		{"ftp.example.com:65536", "port 65536 does not exist", ""},
		{"ftp.example.com:-1", "port -1 does not exist", ""},
		{"ftp.example.com:99999999999999999999", "port 99999999999999999999 does not exist", ""},
		{"ftp.example.com:ftp", `the port after the name needs a number, not "ftp"`, ""},
		{"198.51.100.300", `"198.51.100.300" is not an address`, "four numbers"},
		{"198.51.100", `"198.51.100" is not an address`, "four numbers"},
		{"21", `"21" is not an address`, ""},
		{"a..b", `"a..b" is not a server name`, "dots"},
		{".a", `".a" is not a server name`, "dots"},
		{strings.Repeat("a", 64) + ".example", "is not a server name", "63"},
		{strings.Repeat("abcdefgh.", 30) + "example", "is not a server name", "253"},
		{"ftp example.com", `"ftp example.com" is not a server name`, "ftp.example.com?"},
		{"ftp.example.com 21", `"ftp.example.com 21" is not a server name`, "ftp.example.com:21?"},
		{"ftp!example.com", `"ftp!example.com" is not a server name`, addressForm},
		{"ftp.example.com\x1b[2J", `is not a server name`, addressForm},
		{"2001:db8::5:21", `cannot tell where the address ends in "2001:db8::5:21"`, "[2001:db8::5]:21"},
		{"2001:db8::5:2121", "cannot tell", "[2001:db8::5]:2121"},
		{"2001:db8::5:50021", "cannot tell", "[2001:db8::5]:50021"},
		{"2001:db8:0:0:0:0:0:5:21", "cannot tell", "[2001:db8::5]:21"},
		{"2001:db8:::5", `"2001:db8:::5" is not an address`, "[2001:db8::5]:21"},
		{"[2001:db8::5", `"[2001:db8::5" is not an address`, ""},
		{"[2001:db8::5]21", `"[2001:db8::5]21" is not an address`, ""},
		{"[198.51.100.20]", "is not an address", ""},
		{"fe80::1", `"fe80::1" needs the name of the network card`, "fe80::1%eth0"},
		{"http://www.example.com/x?y", "is a web address", "ftpdiag www.example.com"},
		{"https://maria:secret@www.example.com:8443/", `"https://maria@www.example.com:8443/" is a web address`, "ftpdiag www.example.com"},
		{"sftp://files.example.com", "SFTP is not FTP", "ftpdiag files.example.com"},
		{"smb://files/public", "Windows file share", addressForm},
		{"file:///tmp", "is a file", addressForm},
		{"gopher://example.com", "is not an FTP address", addressForm},
		{`\\files\public`, `"\\files\public" is a Windows file share`, addressForm},
		{`C:\Users`, "is a file", addressForm},
		{`ftp.example.com\pub`, "is not an FTP address", "ftp.example.com/pub?"},
		{"ftp://maria%0d%0aDELE@ftp.example.com", "cannot hold a line break", "%0D"},
		{"ftp://ftp.example.com/x%0aDELE%20y", "cannot hold a line break", "%0D"},
	} {
		_, err := parseAddress(tt.word)
		var c *complaint
		if !errors.As(err, &c) {
			t.Errorf("%q: got %v, want a complaint", tt.word, err)
			continue
		}
		if !strings.Contains(c.what, tt.what) || !strings.Contains(strings.Join(c.advice, " "), tt.advice) {
			t.Errorf("%q:\n got %q %q\nwant %q %q", tt.word, c.what, c.advice, tt.what, tt.advice)
		}
	}
}

// FuzzAddress demands of any word at all: an address that can be used or a
// complaint that can be shown, and no password in what is shown.
func FuzzAddress(f *testing.F) {
	for _, word := range []string{"ftp.example.com", "ftp://maria:hunter2@h:21/in", "[fe80::1%25eth0]:21", `\\a\b`, "http://x:hunter2@y", "2001:db8::5:21", "bücher.example", "ftp://a:hunter2/x@host", ":21/itp://maria:hunter2@", "h:21/x://:1/maria:hunter2@"} {
		f.Add(word)
	}
	f.Fuzz(func(t *testing.T, word string) {
		a, err := parseAddress(word)
		var c *complaint
		if errors.As(err, &c) {
			for _, line := range message(c.what, c.advice...) {
				if strings.Contains(line, "hunter2") && strings.Contains(word, ":hunter2@") && strings.Count(word, "hunter2") == 1 && !strings.ContainsAny(word, "[") {
					t.Errorf("%q: the password is shown: %s", word, line)
				}
				if n := len([]rune(line)); n > messageWidth {
					t.Errorf("%q: %d columns: %s", word, n, line)
				}
			}
			return
		}
		if err != nil {
			t.Fatalf("%q: %v is no complaint", word, err)
		}
		if a.host == "" || strings.ContainsAny(a.host, " \r\n/@[]") {
			t.Errorf("%q: host %q", word, a.host)
		}
		if hasLineEnd(a.user) || hasLineEnd(a.password) || hasLineEnd(a.path) {
			t.Errorf("%q: a line break gets through: %+v", word, a)
		}
	})
}
