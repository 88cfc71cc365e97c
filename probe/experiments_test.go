package probe_test

import (
	"context"
	"net"
	"net/netip"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"ftpdiag/probe"
	"ftpdiag/probe/here"
	"ftpdiag/probe/hops"
	"ftpdiag/scenarios"
)

// asked runs a scenario with a changed plan and lists the experiments made. Each must
// have told its question to whoever watches, before anything came of it.
func asked(t *testing.T, name string, change func(*probe.Plan)) (names []string, e *probe.Examination) {
	t.Helper()
	var said []probe.Event
	s, ok := scenarios.Find(name)
	if !ok {
		t.Fatalf("no scenario %s", name)
	}
	synctest.Test(t, func(t *testing.T) {
		run, err := s.StartInMemory()
		if err != nil {
			t.Fatal(err)
		}
		defer run.Close()
		change(&run.Plan)
		p := probe.Prober{Network: &ables{Network: run.Network}, Plan: run.Plan, Observe: func(ev probe.Event) {
			if ev.N == 0 {
				said = append(said, ev)
			}
		}}
		e = p.Run(context.Background(), run.Target)
	})
	for _, x := range e.Experiments {
		names = append(names, x.Name)
		if x.Question == "" || x.Class == 0 {
			t.Errorf("%s: experiment %+v does not say what it decides", name, x)
		}
		if !slices.ContainsFunc(said, func(ev probe.Event) bool {
			return strings.HasSuffix(ev.Text, x.Question) && (len(x.Events) == 0 || ev.At <= e.Events[x.Events[len(x.Events)-1]-1].At)
		}) {
			t.Errorf("%s: nobody was told of %q", name, x.Question)
		}
	}
	return names, e
}

// whereAsked names a scenario in which each follow-up question arises.
var whereAsked = map[string]string{
	"control-alive": "alg-swallows-227", "simultaneous-open": "active-syn-dropped", "alone": "passive-range-partly-open",
	"second-port": "pasv-times-out-epsv-ok", "hops": "pasv-port-timeout", "seen-address": "active-port-500-illegal",
	"hidden-command": "alg-rewrites-port", "hidden-reply": "all-good", "small-segments": "list-hangs-mtu", "tiny-listing": "list-hangs-mtu",
	"own-filter": "active-syn-dropped", "fresh-tls": "tls-reuse-required-and-met", "folder-status": "listing-empty",
	"clear-again": "limit-met-under-tls", "same-listing": "ascii-data-corruption", "fresh-session": "epsv-all-residue", "retry": "pasv-ports-busy-425", "other-port": "other-port-without-helper",
	"malformed-port": "passive-port-refused", "parser-hop": "alg-swallows-malformed-port",
}

// onlyWhenWanted are those that no evidence calls for.
var onlyWhenWanted = []string{"hops", "hidden-reply", "parser-hop"}

// ables is a network in memory that can do what only a real one can: its answers
// say nothing.
type ables struct {
	probe.Network
	count atomic.Uint64
}

func (n *ables) Localise(context.Context, netip.Addr, netip.AddrPort, netip.AddrPort, hops.Options) hops.Localisation {
	return hops.Localisation{}
}

func (n *ables) Trace(context.Context, netip.Addr, netip.AddrPort, hops.Options) hops.Path {
	return hops.Path{}
}

func (n *ables) LimitHops(net.Conn, int) (func(), error) { return func() {}, nil }

func (n *ables) Look(context.Context) here.Facts { return here.Facts{} }

// Counters has this computer throw away ten packets between two looks.
func (n *ables) Counters() here.Counters {
	return here.Counters{IPv4: here.IPCounters{Known: true, Received: n.count.Add(10)}}
}

// DialTCP connects at once from a chosen port, to somebody who hangs up.
func (n *ables) DialTCP(ctx context.Context, local netip.Addr, remote netip.AddrPort, opt probe.SocketOptions) (net.Conn, error) {
	if opt.FromPort == 0 {
		return n.Network.DialTCP(ctx, local, remote, opt)
	}
	here, there := net.Pipe()
	_ = there.Close()
	return here, nil
}

// TestExperimentsObeyThePlan: each follow-up question can be forbidden, asked
// for, and left out where gentleness is wanted.
func TestExperimentsObeyThePlan(t *testing.T) {
	for _, x := range probe.Experiments() {
		t.Run(x.Name, func(t *testing.T) {
			scenario, name := whereAsked[x.Name], x.Name
			if scenario == "" {
				t.Fatal("no scenario shows it")
			}
			wanted := func(p *probe.Plan) { p.Deep = slices.Contains(onlyWhenWanted, name) }
			if names, _ := asked(t, scenario, wanted); !slices.Contains(names, name) {
				t.Errorf("it asks %v, not %s", names, name)
			}
			if names, _ := asked(t, scenario, func(p *probe.Plan) { p.Deep = false }); slices.Contains(names, name) == slices.Contains(onlyWhenWanted, name) {
				t.Errorf("by default it asks %v", names)
			}
			forbidden := func(p *probe.Plan) { wanted(p); p.Without = []string{name} }
			if names, _ := asked(t, scenario, forbidden); slices.Contains(names, name) {
				t.Errorf("%s was forbidden and made", name)
			}
			gently := func(p *probe.Plan) { wanted(p); p.Gentle = true }
			if names, _ := asked(t, scenario, gently); slices.Contains(names, name) != x.Gentle {
				t.Errorf("gently it asks %v; %s: want %v", names, name, x.Gentle)
			}
			names, _ := asked(t, scenario, func(p *probe.Plan) { p.Ask = []string{name} })
			for _, n := range names {
				if n != name {
					t.Errorf("only %s was asked for, %s was made", name, n)
				}
			}
		})
	}
	if names, _ := asked(t, "all-good", func(*probe.Plan) {}); len(names) != 0 {
		t.Errorf("a healthy server is asked %v", names)
	}
	if names, _ := asked(t, "all-good", func(p *probe.Plan) { p.Deep = true }); !slices.Contains(names, "malformed-port") {
		t.Errorf("the deep examination asks %v", names)
	}
}

// TestSamples: --samples N tries N further passive ports.
func TestSamples(t *testing.T) {
	_, e := asked(t, "all-good", func(p *probe.Plan) { p.Samples = 5 })
	ports := map[uint16]bool{}
	for _, a := range e.AllAttempts() {
		if a.Method.Mode() == probe.Passive {
			ports[a.Dialled.Port()] = true
		}
	}
	if len(ports) != 7 { // EPSV, PASV and five more
		t.Errorf("%d passive ports tried, want 7", len(ports))
	}
}
