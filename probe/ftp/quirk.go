package ftp

import "fmt"

// Quirk is a deviation from the standard that was tolerated. Zero means not
// known; it is never recorded.
type Quirk uint8

// The deviations. Those of the line format come from the reader, those of the
// address from the parsers of 227, 228 and 229.
const (
	QuirkUnknown Quirk = iota

	// QuirkBareLF: a line ends in LF without CR (RFC 959 section 4.2 wants
	// the Telnet end of line). Packet filters of the strict kind drop such lines.
	QuirkBareLF
	// QuirkExtraCR: more than one CR before the LF.
	QuirkExtraCR
	// QuirkMissingBlank: nothing or something else than a blank or a hyphen
	// follows the code ("220" alone, "220Welcome").
	QuirkMissingBlank
	// QuirkBlankLine: empty lines before the reply.
	QuirkBlankLine
	// QuirkBadMultilineEnd: the reply of many lines never got the line of its
	// own code and a blank that ends it; it was cut by the end of the stream,
	// by a deadline or by a limit.
	QuirkBadMultilineEnd
	// QuirkNoLineEnd: the last line was cut off before its line end.
	QuirkNoLineEnd
	// QuirkTelnetBytes: telnet commands (IAC ...) among the text.
	QuirkTelnetBytes
	// QuirkControlBytes: NUL or other control characters in the text.
	QuirkControlBytes
	// QuirkEightBit: bytes above 0x7F. UTF-8 is allowed by RFC 2640 only in
	// path names; some inspecting devices mishandle it.
	QuirkEightBit
	// QuirkLongLine: a line longer than MaxLine; its rest is in Raw only.
	QuirkLongLine

	// QuirkNoParentheses: the address is not enclosed in parentheses. RFC 1123
	// section 4.1.2.6 tells clients to expect that; the Linux connection
	// tracking helper cannot parse a 229 of this kind and drops it.
	QuirkNoParentheses
	// QuirkDigitsBeforeAddress: digits stand in the text before the address.
	// The Linux helper takes the first digits for the address and drops it.
	QuirkDigitsBeforeAddress
	// QuirkBlanksInAddress: blanks between the numbers.
	QuirkBlanksInAddress
	// QuirkOddDelimiter: a delimiter other than "|" (RFC 2428 allows any
	// printable one, most devices on the way expect the bar).
	QuirkOddDelimiter
	// QuirkMissingDelimiter: the delimiter after the port is missing.
	QuirkMissingDelimiter
	// QuirkAddressInEPSV: a 229 names an address, which RFC 2428 section 3
	// forbids; it was ignored.
	QuirkAddressInEPSV
	// QuirkProtocolInEPSV: a 229 names a protocol, likewise ignored.
	QuirkProtocolInEPSV
	// QuirkPortZero: the port is 0, to which nobody can connect.
	QuirkPortZero
	// QuirkPrivilegedPort: the port is below 1024, where no data connection
	// belongs; some proxies end the session on it.
	QuirkPrivilegedPort
	// QuirkOctetOverflow: a number above 255 where a byte belongs.
	QuirkOctetOverflow
	// QuirkPortOverflow: a port above 65535.
	QuirkPortOverflow
	// QuirkInMultiline: the address stands in a reply of many lines, which
	// devices on the way that read only single lines do not see.
	QuirkInMultiline
	// QuirkWrongCode: the form of the address does not go with the code, for
	// example a 229 with the six numbers of a 227.
	QuirkWrongCode
)

var quirkNames = [...]string{
	QuirkUnknown:             "unknown",
	QuirkBareLF:              "bare-lf",
	QuirkExtraCR:             "extra-cr",
	QuirkMissingBlank:        "missing-blank",
	QuirkBlankLine:           "blank-line",
	QuirkBadMultilineEnd:     "bad-multiline-end",
	QuirkNoLineEnd:           "no-line-end",
	QuirkTelnetBytes:         "telnet-bytes",
	QuirkControlBytes:        "control-bytes",
	QuirkEightBit:            "eight-bit",
	QuirkLongLine:            "long-line",
	QuirkNoParentheses:       "no-parentheses",
	QuirkDigitsBeforeAddress: "digits-before-address",
	QuirkBlanksInAddress:     "blanks-in-address",
	QuirkOddDelimiter:        "odd-delimiter",
	QuirkMissingDelimiter:    "missing-delimiter",
	QuirkAddressInEPSV:       "address-in-epsv",
	QuirkProtocolInEPSV:      "protocol-in-epsv",
	QuirkPortZero:            "port-zero",
	QuirkPrivilegedPort:      "privileged-port",
	QuirkOctetOverflow:       "octet-overflow",
	QuirkPortOverflow:        "port-overflow",
	QuirkInMultiline:         "in-multiline",
	QuirkWrongCode:           "wrong-code",
}

// String returns the name that files carry, "unknown" for a value outside the
// enumeration.
func (q Quirk) String() string { return nameOf(quirkNames[:], q) }

// MarshalText implements encoding.TextMarshaler.
func (q Quirk) MarshalText() ([]byte, error) { return []byte(q.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler. A name it does not know is
// an error, so that a file from a newer version is not misread.
func (q *Quirk) UnmarshalText(text []byte) error {
	return parseName(quirkNames[:], "quirk", text, q)
}

// nameOf and parseName serve the closed enumerations of this package.
func nameOf[E ~uint8](names []string, e E) string {
	if int(e) < len(names) {
		return names[e]
	}
	return names[0]
}

func parseName[E ~uint8](names []string, kind string, text []byte, to *E) error {
	for i, name := range names {
		if name == string(text) {
			*to = E(i)
			return nil
		}
	}
	return fmt.Errorf("ftp: no %s is named %q", kind, text)
}
