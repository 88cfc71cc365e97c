package report

import (
	"bytes"
	"strings"
	"testing"

	"ftpdiag/report/term"
	"ftpdiag/scenarios"
)

// What works only sometimes, and what is only likely, is never shown like what
// works and what is certain: not by a colour, a sign or a word, in any form.
func TestSometimesIsNotShownAsWorking(t *testing.T) {
	examined(t, func(t *testing.T, s *scenarios.Scenario, r *Report) {
		if s.Name != "passive-range-partly-open-active-blocked" {
			return
		}
		form := func(f Format, st term.Style) string {
			var b bytes.Buffer
			if err := r.Write(&b, f, st); err != nil {
				t.Fatal(err)
			}
			return b.String()
		}
		for name, c := range map[string]struct{ text, want string }{
			"list":    {asText(t, r, term.Style{Width: 44}), "! Passive "},
			"picture": {asText(t, r, term.Style{Width: 79, Color: true}), term.NewPainter(&bytes.Buffer{}, true).Paint(term.CautionFill, wordSometimes)},
			"page":    {form(FormatHTML, term.Style{}), `<text class="word caution" `},
			"answer":  {form(FormatHTML, term.Style{}), "<strong>Yes, likely</strong></p>"},
			"plain":   {form(FormatPlain, term.Style{}), "passive mode required: yes, likely\n"},
		} {
			if !strings.Contains(c.text, c.want) {
				t.Errorf("%s: %q is missing in\n%s", name, c.want, c.text)
			}
		}
		var line bytes.Buffer
		if err := r.WriteLine(&line); err != nil || line.String() != "ftp.example.com: unreliable (passive mode required: yes, likely)\n" {
			t.Errorf("%q, %v", line.String(), err)
		}
		// The reply of the listing that arrived says nothing about the failure.
		if tap := form(FormatTAP, term.Style{}); strings.Contains(tap, "226 Directory send OK.") {
			t.Errorf("a success as the reason of a failure:\n%s", tap)
		}
	})
}
