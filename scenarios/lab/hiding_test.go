//go:build linux

package lab

import (
	"strings"
	"testing"
)

// TestReaderIsFound: the router that reads PORT is named, wherever it stands, and what it writes into a 227 does not stand
// in one that it cannot read.
func TestReaderIsFound(t *testing.T) {
	requireLab(t)
	for _, tt := range []struct {
		name string
		wall Firewall
		ask  string
		want []string
	}{
		{"at the client's gateway", Firewall{ClientNAT: true, Helper: true}, "malformed-port,parser-hop",
			[]string{"PORT is read behind hop 1 of 3"}},
		{"at the server's gateway", Firewall{Forwarding: ControlForwarded, HelperAtServer: true}, "malformed-port,parser-hop,hidden-reply",
			[]string{"PORT is read behind hop 2 of 3", "12 replies to HELP in front", "227 Entering Passive Mode (192,168,"}},
		{"nowhere", Firewall{}, "malformed-port,parser-hop,hidden-reply", []string{"12 replies to HELP in front"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := World{Wall: tt.wall, Options: []string{"--experiments", tt.ask}}
			result, err := w.Ask(t.Context(), build(t, w, Vsftpd), requireProgram(t))
			if err != nil {
				t.Fatal(err)
			}
			raw := string(result.Raw)
			for _, want := range tt.want {
				if !strings.Contains(raw, want) {
					t.Errorf("nothing says %q in\n%s", want, raw)
				}
			}
			if tt.name == "nowhere" && strings.Contains(raw, "alg-") {
				t.Errorf("a helper where there is none:\n%s", raw)
			}
		})
	}
}
