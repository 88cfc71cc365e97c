//go:build linux

package lab

import (
	"fmt"
	"path/filepath"
	"strings"
)

// pureftpdCommand builds the command line of Pure-FTPd (pure-ftpd(8), 1.0.50), which has no configuration file. It cannot
// switch active mode off.
func pureftpdCommand(installation, folder string, s Setting) ([]string, error) {
	switch s.TLS {
	case SessionReuseRequired, DataTLSRequired, ImplicitTLS:
		return nil, ErrUnsupported
	case NoTLS, TLSOffered, TLSRequired:
	}
	if s.NoActive || s.Ident || s.OddReply != NoOddReply {
		return nil, ErrUnsupported
	}
	argv := []string{
		filepath.Join(installation, "usr/sbin/pure-ftpd"),
		"-S", fmt.Sprint(s.port()),
		"-A",                                   // everybody below their home
		"-L", fmt.Sprintf("%d:5", 2*hugeFiles), // lists up to so many files, 10 000 if not told
		"-l", "unix", // named users from /etc/passwd and /etc/shadow
		"-g", filepath.Join(folder, "pid"),
		"-p", fmt.Sprintf("%d:%d", firstPassivePort, lastPassivePort),
	}
	if !s.IPv6 {
		argv = append(argv, "-4") // IPv4 only
	}
	if !s.SlowNames {
		argv = append(argv, "-H") // no reverse look-ups
	}
	if s.ExternalAddress != "" {
		argv = append(argv, "-P", s.ExternalAddress)
	}
	if s.NoPassive {
		argv = append(argv, "-N") // "NAT mode: force active mode"
	}
	if s.OnePerAddress {
		argv = append(argv, "-C", "1")
	}
	if s.TLS != NoTLS {
		certificate, err := writeJoinedCertificate(folder)
		if err != nil {
			return nil, err
		}
		// 1 offers TLS, 2 refuses sessions in clear; 3 would also refuse data in clear.
		level := "1"
		if s.TLS == TLSRequired {
			level = "2"
		}
		argv = append(argv, "-Y", level, "-2", certificate)
	}
	return append(argv, strings.Fields(s.Lines)...), nil
}
