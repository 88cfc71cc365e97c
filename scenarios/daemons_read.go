package scenarios

import "time"

// The texts and times in this file are from the daemons' sources; those of IIS
// are from its documentation, which gives few texts. What a source does not
// tell is left to plain.

// filezilla is FileZilla Server 1.x: any address in PORT, 150 before the data
// connection.
var filezilla = &style{
	name:        "filezilla",
	replyFirst:  true,
	addresses:   addressAny,
	dial:        linuxConnect,
	awaitClient: time.Hour, // activity timeout
	features:    []string{"MDTM", "REST STREAM", "SIZE", "MLST type*;size*;modify*;perm*;", "MLSD", "UTF8", "CLNT", "MFMT", "EPSV", "EPRT"},
	texts: map[phrase]string{
		sayGreeting:     "220-FileZilla Server 1.8.2\r\n220 Please visit https://filezilla-project.org/",
		sayStat:         "211 End of status.",
		sayUserOK:       "331 Please, specify the password.",
		sayNotLoggedIn:  "530 Please log in with USER and PASS first.",
		sayUnknown:      "500 Wrong command.",
		sayNoop:         "200 Noop ok.",
		sayCwdOK:        "250 CWD command successful",
		sayType:         "200 Type set to I",
		sayAborted:      "226 ABOR command successful.",
		sayNothingAbort: "226 ABOR command successful.",
		sayPasvOK:       "227 Entering Passive Mode ({tuple})",
		sayEpsvOK:       "229 Entering Extended Passive Mode (|||{port}|)",
		sayPortsBusy:    "425 Cannot prepare for data connection.",
		sayPasvIPv6:     "500 You are connected using IPv6. PASV is only for IPv4. You have to use the EPSV command instead.",
		sayOpening:      "150 Starting data transfer.",
		sayComplete:     "226 Operation successful",
		sayNoData:       "503 Bad sequence of commands.",
		sayActiveFailed: "425 Unable to build data connection: {error}",
		sayForeignPeer:  "425 Unable to build data connection: EINVAL - Invalid argument provided.",
		sayDataBroken:   "426 Data connection closed; transfer aborted.",
		sayAuthOK:       "234 Using authentication type TLS.",
		sayPbszOK:       "200 PBSZ=0",
		sayProtOK:       "200 Protection level set to P",
		sayReuse:        "425 Unable to build data connection: TLS session of data connection not resumed.",
		sayTooMany:      "421 Too many active connections, try again later",
	},
}

// filezilla09 is FileZilla Server 0.9: it waits ten seconds in either mode.
var filezilla09 = &style{
	name:        "filezilla-0.9",
	replyFirst:  true,
	responsive:  true,
	dial:        10 * time.Second,
	awaitClient: 10 * time.Second,
	features:    []string{"MDTM", "REST STREAM", "SIZE", "MLST type*;size*;modify*;", "MLSD", "UTF8", "CLNT", "MFMT"},
	texts: map[phrase]string{
		sayGreeting:       "220-FileZilla Server 0.9.60 beta\r\n220 Please visit https://filezilla-project.org/",
		saySyst:           "215 UNIX emulated by FileZilla",
		sayUserOK:         "331 Password required for {user}",
		sayLoggedIn:       "230 Logged on",
		sayNotLoggedIn:    "530 Please log in with USER and PASS first.",
		sayUnknown:        "500 Syntax error, command unrecognized.",
		sayNoop:           "200 OK",
		sayPortOK:         "200 Port command successful",
		sayEprtOK:         "200 Port command successful",
		sayPortSyntax:     "501 Syntax error",
		sayPortForeign:    "421 Rejected command, requested IP address does not match control connection IP.",
		sayEprtForeign:    "421 Rejected command, requested IP address does not match control connection IP.",
		sayPasvOK:         "227 Entering Passive Mode ({tuple})",
		sayOpening:        `150 Opening data channel for directory listing of "/"`,
		sayComplete:       `226 Successfully transferred "/"`,
		sayNoData:         "503 Bad sequence of commands.",
		sayActiveFailed:   `425 Can't open data connection for transfer of "/"`,
		sayPassiveTimeout: `425 Can't open data connection for transfer of "/"`,
		sayForeignPeer:    `425 Rejected data connection for transfer of "/", IP addresses of control and data connection do not match`,
		sayTLSOff:         "502 Explicit TLS authentication not allowed",
		sayAuthOK:         "234 Using authentication type TLS",
		sayPbszOK:         "200 PBSZ=0",
		sayProtOK:         "200 Protection level set to P",
		sayReuse:          "450 TLS session of data connection has not resumed or the session does not match the control connection",
		sayTooMany:        "421 Refusing connection. No more connections allowed from your IP.",
	},
}

