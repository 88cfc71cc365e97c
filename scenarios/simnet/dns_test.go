package simnet

import (
	"net/netip"
	"testing"
	"time"

	"github.com/miekg/dns"

	"ftpdiag/probe"
	"ftpdiag/probe/neterr"
)

var resolver = netip.MustParseAddrPort("192.0.2.53:53")

// ask sends one query and waits five seconds for the answer.
func (w *world) ask(proto, name string) (*dns.Msg, error) {
	w.Helper()
	c, err := w.client.DialDNS(w.Context(), proto, resolver)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(5 * time.Second))
	query := new(dns.Msg).SetQuestion(dns.Fqdn(name), dns.TypeA)
	stream := &dns.Conn{Conn: c}
	if err := stream.WriteMsg(query); err != nil {
		return nil, err
	}
	return stream.ReadMsg()
}

// answerQuery answers "silent." with silence and other names with NXDOMAIN; over
// UDP it asks to come back by TCP.
func answerQuery(q *dns.Msg, proto string) *dns.Msg {
	if q.Question[0].Name == "silent." {
		return nil
	}
	reply := new(dns.Msg).SetRcode(q, dns.RcodeNameError)
	reply.Truncated = proto == "udp"
	return reply
}

func TestDNSServer(t *testing.T) {
	inWorld(t, func(w *world) {
		w.DNS(resolver, answerQuery)
		w.client.SetNames(probe.NameSetup{Servers: []netip.AddrPort{resolver}})
		equal(w, "nameserver", w.client.NameSetup("").Servers[0], resolver)

		reply, err := w.ask("udp", "example.org")
		if err != nil {
			w.Fatal(err)
		}
		w.at(100 * ms)
		equal(w, "truncated over UDP", reply.Truncated, true)

		reply, err = w.ask("tcp", "example.org")
		if err != nil {
			w.Fatal(err)
		}
		w.at(300 * ms)
		equal(w, "truncated over TCP", reply.Truncated, false)
		equal(w, "code", reply.Rcode, dns.RcodeNameError)

		_, err = w.ask("udp", "silent")
		equal(w, "cause of silence", neterr.Of(err), neterr.Timeout)
		w.at(5300 * ms)
		w.open(0, 0)
	})
}

func TestDNSThroughRules(t *testing.T) {
	tests := []struct {
		name       string
		rule       Rule
		noServer   bool
		udp, tcp   neterr.Cause
		udpT, tcpT time.Duration
	}{
		{"dropped", Rule{Do: Drop}, false, neterr.Timeout, neterr.Timeout, 5 * time.Second, synPatience},
		{"refused", Rule{Do: Refuse}, false, neterr.Refused, neterr.Refused, 100 * ms, 100 * ms},
		{"prohibited", Rule{Do: RejectProhibited}, false, neterr.Prohibited, neterr.Prohibited, 100 * ms, 100 * ms},
		{"silent", Rule{Do: AcceptSilent}, false, neterr.Timeout, neterr.Timeout, 5 * time.Second, 5100 * ms},
		{"closed", Rule{Do: AcceptClose}, false, neterr.Refused, neterr.Closed, 100 * ms, 200 * ms},
		{"delayed", Rule{Delay: time.Second}, false, neterr.None, neterr.None, 2100 * ms, 1200 * ms},
		{"not running", Rule{}, true, neterr.Refused, neterr.Refused, 100 * ms, 100 * ms},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			inWorld(t, func(w *world) {
				w.Host("name server", resolver.Addr())
				if !test.noServer {
					w.DNS(resolver, answerQuery)
				}
				test.rule.Ports = Port(53)
				w.Rule(test.rule)
				_, err := w.ask("udp", "example.org")
				equal(w, "cause over UDP", neterr.Of(err), test.udp)
				w.at(test.udpT)
				_, err = w.ask("tcp", "example.org")
				equal(w, "cause over TCP", neterr.Of(err), test.tcp)
				w.at(test.udpT + test.tcpT)
				w.open(0, 0)
			})
		})
	}
}

func TestDNSWithoutRoute(t *testing.T) {
	inWorld(t, func(w *world) {
		h := w.Host("IPv4 only", netip.MustParseAddr("198.51.100.9"))
		_, err := h.DialDNS(w.Context(), "udp", netip.MustParseAddrPort("[2001:db8::53]:53"))
		equal(w, "cause", neterr.Of(err), neterr.NetUnreachable)
		_, err = h.DialDNS(w.Context(), "sctp", resolver)
		if err == nil {
			w.Error("an unknown protocol is accepted")
		}
	})
}
