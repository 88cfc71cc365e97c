package probe

import (
	"context"
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

// maxServers is how many DNS servers are asked. The C library asks three.
const maxServers = 3

// askServers asks DNS servers by hand, as the system asks them: for each name
// that the host may be short for, A and AAAA, over UDP, and again over TCP where
// the answer was cut. Addresses found are put into res, and so is the most
// telling outcome.
func (x *examiner) askServers(ctx context.Context, res *Resolution, servers []netip.AddrPort, setup NameSetup) {
	names, complete := setup.names(x.target.Host)
	outcomes := map[string]NameOutcome{}
	for i, server := range servers {
		if i == maxServers || ctx.Err() != nil {
			break
		}
		for _, name := range names {
			outcome := x.askForName(ctx, server, name, res)
			if before, known := outcomes[name]; !known || telling(outcome) > telling(before) {
				outcomes[name] = outcome
			}
			if outcome == NameTimeout || outcome == NameFound {
				break // a silent server stays silent; a name that is found is the one
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

// askForName asks one server for the addresses of one name.
func (x *examiner) askForName(ctx context.Context, server netip.AddrPort, name string, res *Resolution) NameOutcome {
	outcome := NameUnsolved
	for _, qtype := range []uint16{dns.TypeA, dns.TypeAAAA} {
		a := x.askDNS(ctx, server, "udp", name, qtype, res)
		if a.Rcode == "TRUNCATED" {
			a = x.askDNS(ctx, server, "tcp", name, qtype, res)
		}
		if telling(a.Outcome) > telling(outcome) {
			outcome = a.Outcome
		}
		for _, addr := range a.Addrs {
			if !slices.Contains(res.Addresses, addr) {
				res.Addresses = append(res.Addresses, addr)
			}
		}
		if a.Outcome == NameMissing || a.Outcome == NameTimeout {
			break // the name does not exist for any type; a silent server stays silent
		}
	}
	return outcome
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
func (x *examiner) askDNS(ctx context.Context, server netip.AddrPort, proto, name string, qtype uint16, res *Resolution) ServerReply {
	began := time.Now()
	reply := ServerReply{Server: server, Proto: proto, Name: name, Question: dns.TypeToString[qtype], Outcome: NameUnsolved}
	note := func(d Direction, text string) {
		res.Events = append(res.Events, x.note(Event{Step: StepName, Direction: d, Channel: DNS, Text: text}))
	}
	note(Send, "ask "+server.String()+" ("+proto+") for "+reply.Question+" of "+name)

	ctx, cancel := context.WithTimeout(ctx, dnsLimit)
	defer cancel()
	msg, err := x.exchangeDNS(ctx, server, proto, name, qtype)
	reply.Took = time.Since(began)
	switch {
	case err != nil:
		reply.Stop = stopOf(err)
		if reply.Stop.Cause == Timeout || reply.Stop.Cause.Unanswered() {
			reply.Outcome = NameTimeout
		}
		note(Receive, "no answer: "+reply.Stop.Cause.String())
	case msg.Truncated && proto == "udp":
		reply.Rcode = "TRUNCATED"
		note(Receive, "the answer is too long for UDP")
	default:
		reply.Rcode = dns.RcodeToString[msg.Rcode]
		reply.Outcome = readAnswer(msg, &reply)
		note(Receive, reply.Rcode+" "+reply.Outcome.String())
	}
	res.Servers = append(res.Servers, reply)
	return reply
}

// exchangeDNS carries one question over a connection of ours, so that it works
// over every Network.
func (x *examiner) exchangeDNS(ctx context.Context, server netip.AddrPort, proto, name string, qtype uint16) (*dns.Msg, error) {
	conn, err := x.net.DialDNS(ctx, proto, server)
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Close() }()
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(longAgo) })
	defer stop()
	q := new(dns.Msg)
	q.SetQuestion(dns.Fqdn(name), qtype)
	q.SetEdns0(1232, false) // the size that passes every path unfragmented (DNS flag day 2020)
	client := dns.Client{Net: proto, Timeout: dnsLimit}
	msg, _, err := client.ExchangeWithConnContext(ctx, q, &dns.Conn{Conn: conn, UDPSize: 1232})
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
