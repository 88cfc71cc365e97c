package ftp

import (
	"bytes"
	"errors"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

func TestReadReply(t *testing.T) {
	tests := []struct {
		name   string
		in     string
		code   Code
		lines  []string
		quirks []Quirk
	}{
		{"one line", "220 ready\r\n", 220, []string{"ready"}, nil},
		{"empty text", "220 \r\n", 220, []string{""}, nil},
		{"blanks are text", "220   ready \r\n", 220, []string{"  ready "}, nil},
		{"many lines", "211-Features:\r\n MDTM\r\n211 End\r\n", 211, []string{"Features:", " MDTM", "End"}, nil},
		{"code before every line", "220-a\r\n220-b\r\n220 c\r\n", 220, []string{"a", "b", "c"}, nil},
		{"inner line with digits", "230-a\r\n10 users\r\n2300 files\r\n230 c\r\n", 230, []string{"a", "10 users", "2300 files", "c"}, nil},
		{"inner line with another code", "230-a\r\n500 b\r\n230 c\r\n", 230, []string{"a", "500 b", "c"}, nil},
		{"inner line with a blank before the code", "230-a\r\n 230 b\r\n230 c\r\n", 230, []string{"a", " 230 b", "c"}, nil},
		{"inner line is blank", "230-a\r\n\r\n230 c\r\n", 230, []string{"a", "", "c"}, nil},
		{"many lines end in the bare code", "230-a\r\n230\r\n", 230, []string{"a", ""}, []Quirk{QuirkMissingBlank}},
		{"bare LF", "220 ready\n", 220, []string{"ready"}, []Quirk{QuirkBareLF}},
		{"two CR", "220 ready\r\r\n", 220, []string{"ready"}, []Quirk{QuirkExtraCR}},
		{"code alone", "220\r\n", 220, []string{""}, []Quirk{QuirkMissingBlank}},
		{"no blank", "220Welcome\r\n", 220, []string{"Welcome"}, []Quirk{QuirkMissingBlank}},
		{"blank lines before", "\r\n\r\n220 ready\r\n", 220, []string{"ready"}, []Quirk{QuirkBlankLine}},
		{"telnet before the code", "\xff\xfb\x01220 ready\r\n", 220, []string{"ready"}, []Quirk{QuirkTelnetBytes}},
		{"telnet within", "220 re\xff\xf1ady\r\n", 220, []string{"ready"}, []Quirk{QuirkTelnetBytes}},
		{"telnet subnegotiation", "220 re\xff\xfa\x18\x01\xff\xf0ady\r\n", 220, []string{"ready"}, []Quirk{QuirkTelnetBytes}},
		{"doubled IAC is a letter", "220 a\xff\xffb\r\n", 220, []string{"a\xffb"}, []Quirk{QuirkTelnetBytes, QuirkEightBit}},
		{"single 0xff is a letter", "220 a\xffb\r\n", 220, []string{"a\xffb"}, []Quirk{QuirkEightBit}},
		{"NUL", "220 a\x00b\r\n", 220, []string{"a\x00b"}, []Quirk{QuirkControlBytes}},
		{"eight bit", "220 Ger\xe4t\r\n", 220, []string{"Ger\xe4t"}, []Quirk{QuirkEightBit}},
		{"long line", "220 " + strings.Repeat("a", 2*MaxLine) + "\r\n", 220, []string{strings.Repeat("a", MaxLine-4)}, []Quirk{QuirkLongLine}},
	}
	for _, tt := range tests {
		for how, wrap := range ways {
			t.Run(tt.name+"/"+how, func(t *testing.T) {
				r := NewReader(wrap(strings.NewReader(tt.in)))
				reply, err := r.ReadReply()
				if err != nil {
					t.Fatal(err)
				}
				if reply.Code != tt.code || !slices.Equal(reply.Lines, tt.lines) || !slices.Equal(reply.Quirks, tt.quirks) {
					t.Errorf("got %d %q %v, want %d %q %v", reply.Code, reply.Lines, reply.Quirks, tt.code, tt.lines, tt.quirks)
				}
				if string(reply.Raw) != tt.in {
					t.Errorf("raw %q, want %q", reply.Raw, tt.in)
				}
				if reply, err := r.ReadReply(); !errors.Is(err, io.EOF) || !reply.Empty() {
					t.Errorf("then %+v, %v, want nothing and io.EOF", reply, err)
				}
			})
		}
	}
}

// ways are the ways in which a network may cut a stream.
var ways = map[string]func(io.Reader) io.Reader{
	"whole":        func(r io.Reader) io.Reader { return r },
	"one byte":     iotest.OneByteReader,
	"half":         iotest.HalfReader,
	"with the end": iotest.DataErrReader,
}

// TestReadReplyError: what arrived before the error is in the reply.
func TestReadReplyError(t *testing.T) {
	many := "220-a\r\n" + strings.Repeat("b\r\n", MaxLines)
	big := "220-a\r\n" + strings.Repeat(strings.Repeat("b", 1000)+"\r\n", 100)
	tests := []struct {
		name   string
		in     string
		err    error
		code   Code
		text   string
		quirks []Quirk
	}{
		{"nothing", "", io.EOF, 0, "", nil},
		{"half a code", "22", io.ErrUnexpectedEOF, 0, "22", []Quirk{QuirkNoLineEnd}},
		{"no line end", "221 bye", io.ErrUnexpectedEOF, 221, "bye", []Quirk{QuirkNoLineEnd}},
		{"many lines without end", "220-a\r\nb\r\n", io.ErrUnexpectedEOF, 220, "b", []Quirk{QuirkBadMultilineEnd}},
		{"many lines cut in the last", "220-a\r\n220 b", io.ErrUnexpectedEOF, 220, "b", []Quirk{QuirkNoLineEnd, QuirkBadMultilineEnd}},
		{"SSH", "SSH-2.0-OpenSSH_9.6\r\n", ErrNotReply, 0, "SSH-2.0-OpenSSH_9.6", nil},
		{"HTTP", "HTTP/1.1 400 Bad Request\r\n", ErrNotReply, 0, "HTTP/1.1 400 Bad Request", nil},
		{"four digits", "2200 files\r\n", ErrNotReply, 0, "2200 files", nil},
		{"no class 7", "720 ready\r\n", ErrNotReply, 0, "720 ready", nil},
		{"endless line", "220 " + strings.Repeat("a", 2*MaxReply), ErrLineTooLong, 220, strings.Repeat("a", MaxLine-4), []Quirk{QuirkNoLineEnd, QuirkLongLine}},
		{"too many lines", many, ErrTooManyLines, 220, "b", []Quirk{QuirkBadMultilineEnd}},
		{"too many bytes", big, ErrTooManyLines, 220, "", []Quirk{QuirkNoLineEnd, QuirkBadMultilineEnd}},
	}
	for _, tt := range tests {
		for how, wrap := range ways {
			t.Run(tt.name+"/"+how, func(t *testing.T) {
				reply, err := NewReader(wrap(strings.NewReader(tt.in))).ReadReply()
				if !errors.Is(err, tt.err) {
					t.Fatalf("error %v, want %v", err, tt.err)
				}
				if reply.Code != tt.code || !slices.Equal(reply.Quirks, tt.quirks) {
					t.Errorf("got %d %v, want %d %v", reply.Code, reply.Quirks, tt.code, tt.quirks)
				}
				if tt.name != "too many bytes" && reply.Text() != tt.text {
					t.Errorf("text %q, want %q", reply.Text(), tt.text)
				}
				if want := tt.in[:min(len(tt.in), len(reply.Raw))]; string(reply.Raw) != want || len(reply.Raw) > MaxReply {
					t.Errorf("raw is not what arrived")
				}
				if len(reply.Raw) < min(len(tt.in), MaxReply) && tt.name != "too many lines" {
					t.Errorf("raw has %d of %d bytes", len(reply.Raw), len(tt.in))
				}
			})
		}
	}
}

// TestLostStep: after a reply without bounds nobody knows where one begins.
func TestLostStep(t *testing.T) {
	r := NewReader(strings.NewReader("220 " + strings.Repeat("a", 2*MaxReply) + "\r\n221 bye\r\n"))
	for range 3 {
		if _, err := r.ReadReply(); !errors.Is(err, ErrLineTooLong) {
			t.Fatalf("error %v, want %v", err, ErrLineTooLong)
		}
	}
}

// TestNotReplyGoesOn: the line that is no reply is used up, the next is read.
func TestNotReplyGoesOn(t *testing.T) {
	r := NewReader(strings.NewReader("hello\r\n220 ready\r\n"))
	if _, err := r.ReadReply(); !errors.Is(err, ErrNotReply) {
		t.Fatalf("error %v, want %v", err, ErrNotReply)
	}
	if reply, err := r.ReadReply(); err != nil || reply.Code != 220 {
		t.Fatalf("then %v, %v", reply, err)
	}
}

// TestJoinedReplies: replies that arrive in one segment come out one by one,
// and Buffered tells that there is more.
func TestJoinedReplies(t *testing.T) {
	first, second := "220-a\r\n220 b\r\n", "331 c\r\n"
	r := NewReader(strings.NewReader(first + second))
	if reply, err := r.ReadReply(); err != nil || string(reply.Raw) != first {
		t.Fatalf("first %q, %v", reply.Raw, err)
	}
	if r.Buffered() != len(second) {
		t.Errorf("buffered %d, want %d", r.Buffered(), len(second))
	}
	if reply, err := r.ReadReply(); err != nil || string(reply.Raw) != second {
		t.Fatalf("second %q, %v", reply.Raw, err)
	}
	if r.Buffered() != 0 {
		t.Errorf("buffered %d, want 0", r.Buffered())
	}
}

// stepReader gives one step per read and then fails the test: whoever reads on
// would block on a live connection.
type stepReader struct {
	t     *testing.T
	steps []any // string or error
}

func (s *stepReader) Read(p []byte) (int, error) {
	if len(s.steps) == 0 {
		s.t.Fatal("read on after the reply was complete")
	}
	step := s.steps[0]
	s.steps = s.steps[1:]
	if err, ok := step.(error); ok {
		return 0, err
	}
	return copy(p, step.(string)), nil
}

// TestNeverReadsOn: no read after the last byte of a reply.
func TestNeverReadsOn(t *testing.T) {
	r := NewReader(&stepReader{t, []any{"220-a\r", "\n22", "0 b\r\n"}})
	if reply, err := r.ReadReply(); err != nil || reply.Text() != "b" {
		t.Fatalf("got %v, %v", reply, err)
	}
}

// TestTimeoutKeepsBytes: a deadline in the middle of a reply shows what there
// was, and the next call returns the whole.
func TestTimeoutKeepsBytes(t *testing.T) {
	r := NewReader(&stepReader{t, []any{"226-a\r\n226", os.ErrDeadlineExceeded, " done\r\n"}})
	reply, err := r.ReadReply()
	if !errors.Is(err, os.ErrDeadlineExceeded) || string(reply.Raw) != "226-a\r\n226" || reply.Code != 226 {
		t.Fatalf("got %q, %v", reply.Raw, err)
	}
	reply, err = r.ReadReply()
	if err != nil || string(reply.Raw) != "226-a\r\n226 done\r\n" || reply.Text() != "done" || reply.Quirks != nil {
		t.Fatalf("then %q %v, %v", reply.Raw, reply.Quirks, err)
	}
}

// TestAwait: it takes nothing, a deadline leaves the Reader as it was, and what ends
// the stream is told by the next call.
func TestAwait(t *testing.T) {
	r := NewReader(&stepReader{t, []any{os.ErrDeadlineExceeded, "226 do", "ne\r\n", io.EOF}})
	if r.Await() {
		t.Error("nothing came")
	}
	for range 2 {
		if !r.Await() || r.Buffered() != len("226 do") {
			t.Errorf("%d bytes are there", r.Buffered())
		}
	}
	if reply, err := r.ReadReply(); err != nil || reply.Text() != "done" {
		t.Errorf("got %v, %v", reply, err)
	}
	if !r.Await() {
		t.Error("the end is no deadline")
	}
	if _, err := r.ReadReply(); !errors.Is(err, io.EOF) {
		t.Errorf("error %v", err)
	}
}

// TestResetIsWrapped: the stream's own error can be told by errors.Is, and what
// was there is not given out twice.
func TestResetIsWrapped(t *testing.T) {
	reset := errors.New("connection reset by peer")
	r := NewReader(&stepReader{t, []any{"220 re", reset, reset}})
	if reply, err := r.ReadReply(); !errors.Is(err, reset) || string(reply.Raw) != "220 re" {
		t.Fatalf("got %q, %v", reply.Raw, err)
	}
	if reply, err := r.ReadReply(); !errors.Is(err, reset) || !reply.Empty() {
		t.Fatalf("then %q, %v", reply.Raw, err)
	}
}

// TestNoProgress: a stream that gives neither bytes nor an error is given up.
func TestNoProgress(t *testing.T) {
	if _, err := NewReader(&idle{}).ReadReply(); !errors.Is(err, io.ErrNoProgress) {
		t.Fatalf("error %v, want %v", err, io.ErrNoProgress)
	}
}

type idle struct{}

func (*idle) Read([]byte) (int, error) { return 0, nil }

// endless gives the same byte n times and counts what was asked.
type endless struct{ left int }

func (e *endless) Read(p []byte) (int, error) {
	if e.left == 0 {
		return 0, io.EOF
	}
	n := min(len(p), e.left)
	e.left -= n
	copy(p, bytes.Repeat([]byte{'2'}, n))
	return n, nil
}

// TestEndlessLine: a line of 100 MB is neither read nor kept.
func TestEndlessLine(t *testing.T) {
	const size = 100 << 20
	src := &endless{size}
	r := NewReader(io.MultiReader(strings.NewReader("220 "), src))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	reply, err := r.ReadReply()
	runtime.ReadMemStats(&after)
	if !errors.Is(err, ErrLineTooLong) || reply.Code != 220 {
		t.Fatalf("got %d, %v", reply.Code, err)
	}
	if read := size - src.left; read > MaxReply+readSize {
		t.Errorf("read %d bytes", read)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 1<<20 {
		t.Errorf("allocated %d bytes", used)
	}
}

func TestReplyString(t *testing.T) {
	tests := []struct {
		reply Reply
		want  string
	}{
		{Reply{}, ""},
		{Reply{Code: 425, Lines: []string{"Can't open data connection."}}, "425 Can't open data connection."},
		{Reply{Code: 211, Lines: []string{"a", "End"}}, "211 End"},
		{Reply{Code: 220, Lines: []string{""}}, "220"},
		{Reply{Lines: []string{"SSH-2.0-x"}}, "SSH-2.0-x"},
	}
	for _, tt := range tests {
		if got := tt.reply.String(); got != tt.want {
			t.Errorf("%+v is %q, want %q", tt.reply, got, tt.want)
		}
	}
}
