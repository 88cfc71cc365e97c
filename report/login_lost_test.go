package report

import (
	"strings"
	"testing"
	"time"

	"ftpdiag/probe"
	"ftpdiag/report/term"
)

// lostAtLogin is a login whose password gets no reply: for a time, or because the
// connection ended.
func lostAtLogin(cause probe.Cause, took time.Duration) *Report {
	m := start(public, took).user("maria").greet(probe.Clear, "220 (vsFTPd 3.0.5)")
	silent := m.exchange("PASS ********", "")
	silent.Stop, silent.Took = probe.Stop{Cause: cause}, took
	m.session.Login = []probe.Exchange{m.exchange("USER maria", "331 Please specify the password."), silent}
	return New(m.e)
}

// A login without a reply is what the server was busy with: nobody is said to
// have ended what did not end, and nothing points at a firewall.
func TestLostLoginPointsAtNoFirewall(t *testing.T) {
	for name, c := range map[string]struct {
		r    *Report
		want []string
	}{
		"waited": {lostAtLogin(probe.Timeout, 35*time.Second), []string{"The login takes too long.", "within 35 s", "X 21    NO ANSWER"}},
		"ended":  {lostAtLogin(probe.Closed, time.Second), []string{"It ended during the login", "something on the way ended it", "X 21    CUT OFF"}},
	} {
		if f := c.r.story.primary(); f.Code != probe.ControlLost {
			t.Fatalf("%s: the finding is %s", name, f.Code)
		}
		text := asText(t, c.r, term.Style{Width: 79, Symbols: term.ASCII})
		for _, want := range c.want {
			if !strings.Contains(strings.Join(strings.Fields(text), " "), strings.Join(strings.Fields(want), " ")) {
				t.Errorf("%s: %q is missing in\n%s", name, want, text)
			}
		}
		if strings.Contains(text, "firewall") || strings.Contains(text, "server or the server") {
			t.Errorf("%s: accuses a firewall, or names one twice:\n%s", name, text)
		}
	}
}
