package report

import (
	"net/netip"
	"slices"
	"strings"
	"testing"

	"ftpdiag/probe"
	"ftpdiag/report/term"
	"ftpdiag/scenarios"
)

// The finding that decides is always said, with its evidence: what the advice
// rests on can be read before the advice. That both modes work has a line per
// mode.
func TestEveryScenarioTellsItsPrimaryFinding(t *testing.T) {
	examined(t, func(t *testing.T, _ *scenarios.Scenario, r *Report) {
		f := r.story.primary()
		if f.Code == 0 || f.Code == probe.BothModesWork {
			return
		}
		text := strings.Join(strings.Fields(asText(t, r, term.Style{Width: 79})), " ")
		title := r.story.say(f).title
		if !strings.Contains(text, title) {
			t.Errorf("%s is not told: %q is missing in\n%s", f.Code.Number(), title, text)
		}
	})
}

// Where something is wrong, nobody is told that the network is not the cause;
// and a certificate is nobody's task as long as its line is not shown.
func TestEveryScenarioAdvisesOnlyWhatItTells(t *testing.T) {
	examined(t, func(t *testing.T, _ *scenarios.Scenario, r *Report) {
		certificate := slices.ContainsFunc(r.Why, func(w Reason) bool { return strings.Contains(w.Lead, "certificate") })
		for _, a := range r.Actions {
			if slices.Contains(a.Fixes, probe.TLSCertificate) && !certificate {
				t.Errorf("%v is to repair a certificate that is not told of: %s", a.Who, a.Text)
			}
			if r.Tone != ToneGood && strings.Contains(a.Text, "network is not the cause") {
				t.Errorf("%v reads that the network is not the cause: %s", a.Who, r.Headline)
			}
		}
	})
}

// blockedActive is a server whose calls do not come while somebody else's does.
func blockedActive(stranger string) *Report {
	f := passiveFixture()
	for _, a := range f.exam.AllAttempts() {
		if a.Method.Mode() == probe.Active {
			a.Strangers = []netip.AddrPort{netip.AddrPortFrom(netip.MustParseAddr(stranger), 4711)}
		}
	}
	return f.report()
}

func TestStrangersShowThatTheWayInIsOpen(t *testing.T) {
	text := asText(t, blockedActive("192.0.2.66"), term.Style{Width: 99})
	if !strings.Contains(text, "192.0.2.66, which is not the server") || !strings.Contains(text, "open at this end") || strings.Contains(text, "drops connections") {
		t.Errorf("hides the stranger:\n%s", text)
	}
	// A neighbour comes past no firewall.
	if text := asText(t, blockedActive("192.168.1.77"), term.Style{Width: 99}); strings.Contains(text, "open at this end") {
		t.Errorf("a neighbour proves the way in:\n%s", text)
	}
}

// The words of the picture tell who said no to what.
func TestPictureWords(t *testing.T) {
	refused := func(setup, transfer string, stop probe.Cause, reached probe.Stage) *probe.Attempt {
		a := &probe.Attempt{Method: probe.EPSV, Reached: reached, Stop: probe.Stop{Cause: stop}}
		a.Setup.Reply, a.Transfer.Reply = reply(setup), reply(transfer)
		return a
	}
	c := eitherFixture().report().story
	for name, x := range map[string]struct {
		a    *probe.Attempt
		at   place
		word string
	}{
		"trouble at LIST":    {refused("229 Entering (|||50112|)", "451 Local error.", probe.ByReply, probe.StageConnected), atServer, wordError},
		"rule at LIST":       {refused("229 Entering (|||50112|)", "522 Encrypt.", probe.ByReply, probe.StageConnected), atServer, wordDenied},
		"connection at LIST": {refused("229 Entering (|||50112|)", "425 Bad IP connecting.", probe.ByReply, probe.StageConnected), atServer, wordRefused},
		"EPSV refused":       {refused("500 Unknown command.", "", probe.ByReply, probe.StageNone), unborn, wordRefused},
		"ICMP":               {refused("229 Entering (|||50112|)", "", probe.HostUnreachable, probe.StageConnecting), atWall, wordBlocked},
		"ICMP, forbidden":    {refused("229 Entering (|||50112|)", "", probe.Prohibited, probe.StageConnecting), atWall, wordBlocked},
		"silence":            {refused("229 Entering (|||50112|)", "", probe.Timeout, probe.StageConnecting), atWall, wordNoAnswer},
	} {
		if at, word := c.ending(x.a); at != x.at || word != x.word {
			t.Errorf("%s: %d %s, not %d %s", name, at, word, x.at, x.word)
		}
	}
}

