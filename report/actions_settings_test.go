package report

import (
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ftpdiag/probe"
	"ftpdiag/report/remedies"
	"ftpdiag/scenarios"
)

func fixtureNamed(t *testing.T, name string) fixture {
	t.Helper()
	all := fixtures()
	i := slices.IndexFunc(all, func(f fixture) bool { return f.name == name })
	if i < 0 {
		t.Fatalf("no fixture is called %q", name)
	}
	return all[i]
}

func action(r *Report, who Who) Action {
	i := slices.IndexFunc(r.Actions, func(a Action) bool { return a.Who == who })
	return r.Actions[i]
}

// greeted lets a server introduce itself as another program.
func (f fixture) greeted(greeting string) fixture {
	for i := range f.exam.Sessions {
		f.exam.Sessions[i].Greeting.Reply = reply(greeting)
	}
	return f
}

// TestServerAdminReadsTheRightDirective: the setting is that of the server
// program which greets, with the ports around those it named.
func TestServerAdminReadsTheRightDirective(t *testing.T) {
	for greeting, want := range map[string][]string{
		"220 (vsFTPd 3.0.5)":                         {"In vsftpd: pasv_min_port=50100, pasv_max_port=50199.", "pasv_min_port=50100", "nft insert rule inet filter input tcp dport 50100-50199 accept", "ufw allow 50100:50199/tcp"},
		"220 ProFTPD Server (x)":                     {"In ProFTPD: PassivePorts 50100 50199.", "PassivePorts 50100 50199"},
		"220-Welcome to Pure-FTPd":                   {"In Pure-FTPd: PassivePortRange 50100 50199."},
		"220 Microsoft FTP Service":                  {"FTP Firewall Support", `appcmd set config -section:system.ftpServer/firewallSupport /lowDataChannelPort:"50100" /highDataChannelPort:"50199" /commit:apphost`, `netsh advfirewall firewall add rule name="FTP passive" action=allow protocol=TCP dir=in localport=50100-50199`},
		"220 FileZilla Server 1.8.0":                 {"In FileZilla Server: "},
		"220 hello, we do not say what we are today": {"(such as 50100-50199)"},
	} {
		a := action(fixtureNamed(t, "active-required").greeted(greeting).report(), ServerAdmin)
		all := a.Text + "\n" + strings.Join(a.Commands, "\n")
		for _, w := range want {
			if !strings.Contains(all, w) {
				t.Errorf("%s: %q is missing in\n%s", greeting, w, all)
			}
		}
		others := 0
		for _, c := range remedies.Components(remedies.Server) {
			if strings.Contains(all, "# "+c.Name) || strings.Contains(all, "In "+c.Name) {
				others++
			}
		}
		if others > 1 {
			t.Errorf("%s: settings of %d servers:\n%s", greeting, others, all)
		}
	}
	windows := action(fixtureNamed(t, "active-required").greeted("220 Microsoft FTP Service").report(), ServerAdmin)
	if strings.Contains(strings.Join(windows.Commands, "\n"), "iptables") {
		t.Error("IIS does not run on Linux")
	}
}

func TestServerAdminReadsTheOutsideAddress(t *testing.T) {
	a := action(fixtureNamed(t, "private-227-no-way-in").report(), ServerAdmin)
	if !slices.Contains(a.Commands, "pasv_address="+server) {
		t.Errorf("%q", a.Commands)
	}
}

func TestNetworkAdminReadsAddresses(t *testing.T) {
	f := fixtureNamed(t, "both-blocked")
	want := "iptables -I FORWARD -s " + private + " -d " + server + " -p tcp --dport 50100:50199 -j ACCEPT"
	if a := action(f.report(), NetworkAdmin); !slices.Contains(a.Commands, want) || !slices.Contains(a.Commands, "# nftables") {
		t.Errorf("%q", a.Commands)
	}
	// A device that masks the reply to SYST is known: only its lines are given.
	for i := range f.exam.Sessions {
		f.exam.Sessions[i].Syst.Reply = reply("215 XXXXXXXXXXXXXXXXXX")
	}
	a := action(f.report(), NetworkAdmin)
	want = "access-list INSIDE-IN extended permit tcp host " + private + " host " + server + " range 50100 50199"
	if !slices.Equal(a.Commands, []string{"# Cisco ASA", want}) {
		t.Errorf("%q", a.Commands)
	}
}

