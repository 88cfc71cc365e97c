package remedies

import (
	"slices"
	"testing"
)

func TestFill(t *testing.T) {
	full := Facts{Port: 2121, FirstPort: 50100, LastPort: 50199, Server: "198.51.100.20", Client: "192.168.1.50"}
	v6 := full
	v6.Server, v6.Client = "2001:db8::20", "2001:db8::50"
	for _, tt := range []struct {
		name     string
		entry    Entry
		facts    Facts
		setting  string
		commands []string
		ok       bool
	}{
		{"all known", Entry{Setting: "pasv_min_port={first-port}", Commands: []string{"a {server}", "b {port}"}}, full, "pasv_min_port=50100", []string{"a 198.51.100.20", "b 2121"}, true},
		{"the setting needs more", Entry{Setting: "x {inside}"}, full, "", nil, false},
		{"one command needs more", Entry{Setting: "x", Commands: []string{"a {server}", "b {inside}"}}, full, "x", nil, true},
		{"braces of the command itself", Entry{Setting: "'{ type \"ftp\"; }'"}, full, "'{ type \"ftp\"; }'", nil, true},
		{"no facts", Entry{Setting: "tcp dport {port}"}, Facts{}, "", nil, false},
		{"IPv4 only", Entry{Setting: "pasv_address={server}", IPv4Only: true}, v6, "", nil, false},
		{"any family", Entry{Setting: "remoteip={server}"}, v6, "remoteip=2001:db8::20", nil, true},
	} {
		setting, commands, ok := tt.entry.Fill(tt.facts)
		if setting != tt.setting || !slices.Equal(commands, tt.commands) || ok != tt.ok {
			t.Errorf("%s: %q %q %v", tt.name, setting, commands, ok)
		}
	}
}

// TestStandInsFillEverything: an explanation never shows a brace.
func TestStandInsFillEverything(t *testing.T) {
	for _, k := range theCatalogue().components {
		for _, e := range k.Remedies {
			if _, commands, ok := e.Fill(StandIns); !ok || len(commands) != len(e.Commands) {
				t.Errorf("%s: %s is not filled", k.ID, e.TaskID)
			}
		}
	}
}

func TestRecognise(t *testing.T) {
	for software, want := range map[string]string{
		"vsFTPd 3.0.5": "vsftpd", "ProFTPD": "proftpd", "Pure-FTPd": "pure-ftpd", "Microsoft FTP Service": "iis",
		"FileZilla Server 1.8.0": "filezilla-server", "pyftpdlib 1.5.7": "pyftpdlib", "SFTPGo": "sftpgo", "Serv-U": "", "": "",
	} {
		got := ""
		if k := Recognise(Server, software); k != nil {
			got = k.ID
		}
		if got != want {
			t.Errorf("%q: %q, want %q", software, got, want)
		}
	}
	if k := Recognise(Firewall, "XXXX XXXX"); k == nil || k.ID != "cisco-asa" {
		t.Errorf("a masked SYST: %v", k)
	}
}

func TestLookup(t *testing.T) {
	for _, e := range For("passive-port-filtered", "vsftpd", 0) {
		if e.TaskID != "passive-range" || e.Component.ID != "vsftpd" {
			t.Errorf("%s of %s", e.TaskID, e.Component.ID)
		}
	}
	if got := For("active-local-firewall", "", Windows); !slices.ContainsFunc(got, func(e Entry) bool { return e.Component.ID == "windows-firewall" }) ||
		slices.ContainsFunc(got, func(e Entry) bool { return e.Component.ID == "nftables" }) {
		t.Error("on Windows it is its own firewall that has to let a program in")
	}
	if got := For("no-such-finding", "", 0); got != nil {
		t.Errorf("%v", got)
	}
	if PlatformOf("darwin") != MacOS || PlatformOf("plan9") != 0 {
		t.Error("systems are taken for others")
	}
}