// A TLS alert is the server's own word, a cut may come from anywhere.
func TestHandshakeIsBlamedOnTheServerOnlyWithItsAlert(t *testing.T) {
	for _, alert := range []string{"", "handshake failure"} {
		m := start(public, quick).greet(probe.ExplicitTLS, "220 ready")
		m.e.Sessions[0].TLS = &probe.TLSFacts{Alert: alert, Stop: probe.Stop{Cause: probe.Reset}}
		r := build(m.e, []probe.Finding{m.finding(probe.TLSHandshakeFailed, severe, probe.PartyServerConfig, 0)})
		text := asText(t, r, term.Style{Width: 79})
		if device := strings.Contains(text, "firewall?"); device != (alert == "") {
			t.Errorf("alert %q: draws a firewall: %v\n%s", alert, device, text)
		}
		if advised := strings.Contains(text, "Network admin"); advised != (alert == "") {
			t.Errorf("alert %q: advises the network admin: %v\n%s", alert, advised, text)
		}
	}
}

// EPSV names no address: that PASV names a wrong one does not explain it.
func TestWrongAddressDoesNotExplainEPSV(t *testing.T) {
	f := epsvFixture()
	for _, a := range f.exam.AllAttempts() {
		if a.Method == probe.EPSV {
			a.Reached, a.EOF, a.Bytes, a.Stop = probe.StageConnecting, false, 0, probe.Stop{Cause: probe.Refused}
			a.Transfer, a.Final = probe.Exchange{}, probe.Exchange{}
		}
		if a.Method.Mode() == probe.Active {
			a.Reached, a.Stop, a.EOF, a.Bytes = probe.StageDone, probe.Stop{}, true, 912
			a.Transfer.Reply = reply("150 Here it comes.")
		}
	}
	text := asText(t, f.report(), term.Style{Width: 79})
	if !strings.Contains(text, "EPSV fails too. Refused on port 50112") {
		t.Errorf("does not say why EPSV fails:\n%s", text)
	}
}

// A server that asks for an account (332) applies no rule about addresses.
func TestAccountIsNoAddressRule(t *testing.T) {
	f := loginFixture()
	f.exam.Sessions[0].Login[len(f.exam.Sessions[0].Login)-1].Reply = reply("332 Need account for login.")
	f.findings[0].Code = probe.LoginPolicy
	text := asText(t, f.report(), term.Style{Width: 79})
	if strings.Contains(text, "addresses") || !strings.Contains(text, "ACCT") {
		t.Errorf("does not tell what is missing:\n%s", text)
	}
}

// Nothing breaks at a reply that grants what was asked, nor within a listing
// that arrived: a mark there would send its reader to the wrong line.
func TestEveryScenarioMarksWhereItBroke(t *testing.T) {
	good := []string{"200 ", "226 Directory send OK."}
	examined(t, func(t *testing.T, _ *scenarios.Scenario, r *Report) {
		arrived := map[int]bool{}
		for _, a := range r.Examination.AllAttempts() {
			for _, n := range a.Events {
				arrived[n] = a.Delivered()
			}
		}
		for _, n := range r.breaks() {
			ev := r.Examination.Events[n-1]
			well := slices.ContainsFunc(good, func(s string) bool { return strings.HasPrefix(ev.Text, s) })
			if well || arrived[n] {
				t.Errorf("%q is marked as the place where it breaks", ev.Text)
			}
		}
	})
}
