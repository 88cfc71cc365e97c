package report

import (
	"bytes"
	"strings"
	"testing"

	"ftpdiag/report/term"
)

// TestUnverifiedBlamesNobody: that this computer did not verify a certificate in time
// is no refusal of the server's, and no word about the certificate.
func TestUnverifiedBlamesNobody(t *testing.T) {
	r := unverifiedFixture().report()
	text := asText(t, r, term.Style{Width: 79})
	for _, never := range []string{"REFUSED", "not right", "Install", "not known"} {
		if strings.Contains(text, never) {
			t.Errorf("%q in\n%s", never, text)
		}
	}
	var file bytes.Buffer
	if err := r.WriteJSON(&file); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(file.String(), `"trusted": null`) {
		t.Error("the JSON knows whether it is trusted")
	}
}
