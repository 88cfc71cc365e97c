package ftp

import (
	"bytes"
	"io"
	"net/netip"
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// cutReader gives the stream in pieces whose lengths are the bytes of cuts, over
// and over; a zero counts as one.
type cutReader struct {
	rest, cuts []byte
	next       int
}

func (c *cutReader) Read(p []byte) (int, error) {
	if len(c.rest) == 0 {
		return 0, io.EOF
	}
	n := len(p)
	if len(c.cuts) > 0 {
		n = min(n, max(1, int(c.cuts[c.next%len(c.cuts)])))
		c.next++
	}
	n = copy(p[:n], c.rest)
	c.rest = c.rest[n:]
	return n, nil
}

// readAll reads replies until the stream ends or is out of step.
func readAll(t *testing.T, src io.Reader, size int) (replies []Reply, errs []string) {
	r := NewReader(src)
	for {
		reply, err := r.ReadReply()
		if cap(r.pending) > 4*(MaxReply+readSize) {
			t.Fatalf("%d bytes kept", cap(r.pending))
		}
		if reply.Empty() {
			return replies, append(errs, err.Error())
		}
		replies = append(replies, reply)
		if err != nil {
			errs = append(errs, err.Error())
		}
		if len(replies) > size {
			t.Fatal("more replies than bytes")
		}
	}
}

// FuzzReadReply: whatever arrives and however it is cut, the replies are the
// same, bounded, and hold the input in order. The stream is the unit over and
// over, so that short inputs reach the limits.
func FuzzReadReply(f *testing.F) {
	f.Add([]byte("220 ready\r\n331 next\r\n"), uint16(0), []byte{1})                    // two replies, byte by byte
	f.Add([]byte("211-a\r\n 211 b\r\n211-c\r\n211 d\r\n"), uint16(2), []byte{3, 1})     // many lines
	f.Add([]byte("220-never ends\r\n221 x\r\n"), uint16(0), []byte{7})                  // no end
	f.Add([]byte("220\n220Welcome\r\r\n\r\n"), uint16(1), []byte{2})                    // deviations
	f.Add([]byte("\xff\xfb\x01220 \xff\xff\xff\xfa1\xff\xf0\r\n"), uint16(0), []byte{}) // telnet
	f.Add([]byte("220 a\xff\n"), uint16(0), []byte{1})                                  // cut telnet command
	f.Add([]byte("SSH-2.0-x\r\n\x15\x03\x01\x00"), uint16(0), []byte{5})                // not FTP
	f.Add([]byte("220-\r\n"), uint16(MaxLines), []byte{9})                              // too many lines
	f.Add([]byte("220-a"), uint16(MaxReply/5), []byte{200})                             // endless line
	f.Fuzz(func(t *testing.T, unit []byte, more uint16, cuts []byte) {
		const most = 2*MaxReply + 1
		stream := bytes.Repeat(unit, 1+min(int(more), most/max(1, len(unit))))
		whole, wholeErrs := readAll(t, &cutReader{rest: stream}, len(stream))
		parts, partErrs := readAll(t, &cutReader{rest: stream, cuts: cuts}, len(stream))
		if !reflect.DeepEqual(whole, parts) || !reflect.DeepEqual(wholeErrs, partErrs) {
			t.Fatalf("cut by %v: %v %v\nwhole: %v %v", cuts, parts, partErrs, whole, wholeErrs)
		}
		at := 0
		for _, reply := range whole {
			if len(reply.Raw) > MaxReply || len(reply.Lines) > MaxLines || !bytes.HasPrefix(stream[at:], reply.Raw) {
				t.Fatalf("raw of %d bytes in %d lines is not the input at %d", len(reply.Raw), len(reply.Lines), at)
			}
			at += len(reply.Raw)
			for _, line := range reply.Lines {
				if len(line) > MaxLine || strings.Contains(line, "\n") {
					t.Fatalf("line %q", line)
				}
			}
			// None of the readers of replies may stumble over any.
			Recognise(reply)
			SeenAddress(reply)
			ParseFEAT(reply)
			_, _ = ParsePassive(reply)
			if s := Software(reply, reply, nil, reply); Clean(s) != s {
				t.Fatalf("software %q is not clean", s)
			}
		}
		RecogniseProtocol(stream)
	})
}

// fuzzPassive checks what holds for every text: an endpoint without an error
// has a port, and the text in its place gives the same.
func fuzzPassive(t *testing.T, code Code, text string) {
	e, err := ParsePassive(Reply{Code: code, Lines: []string{text}})
	if err != nil {
		return
	}
	if e.Port == 0 {
		t.Fatalf("%q gives port 0 without an error", text)
	}
	var back Endpoint
	switch {
	case !e.Addr.IsValid():
		back, err = ParseEPSV(Reply{Code: 229, Lines: []string{FormatEPSV(e.Port)}})
	case e.Addr.Is4():
		back, err = ParsePASV(Reply{Code: 227, Lines: []string{FormatPASV(netip.AddrPortFrom(e.Addr, e.Port))}})
	default:
		return // only 228 carries IPv6, which nobody writes
	}
	if err != nil || back.Addr != e.Addr || back.Port != e.Port {
		t.Fatalf("%q is %+v and comes back as %+v, %v", text, e, back, err)
	}
}

// FuzzPASV: parse after format is the identity, without a quirk, and any text is
// borne.
func FuzzPASV(f *testing.F) {
	f.Add("Entering Passive Mode (10,0,0,1,4,1).", []byte{10, 0, 0, 1}, uint16(1025)) // the usual
	f.Add("=10, 0 ,0,1,4,1", []byte{0, 0, 0, 0}, uint16(1))                           // no parentheses, blanks
	f.Add("Passive 1 ok (10,0,0,1,4,1)", []byte{255, 255, 255, 255}, uint16(65535))   // digits before
	f.Add("(2,174,85).", []byte{127, 0, 0, 1}, uint16(20))                            // three numbers
	f.Add("(300,0,0,1,4,1)", []byte{1, 2, 3, 4}, uint16(256))                         // not a byte
	f.Add("(4,4,10,0,0,1,2,4,1)", []byte{1, 2, 3, 4}, uint16(255))                    // LPSV
	f.Fuzz(func(t *testing.T, text string, addr []byte, port uint16) {
		fuzzPassive(t, 227, text)
		fuzzPassive(t, 228, text)
		ip, ok := netip.AddrFromSlice(addr)
		if !ok || !ip.Unmap().Is4() || port == 0 {
			return
		}
		e, err := ParsePASV(Reply{Code: 227, Lines: []string{FormatPASV(netip.AddrPortFrom(ip, port))}})
		if err != nil || e.Addr != ip.Unmap() || e.Port != port || (len(e.Quirks) > 0) != (port < 1024) {
			t.Fatalf("%s port %d comes back as %+v, %v", ip, port, e, err)
		}
	})
}

// FuzzEPSV: likewise for 229.
func FuzzEPSV(f *testing.F) {
	f.Add("Entering Extended Passive Mode (|||50000|)", uint16(50000)) // the usual
	f.Add("(!!!50000!)", uint16(1))                                    // delimiter
	f.Add("!!!50000!", uint16(65535))                                  // no parentheses
	f.Add("(||::1|50000|)", uint16(1024))                              // address
	f.Add("(|1||65536)", uint16(22))                                   // overflow, no last delimiter
	f.Add("1.2.3.4", uint16(9))                                        // a version
	f.Fuzz(func(t *testing.T, text string, port uint16) {
		fuzzPassive(t, 229, text)
		if port == 0 {
			return
		}
		e, err := ParseEPSV(Reply{Code: 229, Lines: []string{FormatEPSV(port)}})
		if err != nil || e.Addr.IsValid() || e.Port != port || (len(e.Quirks) > 0) != (port < 1024) {
			t.Fatalf("port %d comes back as %+v, %v", port, e, err)
		}
	})
}

// FuzzPORT: what the strict parsers of PORT and EPRT take is written back the
// same, and what we announce they take.
func FuzzPORT(f *testing.F) {
	f.Add("10,0,0,1,4,1", []byte{10, 0, 0, 1}, uint16(1025))          // the usual
	f.Add("010,0,0,1,4,1", bytes.Repeat([]byte{0xfe}, 16), uint16(1)) // leading zero; IPv6
	f.Add("|1|10.0.0.1|1025|", []byte{0, 0, 0, 0}, uint16(65535))     // EPRT
	f.Add("|2|::ffff:1.2.3.4|1025|", make([]byte, 16), uint16(80))    // 4in6
	f.Add("|2|fe80::1%x|1025|", []byte{1, 2, 3, 4}, uint16(0))        // zone
	f.Add("10,0,0,1,4,99999999999999999999", []byte{1}, uint16(1))    // overflow
	f.Fuzz(func(t *testing.T, arg string, addr []byte, port uint16) {
		if ap, err := ParsePORT(arg); err == nil {
			if back, err := ParsePORT(PORT(ap).Arg); err != nil || back != ap {
				t.Fatalf("PORT %q is %v and comes back as %v, %v", arg, ap, back, err)
			}
		}
		if ap, err := ParseEPRT(arg); err == nil {
			want := netip.AddrPortFrom(ap.Addr().Unmap(), ap.Port())
			if back, err := ParseEPRT(EPRT(ap).Arg); err != nil || back != want {
				t.Fatalf("EPRT %q is %v and comes back as %v, %v", arg, ap, back, err)
			}
		}
		ip, ok := netip.AddrFromSlice(addr)
		if !ok || port == 0 {
			return
		}
		want := netip.AddrPortFrom(ip.Unmap(), port)
		if back, err := ParseEPRT(EPRT(netip.AddrPortFrom(ip, port)).Arg); err != nil || back != want {
			t.Fatalf("%v in EPRT comes back as %v, %v", want, back, err)
		}
		if back, err := ParsePORT(PORT(want).Arg); want.Addr().Is4() && (err != nil || back != want) {
			t.Fatalf("%v in PORT comes back as %v, %v", want, back, err)
		}
	})
}

// FuzzCommand: a command is one line or an error, and nothing of a secret shows.
func FuzzCommand(f *testing.F) {
	f.Add("PORT", "10,0,0,1,4,1")  // the usual
	f.Add("PASS", "a\r\nDELE x")   // a second command
	f.Add("CWD", "a\x00\xff\xffb") // NUL and IAC
	f.Add("", "x")                 // no verb
	f.Add("NO\nOP", "")            // line end in the verb
	f.Fuzz(func(t *testing.T, verb, arg string) {
		line, err := Command{verb, arg}.AppendTo(nil)
		bad := verb == "" || strings.ContainsAny(verb+arg, "\r\n\x00")
		if (err != nil) != bad || err != nil && len(line) > 0 {
			t.Fatalf("%q %q: %q, %v", verb, arg, line, err)
		}
		if err != nil {
			return
		}
		if bytes.Index(line, []byte("\r\n")) != len(line)-2 || bytes.IndexByte(line, '\n') != len(line)-1 {
			t.Fatalf("%q %q: %q is not one line", verb, arg, line)
		}
		want := verb
		if arg != "" {
			want += " " + arg
		}
		if got := strings.ReplaceAll(string(line[:len(line)-2]), "\xff\xff", "\xff"); got != want {
			t.Fatalf("%q arrives as %q", want, got)
		}
		if shown := (Command{"PASS", arg}).String(); arg != "" && shown != "PASS ********" {
			t.Fatalf("password shown as %q", shown)
		}
	})
}

// FuzzClean: what comes out is harmless, and cleaning it again changes nothing.
func FuzzClean(f *testing.F) {
	f.Add("220 ready\r\n", 80)             // line end
	f.Add("\x1b[2J\x9b\u202eabc\u2028", 3) // controls and direction
	f.Add("Ger\xe4t \xff", 5)              // Latin-1
	f.Add("日本🙂\U000e0041\u3164\ufe0f", 0)  // wide, tags, fillers
	f.Add(`\x1b C:\t`, -1)                 // looks like an escape already
	f.Fuzz(func(t *testing.T, s string, limit int) {
		clean := Clean(s)
		if Clean(clean) != clean {
			t.Fatalf("%q, cleaned again %q", clean, Clean(clean))
		}
		short := CleanLimit(s, limit)
		if Clean(short) != short {
			t.Fatalf("%q, cleaned again %q", short, Clean(short))
		}
		if n := utf8.RuneCountInString(short); n > max(limit, 0)+len("... (+9223372036854775807 more)") {
			t.Fatalf("%d characters where %d were asked", n, limit)
		}
		for _, r := range clean {
			if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || unicode.In(r, unicode.Zl, unicode.Zp, unicode.Cf) {
				t.Fatalf("%q holds %U", clean, r)
			}
		}
		if !utf8.ValidString(clean) {
			t.Fatalf("%q is not UTF-8", clean)
		}
	})
}
