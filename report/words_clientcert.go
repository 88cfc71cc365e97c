package report

import (
	"strings"

	"ftpdiag/probe"
)

// wantsCertificate: TLS ended because the server demands a certificate of the client's,
// which whoever runs the server gives out, as he does accounts.
var wantsCertificate = byParty(probe.PartyCredentials)

// wantsCertificateToo: and without TLS the login went well.
func wantsCertificateToo(c *story, f probe.Finding) bool {
	return wantsCertificate(c, f) && c.loggedIn()
}

// clientCertWords are what is said then, surely or as the likely reason. Servers that
// ask for a certificate and go on without one are many, and not spoken of.
var clientCertWords = wording{
	title:   "A client certificate is missing.",
	seen:    "The server asked for a certificate of the client's. There is none to send, and TLS ended[: {alert}].",
	means:   "It {likely}lets in nobody without one.",
	head:    "The server {likely}demands a client certificate. Modes not tested yet.",
	user:    "Ask the server admin for a client certificate, or to be let in without one. WinSCP, lftp and curl can send one.",
	network: noText,
	server:  "Create a client certificate for this user, or let users in without one ({certsetting}).",
}

// clientCertSettings name the setting by which each server program demands one (their
// manuals and example files).
var clientCertSettings = []struct{ software, setting string }{
	{"vsftpd", "require_cert"},
	{"ProFTPD", "TLSVerifyClient"},
	{"Pure-FTPd", "-C: in TLSCipherSuite"},
	{"Microsoft FTP Service", "clientCertificatePolicy"},
}

// clientCertSetting is that of the server's own program, or of the usual ones.
func clientCertSetting(c *story, f probe.Finding) string {
	name := strings.ToLower(softwareOf(c.session(f)))
	for _, row := range clientCertSettings {
		if name != "" && strings.HasPrefix(name, strings.ToLower(row.software)) {
			return row.software + ": " + row.setting
		}
	}
	return "vsftpd: require_cert, ProFTPD: TLSVerifyClient"
}
