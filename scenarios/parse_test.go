package scenarios

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ftpdiag/probe"
)

// smallest is the least that makes a scenario.
const smallest = `-- scenario --
summary: Nothing special.
priority: P1
-- expect --
verdict: either
`

func TestParse(t *testing.T) {
	s, err := parse("007-some-name.txtar", []byte(smallest+`primary: active-blocked
findings: F301, path-denied
party: path, client-network
innocent: server-config
method epsv: fails
within: 3s
-- network --
# A remark, and a blank line.

client: 192.168.1.50 behind 203.0.113.9, 2001:db8:1::50
passive 40001-40003: drop
control 2001:db8:2::20: refuse
active unexpected: stall-after 4096
-- server --
style: proftpd
off: active
on LIST passive once: 425 No. | wait 2s | close
-- listing --
one
two
`))
	if err != nil {
		t.Fatal(err)
	}
	if s.Name != "some-name" || s.Primary != probe.ActiveBlocked || s.Within != 3*time.Second || s.Methods[probe.EPSV] != probe.Fails {
		t.Errorf("read as %+v", s)
	}
	if want := []probe.Code{probe.PassivePortFiltered, probe.PathDenied}; !slices.Equal(s.Findings, want) {
		t.Errorf("findings %v, want %v", s.Findings, want)
	}
	if want := []probe.Party{probe.PartyPath, probe.PartyClientNetwork}; !slices.Equal(s.Party, want) {
		t.Errorf("parties %v, want %v", s.Party, want)
	}
	if want := []probe.Party{probe.PartyServerConfig}; !slices.Equal(s.Innocent, want) {
		t.Errorf("innocent %v, want %v", s.Innocent, want)
	}
	if got := string(s.server.listing); got != "one\r\ntwo\r\n" {
		t.Errorf("listing %q", got)
	}
	if !s.server.off[probe.PORT] || !s.server.off[probe.EPRT] || s.server.off[probe.PASV] {
		t.Errorf("methods refused: %v, want those of active mode", s.server.off)
	}
	if len(s.server.cues) != 1 || len(s.server.cues[0].play) != 3 || s.server.cues[0].count != 1 {
		t.Errorf("cues %+v", s.server.cues)
	}
}

// TestParseErrors: whoever makes a mistake learns in which line, and what would
// have been right.
func TestParseErrors(t *testing.T) {
	for _, tt := range []struct{ name, file, text, want string }{
		{"no number", "some-name.txtar", smallest, "NUMBER-NAME.txtar"},
		{"unknown section", "1-x.txtar", "-- scenery --\n", `1-x.txtar:1: unknown section "scenery" (expect, network`},
		{"text in front", "1-x.txtar", "\nhello: you\n", `1-x.txtar:2: "hello: you" stands before the first section`},
		{"unknown key", "1-x.txtar", smallest + "verdikt: either\n", `1-x.txtar:6: unknown key "verdikt" (active, confidence, findings`},
		{"no value", "1-x.txtar", smallest + "primary\n", `1-x.txtar:6: "primary" is not "key: value"`},
		{"unknown finding", "1-x.txtar", smallest + "primary: bad-luck\n", `1-x.txtar:6: primary: no finding is called "bad-luck"`},
		{"unknown party", "1-x.txtar", smallest + "party: nature\n", `1-x.txtar:6: party: "nature" is not a party`},
		{"unknown verdict", "1-x.txtar", "-- expect --\nverdict: maybe\n", `1-x.txtar:2: verdict: "maybe" is none of either,`},
		{"unknown fault of DNS", "1-x.txtar", "-- network --\ndns: lies\n", `"lies" is none of no-such-name,`},
		{"unknown style", "1-x.txtar", "-- server --\nstyle: warftpd\n", `no daemon is called "warftpd" (apache, busybox`},
		{"unknown step", "1-x.txtar", "-- server --\non LIST: 150 Yes. | explode\n", `1-x.txtar:2: on: "explode" is neither a reply nor a step`},
		{"unknown condition", "1-x.txtar", "-- server --\non LIST twice: close\n", `"twice" is no condition`},
		{"no duration", "1-x.txtar", "-- server --\non LIST for: close\n", `1-x.txtar:2: on: for: how long?`},
		{"half a duration", "1-x.txtar", "-- server --\non LIST for ever: close\n", `1-x.txtar:2: on: time: invalid duration "ever"`},
		{"unknown firewall", "1-x.txtar", "-- network --\nfirewall: yes\n", `1-x.txtar:2: firewall: "yes" is not drop`},
		{"unknown escape", "1-x.txtar", "-- server --\ngreeting: 220 \\q\n", `unknown escape \q`},
		{"bytes missing", "1-x.txtar", "-- network --\nactive: stall-after\n", `a number of bytes belongs to stall-after`},
		{"half a rule", "1-x.txtar", "-- network --\npassive first none: drop\n", `"none" is no number of connections`},
		{"no prefix", "1-x.txtar", "-- network --\nnat64: 64:ff9b::/64\n", `64:ff9b::/64 is no /96`},
		{"unknown middlebox", "1-x.txtar", "-- network --\nmiddlebox: cat\n", `"cat" is neither proxy nor strict`},
		{"half a sabotage", "1-x.txtar", "-- network --\npayload: one\n", `"one" is not "TEXT becomes TEXT"`},
		{"range upside down", "1-x.txtar", "-- server --\nports: 9-3\n", `"9-3" is no range of ports`},
		{"no summary", "1-x.txtar", "-- expect --\nverdict: either\n", "1-x.txtar: the section scenario lacks a summary"},
		{"loopback with NAT", "1-x.txtar", strings.Replace(smallest, "P1", "P1\nloopback: yes", 1) +
			"-- network --\nclient: 10.0.0.2 behind 203.0.113.9\n", "loopback cannot carry it"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := parse(tt.file, []byte(tt.text))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
}

// TestCatalogue reads every file, and finds names that are used twice and
// situations in which nobody could be accused falsely.
func TestCatalogue(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range All() {
		if seen[s.Name] {
			t.Errorf("two scenarios are called %s", s.Name)
		}
		seen[s.Name] = true
		if len(s.Forbidden) == 0 {
			t.Errorf("%s: it does not say what must not be found, so that anything may be", s.Name)
		}
		if s.Active == probe.Untested != (s.Verdict == "undetermined") {
			t.Errorf("%s: active mode %v does not go with the verdict %s", s.Name, s.Active, s.Verdict)
		}
	}
	if s, ok := Find("all-good"); !ok || s.Verdict != "either" {
		t.Errorf("Find(all-good) = %v, %v", s, ok)
	}
	if _, ok := Find("all-bad"); ok {
		t.Error("Find found a scenario that does not exist")
	}
}

// FuzzParse: no file, however damaged, makes the parser panic, and every error
// names the file.
func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("catalogue/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files[:10] {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	f.Add("-- server --\non : \ngreeting: \\x4")        // empty arguments, half an escape
	f.Add("-- network --\nclient:  behind \nserver: ,") // empty addresses
	f.Add("-- server --\nlisting: -1 entries")          // a negative number
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<12 || strings.Contains(text, "entries") && strings.Contains(text, "00000") {
			t.Skip("a long listing takes long to make")
		}
		if _, err := parse("1-x.txtar", []byte(text)); err != nil && !strings.HasPrefix(err.Error(), "1-x.txtar") {
			t.Errorf("error %v does not name the file", err)
		}
	})
}
