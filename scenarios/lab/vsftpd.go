//go:build linux

package lab

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// vsftpdCommand writes vsftpd.conf (vsftpd.conf(5), 3.0.3).
func vsftpdCommand(installation, folder string, s Setting) ([]string, error) {
	if s.SlowNames || s.Ident || s.OddReply != NoOddReply {
		return nil, ErrUnsupported // reverse_lookup_enable names the host at login only
	}
	listen, listenBoth := "YES", "NO"
	if s.IPv6 {
		listen, listenBoth = "NO", "YES"
	}
	lines := []string{
		"listen=" + listen, "listen_ipv6=" + listenBoth, "background=NO", fmt.Sprintf("listen_port=%d", s.port()),
		"anonymous_enable=YES", "local_enable=YES", "ftp_username=ftp",
		"pam_service_name=vsftpd", "secure_chroot_dir=/run/vsftpd/empty",
		"connect_from_port_20=YES", // as in the configuration that Debian ships
		// Its filter of system calls dates from 2015 and kills sessions on newer kernels.
		"seccomp_sandbox=NO",
		// Changes nothing on the wire, and a network namespace for every session is the kernel's most expensive work here.
		"isolate_network=NO",
		"xferlog_enable=NO",
		fmt.Sprintf("pasv_min_port=%d", firstPassivePort), fmt.Sprintf("pasv_max_port=%d", lastPassivePort),
	}
	if s.NoPassive {
		lines = append(lines, "pasv_enable=NO")
	}
	if s.NoActive {
		lines = append(lines, "port_enable=NO")
	}
	if s.OnePerAddress {
		lines = append(lines, "max_per_ip=1")
	}
	if s.ExternalAddress != "" {
		lines = append(lines, "pasv_address="+s.ExternalAddress)
	}
	if s.TLS != NoTLS {
		certificate, key, err := writeCertificate(folder)
		if err != nil {
			return nil, err
		}
		reuse, logins, data, implicit := "NO", "YES", "YES", "NO"
		switch s.TLS {
		case SessionReuseRequired:
			reuse = "YES"
		case TLSOffered:
			logins, data = "NO", "NO"
		case DataTLSRequired:
			logins = "NO"
		case ImplicitTLS:
			implicit = "YES"
		case NoTLS, TLSRequired: // as above
		}
		lines = append(lines,
			"ssl_enable=YES", "rsa_cert_file="+certificate, "rsa_private_key_file="+key, "ssl_ciphers=HIGH",
			"allow_anon_ssl=YES", "force_anon_logins_ssl="+logins, "force_anon_data_ssl="+data,
			"force_local_logins_ssl="+logins, "force_local_data_ssl="+data, "require_ssl_reuse="+reuse, "implicit_ssl="+implicit)
	}
	if s.Lines != "" {
		lines = append(lines, s.Lines)
	}
	file := filepath.Join(folder, "vsftpd.conf")
	if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		return nil, err
	}
	return []string{filepath.Join(installation, "usr/sbin/vsftpd"), file}, nil
}