// TestOwnFirewall: the lines are those of the system that asked.
func TestOwnFirewall(t *testing.T) {
	for system, want := range map[string]string{
		"windows": "remoteip=" + server, "linux": "nft insert rule inet filter input ip saddr " + server + " tcp dport 50000-50100 accept", "plan9": "",
	} {
		m := start(public, slower).login(probe.Clear)
		m.silent(m.active(probe.EPRT, 51044), cannot)
		f := m.finding(probe.ActiveLocalFirewall, severe, probe.PartyUser, probe.Active)
		m.e.OS = system
		a := action(build(m.e, []probe.Finding{f}), User)
		commands := strings.Join(a.Commands, "\n")
		if want == "" && commands != "" || !strings.Contains(commands, want) || system == "windows" && strings.Contains(commands, "nft") {
			t.Errorf("%s: %q", system, a.Commands)
		}
	}
}

func TestOwnProgram(t *testing.T) {
	f := fixtureNamed(t, "passive-required")
	for client, want := range map[string]string{
		"":         "Others: ftpdiag explain passive",
		"winscp":   "In WinSCP: Login > Edit > Advanced > Connection: Passive mode.",
		"totalcmd": "In Total Commander: FTP Connect > Edit: Use passive mode for transfers (not confirmed).",
		"ftp.exe":  "has no passive mode; use curl.exe or WinSCP.",
	} {
		a := action(f.report().forProgram(client), User)
		if !strings.Contains(a.Text, want) || client != "" && strings.Contains(a.Text, "FileZilla") {
			t.Errorf("%s: %q", client, a.Text)
		}
	}
	if r := ForClient(f.exam, "lftp"); !slices.Contains(action(r, User).Commands, "set ftp:passive-mode on") {
		t.Errorf("%q", action(r, User).Commands)
	}
}

// TestIPv6NeedsOtherLines: what suits IPv4 only is not given for an IPv6 server.
func TestIPv6NeedsOtherLines(t *testing.T) {
	m := start("2001:db8::50", slower)
	m.remote = netip.MustParseAddr("2001:db8::20")
	m.login(probe.Clear)
	m.silent(m.passive(probe.EPSV, "2001:db8::20", 50112), "")
	f := m.finding(probe.PassivePortFiltered, severe, probe.PartyPath, probe.Passive, probe.EPSV)
	for _, a := range build(m.e, []probe.Finding{f}).Actions {
		if all := strings.Join(a.Commands, "\n"); strings.Contains(all, "iptables") || strings.Contains(all, "ip saddr") {
			t.Errorf("%s: %q", a.Who, a.Commands)
		}
	}
}

func TestPortRange(t *testing.T) {
	for _, tt := range []struct {
		ports       []uint16
		first, last uint16
	}{
		{nil, 50000, 50100},
		{[]uint16{50112, 50113}, 50100, 50199},
		{[]uint16{21005}, 21000, 21099},
		{[]uint16{30050, 30760}, 30000, 30799},
		{[]uint16{34567, 58123}, 50000, 50100}, // anywhere: no range is set
		{[]uint16{65530}, 50000, 50100},        // no whole hundred is left
		{[]uint16{1050}, 50000, 50100},
	} {
		m := start(public, slower).login(probe.Clear)
		for _, n := range tt.ports {
			m.silent(m.passive(probe.EPSV, server, n), "")
		}
		c := newStory(m.e, nil)
		if first, last := c.portRange(probe.Finding{Mode: probe.Passive}); first != tt.first || last != tt.last {
			t.Errorf("%v: %d-%d, want %d-%d", tt.ports, first, last, tt.first, tt.last)
		}
		c.e.Plan.ActivePorts = [2]uint16{40000, 40010}
		if first, last := c.portRange(probe.Finding{Mode: probe.Active}); first != 40000 || last != 40010 {
			t.Errorf("active: %d-%d", first, last)
		}
	}
}

