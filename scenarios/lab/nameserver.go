//go:build linux

package lab

import (
	"net"

	"github.com/miekg/dns"
)

// Naming is what the DNS server of a world says about serverName. The server stands on the client's gateway, as in most
// homes.
type Naming int

// The zero Naming is a world without a DNS server: ftpdiag is given an address.
const (
	NoNaming   Naming = iota
	Named             // the server's IPv4 address
	Missing           // NXDOMAIN
	ServerFail        // SERVFAIL
	Silent            // no answer
)

// serverName is the server's name, in a top-level domain that nobody owns (RFC 6761 section 6.2): shortName and the
// suffix that clients try with short names.
const (
	serverName = shortName + "." + searched
	shortName  = "ftp"
	searched   = "lab.test"
)

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

// startNameserver answers questions at address:53 of the namespace. stop ends it.
func startNameserver(n *Namespace, address string, naming Naming) (stop func(), err error) {
	var socket net.PacketConn
	err = n.Do(func() (err error) {
		socket, err = net.ListenPacket("udp", net.JoinHostPort(address, "53"))
		return err
	})
	if err != nil {
		return nil, err
	}
	server := &dns.Server{PacketConn: socket, Handler: dns.HandlerFunc(naming.answer)}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = server.ActivateAndServe() // ends with the socket
	}()
	return func() {
		_ = socket.Close()
		<-ended
	}, nil
}

// answer replies to one question.
func (naming Naming) answer(w dns.ResponseWriter, question *dns.Msg) {
	if naming == Silent {
		return
	}
	reply := new(dns.Msg).SetReply(question)
	asked := question.Question[0]
	switch {
	case naming == Missing || asked.Name != serverName+".":
		reply.Rcode = dns.RcodeNameError
	case naming == ServerFail:
		reply.Rcode = dns.RcodeServerFailure
	case asked.Qtype == dns.TypeA:
		reply.Answer = append(reply.Answer, &dns.A{
			Hdr: dns.RR_Header{Name: asked.Name, Rrtype: dns.TypeA, Class: dns.ClassINET, Ttl: 60},
			A:   net.ParseIP(ServerAddress),
		})
	}
	_ = w.WriteMsg(reply) // a client that has gone needs no answer
}
