package main

import (
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"ftpdiag/probe"
)

// address is what the SERVER word of the command line says. A field the word
// is silent about is zero.
type address struct {
	shown    string // the word without a password
	host     string // name in ASCII, or address literal without brackets
	port     uint16
	user     string
	password string
	path     string
	tls      probe.TLSMode // of ftps:// and ftpes://
}

// schemes are the beginnings of an FTP address. ftp is registered (RFC 1738);
// ftps for TLS from the first byte and ftpes for AUTH TLS are what FileZilla,
// WinSCP, lftp and curl made of them (curl and lftp know only ftps).
var schemes = map[string]probe.TLSMode{
	"ftp":   probe.TLSAuto,
	"ftps":  probe.TLSImplicit,
	"ftpes": probe.TLSExplicit,
}

const addressForm = "An FTP address looks like ftp.example.com or ftp://ftp.example.com/folder"

// parseAddress reads a name, an address or a URL, with or without user, port
// and folder. Every error is a complaint.
func parseAddress(word string) (address, error) {
	word = strings.TrimSpace(word)
	a := address{shown: withoutPassword(word)}
	if word == "" {
		return a, complain("the server has no name", "Name the server to check, for example: ftpdiag ftp.example.com")
	}
	scheme, rest, isURL := strings.Cut(word, "://")
	if !isURL {
		rest = word
	} else if mode, ok := schemes[strings.ToLower(scheme)]; ok {
		a.tls = mode
	} else {
		return a, otherScheme(strings.ToLower(scheme), a.shown)
	}
	if strings.Contains(rest, `\`) {
		return a, backslashes(a.shown)
	}

	authority, path, _ := strings.Cut(rest, "/")
	login, hostport, hasLogin := cutLast(authority, "@")
	if !hasLogin {
		hostport = authority
	}
	if err := a.setLogin(login, isURL); err != nil {
		return a, err
	}
	if err := a.setPath(path, isURL); err != nil {
		return a, err
	}
	return a, a.setHostPort(hostport)
}

// withoutPassword removes what stands between the first colon and the last @,
// unless the colon begins a port: then what follows the port is looked at in the same
// way, since it may be another address. It works on the raw word, so that even a word
// we do not understand is shown without the password in it.
func withoutPassword(word string) string {
	start := 0
	if i := strings.Index(word, "://"); i >= 0 && !strings.ContainsAny(word[:i], ":@") {
		start = i + len("://")
	}
	rest := word[start:]
	colon, at := strings.Index(rest, ":"), strings.LastIndex(rest, "@")
	if colon < 0 || at < colon || strings.HasPrefix(rest, "[") {
		return word
	}
	if port, _, slash := strings.Cut(rest[colon+1:at], "/"); slash && allDigits(port) {
		folder := start + colon + 1 + len(port) + 1
		return word[:folder] + withoutPassword(word[folder:])
	}
	return word[:start] + rest[:colon] + rest[at:]
}

// setLogin reads user and password. Only a URL is percent-encoded.
func (a *address) setLogin(login string, isURL bool) error {
	user, password, _ := strings.Cut(login, ":")
	if isURL {
		user, password = decoded(user), decoded(password)
	}
	if hasLineEnd(user) || hasLineEnd(password) {
		return complain("a user name or password cannot hold a line break", "Look for %0D, %0A or %00 in the address.")
	}
	a.user, a.password = user, password
	return nil
}

// setPath reads the folder. A URL's folder is relative to the folder after
// login, and begins with %2F or a second slash if it is not (RFC 1738 section
// 3.2.2); the ending ";type=i" is no part of it.
func (a *address) setPath(path string, isURL bool) error {
	if isURL {
		path, _, _ = strings.Cut(path, ";type=")
		path = decoded(path)
	}
	if len(path) > 1 {
		path = strings.TrimSuffix(path, "/")
	}
	if hasLineEnd(path) {
		return complain("a folder name cannot hold a line break", "Look for %0D, %0A or %00 in the address.")
	}
	a.path = path
	return nil
}

// setHostPort reads NAME, NAME:PORT, an IPv6 literal, and [IPv6]:PORT.
func (a *address) setHostPort(s string) error {
	if inner, ok := strings.CutPrefix(s, "["); ok {
		inner, port, closed := strings.Cut(inner, "]")
		ip, err := netip.ParseAddr(zoneOf(inner))
		if !closed || err != nil || !ip.Is6() || port != "" && port[0] != ':' {
			return complain(quote(s)+" is not an address", "An IPv6 address with a port looks like [2001:db8::5]:21")
		}
		if err := a.setIP(ip); err != nil {
			return err
		}
		return a.setPort(strings.TrimPrefix(port, ":"))
	}
	if strings.Count(s, ":") < 2 {
		host, port, _ := strings.Cut(s, ":")
		if err := a.setPort(port); err != nil {
			return err
		}
		var err error
		a.host, err = parseHost(host, a.shown)
		return err
	}
	head, port, _ := cutLast(s, ":")
	ip, err := netip.ParseAddr(zoneOf(s))
	rest, errHead := netip.ParseAddr(zoneOf(head))
	if errHead == nil && !strings.Contains(s, ":::") && (err != nil && allDigits(port) || looksLikePort(port)) {
		return complain("cannot tell where the address ends in "+quote(s),
			fmt.Sprintf("Put an IPv6 address in brackets if a port follows: [%s]:%s", rest, clip(port)))
	}
	if err != nil {
		return complain(quote(s)+" is not an address", "An IPv6 address with a port looks like [2001:db8::5]:21")
	}
	return a.setIP(ip)
}

// setIP takes an IPv6 literal. IPv4 addresses are never wrapped into IPv6 ones.
func (a *address) setIP(ip netip.Addr) error {
	if ip.Is6() && ip.IsLinkLocalUnicast() && ip.Zone() == "" {
		return complain(quote(ip.String())+" needs the name of the network card it is behind",
			"Add it with a percent sign, such as "+ip.String()+"%eth0")
	}
	// netip takes anything for a zone; names of network cards are shorter and
	// have neither blanks nor the marks that divide an address.
	if strings.ContainsFunc(ip.Zone(), func(r rune) bool { return !unicode.IsPrint(r) || strings.ContainsRune(" /@[]%", r) }) {
		return complain(quote(clip(ip.Zone()))+" is not the name of a network card", "An address with one looks like fe80::1%eth0")
	}
	a.host = ip.Unmap().String()
	return nil
}

// setPort reads a port; empty leaves it open, as a URL may (RFC 3986 3.2.3).
func (a *address) setPort(s string) error {
	if s == "" {
		return nil
	}
	port, err := parsePort(s, "the port after the name")
	a.port = port
	return err
}

// looksLikePort tells whether the last group of a valid IPv6 address is rather
// a port: one that FTP servers use. 2001:db8::5:21 is an address, but nobody
// who types it means one.
func looksLikePort(group string) bool {
	n, err := strconv.Atoi(group)
	return err == nil && (n == 21 || n == 990 || n >= 1024)
}

// zoneOf undoes the encoding of the zone's percent sign (RFC 6874).
func zoneOf(s string) string { return strings.Replace(s, "%25", "%", 1) }

// decoded undoes percent-encoding; text with a stray percent sign is taken as
// it is, because people type passwords and folders as they are.
func decoded(s string) string {
	if plain, err := url.PathUnescape(s); err == nil {
		return plain
	}
	return s
}

// hasLineEnd tells whether text cannot be part of an FTP command: a line break
// would begin another one.
func hasLineEnd(s string) bool { return strings.ContainsAny(s, "\r\n\x00") }

func allDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// cutLast is strings.Cut at the last separator; without one, before is empty.
func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return "", s, false
}
