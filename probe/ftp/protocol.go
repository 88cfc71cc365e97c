package ftp

import (
	"bytes"
	"strings"
)

// Protocol is what a service speaks by its first bytes. Zero means not known.
type Protocol uint8

// The protocols that are met on port 21 by mistake, and FTP itself.
const (
	ProtocolUnknown Protocol = iota
	ProtocolFTP
	ProtocolSSH // and with it SFTP, the classic confusion
	ProtocolHTTP
	ProtocolSMTP
	ProtocolIMAP
	ProtocolPOP3
	ProtocolTLS // an alert or a handshake record: TLS from the first byte
	ProtocolRDP
	ProtocolTelnet
)

var protocolNames = [...]string{
	ProtocolUnknown: "unknown",
	ProtocolFTP:     "ftp",
	ProtocolSSH:     "ssh",
	ProtocolHTTP:    "http",
	ProtocolSMTP:    "smtp",
	ProtocolIMAP:    "imap",
	ProtocolPOP3:    "pop3",
	ProtocolTLS:     "tls",
	ProtocolRDP:     "rdp",
	ProtocolTelnet:  "telnet",
}

// String returns the name that files carry, "unknown" for a value outside the
// enumeration.
func (p Protocol) String() string { return nameOf(protocolNames[:], p) }

// MarshalText implements encoding.TextMarshaler.
func (p Protocol) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; an unknown name is an
// error.
func (p *Protocol) UnmarshalText(text []byte) error {
	return parseName(protocolNames[:], "protocol", text, p)
}

// openings are the first bytes that name a protocol beyond doubt.
var openings = []struct {
	prefix   string
	protocol Protocol
}{
	{"SSH-", ProtocolSSH},            // RFC 4253 section 4.2
	{"HTTP/", ProtocolHTTP},          // RFC 9112 section 4
	{"<!DOCTYPE HTML", ProtocolHTTP}, // HTTP/0.9 style error pages
	{"<HTML", ProtocolHTTP},
	{"* OK", ProtocolIMAP}, // RFC 9051 section 7.1
	{"* PREAUTH", ProtocolIMAP},
	{"* BYE", ProtocolIMAP},
	{"+OK", ProtocolPOP3}, // RFC 1939 section 4
	{"-ERR", ProtocolPOP3},
	{"\x15\x03", ProtocolTLS}, // alert, RFC 8446 section 5.1
	{"\x16\x03", ProtocolTLS}, // handshake
	{"\x03\x00", ProtocolRDP}, // TPKT version 3, RFC 1006 section 6
}

// RecogniseProtocol tells what a service speaks by the first bytes that it sent,
// a greeting's Raw. A line with a reply code is FTP, unless it is a mail
// server's, whose greeting has code 220 as well (RFC 5321 section 4.2). Telnet
// is negotiation without a reply behind it.
func RecogniseProtocol(firstBytes []byte) Protocol {
	for _, o := range openings {
		if startsFold(string(firstBytes[:min(len(firstBytes), len(o.prefix))]), o.prefix) {
			return o.protocol
		}
	}
	var a assembly
	line, _, _ := bytes.Cut(bytes.TrimLeft(a.plain(firstBytes), "\r\n"), []byte{'\n'})
	if _, ok := codeOf(line); ok {
		if mail(string(line)) {
			return ProtocolSMTP
		}
		return ProtocolFTP
	}
	if telnetCommand(firstBytes) > 0 {
		return ProtocolTelnet
	}
	return ProtocolUnknown
}

// mail tells whether a greeting names a mail server. ESMTP decides at once.
// SMTP and the names of mail programs count only where no word names FTP, so
// that a gateway of both is still examined. Host names say nothing:
// "ftp.example.com ESMTP" is mail, "smtp.example.com FTP server" is not.
func mail(greeting string) bool {
	words := strings.FieldsFunc(strings.ToUpper(greeting), func(r rune) bool {
		return !(r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' || r == '-')
	})
	smtp, ftp := false, false
	for _, word := range words {
		if strings.Contains(strings.Trim(word, "."), ".") {
			continue // a host name or a version
		}
		switch word = strings.Trim(word, ".-"); {
		case word == "ESMTP":
			return true
		case word == "SMTP" || word == "POSTFIX" || word == "EXIM" || word == "SENDMAIL":
			smtp = true
		case strings.Contains(word, "FTP"):
			ftp = true
		}
	}
	return smtp && !ftp
}
