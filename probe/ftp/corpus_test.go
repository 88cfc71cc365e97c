package ftp

import (
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// sample is one line of the corpus of replies.
type sample struct {
	at     string   // file and line
	want   []string // the fields before source and reply
	source string
	reply  Reply
	raw    string
}

// corpus reads a file of ../../testdata/replies; want is the number of fields
// before source and reply. A reply that is no reply (another protocol) is
// returned as far as it was read.
func corpus(t *testing.T, name string, want int) []sample {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "testdata", "replies", name))
	if err != nil {
		t.Fatal(err)
	}
	var samples []sample
	for i, line := range strings.Split(string(data), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		at := fmt.Sprintf("%s:%d", name, i+1)
		fields := strings.Split(line, "\t")
		if len(fields) != want+2 {
			t.Fatalf("%s: %d fields where %d belong", at, len(fields), want+2)
		}
		raw, err := strconv.Unquote(`"` + strings.ReplaceAll(fields[want+1], `"`, `\"`) + `"`)
		if err != nil {
			t.Fatalf("%s: %v", at, err)
		}
		if !strings.HasSuffix(raw, "\n") {
			raw += "\r\n"
		}
		reply, _ := NewReader(strings.NewReader(raw)).ReadReply()
		samples = append(samples, sample{at, fields[:want], fields[want], reply, raw})
	}
	if len(samples) == 0 {
		t.Fatalf("%s: empty", name)
	}
	return samples
}

// TestRecogniseCorpus: every known reply has the meaning that the corpus gives
// it, and every row of the table of texts is there for one of them.
func TestRecogniseCorpus(t *testing.T) {
	used := make(map[int]bool)
	for _, file := range []string{"session.txt", "login.txt", "refusals.txt", "data-failures.txt"} {
		for _, s := range corpus(t, file, 1) {
			var want Meaning
			if err := want.UnmarshalText([]byte(s.want[0])); err != nil {
				t.Fatalf("%s: %v", s.at, err)
			}
			if got := Recognise(s.reply); got != want {
				t.Errorf("%s: %q means %s, want %s", s.at, s.raw, got, want)
			}
			if p := deciding(s.reply); p != nil {
				used[p.row] = true
			}
		}
	}
	for i, row := range texts {
		if !used[i] {
			t.Errorf("no reply of the corpus is decided by %v %q %q", row.meaning, row.codes, row.words)
		}
	}
}

// TestTextsAreLowerCase: words that are not in lower case would never match.
func TestTextsAreLowerCase(t *testing.T) {
	for _, row := range texts {
		if row.words != strings.ToLower(row.words) {
			t.Errorf("%q is not in lower case", row.words)
		}
		if row.source == "" || row.codes == "" || row.meaning == Unrecognised {
			t.Errorf("row %+v lacks source, codes or meaning", row)
		}
	}
}

func TestPassiveCorpus(t *testing.T) {
	for _, file := range []string{"pasv.txt", "epsv.txt"} {
		for _, s := range corpus(t, file, 2) {
			e, err := ParsePassive(s.reply)
			got := "error"
			switch {
			case err == nil && e.Addr.IsValid():
				got = hostPort(e)
			case err == nil:
				got = fmt.Sprintf(":%d", e.Port)
			}
			if got != s.want[0] {
				t.Errorf("%s: %q is %s (%v), want %s", s.at, s.raw, got, err, s.want[0])
			}
			// Quirks of the line format are in the reply, those of the address
			// in the endpoint; a reader of the corpus wants both.
			if got := quirks(append(s.reply.Quirks, e.Quirks...)); got != s.want[1] {
				t.Errorf("%s: %q has quirks %s, want %s", s.at, s.raw, got, s.want[1])
			}
		}
	}
}

func hostPort(e Endpoint) string {
	if e.Addr.Is6() {
		return fmt.Sprintf("[%s]:%d", e.Addr, e.Port)
	}
	return fmt.Sprintf("%s:%d", e.Addr, e.Port)
}

func quirks(all []Quirk) string {
	if len(all) == 0 {
		return "-"
	}
	var names []string
	for _, q := range all {
		names = append(names, q.String())
	}
	return strings.Join(names, ",")
}

func TestGreetingCorpus(t *testing.T) {
	for _, s := range corpus(t, "greetings.txt", 2) {
		if got := RecogniseProtocol([]byte(s.raw)).String(); got != s.want[0] {
			t.Errorf("%s: %q is %s, want %s", s.at, s.raw, got, s.want[0])
		}
		want := strings.TrimPrefix(s.want[1], "-")
		if got := Software(s.reply, Reply{}, nil); got != want {
			t.Errorf("%s: %q is software %q, want %q", s.at, s.raw, got, want)
		}
	}
}

func TestSeenAddressCorpus(t *testing.T) {
	for _, s := range corpus(t, "stat.txt", 1) {
		got := "-"
		if addr, ok := SeenAddress(s.reply, netip.MustParseAddr("10.0.0.21")); ok {
			got = addr.String()
		}
		if got != s.want[0] {
			t.Errorf("%s: %q shows %s, want %s", s.at, s.raw, got, s.want[0])
		}
	}
}