// iis starts the handshake of an active data connection before its 200.
var iis = &style{
	name:        "iis",
	dialAtPort:  true,
	replyFirst:  true,
	codePage:    true,
	dial:        30 * time.Second, // data channel timeout
	awaitClient: 30 * time.Second,
	features:    []string{"LANG EN*", "UTF8", "HOST", "SIZE", "MDTM", "REST STREAM"},
	texts: map[phrase]string{
		sayGreeting:       "220 Microsoft FTP Service",
		saySyst:           "215 Windows_NT",
		sayStat:           "211-Microsoft FTP Service status:\r\n211 End of status.",
		sayUserOK:         "331 Password required",
		sayLoggedIn:       "230 User logged in.",
		sayNotLoggedIn:    "530 Please login with USER and PASS.",
		sayUnknown:        "500 Command not understood.",
		sayNoFolder:       "550 The system cannot find the file specified.",
		sayOptsOK:         "200 OPTS UTF8 command successful - UTF8 encoding now ON.",
		sayPortForeign:    "501 Server cannot accept argument.",
		sayEprtForeign:    "501 Server cannot accept argument.",
		sayPortLow:        "501 Server cannot accept argument.",
		sayOpening:        "150 Opening ASCII mode data connection.",
		sayOpened125:      "125 Data connection already open; Transfer starting.",
		sayComplete:       "226 Transfer complete.",
		sayActiveFailed:   "425 Cannot open data connection.",
		sayPassiveTimeout: "425 Cannot open data connection.",
	},
}

// goftp connects before it answers PORT, to any address.
var goftp = &style{
	name:        "goftp",
	dialAtPort:  true,
	replyFirst:  true,
	addresses:   addressAny,
	dial:        linuxConnect,
	awaitClient: 60 * time.Second,
	features:    []string{"UTF8", "SIZE", "MDTM"},
	texts: map[phrase]string{
		sayGreeting:     "220 Go FTP Server",
		sayPortOK:       "200 Connection established ({port})",
		sayEprtOK:       "200 Connection established ({port})",
		sayActiveFailed: "425 Data connection failed",
		sayTLSOff:       "550 Action not taken",
	},
}

// busybox connects to the client whatever PORT says, and ends when that fails.
var busybox = &style{
	name:         "busybox",
	addresses:    addressIgnore,
	dieOnFailure: true,
	dial:         linuxConnect,
	awaitClient:  120 * time.Second,
	features:     []string{"EPSV", "PASV", "REST STREAM", "MDTM", "SIZE"},
	texts: map[phrase]string{
		sayGreeting:       "220 Operation successful",
		sayStat:           "211 Server status: TYPE: BINARY",
		sayUserOK:         "331 Specify password",
		sayLoggedIn:       "230 Operation successful",
		sayNotLoggedIn:    "530 Login with USER+PASS",
		sayUnknown:        "500 Unknown command",
		sayNoop:           "200 Operation successful",
		sayCwdOK:          "250 Operation successful",
		sayType:           "200 Operation successful",
		sayPortOK:         "200 Operation successful",
		sayEprtOK:         "200 Operation successful",
		sayPasvOK:         "227 PASV ok ({tuple})",
		sayEpsvOK:         "229 EPSV ok (|||{port}|)",
		sayOpening:        "150 Directory listing",
		sayComplete:       "226 Operation successful",
		sayNoData:         "425 Use PORT/PASV first",
		sayPassiveTimeout: "421 Timeout",
		sayTLSOff:         "500 Unknown command",
	},
}

// apache is Apache FtpServer: 150 before the data connection, no check of the
// address in PORT by default.
var apache = &style{
	name:        "apache",
	replyFirst:  true,
	addresses:   addressAny,
	dial:        linuxConnect,
	awaitClient: 300 * time.Second,
	features:    []string{"SIZE", "MDTM", "REST STREAM", "UTF8", "MLST Size;Modify;Type;Perm"},
	texts: map[phrase]string{
		sayGreeting:       "220 Service ready for new user.",
		saySyst:           "215 UNIX Type: Apache FtpServer",
		sayStat:           "211-Apache FtpServer\r\nConnected to {server}\r\nConnected from {client}\r\nLogged in as {user}\r\n211 End of status.",
		sayUserOK:         "331 User name okay, need password for {user}.",
		sayLoggedIn:       "230 User logged in, proceed.",
		sayNotLoggedIn:    "530 Access denied.",
		sayUnknown:        "502 Command {command} not implemented.",
		sayNoop:           "200 Command NOOP okay.",
		sayPortOK:         "200 Command PORT okay.",
		sayEprtOK:         "200 Command EPRT okay.",
		sayActiveOff:      "501 {command} is disabled.",
		sayPasvOK:         "227 Entering Passive Mode ({tuple})",
		sayOpening:        "150 File status okay; about to open data connection.",
		sayComplete:       "226 Closing data connection.",
		sayNoData:         "503 PORT or PASV must be issued first",
		sayActiveFailed:   "425 Can't open data connection.",
		sayPassiveTimeout: "425 Can't open data connection.",
		sayTLSOff:         "431 Service is unavailable.",
		sayAuthOK:         "234 Command AUTH okay; starting TLS connection.",
		sayPbszOK:         "200 Command PBSZ okay.",
		sayProtOK:         "200 Command PROT okay.",
	},
}
