//go:build linux

package lab

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// proftpdCommand writes proftpd.conf (the Directive List of ProFTPD 1.3.8).
func proftpdCommand(installation, folder string, s Setting) ([]string, error) {
	if s.OddReply != NoOddReply {
		return nil, ErrUnsupported
	}
	onOff := map[bool]string{true: "on", false: "off"}
	lines := []string{
		"ServerName lab", "ServerType standalone", "DefaultServer on", fmt.Sprintf("Port %d", s.port()), "UseIPv6 " + onOff[s.IPv6],
		"User nobody", "Group nogroup",
		"AuthPAM off", "RequireValidShell off", "UseReverseDNS " + onOff[s.SlowNames],
		"PidFile " + filepath.Join(folder, "pid"), "ScoreboardFile " + filepath.Join(folder, "scoreboard"),
		"SystemLog " + filepath.Join(folder, "log"), "TransferLog none", "WtmpLog off",
		// Delays answers so that user names cannot be told apart by time; needs a table it would keep in /var.
		"DelayEngine off",
		fmt.Sprintf("PassivePorts %d %d", firstPassivePort, lastPassivePort),
		"<Anonymous ~ftp>", " User ftp", " Group ftp", " UserAlias anonymous ftp", " RequireValidShell off", "</Anonymous>",
	}
	if s.NoPassive {
		lines = append(lines, "<Limit PASV EPSV>", " DenyAll", "</Limit>")
	}
	if s.NoActive {
		lines = append(lines, "<Limit PORT EPRT>", " DenyAll", "</Limit>")
	}
	if s.OnePerAddress {
		lines = append(lines, "MaxClientsPerHost 1")
	}
	if s.ExternalAddress != "" {
		lines = append(lines, "MasqueradeAddress "+s.ExternalAddress)
	}
	if s.TLS != NoTLS || s.Ident {
		lines = append(lines, "ModulePath "+filepath.Join(installation, "usr/lib/proftpd"))
	}
	if s.Ident {
		lines = append(lines, "LoadModule mod_ident.c", "IdentLookups on")
	}
	if s.TLS != NoTLS {
		certificate, key, err := writeCertificate(folder)
		if err != nil {
			return nil, err
		}
		// Without any TLSOptions ProFTPD requires session reuse.
		options, required := "TLSOptions NoSessionReuseRequired", "on"
		switch s.TLS {
		case SessionReuseRequired:
			options = ""
		case TLSOffered:
			required = "off"
		case DataTLSRequired:
			required = "data"
		case ImplicitTLS:
			options += " UseImplicitSSL"
		case NoTLS, TLSRequired: // as above
		}
		lines = append(lines,
			"LoadModule mod_tls.c",
			"TLSEngine on", "TLSRequired "+required, "TLSRSACertificateFile "+certificate, "TLSRSACertificateKeyFile "+key, options)
	}
	if s.Lines != "" {
		lines = append(lines, s.Lines)
	}
	file := filepath.Join(folder, "proftpd.conf")
	if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		return nil, err
	}
	return []string{filepath.Join(installation, "usr/sbin/proftpd"), "--nodaemon", "--quiet", "--config", file}, nil
}
