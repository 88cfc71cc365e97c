package report

import (
	"strings"
	"testing"

	"ftpdiag/report/term"
)

func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return lines[len(lines)-1]
}

// TestOffers: what is offered below the report must lead somewhere.
func TestOffers(t *testing.T) {
	fixture := passiveFixture()
	for _, tt := range []struct {
		context Context
		redact  bool
		want    string
	}{
		{Context{}, false, "More: ftpdiag -v ftp.example.com (the whole dialogue)"},
		{Context{Kept: true}, false, "More: ftpdiag show -v, ftpdiag ticket (text to send), ftpdiag explain F201"},
		{Context{Kept: true, Result: "3"}, false, "More: ftpdiag show 3 -v, ftpdiag ticket 3 (text to send), ftpdiag explain F201"},
		{Context{Demo: "all-good"}, false, "More: ftpdiag demo all-good -v (the whole dialogue), ftpdiag explain F201"},
		{Context{}, true, "More: ftpdiag explain F201"},
		{Context{Kept: true}, true, "More: ftpdiag show -v --redact, ftpdiag ticket --redact (text to send), ftpdiag explain F201"},
	} {
		r := fixture.report()
		if tt.redact {
			r = r.Redacted()
		}
		if got := lastLine(asText(t, r.WithContext(tt.context), term.Style{Width: 99})); got != tt.want {
			t.Errorf("%+v: %q, want %q", tt.context, got, tt.want)
		}
	}
	odd := fixture.report().WithContext(Context{Kept: true, Result: "my result.html"})
	if text := asText(t, odd, term.Style{}); !strings.Contains(text, "ftpdiag show 'my result.html' -v,") {
		t.Error(text)
	}
}

// TestDemoCommand: the practice server is gone when the person reads.
func TestDemoCommand(t *testing.T) {
	f := passiveFixture()
	f.exam.Interrupted = true
	text := asText(t, f.report().WithContext(Context{Demo: "all-good"}), term.Style{})
	if strings.Contains(text, "ftpdiag ftp.example.com") || !strings.Contains(text, "ftpdiag demo all-good") {
		t.Errorf("offers a server that is gone:\n%s", text)
	}
}

func TestMeant(t *testing.T) {
	text := asText(t, named(t, "name-missing").WithContext(Context{Meant: "ftp.example.net"}), term.Style{})
	if !strings.Contains(text, "Check the spelling: did you mean ftp.example.net?") {
		t.Error(text)
	}
	text = asText(t, named(t, "name-missing"), term.Style{})
	if strings.Contains(text, "mean") || !strings.Contains(text, "Check the spelling.") {
		t.Error(text)
	}
}
