package report

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"ftpdiag/probe"
	"ftpdiag/report/term"
	"ftpdiag/scenarios"
)

func compared(t *testing.T, c *Comparison, st term.Style) string {
	t.Helper()
	var b bytes.Buffer
	if err := c.WriteText(&b, st); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// named is the report of a written examination.
func named(t *testing.T, name string) *Report {
	t.Helper()
	for _, f := range fixtures() {
		if f.name == name {
			return f.report()
		}
	}
	t.Fatalf("no fixture is called %q", name)
	return nil
}

func TestCompare(t *testing.T) {
	either, passive, both := eitherFixture().name, passiveFixture().name, bothFixture().name
	active, login, epsv := activeFixture().name, loginFixture().name, epsvFixture().name
	for _, tt := range []struct {
		before, after string
		change        Change
		exit          int
		says          string
	}{
		{either, either, Same, 0, "The result is the same: either mode works."},
		{both, both, Same, 0, "The result is the same: neither mode works."},
		{both, passive, Better, 0, "Passive mode works now; it got no answer before."},
		{passive, both, Worse, 1, "Passive mode gets no answer now; it worked before."},
		{both, active, Better, 0, "Active mode works now; it was blocked before."},
		{active, passive, Better, 0, "Passive mode works now; it got no answer before."},
		{passive, active, Worse, 1, "Passive mode gets no answer now; it worked before."},
		{passive, either, Better, 0, "Active mode works now; it was blocked before."},
		{either, passive, Worse, 1, "Active mode is blocked now; it worked before."},
		{passive, epsv, Worse, 1, "Passive mode works with EPSV only now; it worked before."},
		{epsv, passive, Better, 0, "Passive mode works now; it worked with EPSV only before."},
		{login, both, Better, 0, "Login works now; it was refused before."},
		{either, login, Worse, 1, "Login is refused now; it worked before."},
		{login, login, Same, 0, "The result is the same: login refused."},
	} {
		c := Compare(named(t, tt.before), named(t, tt.after))
		if c.Change != tt.change || c.ExitCode() != tt.exit || !strings.HasPrefix(c.Headline, tt.says) {
			t.Errorf("%s, %s: %v, exit code %d, %q; want %v, %d, %q", tt.before, tt.after, c.Change, c.ExitCode(), c.Headline, tt.change, tt.exit, tt.says)
		}
	}
}

// TestCompareUnknown: what a check did not find out is no change for the worse.
func TestCompareUnknown(t *testing.T) {
	stopped := start(private, time.Second)
	stopped.e.Interrupted = true
	c := Compare(named(t, eitherFixture().name), build(stopped.e, nil))
	if c.Change != ChangeUnknown || c.ExitCode() != ExitNoVerdict {
		t.Errorf("stopped before the login: %v, %s", c.Change, c.Headline)
	}
	one := passiveFixture()
	e := *one.exam
	e.Sessions = append([]probe.Session(nil), e.Sessions...)
	for i := range e.Sessions {
		e.Sessions[i].Attempts = nil
	}
	c = Compare(one.report(), build(&e, nil))
	if c.Change != ChangeUnknown {
		t.Errorf("no mode tested: %v, %s", c.Change, c.Headline)
	}
	if text := compared(t, c, term.Style{}); !strings.Contains(text, "[ UNKNOWN ] No mode was tested by both checks") {
		t.Error(text)
	}
}

func TestCompareText(t *testing.T) {
	before, after := bothFixture(), passiveFixture()
	after.exam.Started = before.exam.Started.Add(6*time.Hour + 28*time.Minute)
	const want = `[ BETTER ] Passive mode works now; it got no answer before.
ftp.example.com port 21, from the same address

                before                     after
                4 May 07:12                4 May 13:40
  Login         ok                         ok                         same
  Passive       no answer (50112)          works (50112)              FIXED
  Active        blocked                    blocked                    same
  Result        neither mode works         use passive mode           BETTER
  Finding       F301 passive-port-filtered -                          gone
  Finding       -                          F408 client-behind-nat     new

Unchanged facts are hidden; add -v to list them.
`
	c := Compare(before.report(), after.report())
	if got := compared(t, c, term.Style{}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	verbose := compared(t, c, term.Style{Verbose: 1})
	for _, fact := range []string{"Software      vsFTPd 3.0.5", "F201 active-blocked", "Encryption"} {
		if !strings.Contains(verbose, fact) || strings.Contains(verbose, "hidden") {
			t.Errorf("-v does not list %q:\n%s", fact, verbose)
		}
	}
	for width := term.MinWidth; width <= term.MaxWidth; width++ {
		for _, line := range strings.Split(compared(t, c, term.Style{Width: width, Verbose: 1, Symbols: term.ASCII}), "\n") {
			if cells(line) > width || strings.TrimRight(line, " ") != line || toASCII(line) != line {
				t.Errorf("at width %d: %q", width, line)
			}
		}
	}
}

// A fact's name and its value never run into each other.
func TestCompareNamesAndValuesStandApart(t *testing.T) {
	examined(t, func(t *testing.T, _ *scenarios.Scenario, r *Report) {
		for _, row := range Compare(r, r).rows {
			if cells("  "+row.name) >= factColumn {
				t.Errorf("no blank behind %q in a column of %d", row.name, factColumn)
			}
		}
	})
}

func TestCompareDoubts(t *testing.T) {
	change := func(what func(e *probe.Examination)) *Report {
		f := passiveFixture()
		what(f.exam)
		return f.report()
	}
	plain := passiveFixture().report()
	for name, tt := range map[string]struct {
		after *Report
		want  string
	}{
		"server":  {change(func(e *probe.Examination) { e.Target.Host = "other.example" }), "Different servers: ftp.example.com port 21 and other.example port 21."},
		"port":    {change(func(e *probe.Examination) { e.Target.Port = 2121 }), "Different servers"},
		"user":    {change(func(e *probe.Examination) { e.Target.User = "maria" }), "Different users: anonymous and maria."},
		"folder":  {change(func(e *probe.Examination) { e.Target.Path = "/in" }), "Different folders: the one after login and /in."},
		"tls":     {change(func(e *probe.Examination) { e.Target.TLS = probe.TLSOff }), "Different settings of TLS: auto and off."},
		"methods": {change(func(e *probe.Examination) { e.Plan.Methods = []probe.Method{probe.PASV} }), "Different methods tried: all and PASV."},
		"deep":    {change(func(e *probe.Examination) { e.Plan.Deep = true }), "Different questions: the usual ones and --deep."},
		"other port": {change(func(e *probe.Examination) { e.Plan.OtherPort, e.Plan.Without = 2121, []string{"retry"} }),
			"Different questions: the usual ones and --other-port 2121 --experiments -retry."},
		"stopped": {change(func(e *probe.Examination) { e.Interrupted = true }), "The second check was stopped early."},
		"network": {named(t, eitherFixture().name), "Different networks: 192.168.1.50 and 203.0.113.40."},
		"same":    {change(func(e *probe.Examination) { e.Target.Host = "FTP.Example.com" }), ""},
	} {
		doubts := strings.Join(Compare(plain, tt.after).Doubts, "\n")
		if !strings.Contains(doubts, tt.want) || tt.want == "" && doubts != "" {
			t.Errorf("%s: %q, want %q", name, doubts, tt.want)
		}
		if text := compared(t, Compare(plain, tt.after), term.Style{}); tt.want != "" && !strings.Contains(text, "! The two checks are not alike") {
			t.Errorf("%s: not told:\n%s", name, text)
		}
	}
}
