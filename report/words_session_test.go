package report

import (
	"strings"
	"testing"

	"ftpdiag/probe"
	"ftpdiag/report/term"
)

// What a person does about a session that is refused depends on the reason that
// the server gives.
func TestRefusedSessionsByTheirReason(t *testing.T) {
	for greeting, want := range map[string]struct{ lead, you, admin string }{
		"421 There are too many connections from your internet address.":     {"Too many connections from here.", "Close other FTP programs", "limit of connections for 203.0.113.40."},
		"421 There are too many connected users, please try later.":          {"The server is full.", "Wait some minutes, and check again: ftpdiag", "whether dead ones count."},
		"421 I can't accept more than 2 connections as the same user":        {"Too many sessions of this user.", "that log in as anonymous", "Check the limit of sessions"},
		"421 Temporarily banned for too many failed login attempts":          {"This computer is banned.", "Ask the server admin to lift the ban, or wait", "Find the ban on 203.0.113.40"},
		"530 No server access from the IP 203.0.113.40":                      {"This address is not admitted.", "Ask the server admin to admit 203.0.113.40.", "Allow 203.0.113.40 to connect"},
		"500 FTP server shut down (going down at 18:00) -- please try again": {"The server is closed for now.", "Wait until the server is back", "Start the FTP server again"},
		"421 Service not available.":                                         {"The server turns this computer away.", "Wait some minutes", "hosts.allow"},
		"500 OOPS: cannot locate user specified in 'ftp_username':ftp":       {"The server is out of order.", "Send this report to the server admin.", "Repair the FTP server"},
		"500 Sorry.": {"The server turns this computer away.", "Send this report to the server admin.", "Check the FTP server's log"},
	} {
		m := start(public, 0).greet(probe.Clear, greeting)
		r := New(m.e)
		if code := r.story.primary().Code; code != probe.SessionRefused {
			t.Fatalf("%q is %s", greeting, code)
		}
		text := strings.Join(strings.Fields(asText(t, r, term.Style{Width: 79})), " ")
		for _, part := range []string{want.lead, want.you, want.admin} {
			if !strings.Contains(text, part) {
				t.Errorf("%q: %q is missing in\n%s", greeting, part, asText(t, r, term.Style{Width: 79}))
			}
		}
	}
}

// The address to admit is the one that the server sees: a private one behind NAT
// is of no use to its admin.
func TestPrivateAddressIsNotToBeAdmitted(t *testing.T) {
	text := asText(t, New(start(private, 0).greet(probe.Clear, "550 No connections allowed from your IP").e), term.Style{Width: 79})
	if strings.Contains(text, "admit "+private) || strings.Contains(text, "Allow "+private) || !strings.Contains(strings.Join(strings.Fields(text), " "), "admit the public address of this network.") {
		t.Errorf("names the private address:\n%s", text)
	}
}
