//go:build linux

package lab

import (
	"net"
	"sync"

	"github.com/miekg/dns"
)

// Naming is what the DNS server of a world says about serverName. The server stands on the client's gateway, as in most
// homes.
type Naming int

// The zero Naming is a world without a DNS server: ftpdiag is given an address.
const (
	NoNaming    Naming = iota
	Named              // the server's IPv4 address
	Missing            // NXDOMAIN
	ServerFail         // SERVFAIL
	Silent             // no answer
	Refusing           // REFUSED, whatever it is asked
	NoAddress          // the name exists and has no address
	TooLong            // the server's IPv4 address, over TCP only: what does not fit into a packet is cut
	Alias              // the server's IPv4 address, at the end of aliasChain
	BrokenAlias        // aliasChain, at whose end is nothing (NXDOMAIN)
	NamedDeadV6        // the server's IPv4 address, and an IPv6 address where nobody is
)

// serverName is the server's name, in a top-level domain that nobody owns (RFC 6761 section 6.2): shortName and the
// suffix that clients try with short names.
const (
	serverName = shortName + "." + searched
	shortName  = "ftp"
	searched   = "lab.test"
)

// aliasChain are the names that serverName is an alias of in some worlds, each of the next.
var aliasChain = []string{"www." + searched, "host." + searched}

// silentResolver is an address behind both gateways where nobody is; the server's gateway drops questions to it.
const silentResolver = "198.51.100.53"

// usesNameserver is the /etc of a client that asks the DNS server. One attempt of 2 s, so that silence costs the truth
// less than its patience.
func usesNameserver(address string) etc {
	return etc{
		"resolv.conf":   "nameserver " + address + "\nsearch " + searched + "\noptions timeout:2 attempts:1\n",
		"nsswitch.conf": "passwd: files\ngroup: files\nshadow: files\nhosts: files dns\nservices: files\n",
	}
}

// startNameserver answers questions at address:53 of the namespace, over UDP and TCP. stop ends it.
func startNameserver(n *Namespace, address string, naming Naming) (stop func(), err error) {
	var socket net.PacketConn
	var listener net.Listener
	err = n.Do(func() (err error) {
		if socket, err = net.ListenPacket("udp", net.JoinHostPort(address, "53")); err != nil {
			return err
		}
		listener, err = net.Listen("tcp", net.JoinHostPort(address, "53"))
		return err
	})
	if err != nil {
		if socket != nil {
			_ = socket.Close()
		}
		return nil, err
	}
	var serving sync.WaitGroup
	for _, server := range []*dns.Server{{PacketConn: socket}, {Listener: listener}} {
		server.Handler = dns.HandlerFunc(naming.answer)
		serving.Go(func() { _ = server.ActivateAndServe() }) // ends with the socket
	}
	return func() {
		_ = socket.Close()
		_ = listener.Close()
		serving.Wait()
	}, nil
}

// answer replies to one question.
func (naming Naming) answer(w dns.ResponseWriter, question *dns.Msg) {
	if naming == Silent {
		return
	}
	reply := new(dns.Msg).SetReply(question)
	reply.RecursionAvailable = true // else glibc takes an empty answer for a referral
	switch asked := question.Question[0]; {
	case naming == Refusing:
		reply.Rcode = dns.RcodeRefused
	case naming == Missing || asked.Name != dns.Fqdn(serverName):
		reply.Rcode = dns.RcodeNameError
	case naming == ServerFail:
		reply.Rcode = dns.RcodeServerFailure
	case naming == TooLong && w.RemoteAddr().Network() == "udp":
		reply.Truncated = true
	default:
		naming.name(reply, asked)
	}
	_ = w.WriteMsg(reply) // a client that has gone needs no answer
}

// name puts into the reply what serverName stands for.
func (naming Naming) name(reply *dns.Msg, asked dns.Question) {
	owner := asked.Name
	header := func(kind uint16) dns.RR_Header {
		return dns.RR_Header{Name: owner, Rrtype: kind, Class: dns.ClassINET, Ttl: 60}
	}
	if naming == Alias || naming == BrokenAlias {
		for _, next := range aliasChain {
			reply.Answer = append(reply.Answer, &dns.CNAME{Hdr: header(dns.TypeCNAME), Target: dns.Fqdn(next)})
			owner = dns.Fqdn(next)
		}
	}
	switch {
	case naming == NoAddress:
	case naming == BrokenAlias:
		reply.Rcode = dns.RcodeNameError
	case asked.Qtype == dns.TypeA:
		reply.Answer = append(reply.Answer, &dns.A{Hdr: header(dns.TypeA), A: net.ParseIP(ServerAddress)})
	case asked.Qtype == dns.TypeAAAA && naming == NamedDeadV6:
		reply.Answer = append(reply.Answer, &dns.AAAA{Hdr: header(dns.TypeAAAA), AAAA: net.ParseIP(nobodyV6)})
	}
}
