package ftp

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
)

// Endpoint is where a reply to a passive command says that data connections
// are expected.
type Endpoint struct {
	// Addr is the announced address; the zero Addr for a 229, which names only
	// a port (RFC 2428 section 3: the address is that of the control connection).
	Addr netip.Addr

	// Port is the announced port.
	Port uint16

	// Quirks names the deviations tolerated, and on an error those that were
	// not.
	Quirks []Quirk
}

// note records a deviation, once.
func (e *Endpoint) note(q Quirk) {
	if !slices.Contains(e.Quirks, q) {
		e.Quirks = append(e.Quirks, q)
	}
}

// Errors of the parsers, to be told apart by errors.Is.
var (
	// ErrNoEndpoint: the reply names no address and port that could be read.
	ErrNoEndpoint = errors.New("reply names no endpoint")

	// ErrPortZero: it names port 0, to which nobody can connect.
	ErrPortZero = errors.New("port 0")

	// ErrProtocol: EPRT names a network protocol other than 1 (IPv4) and 2
	// (IPv6); a server answers that with 522 (RFC 2428 section 2).
	ErrProtocol = errors.New("unknown network protocol")
)

// firstUnprivileged is the first port that ordinary programs may listen on;
// lower ones belong to services.
const firstUnprivileged = 1024

// PASV returns the command that asks for a passive port (RFC 959).
func PASV() Command { return Command{Verb: "PASV"} }

// EPSV returns the command that asks for a passive port of the control
// connection's own family. It never has an argument: with ALL the session
// could do nothing else afterwards, and a family invites 522 (RFC 2428).
func EPSV() Command { return Command{Verb: "EPSV"} }

// PORT returns the command that announces an IPv4 endpoint (RFC 959). An IPv4
// address in IPv6 form is unmapped. For any other address, which PORT cannot
// carry, it returns the zero Command, which AppendTo refuses.
func PORT(ap netip.AddrPort) Command {
	if !ap.Addr().Unmap().Is4() {
		return Command{}
	}
	return Command{Verb: "PORT", Arg: tuple(ap)}
}

// EPRT returns the command that announces an endpoint of either family (RFC
// 2428). A zone means nothing to the other side and is left out. For the zero
// address it returns the zero Command, which AppendTo refuses.
func EPRT(ap netip.AddrPort) Command {
	addr := ap.Addr().Unmap().WithZone("")
	if !addr.IsValid() {
		return Command{}
	}
	protocol := 2
	if addr.Is4() {
		protocol = 1
	}
	return Command{Verb: "EPRT", Arg: fmt.Sprintf("|%d|%s|%d|", protocol, addr, ap.Port())}
}

// FormatPASV returns the text of a 227 as most servers write it. For an IPv6
// address, which 227 cannot carry, it announces 0.0.0.0 as vsftpd does
// (measured).
func FormatPASV(ap netip.AddrPort) string {
	return "Entering Passive Mode (" + tuple(ap) + ")."
}

// FormatEPSV returns the text of a 229 (RFC 2428 section 3).
func FormatEPSV(port uint16) string {
	return "Entering Extended Passive Mode (|||" + strconv.Itoa(int(port)) + "|)"
}

// tuple writes the six numbers of RFC 959; an address that is not IPv4 as
// zeros.
func tuple(ap netip.AddrPort) string {
	var four [4]byte
	if addr := ap.Addr().Unmap(); addr.Is4() {
		four = addr.As4()
	}
	return fmt.Sprintf("%d,%d,%d,%d,%d,%d", four[0], four[1], four[2], four[3], ap.Port()>>8, ap.Port()&0xFF)
}

// ParsePORT reads the argument of PORT strictly by RFC 959 section 5.3.2: six
// decimal numbers from 0 to 255 with commas and nothing else. The error says
// what is wrong.
func ParsePORT(arg string) (netip.AddrPort, error) {
	fields := strings.Split(arg, ",")
	if len(fields) != 6 {
		return netip.AddrPort{}, fmt.Errorf("ftp: PORT: %d numbers where 6 belong", len(fields))
	}
	var n [6]byte
	for i, field := range fields {
		v, err := number(field, 255)
		if err != nil {
			return netip.AddrPort{}, fmt.Errorf("ftp: PORT: number %d: %w", i+1, err)
		}
		n[i] = byte(v)
	}
	ap := netip.AddrPortFrom(netip.AddrFrom4([4]byte(n[:4])), uint16(n[4])<<8|uint16(n[5]))
	if ap.Port() == 0 {
		return netip.AddrPort{}, fmt.Errorf("ftp: PORT: %w", ErrPortZero)
	}
	return ap, nil
}

// ParseEPRT reads the argument of EPRT strictly by RFC 2428 section 2:
// delimiter, protocol, delimiter, address, delimiter, port, delimiter. The
// error says what is wrong; ErrProtocol is among them.
func ParseEPRT(arg string) (netip.AddrPort, error) {
	ap, err := parseEPRT(arg)
	if err != nil {
		return netip.AddrPort{}, fmt.Errorf("ftp: EPRT: %w", err)
	}
	return ap, nil
}

func parseEPRT(arg string) (netip.AddrPort, error) {
	var none netip.AddrPort
	if arg == "" {
		return none, errors.New("no argument")
	}
	delimiter := arg[:1]
	if !delimits(arg[0]) {
		return none, fmt.Errorf("%q cannot be a delimiter", delimiter)
	}
	fields := strings.Split(arg, delimiter)
	if len(fields) != 5 || fields[4] != "" {
		return none, fmt.Errorf("%d delimiters where 4 belong, the last at the end", len(fields)-1)
	}
	if fields[1] != "1" && fields[1] != "2" {
		return none, fmt.Errorf("%w %q", ErrProtocol, fields[1])
	}
	addr, err := netip.ParseAddr(fields[2])
	switch {
	case err != nil:
		return none, fmt.Errorf("%q is not an address", fields[2])
	case addr.Zone() != "":
		return none, fmt.Errorf("address %q has a zone", fields[2])
	case addr.Is4() != (fields[1] == "1"):
		return none, fmt.Errorf("address %q does not belong to protocol %s", fields[2], fields[1])
	}
	port, err := number(fields[3], 65535)
	if err != nil {
		return none, fmt.Errorf("port: %w", err)
	}
	if port == 0 {
		return none, ErrPortZero
	}
	return netip.AddrPortFrom(addr, uint16(port)), nil
}

// delimits tells whether a byte may delimit the fields of EPRT and 229: RFC
// 2428 allows 33 to 126. Digits would be taken for numbers.
func delimits(c byte) bool { return c >= 33 && c <= 126 && !digit(c) }

// number reads a decimal number up to limit: digits alone, no sign, no blank.
func number(s string, limit int) (int, error) {
	if s == "" {
		return 0, errors.New("missing")
	}
	n := 0
	for i := range len(s) {
		if !digit(s[i]) {
			return 0, fmt.Errorf("%q is not a number", s)
		}
		if n = n*10 + int(s[i]-'0'); n > limit {
			return 0, fmt.Errorf("%q is above %d", s, limit)
		}
	}
	return n, nil
}
