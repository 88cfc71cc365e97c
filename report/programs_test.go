package report

import (
	"bytes"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"ftpdiag/probe/programs"
	"ftpdiag/report/remedies"
	"ftpdiag/report/term"
)

// set is one program with one setting.
func set(id string, standard programs.Passive, s programs.Setting) programs.Program {
	return programs.Program{ID: id, Default: standard, Settings: []programs.Setting{s}}
}

var (
	activeCurl = set("curl", programs.Yes, programs.Setting{Aspect: programs.Mode, Name: "ftp-port", Value: "-", Place: "~/.curlrc", Line: 3, Passive: programs.No})
	activeWget = set("wget", programs.Yes, programs.Setting{Aspect: programs.Mode, Name: "passive_ftp", Value: "off", Place: "/etc/wgetrc", Line: 52, Passive: programs.No})
	activeSite = set("filezilla", programs.Yes, programs.Setting{Aspect: programs.Mode, Name: "PasvMode", Value: "MODE_ACTIVE", Place: "~/.config/filezilla/sitemanager.xml", Passive: programs.No, Sites: 1, Here: true, Site: "Work"})
	otherSites = set("filezilla", programs.Yes, programs.Setting{Aspect: programs.Mode, Name: "PasvMode", Value: "MODE_ACTIVE", Place: "~/sitemanager.xml", Passive: programs.No, Sites: 7})
	debianPerl = set("perl", programs.Yes, programs.Setting{Aspect: programs.Mode, Name: "ftp_int_passive", Value: "0", Place: "/etc/perl/Net/libnet.cfg", Line: 19, Passive: programs.No, Shipped: true})
	noEPSV     = set("curl", programs.Yes, programs.Setting{Aspect: programs.EPSV, Name: "disable-epsv", Place: "~/.curlrc", Line: 1})
	fixedPASV  = set("curl", programs.Yes, programs.Setting{Aspect: programs.Mode, Name: "ftp-pasv", Place: "~/.curlrc", Line: 1, Passive: programs.Yes})
	inetutils  = programs.Program{ID: "inetutils-ftp", Default: programs.No}
	tnftp      = programs.Program{ID: "tnftp", Default: programs.Auto}
)

// TestLocalClash: the report names what somebody set here against its verdict,
// and nothing else.
func TestLocalClash(t *testing.T) {
	for _, tt := range []struct {
		name    string
		f       fixture
		client  string
		list    []programs.Program
		want    string // empty: not a word
		without string
	}{
		{"set to active", passiveFixture(), "", []programs.Program{activeCurl}, "curl is set to active mode here (~/.curlrc): ftpdiag settings", ""},
		{"two", passiveFixture(), "", []programs.Program{activeCurl, activeWget}, "curl and wget are set to active mode here: ftpdiag settings", ""},
		{"three", passiveFixture(), "", []programs.Program{activeCurl, activeWget, activeSite}, "curl and other programs are set to active mode here: ftpdiag settings", ""},
		{"this server's site", passiveFixture(), "", []programs.Program{activeSite}, "FileZilla is set to active mode here (~/.config/filezilla/sitemanager.xml): ftpdiag settings", "Work"},
		{"only other sites", passiveFixture(), "", []programs.Program{otherSites}, "", ""},
		{"defaults and what came with the system", passiveFixture(), "", []programs.Program{debianPerl, inetutils, tnftp}, "", ""},
		{"another program is mine", passiveFixture(), "lftp", []programs.Program{activeCurl}, "", "curl"},
		{"my program", passiveFixture(), "curl", []programs.Program{activeCurl, activeWget}, "curl is set to active mode", "wget"},
		{"both modes work", eitherFixture(), "", []programs.Program{activeCurl}, "", ""},
		{"passive fails", activeFixture(), "", []programs.Program{fixedPASV, tnftp}, "curl is set to passive mode here (~/.curlrc): ftpdiag settings", "tnftp"},
		{"neither works", bothFixture(), "", []programs.Program{activeCurl, fixedPASV}, "", ""},
		{"EPSV off, only EPSV works", epsvFixture(), "", []programs.Program{noEPSV}, "curl is set to what does not work here (~/.curlrc): ftpdiag settings", ""},
		{"EPSV off, PASV works", passiveFixture(), "", []programs.Program{noEPSV}, "", ""},
	} {
		r := ForClient(tt.f.exam, tt.client).WithContext(Context{Programs: tt.list})
		said := r.Actions[0].Text
		if tt.want != "" && !strings.Contains(said, tt.want) || tt.want == "" && strings.Contains(said, "here") {
			t.Errorf("%s: %s", tt.name, said)
		}
		if tt.without != "" && strings.Contains(said, tt.without) {
			t.Errorf("%s: %q is told: %s", tt.name, tt.without, said)
		}
		if offered := slices.Contains(r.Actions[0].Commands, "ftpdiag settings"); offered != (tt.want != "") {
			t.Errorf("%s: the command is offered: %v", tt.name, offered)
		}
	}
}

