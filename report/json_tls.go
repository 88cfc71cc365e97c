package report

import (
	"time"

	"ftpdiag/probe"
	"ftpdiag/probe/ftp"
)

// wireTLS is what TLS showed on one path: the handshake of the control connection,
// and what the data connections made of its session.
type wireTLS struct {
	Version     *string          `json:"version"`
	Cipher      *string          `json:"cipher"`
	HandshakeMS *int64           `json:"handshake_ms"`
	Stop        *string          `json:"stop"`
	Alert       *string          `json:"alert"`
	Certificate *wireCertificate `json:"certificate"`
	DataVersion *string          `json:"data_version"`
	Resumed     Tri              `json:"resumed"`
	// ClientCertificate: the server asked for one; null: the handshake did not come so far.
	ClientCertificate Tri `json:"client_certificate_requested"`
}

type wireCertificate struct {
	Subject   *string  `json:"subject"`
	Issuer    *string  `json:"issuer"`
	Names     []string `json:"names"`
	NotBefore *string  `json:"not_before"`
	NotAfter  *string  `json:"not_after"`
	Trusted   Tri      `json:"trusted"`
	NameOK    bool     `json:"name_ok"`
	Expired   bool     `json:"expired"`
	Problem   *string  `json:"problem"`
	Weak      *string  `json:"weak"`
}

// wireTLSOf tells of the TLS of a path's connections, of the best one first; nil
// if none of them came to a handshake.
func wireTLSOf(best *probe.Session, all []*probe.Session) *wireTLS {
	if best == nil || best.TLS == nil {
		for _, s := range all {
			if s.TLS != nil {
				best = s
				break
			}
		}
	}
	if best == nil || best.TLS == nil {
		return nil
	}
	t := best.TLS
	w := &wireTLS{
		Version: text(t.Version), Cipher: text(t.Cipher), HandshakeMS: millis(t.Took), Stop: text(t.Stop.Cause.String()),
		Alert: text(t.Alert), Certificate: wireCertificateOf(t),
	}
	if t.WantsOurs || t.Version != "" {
		w.ClientCertificate = triOf(t.WantsOurs)
	}
	for _, s := range all {
		for i := range s.Attempts {
			// The one that was told not to resume says nothing about the others.
			a := &s.Attempts[i]
			if a.TLSVersion == "" || a.Variant == probe.FreshTLS {
				continue
			}
			w.DataVersion = text(a.TLSVersion)
			if w.Resumed != True {
				w.Resumed = triOf(a.Resumed)
			}
		}
	}
	return w
}

func triOf(yes bool) Tri {
	if yes {
		return True
	}
	return False
}

// wireCertificateOf is nil where no handshake got as far as a certificate.
func wireCertificateOf(t *probe.TLSFacts) *wireCertificate {
	k := t.Certificate
	if t.Stop.Stopped() && k.Subject == "" {
		return nil
	}
	w := &wireCertificate{
		Subject: text(k.Subject), Issuer: text(k.Issuer), Names: []string{}, NotBefore: moment(k.NotBefore), NotAfter: moment(k.NotAfter),
		Trusted: triOf(k.Trusted), NameOK: k.NameOK, Expired: k.Expired, Problem: text(k.Problem), Weak: text(k.Weak),
	}
	if k.Unverified {
		w.Trusted = Unknown
	}
	for _, name := range k.Names {
		w.Names = append(w.Names, ftp.Clean(name))
	}
	return w
}

// moment is a time, or null for none.
func moment(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	return text(t.UTC().Format(time.RFC3339))
}
