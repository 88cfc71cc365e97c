package report

import (
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"ftpdiag/probe"
	"ftpdiag/probe/here"
	"ftpdiag/report/term"
	"ftpdiag/scenarios"
)

// guarded is a computer with everything that may keep connections away.
func guarded() *here.Facts {
	tun := here.Route{Interface: "tun-acme", Tunnel: here.Yes}
	return &here.Facts{
		Firewall: here.Firewall{On: here.Yes, StatefulFTP: here.Yes, Parts: []here.Part{{Name: "domain", On: here.Yes, Policy: true}, {Name: "public", On: here.Yes}}},
		Tunnels:  here.Tunnels{Interfaces: []string{"tun-acme"}, IPv4: tun, IPv6: tun},
		Proxies:  []here.Proxy{{Variable: "ftp_proxy", Value: "http://wall:3128"}, {Variable: "no_proxy", Value: "localhost,.acme.test,10.9.8.0/24"}},
	}
}

// flat is a report on one line, so that sentences can be looked for.
func flat(t *testing.T, r *Report, verbose int) string {
	t.Helper()
	return strings.Join(strings.Fields(asText(t, r, term.Style{Width: 79, Verbose: verbose})), " ")
}

// What this computer says is named where it may be the reason, one thing only, and
// changes neither who has to act nor how sure that is.
func TestThisComputerIsNamedWhereItMayBeTheReason(t *testing.T) {
	firewall := here.Facts{Firewall: here.Firewall{On: here.Yes}}
	tunnel := here.Facts{Firewall: here.Firewall{On: here.Yes}, Tunnels: guarded().Tunnels}
	for name, c := range map[string]struct {
		local    string
		facts    *here.Facts
		nic      string
		why, you string // of a blocked active mode beside a passive one that works, and that does not
	}{
		"firewall":         {public, &firewall, "eth0", "own firewall is on and may be the reason.", "Check this computer's firewall first: it is on. Then send this report"},
		"firewall and NAT": {private, &firewall, "eth0", "own firewall is on, too.", ""},
		"tunnel":           {public, &tunnel, "tun-acme", "through the tunnel or VPN tun-acme", "Check the tunnel or VPN tun-acme first. Then send"},
		"routed tunnel":    {private, &tunnel, "", "through the tunnel or VPN tun-acme", "Check the tunnel or VPN tun-acme first. Then send"},
		"other tunnel":     {public, &tunnel, "eth0", "own firewall is on and may be the reason.", "Check this computer's firewall first"},
		"container":        {private, &here.Facts{Container: here.Container{Inside: here.Yes}}, "eth0", "This is a container", "Run the check outside of this container first."},
		"WSL":              {private, &here.Facts{Container: here.Container{WSL: here.Yes}}, "eth0", "Windows Subsystem for Linux", "Run the check in Windows itself first."},
		"unknown":          {public, &here.Facts{}, "eth0", "", ""},
		"not looked":       {public, nil, "", "", ""},
		"loopback":         {"127.0.0.1", &firewall, "lo", "", ""},
	} {
		blocked := func(passive func(*maker)) *Report {
			m := start(c.local, quick)
			if c.local == "127.0.0.1" {
				m.remote = m.local
			}
			m.login(probe.Clear)
			m.e.Here, m.e.Interface = c.facts, c.nic
			passive(m)
			m.silent(m.active(probe.PORT, 51045), "")
			return build(m.e, []probe.Finding{m.finding(probe.ActiveBlocked, severe, probe.PartyClientNetwork, probe.Active)})
		}
		works := blocked(func(m *maker) { m.delivers(m.passive(probe.EPSV, m.remote.String(), 50112), quick) })
		fails := blocked(func(m *maker) { m.silent(m.passive(probe.EPSV, m.remote.String(), 50112), "") })
		hints := []string{"own firewall is on", "tunnel or VPN", "container", "Windows"}
		for _, side := range []struct {
			r    *Report
			want string
		}{{works, c.why}, {fails, c.you}} {
			text := flat(t, side.r, 0)
			if side.want != "" && !strings.Contains(text, side.want) {
				t.Errorf("%s: %q is missing in\n%s", name, side.want, asText(t, side.r, term.Style{Width: 79}))
			}
			for _, hint := range hints {
				if strings.Contains(text, hint) && !strings.Contains(side.want, hint) && (side.want == "" || hint != "own firewall is on") {
					t.Errorf("%s: says %q", name, hint)
				}
			}
		}
	}
}

