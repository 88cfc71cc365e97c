package simnet

import (
	"bytes"
	"net"
	"net/netip"
	"strconv"
	"strings"
)

// longestProxied is the longest line a proxy passes (ftp-proxy.c, OpenBSD:
// MAX_LINE 500).
const longestProxied = 500

// Proxy is the middlebox of a [Rule] that ends the control connection itself
// and speaks to the server in the client's place, line by line: ftp-proxy of
// OpenBSD and the FTP proxies of firewalls. Where a [Helper] looks at segments,
// a proxy reads lines, so that nothing hides from it. It writes its own address into every PORT and EPRT whatever the client
// wrote there, and leads the connection that follows to the client. What it
// cannot parse, a line that is too long and a zero byte, which every TLS
// handshake holds, end both connections.
//
// In passive mode it passes replies on as they are; ftp-proxy puts a port of
// its own in, which no client can tell from the server's.
func Proxy(client, server net.Conn) {
	toClient, toServer := client.(*Conn), server.(*Conn)
	s := &proxied{
		session: &session{net: toClient.net},
		own:     address(toClient.remote), outer: address(toServer.local), peer: address(toClient.local),
		end: func() { abort(client); abort(server) },
	}
	Relay(client, server, s.read, nil)
}

// proxied is one control connection through a proxy.
type proxied struct {
	*session
	own, outer netip.Addr // The client's address, and the one that the server sees.
	peer       netip.Addr // The server's.
	line       []byte     // What the client has sent of a line so far.
	end        func()
}

// read takes a segment of the client's and passes on the lines that it
// completes.
func (s *proxied) read(segment []byte) (out []byte, pass bool) {
	s.line = append(s.line, segment...)
	for {
		end := bytes.IndexByte(s.line, '\n')
		if bytes.IndexByte(s.line, 0) >= 0 || end < 0 && len(s.line) > longestProxied {
			s.end()
			return nil, false
		}
		if end < 0 {
			return out, true
		}
		line, ok := s.translate(string(s.line[:end+1]))
		if !ok {
			s.end()
			return nil, false
		}
		out = append(out, line...)
		s.line = s.line[end+1:]
	}
}

// translate puts the outer address into a PORT or EPRT and expects the server's
// connection. Other lines pass unchanged; ok is false for an address that
// cannot be read.
func (s *proxied) translate(line string) (out string, ok bool) {
	verb, arg, _ := strings.Cut(strings.TrimRight(line, "\r\n"), " ")
	var port uint16
	switch strings.ToUpper(verb) {
	case "PORT":
		found, good := parseSix([]byte(arg+"\r"), '\r')
		port, ok = found.port, good
	case "EPRT":
		parts := strings.Split(arg, "|")
		if len(parts) == 5 {
			n, err := strconv.ParseUint(parts[3], 10, 16)
			port, ok = uint16(n), err == nil
		}
	default:
		return line, true
	}
	if !ok || port < 1024 {
		return "", false
	}
	announced := netip.AddrPortFrom(s.outer, s.net.expect(&expectation{
		session: s.session, from: s.peer,
		to: netip.AddrPortFrom(s.outer, port), target: netip.AddrPortFrom(s.own, port),
	}, s.own != s.outer))
	if strings.EqualFold(verb, "PORT") {
		return "PORT " + formatSix(announced) + "\r\n", true
	}
	return "EPRT " + formatEPRT(announced) + "\r\n", true
}
