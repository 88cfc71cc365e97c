package main

import "strings"

// otherScheme says why an address of another kind cannot be checked, and what
// to type if the same machine offers FTP. shown holds no password.
func otherScheme(scheme, shown string) error {
	host := hostIn(shown)
	switch scheme {
	case "http", "https":
		return complain(quote(shown)+" is a web address, not an FTP server",
			"If an FTP server has the same name, type: ftpdiag "+host)
	case "sftp", "ssh", "scp":
		return complain("SFTP is not FTP, so active and passive mode do not exist there",
			"SFTP runs over SSH, usually on port 22, in one connection. If the server",
			"also offers FTP, type: ftpdiag "+host)
	case "smb", "cifs":
		return complain(quote(shown)+" is a Windows file share, not an FTP server", addressForm)
	case "file":
		return complain(quote(shown)+" is a file, not an FTP server", addressForm)
	default:
		return complain(quote(shown)+" is not an FTP address", addressForm)
	}
}

// backslashes says what is wrong with a Windows path, or with an address typed
// with the wrong slash. Some shells swallow one of two backslashes.
func backslashes(shown string) error {
	switch {
	case strings.HasPrefix(shown, `\`):
		return complain(quote(shown)+" is a Windows file share, not an FTP server", addressForm)
	case len(shown) > 2 && shown[1] == ':' && shown[2] == '\\':
		return complain(quote(shown)+" is a file, not an FTP server", addressForm)
	default:
		return complain(quote(shown)+" is not an FTP address",
			"Did you mean "+clip(strings.ReplaceAll(shown, `\`, "/"))+"?")
	}
}

// hostIn picks the host out of a URL of any kind, for a suggestion. Without a
// plausible one it is the example's name.
func hostIn(shown string) string {
	_, rest, _ := strings.Cut(shown, "://")
	authority := rest
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		authority = rest[:i]
	}
	_, hostport, _ := cutLast(authority, "@")
	host, _, _ := strings.Cut(hostport, ":")
	if name, err := parseHost(host, host); err == nil {
		return clip(name)
	}
	return exampleServer
}

// exampleServer stands in messages where the person named no server
// (RFC 2606 keeps example.com for such uses).
const exampleServer = "ftp.example.com"
