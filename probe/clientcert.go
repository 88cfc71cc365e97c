package probe

// Alerts that may be about a client's certificate, or about there being none.
const (
	alertFirstOfCertificates = 41  // no_certificate; then a bad, unsupported, revoked, expired
	alertCertificateUnknown  = 46  // and unknown one (RFC 5246 section 7.2.2)
	alertUnknownCA           = 48  // its issuer is not known
	alertAccessDenied        = 49  // it is valid, and not let in
	alertCertificateRequired = 116 // there is none (RFC 8446 section 6.2); sent for no other reason
)

// aboutCertificate tells whether an alert that came after the question for a client
// certificate may be the answer to none. Before TLS 1.3 that is handshake_failure
// (RFC 5246 section 7.4.6), which has many other reasons as well.
func aboutCertificate(alert uint8) bool {
	switch alert {
	case alertHandshakeFailure, alertUnknownCA, alertAccessDenied:
		return true
	default:
		return alert >= alertFirstOfCertificates && alert <= alertCertificateUnknown
	}
}

// demandsOurs tells whether the server ended TLS for want of a client certificate, and
// how sure that is. To be asked for one says little: vsftpd asks everybody, and lets
// those in who have none. Only one alert says it; any other end after the question may
// have another reason, unless an alert names that.
func (t *TLSFacts) demandsOurs() (sure Confidence, demands bool) {
	if t == nil || !t.Stop.Stopped() {
		return ConfidenceUnknown, false
	}
	switch {
	case t.AlertCode == alertCertificateRequired:
		return ConfidenceCertain, true
	case !t.WantsOurs:
		return ConfidenceUnknown, false
	case t.Alert != "":
		return ConfidenceLikely, aboutCertificate(t.AlertCode)
	}
	switch t.Stop.Cause {
	case Closed, Reset: // within the handshake, after the question
		return ConfidenceLikely, true
	case ByTLS: // after it, if it came to its end
		return ConfidenceLikely, t.Version != ""
	default: // silence, or we ourselves
		return ConfidenceUnknown, false
	}
}
