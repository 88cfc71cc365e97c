package probe_test

import (
	"context"
	"net"
	"net/netip"
	"testing"
	"testing/synctest"
	"time"

	"github.com/miekg/dns"

	"ftpdiag/probe"
)

// nameServers is a network whose system finds no name, and whose DNS servers all answer
// alike.
type nameServers struct {
	probe.Network
	system time.Duration // until the system says that it finds none
	setup  probe.NameSetup
	after  time.Duration // until a DNS server answers
	answer func(q *dns.Msg) *dns.Msg
}

func (n nameServers) LookupAddrs(ctx context.Context, host string) ([]netip.Addr, error) {
	select {
	case <-time.After(n.system):
		return nil, &net.DNSError{Err: "server misbehaving", Name: host, IsTemporary: true}
	case <-ctx.Done():
		return nil, &net.DNSError{Err: "i/o timeout", Name: host, IsTimeout: true}
	}
}

func (n nameServers) NameSetup(string) probe.NameSetup { return n.setup }

func (n nameServers) DialDNS(context.Context, string, netip.AddrPort) (net.Conn, error) {
	ours, theirs := net.Pipe()
	go func() {
		defer func() { _ = theirs.Close() }()
		stream := &dns.Conn{Conn: theirs}
		for {
			q, err := stream.ReadMsg()
			if err != nil {
				return
			}
			time.Sleep(n.after)
			if stream.WriteMsg(n.answer(q)) != nil {
				return
			}
		}
	}()
	return ours, nil
}

// TestNameTakesNoLonger: DNS servers that take their time to say that they failed are
// not waited for one question after the other, and what they said is kept.
func TestNameTakesNoLonger(t *testing.T) {
	servers := []netip.AddrPort{netip.MustParseAddrPort("192.0.2.53:53"), netip.MustParseAddrPort("192.0.2.54:53"), netip.MustParseAddrPort("192.0.2.55:53")}
	rcode := func(rcode int) func(*dns.Msg) *dns.Msg {
		return func(q *dns.Msg) *dns.Msg { return new(dns.Msg).SetRcode(q, rcode) }
	}
	for _, tt := range []struct {
		name     string
		host     string
		system   time.Duration
		resolver netip.AddrPort
		after    time.Duration
		answer   func(*dns.Msg) *dns.Msg
		within   time.Duration
		want     probe.NameOutcome
	}{
		{"short name", "files", 0, netip.AddrPort{}, 2900 * time.Millisecond, rcode(dns.RcodeServerFailure), 12 * time.Second, probe.NameServFail},
		{"whole name", "ftp.example.com", 0, netip.AddrPort{}, 2900 * time.Millisecond, rcode(dns.RcodeServerFailure), 12 * time.Second, probe.NameServFail},
		{"slow system", "files", 9 * time.Second, netip.AddrPort{}, 2900 * time.Millisecond, rcode(dns.RcodeServerFailure), 13 * time.Second, probe.NameServFail},
		{"system given up", "files", time.Minute, netip.AddrPort{}, 2900 * time.Millisecond, rcode(dns.RcodeServerFailure), 14 * time.Second, probe.NameServFail},
		{"named server", "files", 0, servers[0], 2900 * time.Millisecond, rcode(dns.RcodeServerFailure), 12 * time.Second, probe.NameServFail},
		{"silence", "files", time.Minute, netip.AddrPort{}, time.Hour, rcode(dns.RcodeServerFailure), 14 * time.Second, probe.NameTimeout},
		// Not every suffix was asked for: nobody knows that the name is missing.
		{"missing in part", "files", 9 * time.Second, netip.AddrPort{}, 2900 * time.Millisecond, rcode(dns.RcodeNameError), 13 * time.Second, probe.NameUnsolved},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				run, err := find(t, "all-good").StartInMemory()
				if err != nil {
					t.Fatal(err)
				}
				defer run.Close()
				run.Target.Host, run.Plan.Resolver = tt.host, tt.resolver
				setup := probe.NameSetup{Servers: servers, Search: []string{"a.example", "b.example", "c.example"}}
				p := probe.Prober{Network: nameServers{run.Network, tt.system, setup, tt.after, tt.answer}, Plan: run.Plan}
				res := p.Run(context.Background(), run.Target).Resolution
				if res.Took > tt.within {
					t.Errorf("it took %v, more than %v", res.Took, tt.within)
				}
				if res.Outcome != tt.want {
					t.Errorf("outcome %v, want %v", res.Outcome, tt.want)
				}
				time.Sleep(tt.after) // the servers end
			})
		})
	}
}

// TestWithoutEDNS: a DNS server that does not know EDNS is asked again without it, once;
// one that knows it means its refusal.
func TestWithoutEDNS(t *testing.T) {
	addr := netip.MustParseAddr("198.51.100.20")
	for _, tt := range []struct {
		name    string
		refuse  func(q *dns.Msg) *dns.Msg
		plainly bool // asked again
	}{
		{"does not know it", func(q *dns.Msg) *dns.Msg { return new(dns.Msg).SetRcode(q, dns.RcodeFormatError) }, true},
		{"nothing but a header", func(q *dns.Msg) *dns.Msg {
			reply := new(dns.Msg).SetRcode(q, dns.RcodeFormatError)
			reply.Question = nil
			return reply
		}, true},
		{"knows it", func(q *dns.Msg) *dns.Msg {
			return new(dns.Msg).SetRcode(q, dns.RcodeFormatError).SetEdns0(1232, false)
		}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				run, err := find(t, "all-good").StartInMemory()
				if err != nil {
					t.Fatal(err)
				}
				defer run.Close()
				run.Plan.Resolver = netip.MustParseAddrPort("192.0.2.53:53")
				plain := 0
				answer := func(q *dns.Msg) *dns.Msg {
					if q.IsEdns0() != nil {
						return tt.refuse(q)
					}
					plain++
					reply := new(dns.Msg).SetReply(q)
					if q.Question[0].Qtype == dns.TypeA {
						head := dns.RR_Header{Name: q.Question[0].Name, Rrtype: dns.TypeA, Class: dns.ClassINET, Ttl: 300}
						reply.Answer = append(reply.Answer, &dns.A{Hdr: head, A: addr.AsSlice()})
					}
					return reply
				}
				p := probe.Prober{Network: nameServers{Network: run.Network, answer: answer}, Plan: run.Plan}
				res := p.Run(context.Background(), run.Target).Resolution
				if found := len(res.Addresses) == 1 && res.Addresses[0] == addr; found != tt.plainly {
					t.Errorf("addresses %v", res.Addresses)
				}
				if want := map[bool]int{true: 2}[tt.plainly]; plain != want { // A and AAAA
					t.Errorf("asked %d times without EDNS, want %d", plain, want)
				}
				for _, a := range res.Servers {
					if want := map[bool]string{true: "NOERROR", false: "FORMERR"}[tt.plainly]; a.Rcode != want {
						t.Errorf("%s: %s, want %s", a.Question, a.Rcode, want)
					}
				}
			})
		})
	}
}