// TestOwnProgramUsesTheFormThatWorks: of the two forms of passive mode, nobody is
// sent to the one that dies here.
func TestOwnProgramUsesTheFormThatWorks(t *testing.T) {
	examined(t, func(t *testing.T, s *scenarios.Scenario, r *Report) {
		epsv := slices.Contains(r.story.worked(probe.Passive), probe.EPSV)
		for client, words := range map[string][2]string{
			"lftp": {"prefer-epsv no", "prefer-epsv yes"}, "curl": {"In curl: --disable-epsv", "In curl: tries EPSV"}, "tnftp": {"Debian): epsv4 off", "Debian): tries EPSV"},
		} {
			text := action(ForClient(r.Examination, client), User).Text
			if epsv && strings.Contains(text, words[0]) || !epsv && strings.Contains(text, words[1]) {
				t.Errorf("EPSV works: %v, and %s reads: %s", epsv, client, text)
			}
			if s.Name == "alg-swallows-227" && !strings.Contains(text, words[1]) {
				t.Errorf("%s is not told what works: %s", client, text)
			}
		}
	})
}

// TestLinesFitThePortsThatWereSeen: where the server names ports from anywhere,
// the lines for a firewall do not open a range that nobody uses.
func TestLinesFitThePortsThatWereSeen(t *testing.T) {
	for _, tt := range []struct {
		code        probe.Code
		party       probe.Party
		who         Who
		want, never string
	}{
		{probe.PassivePortFiltered, probe.PartyClientNetwork, NetworkAdmin, "", "dport"},
		{probe.PassivePortRefused, probe.PartyPath, NetworkAdmin, "", "dport"},
		{probe.PassiveRangePartlyOpen, probe.PartyServerNetwork, ServerAdmin, "", "50000"},
		{probe.PassivePortFiltered, probe.PartyServerNetwork, ServerAdmin, "pasv_max_port=50100", ""},
	} {
		m := start(public, slower).login(probe.Clear)
		m.silent(m.passive(probe.EPSV, server, 34567), "")
		m.silent(m.passive(probe.PASV, server, 58123), "")
		f := m.finding(tt.code, severe, tt.party, probe.Passive, probe.EPSV, probe.PASV)
		all := strings.Join(action(build(m.e, []probe.Finding{f}), tt.who).Commands, "\n")
		if !strings.Contains(all, tt.want) || tt.never != "" && strings.Contains(all, tt.never) {
			t.Errorf("%s: %s reads\n%s", tt.code, tt.who, all)
		}
	}
}

// TestWhoMayEndTheDemandForReuse: a server that wants TLS sessions reused, and
// does not reuse any, is its admin's to repair; one that reuses them is not.
func TestWhoMayEndTheDemandForReuse(t *testing.T) {
	want := map[string]string{
		"tls-reuse-522": "require_ssl_reuse=NO", "tls-reuse-425-eperm": "TLSOptions NoSessionReuseRequired", "tls-reuse-required-and-met": "",
	}
	examined(t, func(t *testing.T, s *scenarios.Scenario, r *Report) {
		setting, ok := want[s.Name]
		if !ok {
			return
		}
		a := action(r, ServerAdmin)
		if !strings.Contains(a.Text, setting) || setting != "" && !slices.Contains(a.Commands, setting) || slices.Contains(a.Fixes, probe.DataTLSReuseRequired) != (setting != "") {
			t.Errorf("%q %q", a.Text, a.Commands)
		}
	})
}

// TestActionsAreFilled: no placeholder, no unconfirmed setting and nothing
// harmful reaches a report.
func TestActionsAreFilled(t *testing.T) {
	rest := regexp.MustCompile(`\{[a-z-]+\}|SERVER|CLIENT|=INSIDE|not confirmed`)
	for _, f := range fixtures() {
		for _, a := range f.report().Actions {
			for _, text := range append(a.Commands, a.Text) {
				if found := rest.FindString(text) + harmful.FindString(text); found != "" {
					t.Errorf("%s: %q in %q", f.name, found, text)
				}
			}
		}
	}
}

// TestAddressSettingsAgree: the short names in the sentences are those of the
// catalogue.
func TestAddressSettingsAgree(t *testing.T) {
	for _, row := range addressSettings {
		k := remedies.Recognise(remedies.Server, row.software)
		if k == nil {
			t.Errorf("the catalogue does not know %s", row.software)
			continue
		}
		e := remedies.For(probe.PASVAddressWrong.String(), k.ID, 0)
		if len(e) != 1 || !strings.Contains(e[0].Setting+strings.Join(e[0].Commands, ""), row.setting) && row.software != "FileZilla Server" {
			t.Errorf("%s: %s is not in the catalogue", row.software, row.setting)
		}
	}
}
