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

// hosts is a network whose system knows a name from its hosts file.
type hosts struct {
	probe.Network
	addr netip.Addr
}

func (h hosts) LookupAddrs(context.Context, string) ([]netip.Addr, error) {
	return []netip.Addr{h.addr}, nil
}

// TestDeepComparesNames: where the system's answer is not the DNS server's, the
// dialogue says so; where they agree, it does not.
func TestDeepComparesNames(t *testing.T) {
	for _, tt := range []struct {
		addr   string
		differ bool
	}{{"198.51.100.20", false}, {"198.51.100.99", true}} {
		t.Run(tt.addr, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				run, err := find(t, "all-good").StartInMemory()
				if err != nil {
					t.Fatal(err)
				}
				defer run.Close()
				run.Plan.Deep = true
				p := probe.Prober{Network: hosts{run.Network, netip.MustParseAddr(tt.addr)}, Plan: run.Plan}
				said := false
				for _, ev := range p.Run(context.Background(), run.Target).Events {
					said = said || ev.Channel == probe.DNS && strings.Contains(ev.Text, "hosts file")
				}
				if said != tt.differ {
					t.Errorf("it says that the answers differ: %v, want %v", said, tt.differ)
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
