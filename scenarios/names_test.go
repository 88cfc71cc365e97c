package scenarios_test

import (
	"net/netip"
	"slices"
	"testing"

	"ftpdiag/probe"
	"ftpdiag/report"
	"ftpdiag/scenarios"
)

// TestDNSDialogue: the record has what each DNS server was asked and answered,
// so that whoever runs it can find the mistake. An answer that was cut is asked
// for again over TCP.
func TestDNSDialogue(t *testing.T) {
	type answer struct {
		proto, question, rcode string
		outcome                probe.NameOutcome
	}
	const server = "192.0.2.53:53"
	ipv4 := []netip.Addr{netip.MustParseAddr("198.51.100.20")}
	for _, tt := range []struct {
		scenario, resolver string
		outcome            probe.NameOutcome
		cname              []string
		addresses          []netip.Addr
		answers            []answer
	}{
		{"dns-refused", "system", probe.NameRefused, nil, nil, []answer{
			{"udp", "A", "REFUSED", probe.NameRefused}, {"udp", "AAAA", "REFUSED", probe.NameRefused},
		}},
		{"dns-no-data", "system", probe.NameEmpty, nil, nil, []answer{
			{"udp", "A", "NOERROR", probe.NameEmpty}, {"udp", "AAAA", "NOERROR", probe.NameEmpty},
		}},
		{"dns-alias-leads-nowhere", "system", probe.NameEmpty, []string{"ftp.hosting.example.net", "old.hosting.example.net"}, nil, []answer{
			{"udp", "A", "NOERROR", probe.NameEmpty}, {"udp", "AAAA", "NOERROR", probe.NameEmpty},
		}},
		{"dns-answer-cut", server, probe.NameFound, nil, ipv4, []answer{
			{"udp", "A", "TRUNCATED", probe.NameUnsolved}, {"tcp", "A", "NOERROR", probe.NameFound},
			{"udp", "AAAA", "TRUNCATED", probe.NameUnsolved}, {"tcp", "AAAA", "NOERROR", probe.NameEmpty},
		}},
		// A server that was silent over UDP is not waited for again.
		{"dns-over-tcp-only", server, probe.NameFound, nil, ipv4, []answer{
			{"udp", "A", "", probe.NameTimeout}, {"tcp", "A", "NOERROR", probe.NameFound}, {"tcp", "AAAA", "NOERROR", probe.NameEmpty},
		}},
		{"dns-udp-dropped", "system", probe.NameTimeout, nil, nil, []answer{
			{"udp", "A", "", probe.NameTimeout}, {"tcp", "A", "NOERROR", probe.NameFound}, {"tcp", "AAAA", "NOERROR", probe.NameEmpty},
		}},
		{"dns-timeout", "system", probe.NameTimeout, nil, nil, []answer{
			{"udp", "A", "", probe.NameTimeout}, {"tcp", "A", "", probe.NameTimeout},
		}},
		{"dns-alias-chain", server, probe.NameFound, []string{"ftp.hosting.example.net", "node7.hosting.example.net"}, ipv4, []answer{
			{"udp", "A", "NOERROR", probe.NameFound}, {"udp", "AAAA", "NOERROR", probe.NameEmpty},
		}},
		{"dns-ipv6-only", server, probe.NameFound, nil, []netip.Addr{netip.MustParseAddr("2001:db8:2::20")}, []answer{
			{"udp", "A", "NOERROR", probe.NameEmpty}, {"udp", "AAAA", "NOERROR", probe.NameFound},
		}},
		{"dns-named-server-refuses", server, probe.NameRefused, nil, nil, []answer{
			{"udp", "A", "REFUSED", probe.NameRefused}, {"udp", "AAAA", "REFUSED", probe.NameRefused},
		}},
	} {
		t.Run(tt.scenario, func(t *testing.T) {
			s, ok := scenarios.Find(tt.scenario)
			if !ok {
				t.Fatal("there is no such scenario")
			}
			inMemory(t, s, func(t *testing.T, r *report.Report) {
				got := r.Examination.Resolution
				var answers []answer
				for _, a := range got.Servers {
					if a.Server.String() != server || a.Name != "ftp.example.com" {
						t.Errorf("asked %v for %s", a.Server, a.Name)
					}
					answers = append(answers, answer{a.Proto, a.Question, a.Rcode, a.Outcome})
				}
				if !slices.Equal(answers, tt.answers) {
					t.Errorf("answers %v, want %v", answers, tt.answers)
				}
				if got.Resolver != tt.resolver || got.Outcome != tt.outcome {
					t.Errorf("asked %s: %v, want %s: %v", got.Resolver, got.Outcome, tt.resolver, tt.outcome)
				}
				if !slices.Equal(got.CNAME, tt.cname) || !slices.Equal(got.Addresses, tt.addresses) {
					t.Errorf("aliases %v, addresses %v, want %v and %v", got.CNAME, got.Addresses, tt.cname, tt.addresses)
				}
			})
		})
	}
}
