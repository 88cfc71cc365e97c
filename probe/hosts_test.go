package probe_test

import (
	"context"
	"net/netip"
	"strings"
	"testing"
	"testing/synctest"

	"ftpdiag/probe"
	"ftpdiag/scenarios"
)

// hosts is a network whose system knows names in its own way.
type hosts struct {
	probe.Network
	addr  netip.Addr
	setup probe.NameSetup // beside the DNS servers of Network
}

func (h hosts) LookupAddrs(context.Context, string) ([]netip.Addr, error) {
	return []netip.Addr{h.addr}, nil
}

func (h hosts) NameSetup(host string) probe.NameSetup {
	setup := h.setup
	setup.Servers = h.Network.NameSetup(host).Servers
	return setup
}

// TestDeepComparesNames: where the system's answer is not the DNS server's, the
// dialogue says so, and why where that is known; where they agree, it is silent.
func TestDeepComparesNames(t *testing.T) {
	right, wrong := netip.MustParseAddr("198.51.100.20"), netip.MustParseAddr("198.51.100.99")
	for _, tt := range []struct {
		name   string
		addr   netip.Addr
		setup  probe.NameSetup
		target string // "": the scenario's
		says   string // "": nothing
	}{
		{"same", right, probe.NameSetup{}, "", ""},
		{"other", wrong, probe.NameSetup{}, "", "the DNS server has other addresses: the system's come elsewhere than from the DNS server"},
		{"hosts file", wrong, probe.NameSetup{Hosts: []netip.Addr{wrong}}, "", "the DNS server has other addresses: the system's come from the hosts file"},
		{"short", right, probe.NameSetup{Search: []string{"example.org", "example.com."}}, "ftp", "ftp is short for ftp.example.com"},
		{"complete", right, probe.NameSetup{Search: []string{"example.com"}}, "ftp.", "the DNS server has no address: the system's come elsewhere than from the DNS server"},
		{"many dots", right, probe.NameSetup{Search: []string{"com"}, Dots: 2}, "ftp.example", "ftp.example is short for ftp.example.com"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				run, err := find(t, "all-good").StartInMemory()
				if err != nil {
					t.Fatal(err)
				}
				defer run.Close()
				run.Plan.Deep = true
				if tt.target != "" {
					run.Target.Host = tt.target
				}
				p := probe.Prober{Network: hosts{run.Network, tt.addr, tt.setup}, Plan: run.Plan}
				var said []string
				for _, ev := range p.Run(context.Background(), run.Target).Events {
					if ev.Channel == probe.DNS && ev.Direction == probe.Note && !strings.HasPrefix(ev.Text, "this computer's hosts file") {
						said = append(said, ev.Text)
					}
				}
				if got := strings.Join(said, "; "); got != tt.says {
					t.Errorf("it says %q, want %q", got, tt.says)
				}
			})
		})
	}
}

func find(t *testing.T, name string) *scenarios.Scenario {
	t.Helper()
	for _, s := range scenarios.All() {
		if s.Name == name {
			return s
		}
	}
	t.Fatalf("no scenario %s", name)
	return nil
}
