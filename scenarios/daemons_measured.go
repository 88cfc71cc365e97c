package scenarios

import "time"

// The texts and times in this file were measured on the daemons themselves:
// vsftpd 3.0.3, ProFTPD 1.3.8, Pure-FTPd 1.0.50, pyftpdlib 1.5.7 and GNU
// inetutils ftpd 2.4, on Linux.

// linuxConnect is how long Linux tries to connect before it gives up with
// ETIMEDOUT: tcp_syn_retries 6 (measured 133.4 to 134.5 s).
const linuxConnect = 134 * time.Second

// vsftpd hides the errno of a failed connect, and freezes the session meanwhile.
var vsftpd = &style{
	name:        "vsftpd",
	absent:      absentEmpty,
	sourcePort:  20, // connect_from_port_20 of the shipped configuration
	hangsUp:     true,
	dial:        60 * time.Second,
	awaitClient: 60 * time.Second,
	features:    []string{"MDTM", "REST STREAM", "SIZE", "TVFS"},
	texts: map[phrase]string{
		sayGreeting:       "220 (vsFTPd 3.0.3)",
		sayStat:           "211-FTP server status:\r\n     Connected to {client}\r\n     Logged in as {user}\r\n     TYPE: ASCII\r\n     No session bandwidth limit\r\n     vsFTPd 3.0.3 - secure, fast, stable\r\n211 End of status",
		sayNothingAbort:   "225 No transfer to ABOR.",
		sayType:           "200 Switching to Binary mode.",
		sayPortOK:         "200 PORT command successful. Consider using PASV.",
		sayEprtOK:         "200 EPRT command successful. Consider using EPSV.",
		sayPortSyntax:     "500 Illegal PORT command.",
		sayFamily:         "522 Bad network protocol.",
		sayEprtSix:        "500 Bad EPRT protocol.",
		sayActiveOff:      "550 Permission denied.",
		sayPassiveOff:     "550 Permission denied.",
		sayPortsBusy:      "500 OOPS: vsf_sysutil_bind",
		sayPasvIPv6:       "227 Entering Passive Mode (0,0,0,0,{p1},{p2}).",
		sayActiveFailed:   "425 Failed to establish connection.",
		sayPassiveTimeout: "425 Failed to establish connection.",
		sayForeignPeer:    "425 Security: Bad IP connecting.",
		sayDataBroken:     "426 Failure writing network stream.",
		sayTLSOff:         "530 Please login with USER and PASS.",
		sayProtOK:         "200 PROT now Private.",
		sayTooMany:        "421 There are too many connections from your internet address.",
	},
}

// proftpd replaces a private address in PORT by the client's, and tells its
// limit of clients only after PASS.
var proftpd = &style{
	name:         "proftpd",
	absent:       absentFailed,
	dial:         linuxConnect,
	awaitClient:  600 * time.Second, // TimeoutIdle; measured 599.5 s
	addresses:    addressSubstitute,
	limitAtLogin: true,
	features:     []string{"LANG en-US*", "MDTM", "MLST modify*;perm*;size*;type*;unique*;", "REST STREAM", "SIZE", "UTF8"},
	texts: map[phrase]string{
		sayGreeting:       "220 ProFTPD Server (Debian) [{server}]",
		sayStat:           "211-Status of '{server}'\r\n Connected from {client} ({client})\r\n Logged in as {user}\r\n TYPE: ASCII, STRUcture: File, Mode: Stream\r\n No data connection\r\n211 End of status",
		sayUserOK:         "331 Password required for {user}",
		sayLoggedIn:       "230 User {user} logged in",
		sayNotLoggedIn:    "530 Please login with USER and PASS",
		sayUnknown:        "500 {command} not understood",
		sayNoop:           "200 NOOP command successful",
		sayCwdOK:          "250 CWD command successful",
		sayType:           "200 Type set to I",
		sayNothingAbort:   "226 Abort successful",
		sayPortOK:         "200 PORT command successful",
		sayEprtOK:         "200 EPRT command successful",
		sayPortSyntax:     "501 Illegal PORT command",
		sayPortForeign:    "500 Illegal PORT command",
		sayEprtForeign:    "500 Illegal EPRT command",
		sayPortLow:        "500 Illegal PORT command",
		sayActiveOff:      "501 {command}: Operation not permitted",
		sayPassiveOff:     "501 {command}: Operation not permitted",
		sayOpening:        "150 Opening ASCII mode data connection for file list",
		sayComplete:       "226 Transfer complete",
		sayNoData:         "425 Unable to build data connection: Connection refused",
		sayActiveFailed:   "425 Unable to build data connection: {error}",
		sayPassiveTimeout: "421 Idle timeout (600 seconds): closing control connection",
		sayForeignPeer:    "425 Unable to build data connection: Permission denied",
		sayDataBroken:     "426 Transfer aborted. Data connection closed",
		sayTLSOff:         "500 AUTH not understood",
		sayAuthOK:         "234 AUTH TLS successful",
		sayPbszOK:         "200 PBSZ 0 successful",
		sayProtOK:         "200 Protection set to Private",
		sayReuse:          "425 Unable to build data connection: Operation not permitted",
		sayTooMany:        "530 Sorry, the maximum number of clients (1) from your host are already connected.",
	},
}

