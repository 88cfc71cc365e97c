package scenarios

import "time"

// plain is a strict server that speaks RFC 959's own words. It supplies the
// texts that a daemon below does not define.
var plain = &style{
	name:        "plain",
	sourcePort:  20,
	dial:        60 * time.Second,
	awaitClient: 60 * time.Second,
	features:    []string{"UTF8", "SIZE", "MDTM"},
	texts: map[phrase]string{
		sayGreeting:     "220 FTP server ready.",
		saySyst:         "215 UNIX Type: L8",
		sayStat:         "211-FTP server status:\r\n     Connected to {client}\r\n211 End of status",
		sayUserOK:       "331 Please specify the password.",
		sayLoggedIn:     "230 Login successful.",
		sayNotLoggedIn:  "530 Please login with USER and PASS.",
		sayUnknown:      "500 Unknown command.",
		sayNoop:         "200 NOOP ok.",
		sayCwdOK:        "250 Directory successfully changed.",
		sayNoFolder:     "550 No such file or directory.",
		sayOptsOK:       "200 OPTS ok.",
		sayPwd:          `257 "{path}" is the current directory`,
		sayType:         "200 Type set.",
		sayHelp:         "214 Help OK.",
		sayQuit:         "221 Goodbye.",
		sayAborted:      "226 Abort successful.",
		sayNothingAbort: "225 No transfer to ABOR.",

		sayPortOK:      "200 PORT command successful.",
		sayEprtOK:      "200 EPRT command successful.",
		sayPortSyntax:  "501 Syntax error in parameters or arguments.",
		sayPortForeign: "500 Illegal PORT command.",
		sayEprtForeign: "500 Illegal EPRT command.",
		sayPortLow:     "500 Illegal PORT command.",
		sayFamily:      "522 Network protocol not supported, use (1)",
		sayEprtSix:     "522 Network protocol not supported, use (1)",
		sayActiveOff:   "502 Command not implemented.",
		sayPasvOK:      "227 Entering Passive Mode ({tuple}).",
		sayEpsvOK:      "229 Entering Extended Passive Mode (|||{port}|)",
		sayPassiveOff:  "502 Command not implemented.",
		sayPortsBusy:   "425 Can't open passive connection.",
		sayPasvIPv6:    "425 Use EPSV on IPv6 connections.",

		sayOpening:        "150 Here comes the directory listing.",
		sayOpened125:      "125 Data connection already open; transfer starting.",
		sayComplete:       "226 Directory send OK.",
		sayNoData:         "425 Use PORT or PASV first.",
		sayActiveFailed:   "425 Can't build data connection: {error}",
		sayPassiveTimeout: "425 Can't open data connection.",
		sayForeignPeer:    "425 Data connection from a foreign address refused.",
		sayDataBroken:     "426 Connection closed; transfer aborted.",

		sayTLSOff:  "502 Command not implemented.",
		sayAuthOK:  "234 Proceed with negotiation.",
		sayPbszOK:  "200 PBSZ set to 0.",
		sayProtOK:  "200 PROT now {path}.",
		sayReuse:   "522 SSL connection failed: session reuse required",
		sayTooMany: "421 Too many connections from this address.",
	},
}
