package probe

import (
	"net/netip"
	"testing"

	"ftpdiag/probe/ftp"
)

// TestClientCertificateDemanded: a server that asks for a certificate of ours is said to
// demand one where its alert says so, and likely where TLS ends after the question and
// nothing names another reason.
func TestClientCertificateDemanded(t *testing.T) {
	ended := func(c Cause) Stop { return Stop{Cause: c, Text: "x"} }
	for name, c := range map[string]struct {
		tls  TLSFacts
		sure Confidence // of the demand; unknown: none is seen
	}{
		"alert certificate_required": {TLSFacts{WantsOurs: true, Version: "TLS 1.3", Alert: "x", AlertCode: 116, Stop: ended(ByTLS)}, ConfidenceCertain},
		"alert handshake_failure":    {TLSFacts{WantsOurs: true, Alert: "x", AlertCode: 40, NoCommon: true, Stop: ended(ByTLS)}, ConfidenceLikely},
		"alert bad_certificate":      {TLSFacts{WantsOurs: true, Alert: "x", AlertCode: 42, Stop: ended(ByTLS)}, ConfidenceLikely},
		"hung up after it":           {TLSFacts{WantsOurs: true, Version: "TLS 1.3", Stop: ended(ByTLS)}, ConfidenceLikely},
		"hung up within it":          {TLSFacts{WantsOurs: true, Stop: ended(Reset)}, ConfidenceLikely},
		"no question":                {TLSFacts{Alert: "x", AlertCode: 40, NoCommon: true, Stop: ended(ByTLS)}, ConfidenceUnknown},
		"alert internal_error":       {TLSFacts{WantsOurs: true, Alert: "x", AlertCode: 80, Stop: ended(ByTLS)}, ConfidenceUnknown},
		"alert without a number":     {TLSFacts{WantsOurs: true, Alert: "x", Stop: ended(ByTLS)}, ConfidenceUnknown},
		"garbage":                    {TLSFacts{WantsOurs: true, Stop: ended(ByTLS)}, ConfidenceUnknown},
		"silence":                    {TLSFacts{WantsOurs: true, Stop: ended(Timeout)}, ConfidenceUnknown},
	} {
		server := netip.MustParseAddrPort("198.51.100.20:21")
		c.tls.Events = []int{1}
		e := &Examination{Sessions: []Session{{ID: 1, Purpose: ForPassive, Remote: server, Protection: ExplicitTLS, TLS: &c.tls,
			Auth: Exchange{Reply: ftp.Reply{Code: 234}}}}}
		f := Classify(e)[0]
		if demands := f.Party == PartyCredentials; f.Code != TLSHandshakeFailed || demands != (c.sure != ConfidenceUnknown) || demands && f.Confidence != c.sure {
			t.Errorf("%s: %v, %v, asks %v; the demand should be %v", name, f.Code, f.Confidence, f.Party, c.sure)
		}
		// And the ClientHello has passed, whatever reads the dialogue.
		e.Experiments = []Experiment{{Name: "malformed-port", Session: 1, Answer: Yes}}
		if f := Classify(e)[0]; c.tls.WantsOurs && f.Code == TLSBlockedByMiddlebox {
			t.Errorf("%s: %v", name, f.Code)
		}
		// Where the server let another connection in, it does not demand one.
		e.Sessions = append(e.Sessions, Session{ID: 2, Remote: server, Protection: ExplicitTLS,
			TLS:   &TLSFacts{WantsOurs: true, Version: "TLS 1.3", Certificate: CertFacts{Trusted: true, NameOK: true}},
			Login: []Exchange{{Reply: ftp.Reply{Code: 331}}}})
		for _, f := range Classify(e) {
			if f.Party == PartyCredentials {
				t.Errorf("%s: is called a demand beside a connection that had none to send", name)
			}
		}
	}
}
