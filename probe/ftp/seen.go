package ftp

import (
	"net/netip"
	"strings"
)

// SeenAddress returns the client's address as the server sees it, where the
// server tells it: in the reply to STAT without an argument, and in Pure-FTPd's
// refusal of a PORT with another address. An IPv4 address in IPv6 form is
// unmapped.
//
//   - vsftpd: "Connected to ::ffff:10.88.2.1" (postlogin.c; measured)
//   - ProFTPD: "Connected from host (10.88.2.1)" (mod_core.c; measured)
//   - inetutils, BSD: "Connected to 10.0.0.1" or "Connected to host (10.0.0.1)"
//     (ftpd.c; measured)
//   - Pure-FTPd, to ESTP: "Connected to (|1|10.0.0.1|60430|)", the far end of
//     the data connection (ftpd.c; measured)
//   - Pure-FTPd: "I won't open a connection to 10.0.0.9 (only to 10.0.0.1)"
//     (messages_en.h; measured)
//
// pyftpdlib's "Connected to: 10.0.0.2:21" is the server's own address
// (handlers/ftp/control.py; measured) and is not taken; the colon tells.
func SeenAddress(r Reply) (netip.Addr, bool) {
	for _, line := range r.Lines {
		line = strings.TrimSpace(line)
		var addr netip.Addr
		switch {
		case r.Code.Completion() && startsFold(line, "connected to "):
			addr = addressIn(line[len("connected to "):])
		case r.Code.Completion() && startsFold(line, "connected from "):
			addr = addressIn(line[len("connected from "):])
		case r.Code.Permanent():
			if _, only, ok := strings.Cut(line, "(only to "); ok {
				addr = addressOf(only)
			}
		}
		if addr.IsValid() {
			return addr, true
		}
	}
	return netip.Addr{}, false
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
