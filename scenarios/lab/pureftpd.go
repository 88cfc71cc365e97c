//go:build linux

package lab

import (
	"fmt"
	"path/filepath"
)

// pureftpdCommand builds the command line of Pure-FTPd (pure-ftpd(8), 1.0.50), which has no configuration file. It cannot
// switch active mode off.
func pureftpdCommand(installation, folder string, s Setting) ([]string, error) {
	if s.NoActive {
		return nil, ErrUnsupported
	}
	if s.TLS == SessionReuseRequired {
		return nil, ErrUnsupported
	}
	argv := []string{
		filepath.Join(installation, "usr/sbin/pure-ftpd"),
		"-4",         // IPv4 only
		"-H",         // no reverse look-ups
		"-A",         // everybody below their home
		"-l", "unix", // named users from /etc/passwd and /etc/shadow
		"-g", filepath.Join(folder, "pid"),
		"-p", fmt.Sprintf("%d:%d", firstPassivePort, lastPassivePort),
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
	return argv, nil
}
