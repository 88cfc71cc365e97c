package ftp

import (
	"net/netip"
	"slices"
	"strings"
)

// SeenAddress returns the client's address as the server sees it, where the
// server tells it: in the reply to STAT without an argument, and in the refusal
// of a client or of a PORT with another address. An IPv4 address in IPv6 form is
// unmapped.
//
//   - vsftpd: "Connected to ::ffff:10.88.2.1" (postlogin.c; measured)
//   - ProFTPD: "Connected from host (10.88.2.1)" (mod_core.c; measured)
//   - inetutils, BSD: "Connected to 10.0.0.1" or "Connected to host (10.0.0.1)"
//     (ftpd.c; measured)
//   - Apache FtpServer: "Connected to 10.0.0.2", which is its own address, and
//     then "Connected from 10.0.0.1" (FtpStatus.properties)
//   - Pure-FTPd, to ESTP: "Connected to (|1|10.0.0.1|60430|)", the far end of
//     the data connection (ftpd.c; measured)
//   - Pure-FTPd: "I won't open a connection to 10.0.0.9 (only to 10.0.0.1)"
//     (messages_en.h; measured)
//   - Apache FtpServer: "PORT IP is not same as 10.0.0.1." and "No server access
//     from the IP 10.0.0.1." (FtpStatus.properties)
//
// "Connected from" always means the client; "Connected to" does so in most
// servers and means the server itself in some. It is not taken beside a
// "Connected from", nor where it names one of the addresses in own, which the
// caller knows to be the server's. pyftpdlib's "Connected to: 10.0.0.2:21" is the
// server's as well (handlers/ftp/control.py; measured); the colon tells.
func SeenAddress(r Reply, own ...netip.Addr) (netip.Addr, bool) {
	var to netip.Addr
	for _, line := range r.Lines {
		line = strings.TrimSpace(line)
		switch {
		case r.Code.Completion() && startsFold(line, "connected from "):
			addr := addressIn(line[len("connected from "):])
			return addr, addr.IsValid()
		case r.Code.Completion() && startsFold(line, "connected to ") && !to.IsValid():
			to = addressIn(line[len("connected to "):])
		case r.Code.Permanent():
			if addr := addressRefused(line); addr.IsValid() {
				return addr, true
			}
		}
	}
	if slices.Contains(own, to) {
		return netip.Addr{}, false
	}
	return to, to.IsValid()
}

// refusals are the words behind which a refusal names the client's address.
var refusals = []string{"(only to ", " ip is not same as ", "no server access from the ip "}

// addressRefused reads the client's address out of a line of a refusal.
func addressRefused(line string) netip.Addr {
	folded := strings.ToLower(line)
	for _, words := range refusals {
		if _, after, ok := strings.Cut(folded, words); ok {
			return addressOf(after)
		}
	}
	return netip.Addr{}
}

// addressIn reads "host (address)", "(address)" or "address". What stands in
// parentheses counts more: the name before it could be anything.
func addressIn(s string) netip.Addr {
	if _, inner, ok := strings.Cut(s, "("); ok {
		if fields := strings.Split(inner, "|"); len(fields) == 5 { // as in EPRT
			return addressOf(fields[2])
		}
		if addr := addressOf(inner); addr.IsValid() {
			return addr
		}
	}
	return addressOf(s)
}

// addressOf reads the address at the start of s, up to a blank or the closing
// parenthesis. A full stop at the end belongs to the sentence.
func addressOf(s string) netip.Addr {
	if i := strings.IndexAny(s, " )"); i >= 0 {
		s = s[:i]
	}
	addr, err := netip.ParseAddr(strings.TrimSuffix(s, "."))
	if err != nil {
		return netip.Addr{}
	}
	return addr.Unmap().WithZone("")
}

// startsFold tells whether s starts with an ASCII prefix, whatever the case.
func startsFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}
