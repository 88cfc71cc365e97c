package ftp

// whollyKnown are the programs all of whose refusals are in the table below: their
// source was read, and neither their settings nor the extensions that come with
// them have others. Left out are those that answer as whoever builds on them likes
// (pyftpdlib, ftpserverlib, Apache FtpServer), those whose source nobody sees (IIS,
// Serv-U), and the BSD line, in which every system has its own.
var whollyKnown = []string{"vsFTPd", "ProFTPD", "Pure-FTPd", "FileZilla Server 1."}

// refusalWords are the refusals of PORT, EPRT, PASV and EPSV, and of commands that are
// unknown, forbidden, or come before the login.
var refusalWords = []wording{
	// vsftpd: what a command that is forbidden (cmds_denied, port_enable) and one
	// that does not exist get is the same for all.
	{"vsFTPd", "500", "illegal port command", "vsftpd postlogin.c; measured"},
	{"vsFTPd", "500", "illegal eprt command", "vsftpd postlogin.c; measured"},
	{"vsFTPd", "500", "bad eprt command", "vsftpd postlogin.c"},
	{"vsFTPd", "500", "bad eprt protocol", "vsftpd postlogin.c; measured"},
	{"vsFTPd", "500", "unknown command", "vsftpd postlogin.c"},
	{"vsFTPd", "500", "input line too long", "vsftpd ftpcmdio.c"},
	{"vsFTPd", "500", "oops: *", "vsftpd utility.c; measured"},
	{"vsFTPd", "522", "bad network protocol", "vsftpd postlogin.c"},
	{"vsFTPd", "530", "please login with user and pass", "vsftpd prelogin.c; measured"},
	{"vsFTPd", "", "permission denied", "vsftpd postlogin.c; measured; elsewhere strerror(EACCES)"},

	// ProFTPD: behind the colon is an errno text, in the server's language.
	{"ProFTPD", "5", "illegal port command*", "ProFTPD mod_core.c; measured"},
	{"ProFTPD", "5", "illegal eprt command*", "ProFTPD mod_core.c; measured"},
	{"ProFTPD", "5", "illegal pasv command*", "ProFTPD mod_core.c; measured"},
	{"ProFTPD", "5", "port: *", "ProFTPD mod_core.c (Limit)"},
	{"ProFTPD", "5", "eprt: *", "ProFTPD mod_core.c (Limit)"},
	{"ProFTPD", "5", "pasv: *", "ProFTPD mod_core.c (Limit)"},
	{"ProFTPD", "5", "epsv: *", "ProFTPD mod_core.c (Limit)"},
	{"ProFTPD", "", "*: forbidden command*", "ProFTPD mod_core.c (DenyFilter)"},
	{"ProFTPD", "500", "unable to service port commands", "ProFTPD mod_core.c (RootRevoke)"},
	{"ProFTPD", "500", "unable to service eprt commands", "ProFTPD mod_core.c (RootRevoke)"},
	{"ProFTPD", "500", "~ not understood", "ProFTPD main.c"},
	{"ProFTPD", "", "invalid command*", "ProFTPD main.c"},
	{"ProFTPD", "", "~ command not implemented", "ProFTPD mod_auth.c, mod_xfer.c, of ACCT, REIN and SMNT"},
	{"ProFTPD", "", "* not implemented for * parameter", "ProFTPD mod_xfer.c"},
	{"ProFTPD", "522", "network protocol not supported*", "ProFTPD mod_core.c; measured"},
	{"ProFTPD", "530", "please login with user and pass", "ProFTPD mod_core.c; measured"},
	{"ProFTPD", "", "access denied", "ProFTPD mod_wrap.c"},
	{"ProFTPD", "550", "*required on the control channel", "ProFTPD mod_tls.c"},

	// Pure-FTPd, built for English: built for another language it has none of the
	// words below that are its own.
	{"Pure-FTPd", "500", "unknown command", "Pure-FTPd messages_en.h; measured"},
	{"Pure-FTPd", "500", "i won't open a connection to * (only to *)", "Pure-FTPd messages_en.h; measured"},
	{"Pure-FTPd", "500", "this security scheme is not implemented", "Pure-FTPd messages_en.h"},
	{"Pure-FTPd", "501", "syntax error in ip address", "Pure-FTPd messages_en.h; measured"},
	{"Pure-FTPd", "501", "sorry, but i won't connect to ports < 1024", "Pure-FTPd messages_en.h; measured"},
	{"Pure-FTPd", "501", "sorry, invalid address given", "Pure-FTPd messages_en.h"},
	{"Pure-FTPd", "", "missing argument", "Pure-FTPd messages_en.h"},
	{"Pure-FTPd", "501 520", "active mode is disabled", "Pure-FTPd ftpd.c; measured"},
	{"Pure-FTPd", "520", "unable to open a passive connection", "Pure-FTPd ftpd.c"},
	{"Pure-FTPd", "521", "data connection cannot be opened with this prot setting", "Pure-FTPd ftp_parser.c"},
	{"Pure-FTPd", "522", "only ipv4*", "Pure-FTPd messages_en.h; measured"},
	{"Pure-FTPd", "530", "you aren't logged in", "Pure-FTPd messages_en.h; measured"},

	{"FileZilla Server 1.", "500", "illegal port command*", "FileZilla Server 1.x commander.cpp"},
	{"FileZilla Server 1.", "500", "illegal eprt command*", "FileZilla Server 1.x commander.cpp"},
	{"FileZilla Server 1.", "500", "illegal pasv command*", "FileZilla Server 1.x commander.cpp"},
	{"FileZilla Server 1.", "500", "you are connected using ipv6*", "FileZilla Server 1.x commander.cpp"},
	{"FileZilla Server 1.", "500", "wrong command", "FileZilla Server 1.x commander.cpp"},
	{"FileZilla Server 1.", "500", "syntax error, command line not recognized", "FileZilla Server 1.x commander.cpp"},
	{"FileZilla Server 1.", "", "missing required argument", "FileZilla Server 1.x commander.cpp"},
	{"FileZilla Server 1.", "501", "what are you trying to do? go away", "FileZilla Server 1.x commander.cpp"},
	{"FileZilla Server 1.", "502", "command * not implemented for this authentication type", "FileZilla Server 1.x commander.cpp"},
	{"FileZilla Server 1.", "503", "use auth first", "FileZilla Server 1.x commander.cpp"},
	{"FileZilla Server 1.", "503", "spurious data after * command", "FileZilla Server 1.x commander.cpp"},
	{"FileZilla Server 1.", "504", "command not implemented for that parameter", "FileZilla Server 1.x commander.cpp"},
	{"FileZilla Server 1.", "522", "network protocol not supported*", "FileZilla Server 1.x commander.cpp"},
	{"FileZilla Server 1.", "530", "please log in with user and pass first", "FileZilla Server 1.x commander.cpp"},

	// Programs and a standard of which not every refusal is known.
	{"RFC 959", "500", "syntax error, command unrecognized", "RFC 959 section 4.2.1; FileZilla Server 0.9"},
	{"RFC 959", "501", "syntax error in parameters or arguments", "RFC 959 section 4.2.1"},
	{"RFC 959", "502", "command not implemented", "RFC 959 section 4.2.1"},
	{"RFC 959", "504", "command not implemented for that parameter", "RFC 959 section 4.2.1"},
	{"pyftpdlib", "500", `command "*" not understood`, "pyftpdlib handlers/ftp/control.py"},
	{"GNU inetutils", "500", "'*': command not understood", "inetutils ftpcmd.y; the BSDs'"},
	{"Microsoft FTP Service", "500", "command not understood", "IIS, known"},
	{"Microsoft FTP Service", "501", "server cannot accept argument", "IIS, seen"},
	{"Apache FtpServer", "502", "command * not implemented", "Apache FtpServer FtpStatus.properties"},
	{"Apache FtpServer", "501 510", "port is disabled", "Apache FtpServer FtpStatus.properties"},
	{"Apache FtpServer", "501 510", "eprt is disabled", "Apache FtpServer FtpStatus.properties"},
	{"Apache mod_ftp", "502", "port command not allowed on this server", "mod_ftp ftp_commands.c"},

	// Devices on the way that answer in the server's place.
	{"frox", "500", "bad port command", "frox ftp-cmds.c"},
	{"frox", "500", "bad passive command from server", "frox ftp-cmds.c"},
	{"frox", "502", "command not implemented", "frox control.c, of every command that it does not know (EPRT, EPSV)"},
	{"Zorp", "500", "error parsing command", "Zorp ftpmsg.c, of every command that a rule refuses"},
	{"Zorp", "500", "error processing port command", "Zorp ftpmsg.c"},
	{"Zorp", "500", "error parsing port parameters", "Zorp ftpmsg.c"},
	{"Zorp", "500", "error parsing eprt parameters", "Zorp ftpmsg.c"},
	{"Zorp", "500", "command is not allowed at this time", "Zorp ftpmsg.c"},
	{"Zorp", "500", "command not recognized", "Zorp ftpmsg.c"},
	{"Squid", "501", "prohibited parameter value", "Squid FtpServer.cc"},
	{"Squid", "502", "server does not support pasv (converted from *)", "Squid FtpServer.cc"},
	{"ftp.proxy", "500", "not accepted", "ftp.proxy ftp.c"},
	{"SuSE ftp-proxy", "500", "'*': command unrecognized", "proxy-suite ftp-client.c, of every command that it does not know (EPRT, EPSV)"},
	{"SuSE ftp-proxy", "501", "port address does not match originator", "proxy-suite ftp-cmds.c"},
	{"SuSE ftp-proxy", "502", "'*': command not implemented", "proxy-suite ftp-client.c (ValidCommands)"},
	{"Clavister", "500", "port command not allowed", "D-Link and Clavister log reference: of a firewall"},
	{"Clavister", "500", "eprt command not allowed", "after the one for PORT"},
}

