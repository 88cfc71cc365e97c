package report_test

import (
	"net/netip"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"ftpdiag/probe"
	"ftpdiag/probe/ftp"
	"ftpdiag/report"
)

// attack is what a server could send to whoever reads the report in a ticket,
// a browser, a spreadsheet or a terminal.
const attack = "`</script><img src=x onerror=alert(1)>``` [x](javascript:alert(1)) **b** | \x1b[2J\u202e&lt; # TODO ok 1 - x \"} 1\n=cmd"

// attacked is an examination in which every text is an attack.
func attacked() *probe.Examination {
	answer := func(code ftp.Code) probe.Exchange {
		return probe.Exchange{Reply: ftp.Reply{Code: code, Lines: []string{attack}}}
	}
	remote, local := netip.MustParseAddrPort("[2001:db8:1234:5678:9abc:def0:1234:5678]:21"), netip.MustParseAddrPort("[2001:db8:ffff:ffff:ffff:ffff:ffff:ffff]:40000")
	e := &probe.Examination{
		Schema: 1, ToolVersion: attack, OS: attack, Arch: attack, Started: time.Unix(1e9, 0).UTC(), Took: time.Second,
		Target:     probe.Target{Input: attack, Host: "=" + attack, Port: 21, User: "@" + attack, Path: attack},
		Resolution: probe.Resolution{Addresses: []netip.Addr{remote.Addr()}, CNAME: []string{attack}, Resolver: attack},
		Connects:   []probe.Connect{{Remote: remote, Local: local}},
		Sessions: []probe.Session{{
			ID: 1, Protection: probe.ExplicitTLS, Remote: remote, Local: local, Greeting: answer(220), Login: []probe.Exchange{answer(331), answer(230)}, LoggedIn: true,
			Features: []string{attack}, Syst: answer(215), TLS: &probe.TLSFacts{Version: attack, Cipher: attack, Certificate: probe.CertFacts{Subject: attack, Issuer: attack}},
			Attempts: []probe.Attempt{
				{Method: probe.EPSV, Session: 1, Setup: answer(500), Stop: probe.Stop{Cause: probe.ByReply, Text: attack}},
				{Method: probe.EPRT, Session: 1, Setup: answer(200), Transfer: answer(425), Reached: probe.StageConnecting, Listening: true,
					Stop: probe.Stop{Cause: probe.ByReply, Text: attack}, Announced: local},
			},
		}},
		Experiments: []probe.Experiment{{Name: attack, Question: attack, Answer: probe.Yes}},
	}
	for i, d := range []probe.Direction{probe.Send, probe.Receive, probe.Note} {
		e.Events = append(e.Events, probe.Event{N: i + 1, Session: 1, Direction: d, Channel: probe.Control, Text: attack})
	}
	return e
}

// TestAttack writes the attacks in every format.
func TestAttack(t *testing.T) {
	schema := resultSchema(t)
	open := report.New(attacked())
	for _, r := range []*report.Report{open, open.Redacted()} {
		for _, f := range formats(t) {
			text := write(t, r, f)
			if c := control(text, f); c != "" {
				t.Errorf("%v holds the character %q", f, c)
			}
			switch f {
			case report.FormatPrometheus: // its label holds characters that the simple pattern does not know
			case report.FormatMarkdown:
				checkMarkdown(t, text)
			default:
				checkForm(t, f.String(), text, f, r, schema)
			}
		}
	}
	if text := write(t, open, report.FormatCSV); !strings.Contains(text, "'=") || !strings.Contains(text, "'@") {
		t.Errorf("a formula is not made harmless:\n%s", text)
	}
	if text := write(t, open, report.FormatPrometheus); !strings.Contains(text, `\"} 1\\n=cmd",port="21"`) {
		t.Errorf("a label is not escaped:\n%s", text)
	}
	doc, err := html.Parse(strings.NewReader(write(t, open, report.FormatHTML)))
	if err != nil {
		t.Fatal(err)
	}
	shown := 0
	for n := range doc.Descendants() {
		if n.Type == html.TextNode && n.Parent.Data != "script" && strings.Contains(n.Data, "</script><img src=x onerror=alert(1)>") {
			shown++
		}
	}
	if shown < 5 {
		t.Errorf("the page shows the reply as text %d times only", shown)
	}
}

// Code in Markdown: blocks between equally long fences, and spans between
// equally long runs of backticks.
var (
	fenced  = regexp.MustCompile("(?ms)^(`{3,})\n.*?^(`{3,})$")
	escaped = regexp.MustCompile("\\\\[\\\\`*_\\[\\]<>&|~#]")
)

// checkMarkdown takes away all code and all that is escaped. What is left must
// be ours: nothing that Markdown or HTML would act on, and no reply.
func checkMarkdown(t *testing.T, text string) {
	t.Helper()
	block := fenced.FindStringSubmatch(text)
	if block == nil || block[1] != block[2] || len(block[1]) != 4 {
		t.Fatalf("the fence of the dialogue is wrong: %q", block)
	}
	rest := strings.Replace(text, block[0], "", 1)
	rest = escaped.ReplaceAllString(withoutSpans(rest), "")
	for _, line := range strings.Split(rest, "\n") {
		// Ours are the table's bars, and the bold in headline and addressees.
		line = strings.Trim(strings.ReplaceAll(line, "**", ""), "| ")
		line = strings.ReplaceAll(strings.TrimLeft(line, "#-"), " | ", "")
		if strings.ContainsAny(line, "`*_[]<>&~#|") && strings.Trim(line, "-|") != "" {
			t.Errorf("not escaped: %q", line)
		}
	}
}

// withoutSpans takes code spans out of Markdown (CommonMark 6.1).
func withoutSpans(s string) string {
	var b strings.Builder
	for s != "" {
		if s[0] == '\\' && len(s) > 1 {
			b.WriteString(s[:2])
			s = s[2:]
			continue
		}
		n := len(s) - len(strings.TrimLeft(s, "`"))
		if n == 0 {
			b.WriteByte(s[0])
			s = s[1:]
			continue
		}
		ticks, rest := s[:n], s[n:]
		end := -1
		for i := 0; i < len(rest); {
			run := len(rest[i:]) - len(strings.TrimLeft(rest[i:], "`"))
			if run == n {
				end = i
				break
			}
			i += max(run, 1)
		}
		if end < 0 {
			return b.String() + ticks // a span that does not end: seen as not escaped
		}
		s = rest[end+n:]
	}
	return b.String()
}
