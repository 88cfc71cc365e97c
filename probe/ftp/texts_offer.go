package ftp

// offerTexts are the refusals of PORT, EPRT, PASV and EPSV.
var offerTexts = []text{
	{EPSVAllInEffect, "5", "epsv all", "ProFTPD mod_core.c; pyftpdlib handlers/ftp/control.py; FreeBSD ftpcmd.y; measured"},

	{PRETNeeded, "5", "supporting pret", "DrFTPD DataConnectionHandler.java"},
	{PRETNeeded, "503", "issue pret", "known"},

	{PrivilegedPort, "501", "ports < 1024", "Pure-FTPd messages_en.h; measured"},
	{PrivilegedPort, "501", "privileged port", "pyftpdlib handlers/ftp/control.py"},
	{PrivilegedPort, "530", "port number has to be between", "Serv-U list of replies"},

	// ProFTPD keeps 501 for the form and 500 for the address; the others have
	// one text for the form, the address and the port.
	{SyntaxError, "501", "illegal port command", "ProFTPD mod_core.c; measured"},
	{SyntaxError, "501", "illegal eprt command", "ProFTPD mod_core.c"},
	{ForeignAddress, "50", "illegal port command", "vsftpd postlogin.c; ProFTPD mod_core.c; inetutils ftpcmd.y; wu-ftpd ftpcmd.y; measured"},
	{ForeignAddress, "50", "illegal eprt command", "vsftpd postlogin.c; ProFTPD mod_core.c; measured"},
	{ForeignAddress, "500", "illegal port range", "FreeBSD ftpcmd.y"},
	{ForeignAddress, "500", "won't open a connection to", "Pure-FTPd messages_en.h; measured"},
	{ForeignAddress, "501", "to foreign address", "pyftpdlib handlers/ftp/control.py; measured"},
	{ForeignAddress, "501 510", "^port ip is not same", "Apache FtpServer FtpStatus.properties"},
	{ForeignAddress, "501 510", "^eprt ip is not same", "Apache FtpServer FtpStatus.properties"},
	{ForeignAddress, "501", "configured security requirements", "ftpserverlib transfer_active.go"},
	{ForeignAddress, "421", "does not match control connection ip", "FileZilla Server 0.9 ControlSocket.cpp"},
	{ForeignAddress, "530", "only client ip address allowed for port", "Serv-U list of replies"},

	{ModeDisabled, "500", "unable to service port", "ProFTPD mod_core.c (RootRevoke)"},
	{ModeDisabled, "500", "unable to service eprt", "ProFTPD mod_core.c (RootRevoke)"},
	{ModeDisabled, "5", "^port: operation not permitted", "ProFTPD mod_core.c (Limit)"},
	{ModeDisabled, "5", "^eprt: operation not permitted", "ProFTPD mod_core.c (Limit)"},
	{ModeDisabled, "5", "^pasv: operation not permitted", "ProFTPD mod_core.c (Limit)"},
	{ModeDisabled, "5", "^epsv: operation not permitted", "ProFTPD mod_core.c (Limit)"},
	{ModeDisabled, "501 510", "^port is disabled", "Apache FtpServer FtpStatus.properties"},
	{ModeDisabled, "501 510", "^eprt is disabled", "Apache FtpServer FtpStatus.properties"},
	{ModeDisabled, "421", "port command is disabled", "ftpserverlib transfer_active.go"},
	{ModeDisabled, "5", "active mode is disabled", "Pure-FTPd messages_en.h; measured"},
	{ModeDisabled, "550", "passive mode not allowed", "Serv-U list of replies"},

	{FamilyNotSupported, "522", "network protocol", "RFC 2428 section 2; vsftpd, ProFTPD, inetutils, pyftpdlib; measured"},
	{FamilyNotSupported, "500", "bad eprt protocol", "vsftpd postlogin.c; measured"},
	{FamilyNotSupported, "522", "only ipv4", "Pure-FTPd messages_en.h; measured"},
	{FamilyNotSupported, "501", "unknown network protocol", "pyftpdlib handlers/ftp/control.py; ProFTPD mod_core.c"},
	{FamilyNotSupported, "425", "pasv on ipv6", "Pure-FTPd messages_en.h; measured"},
	{FamilyNotSupported, "425", "ipv6-conformant client", "Pure-FTPd messages_en.h"},
	{FamilyNotSupported, "500", "pasv is only for ipv4", "FileZilla Server 1.x session.cpp"},
	{FamilyNotSupported, "421", "invalid passive ip", "ftpserverlib transfer_pasv.go"},
	{FamilyNotSupported, "425", "passive connection: invalid argument", "inetutils ftpd.c; measured"},

	{PortsExhausted, "425", "all reserved tcp ports are busy", "Pure-FTPd messages_en.h"},
	{PortsExhausted, "425", "unable to open a passive connection", "Pure-FTPd messages_en.h"},
	{PortsExhausted, "425", "cannot prepare for data connection", "FileZilla Server 1.x session.cpp"},
	{PortsExhausted, "421", "could not listen for passive connection", "ftpserverlib transfer_pasv.go"},
	{PortsExhausted, "425", "can't open passive connection", "Apache FtpServer FtpStatus.properties; BSD ftpd.c"},
	{PortsExhausted, "421", "could not create socket", "FileZilla Server ControlSocket.cpp, session.cpp"},
	{PortsExhausted, "425", "too many pending pasv", "Serv-U list of replies"},
	{PortsExhausted, "425", "unable to set up passive listening", "Serv-U list of replies"},
}
