package report

import "ftpdiag/probe"

// loginExplanations are about TLS on the control connection and the login.
var loginExplanations = map[probe.Code]explanation{
	probe.LoginRejected: {
		about: "the server refuses the user name or password",
		what:  "The server was reached and refused the login. ftpdiag tries once only, so that the account is not locked. The modes cannot be tested without a login.",
		why: []string{
			"The user name or password is mistyped.",
			"The server does not accept anonymous logins, and no user was given.",
			"The account is locked, expired, or not allowed for FTP.",
			"The server refuses passwords without TLS and does not say so.",
		},
		tell: []string{
			"1: another program logs in with the same name and password",
			"2: the report names the user anonymous",
			"3: no program logs in",
			"4: it works with --tls explicit",
		},
		user:   "Type the password again (capital letters count): ftpdiag --user NAME SERVER. Without an account, ask the server admin for one.",
		server: "Check that the account exists, is not locked, and may log in.",
	},
	probe.LoginPolicy: {
		about: "a rule of the server refuses this login",
		what:  "The server does not refuse the password but the login as such: an address, a list of users, a virtual server or an account command decides.",
		why: []string{
			"The account may log in from certain addresses only.",
			"The user is on a list of users who may not use FTP, or missing on one who may.",
			"The server's name decides, and another name or the address was used.",
			"The server asks for an account (ACCT).",
		},
		tell: []string{
			"1: it works from another network",
			"2: it fails everywhere for this user only",
			"3: it works with the server's full name",
			"4: the reply is 332 or 532",
		},
		user:   "Ask the server admin from which addresses, and to which server name, you may log in.",
		server: "Check allowed addresses, user lists, virtual servers and account rules.",
	},
	probe.LoginHomeUnusable: {
		about: "the password is right, the home folder is not",
		what:  "The server accepted the password and then failed to open the user's home folder. No program can log in this way.",
		why: []string{
			"The home folder does not exist or may not be entered by the user.",
			"The user is locked into a home folder that is writable, which vsftpd refuses.",
			"The disk or share with the home folders is not mounted.",
		},
		tell: []string{
			"1: it happens for this user only",
			"2: the reply speaks of a writable root (500 OOPS)",
			"3: it happens for every user",
		},
		user:   "Ask the server admin to repair the home folder.",
		server: "Check that the home folder exists, that the user may enter it, and that a locked-in one is not writable.",
	},
	probe.TLSRequired: {
		about: "the server demands encryption",
		what:  "The server refuses to go on without TLS: at the login, or for data. That protects the password.",
		why: []string{
			"The server demands TLS from everybody.",
			"It demands TLS from this user only, or from outside only.",
		},
		tell: []string{"1: every login in clear is refused", "2: others log in without TLS"},
		user: "Set the encryption of your FTP program to explicit TLS:",
	},
	probe.TLSUnavailable: {
		about: "the server offers no encryption",
		what:  "TLS was asked for, and the server does not know AUTH TLS or refuses it.",
		why: []string{
			"TLS is not switched on in the server program, or it has no certificate.",
			"The server offers TLS on port 990 only (implicit TLS).",
			"A device on the way hides or refuses AUTH TLS.",
		},
		tell: []string{
			"1: FEAT lists no AUTH beside the server",
			"2: ftpdiag --tls implicit works",
			"3: AUTH TLS works from another network",
		},
		user:   "Ask the server admin to offer TLS. Without it the password travels in clear: everybody on the way can read it.",
		server: "Turn on explicit TLS.",
	},
	probe.TLSHandshakeFailed: {
		about: "the TLS handshake with the server fails",
		what:  "The server agreed to TLS, and the two sides could not agree on how: an alert came, or the connection ended in the handshake.",
		why: []string{
			"The server knows only TLS versions or ciphers that are no longer safe.",
			"The server's certificate or key cannot be read or does not match.",
			"The server demands a certificate of the user (vsftpd: require_cert, ProFTPD: TLSVerifyClient, Pure-FTPd: -C: in TLSCipherSuite, IIS: clientCertificatePolicy).",
			"A device on the way breaks TLS.",
		},
		tell: []string{
			"1: the alert is \"protocol version\" or \"handshake failure\"",
			"2: the server's log says so",
			"3: the alert is \"certificate required\", or the report says that a client certificate is missing",
			"4: it works from another network",
		},
		user:   "Send the report to the server admin, and ask for a client certificate if one is missing.",
		server: "Offer TLS 1.2 or 1.3, check certificate and key, and whether a client certificate must be demanded.",
	},
	probe.TLSBlockedByMiddlebox: {
		about: "a device on the way does not let TLS pass",
		what:  "Everything works up to AUTH TLS, and there the connection dies. The server itself is not the cause as far as can be seen from here.",
		why: []string{
			"A firewall with FTP inspection allows only what it can read.",
			"The Windows Firewall's FTP inspection does so on the server or here.",
			"A proxy in this network does not know AUTH.",
		},
		tell: []string{
			"1 and 3: it works from another network",
			"2: it happens with every network",
		},
		user:    "Try from another network, or implicit TLS (--tls implicit) if the server offers it.",
		network: "Exempt the server from FTP inspection:",
		server:  "On Windows, check the FTP inspection of its own firewall.",
	},
	probe.TLSCertificate: {
		about: "the server's certificate is not right",
		what:  "The certificate is expired, is for another name, or comes from an issuer that this computer does not know. ftpdiag then sends no password.",
		why: []string{
			"It has expired and was not renewed.",
			"The server was called by another name than the one in its certificate, or by its address.",
			"It is self-signed, or from an issuer inside a company.",
			"Something on the way answers for the server.",
			"This computer did not verify it in time: it may have waited for certificates or lists from the web.",
			"It is not valid yet, or the clock of this computer is wrong.",
		},
		tell: []string{
			"1, 2, 5 and 6: the report says so",
			"3: the server admin knows its fingerprint",
			"4: from another network it is another certificate",
		},
		user:   "Ask the server admin whether this certificate is theirs before you accept it. To go on with the test only: --tls-insecure.",
		server: "Install a valid certificate for the name that people use.",
	},
	probe.SessionRefused: {
		about: "the server turns this computer away",
		what:  "The server answered with 421, with a refusal, or closed the connection before or at the login. The account was not the reason.",
		why: []string{
			"Too many connections from this address. Everybody behind the same NAT counts together.",
			"The address is banned for some time after failed logins.",
			"The server is full, stopping, or serves certain addresses only.",
		},
		tell: []string{
			"1: it works after other programs are closed",
			"2: it works after some time, or from another network",
			"3: the reply says so",
		},
		user:   "Close other FTP programs, wait some minutes, and check again.",
		server: "Check bans, address rules and the limit for each address.",
	},
}
