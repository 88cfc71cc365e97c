package ftp

// dataTexts are the answers about data connections, their protection, and what
// they carry.
var dataTexts = []text{
	{NoDataConnection, "425", "use port or pasv first", "vsftpd postlogin.c; measured"},
	{NoDataConnection, "425", "use port/pasv first", "BusyBox ftpd.c"},
	{NoDataConnection, "425", "^no data connection", "Pure-FTPd messages_en.h; measured"},
	{NoDataConnection, "503", "port or pasv must be issued first", "Apache FtpServer FtpStatus.properties"},
	{NoDataConnection, "500", "no port specified", "wu-ftpd ftpd.c"},

	{DataPeerRejected, "425", "bad ip connecting", "vsftpd ftpdataio.c; measured"},
	{DataPeerRejected, "425", "from foreign address", "pyftpdlib handlers/ftp/data.py"},
	{DataPeerRejected, "425", "control and data connection do not match", "FileZilla Server 0.9 TransferSocket.cpp"},
	{DataPeerRejected, "425", "invalid argument passed", "FileZilla Server 1.x server.cpp; libfilezilla socket.cpp, with EINVAL before it or without"},
	{DataPeerRejected, "425", "pasv port theft", "wu-ftpd ftpd.c"},
	{DataPeerRejected, "425", "security requirements not met", "ftpserverlib transfer_pasv.go"},
	{DataPeerRejected, "530", "allowed to connect to pasv socket", "Serv-U list of replies"},
	{DataPeerRejected, "435", "", "OpenBSD and NetBSD ftpd.c"},

	{ReuseRequired, "4 522", "session reuse required", "vsftpd ftpdataio.c; measured"},
	{ReuseRequired, "425 450", "tls session of data connection", "FileZilla Server 0.9 TransferSocket.cpp and 1.x server.cpp"},
	{ProtectionRequired, "522", "data connections must be encrypted", "vsftpd postlogin.c; measured"},
	{ProtectionRequired, "522 550", "required on the data channel", "ProFTPD mod_tls.c; pyftpdlib handlers/ftps/control.py"},
	{ProtectionRequired, "425", "prot c is not allowed", "FileZilla Server 1.x session.cpp"},
	{ProtectionRequired, "521 536", "", "RFC 2228 section 5.1, RFC 4217 section 10; Pure-FTPd, FileZilla Server 0.9, Serv-U"},
	{DataTLSFailed, "522", "ssl connection failed", "vsftpd ftpdataio.c"},
	{DataTLSFailed, "522", "ssl handshake failed", "pyftpdlib handlers/ftps/data.py"},
	{DataTLSFailed, "522", "refuses to initiate secure data", "Serv-U list of replies"},

	// The texts of errno: strerror of the C libraries, of Windows and of
	// libfilezilla. ProFTPD, Pure-FTPd, inetutils, BSD, ftpserverlib and
	// FileZilla Server 1.x put them behind "...data connection...:".
	{DataConnectionFailed, "425", "failed to accept passive", "ftpserverlib transfer_pasv.go"},
	{ConnectRefused, "425 426", "connection refused", "strerror(ECONNREFUSED); measured"},
	{ConnectRefused, "425 426", "actively refused", "Windows, WSAECONNREFUSED"},
	{NoRoute, "425 426", "no route to host", "strerror(EHOSTUNREACH), Linux and macOS; measured"},
	{NetworkUnreachable, "425 426", "network is unreachable", "strerror(ENETUNREACH)"},
	{NetworkUnreachable, "425 426", "network unreachable", "libfilezilla socket.cpp"},
	{HostUnreachable, "425 426", "host is unreachable", "strerror(EHOSTUNREACH), musl"},
	{HostUnreachable, "425 426", "host unreachable", "libfilezilla socket.cpp"},
	{AddressInUse, "425 426", "address already in use", "strerror(EADDRINUSE)"},
	{AddressInUse, "425 426", "address in use", "libfilezilla socket.cpp"},
	{CannotAssign, "425 426", "assign requested address", "strerror(EADDRNOTAVAIL), Linux and BSD"},
	{LocalPermission, "425 426", "operation not permitted", "strerror(EPERM); measured"},
	{LocalPermission, "425 426", "permission denied", "strerror(EACCES); libfilezilla socket.cpp"},
	{ConnectTimedOut, "425", "timed out", "strerror(ETIMEDOUT); measured"},
	{ConnectTimedOut, "425", "i/o timeout", "ftpserverlib transfer_active.go"},

	{FolderUnreadable, "226", "failed to open directory", "vsftpd postlogin.c; measured"},
	{FolderUnreadable, "226", "we were unable to read", "Pure-FTPd messages_en.h; measured"},
	{NoSuchFile, "450 501 550", "no such file", "strerror(ENOENT); Serv-U list of replies"},
	{NoSuchFile, "450 501 550", "no such directory", "pyftpdlib handlers/ftp/control.py"},
	{NoSuchFile, "450 550", "no files found", "ProFTPD mod_ls.c; Serv-U list of replies"},
	{NoSuchFile, "450", "non-existing file", "Apache FtpServer FtpStatus.properties"},
	{NoSuchFile, "550", "doesn't exist", "Pure-FTPd messages_en.h"},
	{NoSuchFile, "550", "does not exist", "known"},
	{NoSuchFile, "550", "cannot find the", "IIS, seen"},
	{NoSuchFile, "550", "not found", "known"},
	{NoSuchFile, "550", "failed to change directory", "vsftpd postlogin.c"},
	{PermissionDenied, "450 501 55", "permission denied", "strerror(EACCES); vsftpd postlogin.c; measured"},
	{PermissionDenied, "450 55", "operation not permitted", "strerror(EPERM); ProFTPD"},
	{PermissionDenied, "550", "not enough privileges", "pyftpdlib handlers/ftp/control.py"},
	{PermissionDenied, "550", "access is denied", "IIS, known"},
	{PermissionDenied, "55", "prohibited", "Pure-FTPd messages_en.h"},
}

// codeTexts decide by the code alone, or nearly, where no text was known.
var codeTexts = []text{
	{ArgumentRefused, "501", "cannot accept argument", "IIS, seen in answer to PORT with a foreign address"},
	{SyntaxError, "500", "': syntax error", "inetutils ftpcmd.y"},
	{SyntaxError, "500", "bad eprt command", "vsftpd postlogin.c"},
	{SyntaxError, "501", "", "RFC 959 section 4.2.1"},
	{NotUnderstood, "500 502 504", "", "RFC 959 section 4.2.1"},
	{NotAvailable, "421", "", "RFC 959 section 4.2.1"},
	{DataConnectionFailed, "425", "", "RFC 959 section 4.2.1"},
	{TransferAborted, "426", "", "RFC 959 section 4.2.1"},
	{LocalError, "451 452 551 552", "", "RFC 959 section 4.2.1"},
}
