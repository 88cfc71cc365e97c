package main

import (
	"net/netip"
	"strings"

	"golang.org/x/net/idna"
)

// Limits of a name (RFC 1035 section 2.3.4, without the final dot).
const (
	longestName  = 253
	longestLabel = 63
)

// parseHost checks a server name or an IPv4 address and returns it in lower
// case and ASCII; a final dot stays, because it tells the resolver that the
// name is whole. shown is the word it stands in.
func parseHost(host, shown string) (string, error) {
	if ip, err := netip.ParseAddr(host); err == nil {
		return ip.String(), nil
	}
	if strings.TrimSpace(host) == "" {
		return "", complain("there is no server name in "+quote(shown), addressForm)
	}
	if strings.ContainsAny(host, " \t") {
		return "", complain(quote(shown)+" is not a server name", "A name has no spaces. Did you mean "+joined(host)+"?")
	}
	ascii, err := asciiName(host)
	if err != nil {
		return "", complain(quote(host)+" is not a server name", addressForm)
	}
	labels := strings.Split(strings.TrimSuffix(ascii, "."), ".")
	if allDigits(labels[len(labels)-1]) {
		return "", complain(quote(host)+" is not an address",
			"An IPv4 address has four numbers from 0 to 255, such as 198.51.100.20")
	}
	for _, label := range labels {
		if label == "" {
			return "", complain(quote(host)+" is not a server name", "Two dots follow each other, or it begins with one.")
		}
		if len(label) > longestLabel {
			return "", complain(quote(host)+" is not a server name", "A part between two dots has at most 63 characters.")
		}
	}
	if len(ascii) > longestName+1 {
		return "", complain(quote(host)+" is not a server name", "A name has at most 253 characters.")
	}
	return ascii, nil
}

// asciiName translates an international name (RFC 5891). Plain names pass with
// letters, digits, hyphens, and underscores, which no standard allows in host
// names and local networks use all the same.
func asciiName(host string) (string, error) {
	plain := true
	for _, r := range host {
		switch {
		case r >= 0x80:
			plain = false
		case r == '.', r == '-', r == '_', '0' <= r && r <= '9', 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z':
		default:
			return "", errNameCharacter
		}
	}
	if plain {
		return strings.ToLower(host), nil
	}
	return idna.Lookup.ToASCII(host)
}

// errNameCharacter never leaves this file.
var errNameCharacter = complain("a character that no name has")

// joined guesses what a name with spaces was meant to be: dots instead, and a
// port where a number ends it ("ftp.example.com 21").
func joined(s string) string {
	words := strings.Fields(s)
	last := words[len(words)-1]
	if len(words) > 1 && allDigits(last) {
		return clip(strings.Join(words[:len(words)-1], ".") + ":" + last)
	}
	return clip(strings.Join(words, "."))
}