// TestLocalClashFitsOneScreen: it adds no line that a report has no room for.
func TestLocalClashFitsOneScreen(t *testing.T) {
	for _, list := range [][]programs.Program{{activeCurl, noEPSV}, {activeSite}, {activeCurl, activeWget, activeSite}, {fixedPASV}} {
		for _, f := range fixtures() {
			if f.name == "long-name" {
				continue
			}
			for _, limit := range []struct{ width, lines int }{{79, 24}, {59, 40}} {
				text := asText(t, f.report().WithContext(Context{Programs: list}), term.Style{Width: limit.width})
				if n := strings.Count(text, "\n"); n > limit.lines {
					t.Errorf("%s: %d lines at %d columns:\n%s", f.name, n, limit.width, text)
				}
			}
		}
	}
}

// TestRedactedKeepsPlaces: a file's name may hold a person's.
func TestRedactedKeepsPlaces(t *testing.T) {
	r := passiveFixture().report().Redacted().WithContext(Context{Programs: []programs.Program{activeCurl}})
	if text := r.Actions[0].Text; !strings.Contains(text, "curl is set to active mode here: ") {
		t.Error(text)
	}
}

func programsPage(t *testing.T, list []programs.Program, last *Report, st term.Style) string {
	t.Helper()
	var b bytes.Buffer
	if err := WritePrograms(&b, list, last, st); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestProgramsPage(t *testing.T) {
	proxied := set("lftp", programs.Yes, programs.Setting{Aspect: programs.Proxy, Name: "ftp_proxy", Place: "environment", On: true})
	broken := programs.Program{ID: "rclone", Default: programs.Yes, Problems: []programs.Problem{
		{Trouble: programs.Encrypted, Place: "~/.config/rclone/rclone.conf"},
		{Trouble: programs.BadValue, Place: "~/x", Line: 9, Name: "tls"},
	}}
	got := programsPage(t, []programs.Program{activeSite, otherSites, activeCurl, proxied, broken, inetutils, debianPerl}, passiveFixture().report(), term.Style{Width: 79, Symbols: term.ASCII})
	want := `FTP programs on this computer and how they are set. Nothing was changed.

  FileZilla            passive mode (its default)
    ~/.config/filezilla/sitemanager.xml: PasvMode = MODE_ACTIVE (active mode,
    for this server: Work)
    x Active mode does not work with this server. To change it: Edit > Settings
      > Connection > FTP: Passive. For one server: Site Manager > Transfer
      Settings.
  FileZilla            passive mode (its default)
    ~/sitemanager.xml: PasvMode = MODE_ACTIVE (active mode, for 7 other
    servers)
  curl                 active mode
    ~/.curlrc line 3: ftp-port = - (active mode)
    x Active mode does not work with this server. Take ftp-port out of
      ~/.curlrc line 3.
  lftp                 passive mode (its default)
    environment: ftp_proxy (goes through a proxy, which was not checked)
  rclone               passive mode (its default)
    ! ~/.config/rclone/rclone.conf: is encrypted, and was not read
    ! ~/x line 9: the value of tls is none that the program knows
  GNU inetutils ftp    active mode (its default)
    x Active mode does not work with this server. To change it: start it with
      -p, or type passive.
  Perl Net::FTP        active mode
    /etc/perl/Net/libnet.cfg line 19: ftp_int_passive = 0 (active mode; came
    with the system)
    x Active mode does not work with this server. To change it: FTP_PASSIVE=1,
      or Net::FTP->new($h, Passive => 1).

Compared with the check of ftp.example.com (use passive mode): 4 programs must
be changed for it.
Not seen from here: options on a command line, and what scripts set themselves.
`
	if got != want {
		t.Errorf("got\n%s", got)
	}
}

// TestChangesThatHelp: taking one line or variable away is advised only where
// nothing else says the same.
func TestChangesThatHelp(t *testing.T) {
	line := func(name string, n int) programs.Setting {
		return programs.Setting{Aspect: programs.Mode, Name: name, Place: "~/.curlrc", Line: n, Passive: programs.No}
	}
	variable := programs.Setting{Aspect: programs.Mode, Name: "FTP_PASSIVE", Value: "0", Place: "environment", Passive: programs.No}
	shipped := debianPerl.Settings[0]
	for _, tt := range []struct {
		id      string
		set     []programs.Setting
		want    string
		without string
	}{
		{"curl", []programs.Setting{line("ftp-port", 2)}, "Take ftp-port out of ~/.curlrc line 2.", ""},
		{"curl", []programs.Setting{line("ftp-port", 2), line("-P", 3)}, "To change it: ", "Take -P"},
		{"perl", []programs.Setting{variable}, "Unset FTP_PASSIVE.", ""},
		{"perl", []programs.Setting{shipped, variable}, "To change it: FTP_PASSIVE=1", "Unset"},
	} {
		list := []programs.Program{{ID: tt.id, Default: programs.Yes, Settings: tt.set}}
		text := strings.Join(strings.Fields(programsPage(t, list, passiveFixture().report(), term.Style{Width: 99})), " ")
		if !strings.Contains(text, tt.want) || tt.without != "" && strings.Contains(text, tt.without) {
			t.Errorf("want %q, not %q:\n%s", tt.want, tt.without, text)
		}
	}
}

// TestProgramsPageLayout: whatever stands in a file, no line is too wide or
// drives the terminal.
func TestProgramsPageLayout(t *testing.T) {
	hostile := set("curl\x1b[2J", programs.Unclear, programs.Setting{
		Aspect: programs.Mode, Name: "a\x1b[31m\u202e", Value: strings.Repeat("x", 5000), Place: "/tmp/\x1b]0;title\x07/" + strings.Repeat("y", 300), Line: 1, Passive: programs.No, Here: true, Sites: 1, Site: "\r\nVERDICT",
	})
	hostile.Problems = []programs.Problem{{Trouble: programs.BadValue, Place: "\x9b1m", Name: "\x00"}}
	for width := term.MinWidth; width <= term.MaxWidth; width++ {
		for _, last := range []*Report{nil, passiveFixture().report()} {
			for _, symbols := range []term.SymbolSet{term.Unicode, term.ASCII} {
				text := programsPage(t, []programs.Program{hostile, activeCurl, debianPerl}, last, term.Style{Width: width, Symbols: symbols})
				for _, line := range strings.Split(text, "\n") {
					if cells(line) > width || strings.TrimRight(line, " ") != line || strings.HasPrefix(line, "VERDICT") {
						t.Fatalf("width %d: %q", width, line)
					}
					for _, r := range line {
						if r < ' ' || r >= 0x7f && r < 0xa0 || r == 0x202e || symbols == term.ASCII && r > '~' {
							t.Fatalf("width %d: character %U in %q", width, r, line)
						}
					}
				}
			}
		}
	}
	if text := programsPage(t, []programs.Program{activeCurl}, bothFixture().report(), term.Style{}); !strings.Contains(text, "it found no") || strings.Contains(text, "does not work with this server") {
		t.Error(text)
	}
	if text := programsPage(t, []programs.Program{activeCurl}, loginFixture().report(), term.Style{}); !strings.Contains(text, "it tested no mode") {
		t.Error(text)
	}
	if text := programsPage(t, nil, nil, term.Style{}); !strings.Contains(text, "None of the programs") {
		t.Error(text)
	}
}

// TestProgramsAgreeWithTheCatalogue: what is read of programs without any
// setting is what the catalogue says that they do.
func TestProgramsAgreeWithTheCatalogue(t *testing.T) {
	everywhere := fstest.MapFS{"f": &fstest.MapFile{}}
	for _, system := range []string{"linux", "windows", "freebsd"} {
		c := &programs.Computer{
			OS:     system,
			Getenv: func(name string) string { return map[string]string{"PATH": "/bin", "SystemRoot": `C:\Windows`}[name] },
			Stat:   func(string) (fs.FileInfo, error) { return everywhere.Stat("f") },
			Open:   func(string) (fs.File, error) { return everywhere.Open("f") },
		}
		for _, p := range programs.Read(c, "") {
			component := remedies.Find(p.ID)
			if component == nil {
				if p.ID != "fetch" {
					t.Errorf("the catalogue does not know %s", p.ID)
				}
				continue
			}
			word := map[programs.Passive]string{programs.Yes: "passive", programs.No: "active", programs.Auto: "then active", programs.Absent: "but"}[p.Default]
			if !strings.Contains(component.Default, word) || p.Default == programs.Yes && strings.Contains(component.Default, "then active") {
				t.Errorf("%s: %v here, %q in the catalogue", p.ID, p.Default, component.Default)
			}
		}
	}
}
