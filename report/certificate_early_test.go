package report

import (
	"strings"
	"testing"
	"time"

	"ftpdiag/report/term"
)

// TestCertificateOfTomorrow: a certificate that is not valid yet has not expired; the
// clock of this computer may be wrong.
func TestCertificateOfTomorrow(t *testing.T) {
	f := certificateFixture()
	k := &f.exam.Sessions[0].TLS.Certificate
	k.Expired, k.NotBefore = true, f.exam.Started.Add(24*time.Hour)
	text := asText(t, f.report(), term.Style{Width: 79})
	if strings.Contains(text, "expired on") || !strings.Contains(text, "not valid yet") || !strings.Contains(text, "date and time of this computer") {
		t.Errorf("a certificate of tomorrow:\n%s", text)
	}
}
