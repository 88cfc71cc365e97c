package report

import (
	"strings"
	"testing"

	"ftpdiag/report/term"
	"ftpdiag/scenarios"
)

// TestExplainFillsFromTheLastCheck: after a check the lines to copy for a
// firewall hold its addresses and ports, whatever the firewall is.
func TestExplainFillsFromTheLastCheck(t *testing.T) {
	examined(t, func(t *testing.T, s *scenarios.Scenario, r *Report) {
		if s.Name != "pasv-port-timeout" {
			return
		}
		for _, name := range []string{"nftables", "iptables", "firewalld", "ufw", "windows-firewall", "cisco-asa", "pfsense", "mikrotik", "aws"} {
			subject, ok := FindSubject(name)
			if !ok {
				t.Errorf("nothing is called %s", name)
				continue
			}
			var alone, after strings.Builder
			if err := subject.Write(&alone, Reader{Style: term.Style{Width: 79}}); err != nil {
				t.Fatal(err)
			}
			if err := subject.Write(&after, Reader{Style: term.Style{Width: 79}, Last: r.Examination}); err != nil {
				t.Fatal(err)
			}
			text := after.String()
			if !strings.Contains(text, "40000") || !strings.Contains(text, "those of the last check, ftp.example.com.") {
				t.Errorf("%s is not filled:\n%s", name, text)
			}
			if strings.Contains(text, "SERVER") || strings.Contains(text, "CLIENT") {
				t.Errorf("%s keeps a stand-in:\n%s", name, text)
			}
			if strings.Contains(alone.String(), "last check") {
				t.Errorf("%s speaks of a check that never was", name)
			}
		}
	})
}