// ownWords are what the programs above say while all is well.
var ownWords = []wording{
	{"vsFTPd", "331", "please specify the password", "vsftpd prelogin.c; measured"},
	{"vsFTPd", "230", "login successful", "vsftpd postlogin.c; measured"},
	{"vsFTPd", "250", "directory successfully changed", "vsftpd postlogin.c; measured"},
	{"vsFTPd", "150", "here comes the directory listing", "vsftpd postlogin.c; measured"},
	{"vsFTPd", "226", "directory send ok", "vsftpd postlogin.c; measured"},
	{"vsFTPd", "200", "* command successful. consider using *", "vsftpd postlogin.c; measured"},

	{"ProFTPD", "331", "password required for *", "ProFTPD mod_auth.c; measured"},
	{"ProFTPD", "331", "anonymous login ok, send your complete email address as your password", "ProFTPD mod_auth.c; measured"},
	{"ProFTPD", "230", "user * logged in", "ProFTPD mod_auth.c; measured"},
	{"ProFTPD", "230", "anonymous access granted, restrictions apply", "ProFTPD mod_auth.c; measured"},
	{"ProFTPD", "150", "opening * mode data connection for file list", "ProFTPD mod_xfer.c, mod_ls.c; measured"},
	{"ProFTPD", "226", "transfer complete", "ProFTPD data.c; measured"},
	{"ProFTPD", "250", "cwd command successful", "ProFTPD mod_core.c; measured"},

	{"Pure-FTPd", "331", "user * ok. password required", "Pure-FTPd messages_en.h; measured"},
	{"Pure-FTPd", "230", "ok. current * is *", "Pure-FTPd messages_en.h; measured"},
	{"Pure-FTPd", "230", "anonymous user logged in*", "Pure-FTPd messages_en.h; measured"},
	{"Pure-FTPd", "250", "ok. current * is *", "Pure-FTPd messages_en.h; measured"},
	{"Pure-FTPd", "229", "extended passive mode ok *", "Pure-FTPd ftpd.c; measured"},
	{"Pure-FTPd", "150", "accepted data connection", "Pure-FTPd messages_en.h; measured"},
	{"Pure-FTPd", "226", "* matches total", "Pure-FTPd messages_en.h; measured"},

	{"FileZilla Server 1.", "331", "please, specify the password", "FileZilla Server 1.x commander.cpp"},
	{"FileZilla Server 1.", "230", "login successful", "FileZilla Server 1.x commander.cpp"},
	{"FileZilla Server 1.", "250", "cwd command successful", "FileZilla Server 1.x commander.cpp"},
	{"FileZilla Server 1.", "150", "starting data transfer", "FileZilla Server 1.x server.cpp"},
	{"FileZilla Server 1.", "226", "operation successful", "FileZilla Server 1.x commander.cpp"},
}
