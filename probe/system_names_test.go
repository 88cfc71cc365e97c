package probe

import (
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestHostsFileIsRead(t *testing.T) {
	file := filepath.Join(t.TempDir(), "hosts")
	text := "# 192.0.2.1 files\n\ufeff\n127.0.0.1 localhost\r\n192.0.2.7\tFTP.example.com files # not mine\n" +
		"not-an-address files\n192.0.2.8\n2001:db8::7 files\n" + strings.Repeat("x", 1<<17)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	seven := netip.MustParseAddr("192.0.2.7")
	for host, want := range map[string][]netip.Addr{
		"files":            {seven, netip.MustParseAddr("2001:db8::7")},
		"ftp.EXAMPLE.com.": {seven},
		"mine":             nil,
		"":                 nil,
	} {
		if got := inHosts(file, host); !slices.Equal(got, want) {
			t.Errorf("%q: got %v, want %v", host, got, want)
		}
	}
	if got := inHosts(filepath.Join(t.TempDir(), "missing"), "files"); got != nil {
		t.Errorf("without a file: %v", got)
	}
}

// TestSearchList follows the order of resolv.conf(5).
func TestSearchList(t *testing.T) {
	setup := NameSetup{Search: []string{"a.example", "b.example.", "", "c.example", "d.example"}}
	for _, tt := range []struct {
		host string
		dots int
		want string
	}{
		{"files", 0, "files.a.example files.b.example files.c.example files"},
		{"ftp.example.com", 0, "ftp.example.com ftp.example.com.a.example ftp.example.com.b.example ftp.example.com.c.example"},
		{"ftp.example", 2, "ftp.example.a.example ftp.example.b.example ftp.example.c.example ftp.example"},
		{"files.", 0, "files"},
	} {
		setup.Dots = tt.dots
		list, complete := setup.names(tt.host)
		if got := strings.Join(list, " "); got != tt.want || complete != (list[0] == strings.TrimSuffix(tt.host, ".")) {
			t.Errorf("%s: %v %s", tt.host, complete, got)
		}
	}
}

// TestWholeAnswer: a short name is missing only if it is missing under every
// suffix; a complete one is what is said about itself.
func TestWholeAnswer(t *testing.T) {
	for _, tt := range []struct {
		host         string
		suffixed, as NameOutcome
		want         NameOutcome
	}{
		{"files", NameMissing, NameMissing, NameMissing},
		{"files", NameServFail, NameMissing, NameServFail},
		{"files", NameTimeout, NameMissing, NameTimeout},
		{"files", NameEmpty, NameMissing, NameEmpty},
		{"files", NameEmpty, NameFound, NameFound},
		{"ftp.example.com", NameServFail, NameMissing, NameMissing},
		{"ftp.example.com", NameEmpty, NameMissing, NameMissing},
		{"ftp.example.com", NameEmpty, NameServFail, NameServFail},
		{"ftp.example.com", NameMissing, NameServFail, NameServFail},
		{"ftp.example.com", NameFound, NameMissing, NameFound},
	} {
		list, complete := NameSetup{Search: []string{"corp.example"}}.names(tt.host)
		outcomes := map[string]NameOutcome{tt.host: tt.as, tt.host + ".corp.example": tt.suffixed}
		if got, _ := whole(list, complete, outcomes); got != tt.want {
			t.Errorf("%s, %v with the suffix and %v without: %v, want %v", tt.host, tt.suffixed, tt.as, got, tt.want)
		}
	}
}
