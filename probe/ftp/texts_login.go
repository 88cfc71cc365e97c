package ftp

// loginTexts are the answers to USER, PASS and ACCT, and to commands that come
// before them.
var loginTexts = []text{
	{AnonymousOnly, "530", "is anonymous only", "vsftpd prelogin.c"},
	{AnonymousOnly, "5", "only anonymous ftp", "inetutils ftpd.c; Pure-FTPd messages_en.h; OpenBSD ftp-proxy.c"},
	{AnonymousForbidden, "530", "no anonymous login", "Pure-FTPd messages_en.h"},
	{AnonymousForbidden, "530", "no anonymous access", "Serv-U list of replies"},
	{AnonymousForbidden, "530", "anonymous access not allowed", "pyftpdlib authorizers.py"},
	{AnonymousForbidden, "530", "anonymous connection is not allowed", "Apache FtpServer FtpStatus.properties"},

	{HomeUnusable, "530", "home directory inaccessible", "IIS, seen"},
	{HomeUnusable, "530", "home directory lookup failed", "IIS, Microsoft's documentation"},
	{HomeUnusable, "530", "can't change directory", "BSD ftpd.c"},
	{HomeUnusable, "530", "cannot find home directory", "Serv-U list of replies"},
	{HomeUnusable, "530", "home directory does not exist", "Serv-U list of replies"},
	{HomeUnusable, "421", "home directory not available", "Pure-FTPd messages_en.h"},
	{HomeUnusable, "421 5", "does not exist or is unreachable", "Pure-FTPd messages_en.h"},
	{HomeUnusable, "421", "unable to set up a secure chroot", "Pure-FTPd messages_en.h"},
	{HomeUnusable, "421", "unable to set up secure anonymous ftp", "Pure-FTPd messages_en.h"},

	{PolicyRefused, "530", "^permission denied", "vsftpd prelogin.c (userlist)"},
	{PolicyRefused, "530", "valid hostname is expected", "IIS, seen"},
	{PolicyRefused, "504", "unknown hostname", "ProFTPD mod_core.c (HOST, RFC 7151)"},
	{PolicyRefused, "530", "disabled", "FileZilla Server 0.9 ControlSocket.cpp; Pure-FTPd messages_en.h"},
	{PolicyRefused, "530", "is not allowed to login", "pyftpdlib authorizers.py"},
	{PolicyRefused, "530", "access denied", "BSD and inetutils ftpd.c"},
	{PolicyRefused, "530", "use real e-mail address", "Serv-U list of replies"},
	{AccountNeeded, "332 532", "", "RFC 959 section 4.2.1"},

	{BadCredentials, "530 501", "login incorrect", "vsftpd prelogin.c; ProFTPD mod_auth.c; BSD ftpd.c; measured"},
	{BadCredentials, "530", "authentication failed", "Pure-FTPd messages_en.h; pyftpdlib authorizers.py; Apache FtpServer"},
	{BadCredentials, "530", "password incorrect", "FileZilla Server 0.9 ControlSocket.cpp"},
	{BadCredentials, "530", "incorrect password", "goftp/server cmd.go"},
	{BadCredentials, "421", "too many authentication failures", "Pure-FTPd messages_en.h"},

	{NotLoggedIn, "530 501", "login with user and pass", "vsftpd prelogin.c; ProFTPD mod_auth.c; measured"},
	{NotLoggedIn, "530", "log in with user and pass", "pyftpdlib handlers/ftp/control.py; FileZilla Server 0.9"},
	{NotLoggedIn, "503", "login with user first", "vsftpd prelogin.c; ProFTPD mod_auth.c"},
	{NotLoggedIn, "530", "you aren't logged in", "Pure-FTPd messages_en.h; measured"},
	{NotLoggedIn, "530", "^not logged in", "RFC 959 section 4.2.1; Serv-U list of replies"},
}
