package simnet

import (
	"bytes"
	"fmt"
	"net/netip"
	"strings"
)

// This file is the grammar of nf_conntrack_ftp.c, with its gaps: it accepts
// and refuses what Linux accepts and refuses, not what RFC 959 says. It shares
// nothing with the parsers of this program on purpose; a mistake there must not
// hide behind the same mistake here.

// phrase is a command or reply that the helper knows.
type phrase struct {
	word     string // What the line begins with, in any case.
	skip     byte   // The address follows the first of these; 0: the word.
	extended bool   // One of the extensions of RFC 2428.
	parse    func(s []byte, ipv4 bool) (addressText, bool)
	format   func(netip.AddrPort) string
}

// addressText is an address found in a line: bytes start to end.
type addressText struct {
	addr       netip.Addr // Not valid where only a port is written (229).
	port       uint16
	start, end int
	phrase     *phrase
}

var (
	commandPhrases = []phrase{
		{word: "PORT", skip: ' ', parse: parsePort, format: formatSix},
		{word: "EPRT", skip: ' ', extended: true, parse: parseEPRT, format: formatEPRT},
	}
	replyPhrases = []phrase{
		{word: "227 ", parse: parse227, format: formatSix},
		{word: "229 ", skip: '(', extended: true, parse: parse229, format: format229},
	}
)

// lineResult is what the helper makes of the start of a segment.
type lineResult uint8

const (
	unknownLine lineResult = iota // None of its phrases.
	brokenLine                    // One of them, or the start of one, unusable.
	knownLine
)

// find looks for the phrases at the start of a segment (find_pattern).
func find(phrases []phrase, s []byte, ipv4, classicOnly bool) (addressText, lineResult) {
	for i := range phrases {
		p := &phrases[i]
		if p.extended && classicOnly {
			continue
		}
		if head := min(len(s), len(p.word)); !strings.EqualFold(string(s[:head]), p.word[:head]) {
			continue
		}
		found, ok := p.address(s, ipv4)
		if !ok || found.port == 0 {
			return addressText{}, brokenLine
		}
		found.phrase = p
		return found, knownLine
	}
	return addressText{}, unknownLine
}

// address finds the address in a segment that begins with the phrase's word,
// or with as much of it as the segment holds.
func (p *phrase) address(s []byte, ipv4 bool) (addressText, bool) {
	start := len(p.word)
	if len(s) <= start {
		return addressText{}, false
	}
	if p.skip != 0 {
		at := bytes.IndexByte(s[start:], p.skip)
		if at < 0 {
			return addressText{}, false
		}
		start += at + 1
	}
	found, ok := p.parse(s[start:], ipv4)
	found.start += start
	found.end += start
	return found, ok
}

// numbers reads as many decimal numbers as into holds, separated by sep, and
// returns where they end, which is at the byte term, or at any other byte for
// term 0; 0 is failure (try_number). Numbers are not checked and wrap around.
func numbers(s []byte, into []uint32, sep, term byte) int {
	n := 0
	for i, b := range s {
		switch {
		case b >= '0' && b <= '9':
			into[n] = into[n]*10 + uint32(b-'0')
		case b == sep:
			if n++; n == len(into) {
				return 0
			}
		case n == len(into)-1 && (b == term || term == 0):
			return i
		default:
			return 0
		}
	}
	return 0
}

// quad is the address of four numbers, put together as the helper does.
func quad(n []uint32) netip.Addr {
	a := n[0]<<24 | n[1]<<16 | n[2]<<8 | n[3]
	return netip.AddrFrom4([4]byte{byte(a >> 24), byte(a >> 16), byte(a >> 8), byte(a)})
}

func parseSix(s []byte, term byte) (addressText, bool) {
	var n [6]uint32
	end := numbers(s, n[:], ',', term)
	return addressText{addr: quad(n[:4]), port: uint16(n[4]<<8 | n[5]), end: end}, end > 0
}

// parsePort reads the six numbers of PORT, ended by CR.
func parsePort(s []byte, _ bool) (addressText, bool) { return parseSix(s, '\r') }

// parse227 reads six numbers that begin at the first digit of the text; the
// parentheses do not matter (RFC 1123 section 4.1.2.6).
func parse227(s []byte, _ bool) (addressText, bool) {
	digit := bytes.IndexAny(s, "0123456789")
	if digit < 0 {
		return addressText{}, false
	}
	found, ok := parseSix(s[digit:], 0)
	found.start, found.end = found.start+digit, found.end+digit
	return found, ok
}

// parseEPRT reads |1|132.235.1.2|6275| or |2|address|6275|; the family must be
// that of the control connection.
func parseEPRT(s []byte, ipv4 bool) (addressText, bool) {
	family := byte('2')
	if ipv4 {
		family = '1'
	}
	if len(s) <= 3 || !isDelimiter(s[0]) || s[1] != family || s[2] != s[0] {
		return addressText{}, false
	}
	length := bytes.IndexByte(s[3:], s[0])
	if length <= 0 {
		return addressText{}, false
	}
	addr, err := netip.ParseAddr(string(s[3 : 3+length]))
	if ipv4 {
		var n [4]uint32
		if numbers(s[3:], n[:], '.', s[0]) == 0 {
			return addressText{}, false
		}
		addr = quad(n[:])
	} else if err != nil || !addr.Is6() {
		return addressText{}, false
	}
	found, ok := parseLastPort(s, 3+length+1)
	found.addr = addr
	return found, ok
}

// parse229 reads |||6275| behind the opening parenthesis.
func parse229(s []byte, _ bool) (addressText, bool) {
	if len(s) <= 3 || !isDelimiter(s[0]) || s[1] != s[0] || s[2] != s[0] {
		return addressText{}, false
	}
	return parseLastPort(s, 3)
}

// parseLastPort reads the port that begins at from and ends with the delimiter
// that s begins with (get_port).
func parseLastPort(s []byte, from int) (addressText, bool) {
	var n [1]uint32
	end := numbers(s[from:], n[:], 0, s[0])
	return addressText{port: uint16(n[0]), end: from + end + 1}, end > 0
}

func isDelimiter(b byte) bool { return b >= 33 && b <= 126 && (b < '0' || b > '9') }

func formatSix(a netip.AddrPort) string {
	return fmt.Sprintf("%s,%d,%d", strings.ReplaceAll(a.Addr().String(), ".", ","), a.Port()>>8, a.Port()&0xff)
}

func formatEPRT(a netip.AddrPort) string {
	family := 2
	if a.Addr().Is4() {
		family = 1
	}
	return fmt.Sprintf("|%d|%s|%d|", family, a.Addr(), a.Port())
}

func format229(a netip.AddrPort) string { return fmt.Sprintf("|||%d|", a.Port()) }
