package probe

import (
	"cmp"
	"context"
	"errors"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/miekg/dns"
)

// dnsLimit is how long one DNS server may take for one question: the timeout
// of the common resolvers (resolv.conf: 5 s), cut so that two servers and two
// questions stay within the patience of a person.
const dnsLimit = 3 * time.Second

// silentLimit is how long a DNS server that was silent over UDP may take to
// accept a connection over TCP: a first SYN's time (RFC 6298). Firewalls drop UDP
// and let TCP pass, but most servers that are silent are dead.
const silentLimit = time.Second

// maxServers is how many DNS servers are asked. The C library asks three.
const maxServers = 3

// askServers asks DNS servers by hand, as the system asks them: for each name
// that the host may be short for, A and AAAA, over UDP, and again over TCP where
// the answer was cut or none came. Addresses found are put into res, and so is
// the most telling outcome.
func (x *examiner) askServers(ctx context.Context, res *Resolution, servers []netip.AddrPort, setup NameSetup) {
	names, complete := setup.names(x.target.Host)
	outcomes := map[string]NameOutcome{}
	for i, server := range servers {
		if i == maxServers || outOfTime(ctx) {
			break
		}
		ask := dnsQuestion{server: server, proto: "udp"}
		for _, name := range names {
			ask.name = name
			outcome := x.askForName(ctx, &ask, res)
			if before, known := outcomes[name]; !known || telling(outcome) > telling(before) {
				outcomes[name] = outcome
			}
			if outcome == NameTimeout || outcome == NameFound || outOfTime(ctx) {
				break // a silent server stays silent; a name that is found is the one
			}
		}
	}
	if outOfTime(ctx) {
		for _, name := range names {
			if _, known := outcomes[name]; !known {
				outcomes[name] = NameUnsolved
			}
		}
	}
	var decides string
	res.Outcome, decides = whole(names, complete, outcomes)
	for _, r := range res.Servers {
		for _, alias := range r.CNAME {
			if r.Name == decides && !slices.Contains(res.CNAME, alias) {
				res.CNAME = append(res.CNAME, alias)
			}
		}
	}
}

// dnsQuestion is what a DNS server is asked next.
type dnsQuestion struct {
	server  netip.AddrPort
	proto   string // udp, or tcp from the moment on when the server has answered over TCP alone
	name    string
	qtype   uint16
	connect time.Duration // how long the connection may take; 0: dnsLimit
}

// askForName asks one server for the addresses of one name.
func (x *examiner) askForName(ctx context.Context, ask *dnsQuestion, res *Resolution) NameOutcome {
	outcome := NameUnsolved
	for _, ask.qtype = range []uint16{dns.TypeA, dns.TypeAAAA} {
		a := x.askAgainOverTCP(ctx, ask, x.askDNS(ctx, *ask, res), res)
		if telling(a.Outcome) > telling(outcome) {
			outcome = a.Outcome
		}
		for _, addr := range a.Addrs {
			if !slices.Contains(res.Addresses, addr) {
				res.Addresses = append(res.Addresses, addr)
			}
		}
		if a.Outcome == NameMissing || a.Outcome == NameTimeout || outOfTime(ctx) {
			break // the name does not exist for any type; a silent server stays silent
		}
	}
	return outcome
}

// askAgainOverTCP gives the answer over TCP in the place of one over UDP that was
// cut or did not come.
func (x *examiner) askAgainOverTCP(ctx context.Context, ask *dnsQuestion, a ServerReply, res *Resolution) ServerReply {
	over := *ask
	over.proto = "tcp"
	switch {
	case ask.proto == over.proto, outOfTime(ctx):
	case a.Truncated():
		return x.askDNS(ctx, over, res)
	case a.Outcome == NameTimeout:
		over.connect = silentLimit
		if b := x.askDNS(ctx, over, res); !b.Stop.Stopped() {
			ask.proto = over.proto // the next question would be waited for as long
			return b
		}
	}
	return a
}

// telling orders outcomes: an answer says more than a refusal, a refusal more
// than silence.
func telling(o NameOutcome) int {
	switch o {
	case NameFound:
		return 6
	case NameMissing:
		return 5
	case NameEmpty:
		return 4
	case NameServFail:
		return 3
	case NameRefused:
		return 2
	case NameTimeout:
		return 1
	default:
		return 0
	}
}