// pureftpd names the address it sees when it refuses another in PORT.
var pureftpd = &style{
	name:          "pure-ftpd",
	absent:        absentEmpty,
	sourcePort:    20,
	dial:          linuxConnect,
	awaitClient:   900 * time.Second, // MaxIdleTime; measured 900.0 s
	keepListening: true,
	features:      []string{"UTF8", "IDLE", "MDTM", "SIZE", "MFMT", "REST STREAM", "MLST type*;size*;modify*;", "PRET", "ESTA", "PASV", "ESTP"},
	texts: map[phrase]string{
		sayGreeting:       "220---------- Welcome to Pure-FTPd ----------\r\n220-You are user number 1 of 50 allowed.\r\n220 You will be disconnected after 15 minutes of inactivity.",
		sayStat:           "211 http://www.pureftpd.org/",
		sayUserOK:         "331 User {user} OK. Password required",
		sayLoggedIn:       "230 OK. Current directory is /",
		sayNotLoggedIn:    "530 You aren't logged in",
		sayUnknown:        "500 Unknown command",
		sayNoop:           "200 Zzz...",
		sayCwdOK:          "250 OK. Current directory is {path}",
		sayType:           "200 TYPE is now 8-bit binary",
		sayNothingAbort:   "226 Since you see this ABOR must've succeeded",
		sayPortOK:         "200 PORT command successful",
		sayEprtOK:         "200 PORT command successful", // the same function answers both
		sayPortSyntax:     "501 Syntax error in IP address",
		sayPortForeign:    "500 I won't open a connection to {address} (only to {client})",
		sayEprtForeign:    "500 I won't open a connection to {address} (only to {client})",
		sayPortLow:        "501 Sorry, but I won't connect to ports < 1024",
		sayFamily:         "522 Only IPv4 and IPv6 are supported (1,2)",
		sayEprtSix:        "500 I won't open a connection to {address} (only to {client})",
		sayActiveOff:      "501 Active mode is disabled",
		sayPasvOK:         "227 Entering Passive Mode ({tuple})",
		sayEpsvOK:         "229 Extended Passive mode OK (|||{port}|)",
		sayPassiveOff:     "500 Unknown command",
		sayPortsBusy:      "425 All reserved TCP ports are busy",
		sayPasvIPv6:       "425 You cannot use PASV on IPv6 connections. Use EPSV instead.",
		sayOpening:        "150 Accepted data connection",
		sayComplete:       "226-Options: -l \r\n226 3 matches total",
		sayNoData:         "425 No data connection",
		sayActiveFailed:   "425 Could not open data connection to port {port}: {error}",
		sayPassiveTimeout: "421 Timeout",
		sayTLSOff:         "500 This security scheme is not implemented",
		sayAuthOK:         "234 AUTH TLS OK.",
		sayPbszOK:         "200 PBSZ=0",
		sayProtOK:         "200 Data protection level set to \"private\"",
		sayTooMany:        "421 Too many connections (1) from this IP",
	},
}