// A stranger who got through, or a server that does not call, leaves nothing for
// this computer to explain.
func TestThisComputerIsNotAccusedAgainstTheEvidence(t *testing.T) {
	for name, change := range map[string]func(*probe.Examination, []probe.Finding){
		"stranger": func(e *probe.Examination, _ []probe.Finding) {
			for _, a := range e.AllAttempts() {
				a.Strangers = append(a.Strangers, a.Dialled)
			}
		},
		"server": func(_ *probe.Examination, f []probe.Finding) { f[0].Party = probe.PartyServerConfig },
	} {
		m := start(public, quick).login(probe.Clear)
		m.e.Here = guarded()
		a := m.passive(probe.EPSV, server, 50112)
		m.delivers(a, quick)
		m.silent(m.active(probe.PORT, 51045), "")
		m.e.AllAttempts()[1].Dialled = a.Dialled // an address outside
		findings := []probe.Finding{m.finding(probe.ActiveBlocked, severe, probe.PartyPath, probe.Active)}
		findings[0].Attempts = []int{1}
		if got := nearby(newStory(m.e, findings), findings[0]); got == "" {
			t.Fatal("says nothing even without the evidence")
		}
		change(m.e, findings)
		if got := nearby(newStory(m.e, findings), findings[0]); got != "" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// Under TLS the firewall of Windows no longer opens the port that PORT announces.
func TestFirewallOfWindowsMayBeTheHelper(t *testing.T) {
	f := tlsDiffersFixture()
	const may = "firewall opens data ports in clear only and may be why."
	if strings.Contains(flat(t, f.report(), 0), may) {
		t.Error("accuses what it does not know")
	}
	f.exam.Here = guarded()
	if !strings.Contains(flat(t, f.report(), 0), may) {
		t.Errorf("is silent:\n%s", asText(t, f.report(), term.Style{Width: 79}))
	}
}

// curl goes through a proxy that this check did not go through, unless the server
// is an exception.
func TestProxyIsNamedWithCurl(t *testing.T) {
	f := reuseFixture()
	f.exam.Here = guarded()
	const through = "curl goes through the proxy of ftp_proxy here."
	if !strings.Contains(flat(t, f.report(), 0), through) {
		t.Errorf("does not say so:\n%s", asText(t, f.report(), term.Style{Width: 79}))
	}
	for _, exception := range []string{"*", ".example.com", "ftp.example.com", "localhost, example.com", "198.51.100.0/24"} {
		f.exam.Here.Proxies[1].Value = exception
		if strings.Contains(flat(t, f.report(), 0), through) {
			t.Errorf("no_proxy=%s does not help", exception)
		}
	}
	f.exam.Here.Proxies = f.exam.Here.Proxies[1:]
	if strings.Contains(flat(t, f.report(), 0), through) {
		t.Error("there is no proxy")
	}
}

// A proxy keeps its form, and nothing of its name.
func TestProxiesAreMasked(t *testing.T) {
	m := newMask(&probe.Examination{})
	for value, want := range map[string]string{
		"http://wall:3128":         "http://host-1:3128",
		"wall":                     "host-1",
		"socks5://10.9.8.7:1080":   "socks5://10.0.0.1:1080",
		"http://[fd12:3456::1]:80": "http://[fd00::1]:80",
		"[fd12:3456::1]":           "fd00::1",
	} {
		if got := m.proxy(here.Proxy{Variable: "ftp_proxy", Value: value}); got != want {
			t.Errorf("%s becomes %s, want %s", value, got, want)
		}
	}
	if got := m.proxy(here.Proxy{Variable: "NO_PROXY", Value: "localhost, .wall,10.9.8.7/24,*"}); got != "localhost,.host-1,10.0.0.1/24,*" {
		t.Errorf("the exceptions become %s", got)
	}
}

// Whatever the computer is like, the report fits on a screen, keeps its verdict,
// and tells the facts to who asks for them; --redact takes the names away.
func TestEveryScenarioBearsSurroundings(t *testing.T) {
	s := schema(t)
	examined(t, func(t *testing.T, _ *scenarios.Scenario, plain *Report) {
		for _, facts := range []*here.Facts{guarded(), {Firewall: here.Firewall{On: here.Yes}}, {Container: here.Container{Inside: here.Yes}}} {
			e := *plain.Examination
			e.Here = facts
			r := New(&e)
			for _, limit := range []struct{ width, lines int }{{79, 24}, {59, 40}} {
				text := asText(t, r, term.Style{Width: limit.width})
				if n := strings.Count(text, "\n"); n > limit.lines {
					t.Errorf("%d lines at %d columns, more than %d:\n%s", n, limit.width, limit.lines, text)
				}
			}
			if r.Verdict != plain.Verdict || len(r.Findings) != len(plain.Findings) || r.Findings != nil && (r.Findings[0].Party != plain.Findings[0].Party || r.Findings[0].Confidence != plain.Findings[0].Confidence) {
				t.Error("the verdict depends on settings")
			}
		}
		e := *plain.Examination
		e.Here, e.Interface = guarded(), "tun-acme"
		r := New(&e)
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(asJSON(t, r)))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(doc); err != nil {
			t.Error(err)
		}
		if e.Sessions != nil {
			if details := flat(t, r, 1); !strings.Contains(details, "Own firewall on (domain on by policy, public on); it opens the ports of FTP in clear by itself") ||
				!strings.Contains(details, "Tunnels here tun-acme, which the connection to the server leaves through") || !strings.Contains(details, "ftp_proxy=http://wall:3128") {
				t.Errorf("the details do not tell: %s", details)
			}
		}
		for _, text := range []string{asJSON(t, r.Redacted()), flat(t, r.Redacted(), 2)} {
			for _, secret := range []string{"acme", "wall:", "10.9.8"} {
				if strings.Contains(text, secret) {
					t.Errorf("%q is left", secret)
				}
			}
		}
	})
}