// askDNS sends one question to one server and records the answer. Rcode is
// TRUNCATED when the answer must be asked for again over TCP.
func (x *examiner) askDNS(ctx context.Context, ask dnsQuestion, res *Resolution) ServerReply {
	began := time.Now()
	reply := ServerReply{Server: ask.server, Proto: ask.proto, Name: ask.name, Question: dns.TypeToString[ask.qtype], Outcome: NameUnsolved}
	note := func(d Direction, text string) {
		res.Events = append(res.Events, x.note(Event{Step: StepName, Direction: d, Channel: DNS, Text: text}))
	}
	note(Send, "ask "+ask.server.String()+" ("+ask.proto+") for "+reply.Question+" of "+ask.name)

	limited, cancel := context.WithTimeout(ctx, dnsLimit)
	defer cancel()
	msg, err := x.exchangeDNS(limited, ask, true)
	if err == nil && msg.Rcode == dns.RcodeFormatError && msg.IsEdns0() == nil {
		// It does not know EDNS (RFC 6891 section 7).
		note(Receive, "FORMERR: asked again without EDNS")
		msg, err = x.exchangeDNS(limited, ask, false)
	}
	reply.Took = time.Since(began)
	switch {
	case err != nil && outOfTime(ctx) && !errors.Is(ctx.Err(), context.Canceled):
		reply.Stop = Stop{Cause: Limit, Text: timeIsUp}
		note(Receive, "no answer yet: "+timeIsUp)
	case err != nil:
		reply.Stop = stopOf(err)
		if reply.Stop.Cause == Timeout || reply.Stop.Cause.Unanswered() {
			reply.Outcome = NameTimeout
		}
		note(Receive, "no answer: "+reply.Stop.Cause.String())
	case msg.Truncated && ask.proto == "udp":
		reply.Rcode = truncated
		note(Receive, "the answer is too long for UDP")
	default:
		reply.Rcode = dns.RcodeToString[msg.Rcode]
		reply.Outcome = readAnswer(msg, &reply)
		note(Receive, reply.Rcode+" "+reply.Outcome.String())
	}
	res.Servers = append(res.Servers, reply)
	return reply
}

// longestAnswer is the size in bytes that passes every path unfragmented (DNS flag day
// 2020).
const longestAnswer = 1232

// exchangeDNS carries one question over a connection of ours, so that it works
// over every Network. edns: with an OPT record, which allows longer answers.
func (x *examiner) exchangeDNS(ctx context.Context, ask dnsQuestion, edns bool) (*dns.Msg, error) {
	dial, cancel := context.WithTimeout(ctx, cmp.Or(ask.connect, dnsLimit))
	conn, err := x.net.DialDNS(dial, ask.proto, ask.server)
	cancel()
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Close() }()
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(longAgo) })
	defer stop()
	q := new(dns.Msg)
	q.SetQuestion(dns.Fqdn(ask.name), ask.qtype)
	if edns {
		q.SetEdns0(longestAnswer, false)
	}
	client := dns.Client{Net: ask.proto, Timeout: dnsLimit}
	msg, _, err := client.ExchangeWithConnContext(ctx, q, &dns.Conn{Conn: conn, UDPSize: longestAnswer})
	return msg, err
}

// readAnswer takes addresses and aliases out of an answer.
func readAnswer(msg *dns.Msg, reply *ServerReply) NameOutcome {
	for _, rr := range msg.Answer {
		switch v := rr.(type) {
		case *dns.A:
			if a, ok := netip.AddrFromSlice(v.A); ok {
				reply.Addrs = append(reply.Addrs, a.Unmap())
			}
		case *dns.AAAA:
			if a, ok := netip.AddrFromSlice(v.AAAA); ok {
				reply.Addrs = append(reply.Addrs, a)
			}
		case *dns.CNAME:
			name := strings.TrimSuffix(v.Target, ".")
			if !slices.Contains(reply.CNAME, name) && len(reply.CNAME) < 16 {
				reply.CNAME = append(reply.CNAME, name)
			}
		}
	}
	switch msg.Rcode {
	case dns.RcodeSuccess:
		if len(reply.Addrs) > 0 {
			return NameFound
		}
		return NameEmpty
	case dns.RcodeNameError:
		return NameMissing
	case dns.RcodeServerFailure:
		return NameServFail
	case dns.RcodeRefused:
		return NameRefused
	default:
		return NameUnsolved
	}
}