// pyftpdlib connects before it answers PORT, and its passive port has a timer
// that runs from PASV on.
var pyftpdlib = &style{
	name:         "pyftpdlib",
	dialAtPort:   true,
	responsive:   true,
	replyFirst:   true,
	passiveTimer: true,
	dial:         30 * time.Second,
	awaitClient:  30 * time.Second,
	features:     []string{"MDTM", "MLST type*;perm*;size*;modify*;unique*;", "REST STREAM", "SIZE", "TVFS", "UTF8"},
	texts: map[phrase]string{
		sayGreeting:       "220 pyftpdlib 1.5.7 ready.",
		sayStat:           "211-FTP server status:\r\n Connected to: {server}:21\r\n Waiting for username.\r\n211 End of status.",
		sayUserOK:         "331 Username ok, send password.",
		sayNotLoggedIn:    "530 Log in with USER and PASS first.",
		sayUnknown:        `500 Command "{command}" not understood.`,
		sayNoop:           "200 I successfully done nothin'.",
		sayCwdOK:          `250 "{path}" is the current directory.`,
		sayType:           "200 Type set to: Binary.",
		sayAborted:        "225 ABOR command successful; data channel closed.",
		sayNothingAbort:   "225 No transfer to abort.",
		sayPortOK:         "200 Active data connection established.",
		sayEprtOK:         "200 Active data connection established.",
		sayPortSyntax:     "501 Invalid PORT format.",
		sayPortForeign:    "501 Rejected data connection to foreign address {address}:{port}.",
		sayEprtForeign:    "501 Rejected data connection to foreign address {address}:{port}.",
		sayPortLow:        `501 PORT against the privileged port "{port}" refused.`,
		sayFamily:         "522 Network protocol not supported (use 1).",
		sayEprtSix:        "522 Network protocol not supported (use 1).",
		sayPasvOK:         "227 Entering passive mode ({tuple}).",
		sayEpsvOK:         "229 Entering extended passive mode (|||{port}|).",
		sayOpening:        "150 File status okay. About to open data connection.",
		sayOpened125:      "125 Data connection already open. Transfer starting.",
		sayComplete:       "226 Transfer complete.",
		sayActiveFailed:   "425 Can't connect to specified address.",
		sayActiveTimeout:  "421 Active data channel timed out.",
		sayPassiveTimeout: "421 Passive data channel timed out.",
		sayForeignPeer:    "425 Rejected data connection from foreign address {address}:{port}.",
		sayTLSOff:         `500 Command "AUTH" not understood.`,
		sayAuthOK:         "234 AUTH TLS successful.",
		sayPbszOK:         "200 PBSZ=0 successful.",
		sayProtOK:         "200 Protection set to Private",
		sayTooMany:        "421 Too many connections from the same IP address.",
	},
}

// inetutils is GNU's ftpd, in the BSD line.
var inetutils = &style{
	name:        "inetutils",
	absent:      absentNamed,
	dial:        linuxConnect,
	awaitClient: 900 * time.Second,
	features:    []string{"EPRT", "EPSV", "MDTM", "SIZE", "REST STREAM"},
	texts: map[phrase]string{
		sayGreeting:     "220 server FTP server (GNU inetutils 2.4) ready.",
		saySyst:         "215 UNIX Type: L8 Version: GNU/Linux",
		sayStat:         "211- server FTP server status:\r\n     ftpd (GNU inetutils) 2.4\r\n     Connected to ({client})\r\n     Logged in as {user}\r\n211 End of status",
		sayUserOK:       "331 Password required for {user}.",
		sayLoggedIn:     "230 User {user} logged in.",
		sayUnknown:      "500 '{command}': command not understood.",
		sayNoop:         "200 NOOP command successful.",
		sayCwdOK:        "250 CWD command successful.",
		sayType:         "200 Type set to I.",
		sayPortForeign:  "500 Illegal PORT Command",
		sayEprtForeign:  "500 Illegal EPRT Command",
		sayPortLow:      "500 Illegal PORT Command",
		sayPasvOK:       "227 Entering Passive Mode ({tuple})",
		sayOpening:      "150 Opening ASCII mode data connection for '/bin/ls'.",
		sayComplete:     "226 Transfer complete.",
		sayActiveFailed: "425 Can't build data connection: {error}.",
		sayNoData:       "425 Can't build data connection: Connection refused.",
		sayTLSOff:       "500 'AUTH TLS': command not understood.",
	},
}
