package ftp

import (
	"errors"
	"net/netip"
	"strings"
	"testing"
)

func TestAnnounce(t *testing.T) {
	tests := []struct {
		ap         string
		port, eprt string
	}{
		{"10.0.0.1:1025", "PORT 10,0,0,1,4,1", "EPRT |1|10.0.0.1|1025|"},
		{"[::ffff:10.0.0.1]:65535", "PORT 10,0,0,1,255,255", "EPRT |1|10.0.0.1|65535|"},
		{"[2001:db8::1]:1025", "", "EPRT |2|2001:db8::1|1025|"},
		{"[fe80::1%eth0]:1025", "", "EPRT |2|fe80::1|1025|"},
	}
	for _, tt := range tests {
		ap := netip.MustParseAddrPort(tt.ap)
		if got := PORT(ap).String(); got != tt.port {
			t.Errorf("PORT of %s is %q, want %q", ap, got, tt.port)
		}
		if got := EPRT(ap).String(); got != tt.eprt {
			t.Errorf("EPRT of %s is %q, want %q", ap, got, tt.eprt)
		}
	}
}

// TestNothingToAnnounce: what a command cannot carry cannot be sent either.
func TestNothingToAnnounce(t *testing.T) {
	for _, c := range []Command{
		PORT(netip.MustParseAddrPort("[2001:db8::1]:1025")),
		PORT(netip.AddrPort{}),
		EPRT(netip.AddrPort{}),
	} {
		if line, err := c.AppendTo(nil); err == nil {
			t.Errorf("%q can be sent", line)
		}
	}
}

func TestParsePORT(t *testing.T) {
	for arg, want := range map[string]string{
		"10,0,0,1,4,1":            "10.0.0.1:1025",
		"255,255,255,255,255,255": "255.255.255.255:65535",
		"010,000,0,1,004,001":     "10.0.0.1:1025", // decimal, never octal
		"10,0,0,1,0,22":           "10.0.0.1:22",   // a server's policy, not its grammar
	} {
		if ap, err := ParsePORT(arg); err != nil || ap.String() != want {
			t.Errorf("PORT %s is %v, %v, want %s", arg, ap, err, want)
		}
	}
	for arg, says := range map[string]string{
		"":                                "1 numbers where 6 belong",
		"1":                               "1 numbers where 6 belong",
		"10,0,0,1,4":                      "5 numbers where 6 belong",
		"10,0,0,1,4,1,7":                  "7 numbers where 6 belong",
		"300,0,0,1,4,1":                   `number 1: "300" is above 255`,
		"10,0,0,1,4,":                     "number 6: missing",
		"10,0,0,1, 4,1":                   `number 5: " 4" is not a number`,
		"10,0,0,1,4,-1":                   `number 6: "-1" is not a number`,
		"10,0,0,1,0,0":                    "port 0",
		"(10,0,0,1,4,1)":                  "is not a number",
		"10,0,0,1,4,1 ":                   "is not a number",
		"|1|10.0.0.1|1025|":               "1 numbers",
		"10,0,0,1,4,99999999999999999999": "is above 255",
	} {
		if ap, err := ParsePORT(arg); err == nil || !strings.Contains(err.Error(), says) || ap.IsValid() {
			t.Errorf("PORT %s is %v, error %v, want %q", arg, ap, err, says)
		}
	}
}

func TestParseEPRT(t *testing.T) {
	for arg, want := range map[string]string{
		"|1|10.0.0.1|1025|":    "10.0.0.1:1025",
		"|2|2001:db8::1|1025|": "[2001:db8::1]:1025",
		"!1!10.0.0.1!1025!":    "10.0.0.1:1025",
	} {
		if ap, err := ParseEPRT(arg); err != nil || ap.String() != want {
			t.Errorf("EPRT %s is %v, %v, want %s", arg, ap, err, want)
		}
	}
	for arg, says := range map[string]string{
		"":                        "no argument",
		"x":                       "1 delimiters where 4 belong",
		"1|10.0.0.1|1025|":        "cannot be a delimiter",
		" 1 10.0.0.1 1025 ":       "cannot be a delimiter",
		"|1|10.0.0.1|1025":        "3 delimiters where 4 belong",
		"|1|10.0.0.1|1025|x":      "4 delimiters where 4 belong, the last at the end",
		"|3|10.0.0.1|1025|":       `unknown network protocol "3"`,
		"|1|2001:db8::1|1025|":    "does not belong to protocol 1",
		"|2|10.0.0.1|1025|":       "does not belong to protocol 2",
		"|2|fe80::1%eth0|1025|":   "has a zone",
		"|1|host.example.com|21|": "is not an address",
		"|1|10.0.0.1|65536|":      "is above 65535",
		"|1|10.0.0.1||":           "port: missing",
		"|1|10.0.0.1|0|":          "port 0",
	} {
		if ap, err := ParseEPRT(arg); err == nil || !strings.Contains(err.Error(), says) || ap.IsValid() {
			t.Errorf("EPRT %s is %v, error %v, want %q", arg, ap, err, says)
		}
	}
	if _, err := ParseEPRT("|3|10.0.0.1|1025|"); !errors.Is(err, ErrProtocol) {
		t.Errorf("protocol 3 gives %v, want %v", err, ErrProtocol)
	}
}

// TestFormOnly: the parsers of one form do not take the other.
func TestFormOnly(t *testing.T) {
	pasv := Reply{Code: 227, Lines: []string{"Entering Passive Mode (10,0,0,1,4,1)."}}
	epsv := Reply{Code: 229, Lines: []string{"Entering Extended Passive Mode (|||1025|)"}}
	if e, err := ParsePASV(pasv); err != nil || e.Port != 1025 || !e.Addr.Is4() {
		t.Errorf("227 is %+v, %v", e, err)
	}
	if e, err := ParseEPSV(epsv); err != nil || e.Port != 1025 || e.Addr.IsValid() {
		t.Errorf("229 is %+v, %v", e, err)
	}
	if e, err := ParsePASV(epsv); !errors.Is(err, ErrNoEndpoint) {
		t.Errorf("229 as 227 is %+v, %v", e, err)
	}
	if e, err := ParseEPSV(pasv); !errors.Is(err, ErrNoEndpoint) {
		t.Errorf("227 as 229 is %+v, %v", e, err)
	}
}

// TestPortZeroIsAnError: nobody shall dial it by accident, yet the address is
// there as evidence.
func TestPortZeroIsAnError(t *testing.T) {
	e, err := ParsePassive(Reply{Code: 227, Lines: []string{"Passive (10,0,0,1,0,0)"}})
	if !errors.Is(err, ErrPortZero) || e.Addr != netip.MustParseAddr("10.0.0.1") {
		t.Errorf("got %+v, %v", e, err)
	}
}

// TestFormatPASV: an IPv6 address, which 227 cannot carry, gives zeros.
func TestFormatPASV(t *testing.T) {
	for ap, want := range map[string]string{
		"10.0.0.1:1025":          "Entering Passive Mode (10,0,0,1,4,1).",
		"[::ffff:10.0.0.1]:1025": "Entering Passive Mode (10,0,0,1,4,1).",
		"[2001:db8::1]:1025":     "Entering Passive Mode (0,0,0,0,4,1).",
	} {
		if got := FormatPASV(netip.MustParseAddrPort(ap)); got != want {
			t.Errorf("%s gives %q, want %q", ap, got, want)
		}
	}
}
