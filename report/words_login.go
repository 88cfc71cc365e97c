package report

import "ftpdiag/probe"

// loginWords are the findings about TLS on the control connection and the
// login. Neither an unprotected login nor an unchecked certificate is ever
// advised.
var loginWords = map[probe.Code]wording{
	probe.LoginRejected: {
		title:    "Login failed.",
		seen:     "[The server replied {reply} to user {user}.|The server refused user {user}.] Tried once only, to avoid locking the account.",
		head:     "The server refused this user name and password. Modes not tested yet.",
		user:     "Check the user name, then type the password again (capital letters count): {rerun}",
		commands: []string{"{rerun}"},
		server:   "Check that {user} exists, is not locked, and may log in without TLS.",
		idle:     "Nothing to do yet: port {port} is reachable.",
	},
	probe.LoginPolicy: {
		title:  "Login is not allowed.",
		seen:   "[The server replied {reply} to user {user}.|A rule of the server refused user {user}.]",
		head:   "A rule of the server refuses this login. Modes not tested yet.",
		user:   "Ask the server admin from which addresses, and to which server name, {user} may log in.",
		server: "Check the rules for {user}: allowed addresses, user list, virtual server, account command.",
		idle:   "Nothing to do yet: port {port} is reachable.",
	},
	probe.LoginHomeUnusable: {
		title:  "The home folder is unusable.",
		seen:   "[The server replied {reply} to user {user}.|The server accepted the password, not the home folder.]",
		head:   "The password is right, but the home folder cannot be used. Modes not tested yet.",
		user:   "Ask the server admin to repair the home folder of {user}.",
		server: "Check that the home folder of {user} exists, and that {user} may enter it.",
		idle:   "Nothing to do yet: port {port} is reachable.",
	},
	probe.TLSRequired: {
		title:    "Encryption is required.",
		seen:     "[The server replied {reply}.|The server refuses to go on without TLS.]",
		head:     "The server demands encryption (TLS). Modes not tested yet.",
		user:     "Set encryption in your FTP program to explicit TLS, and check again: {rerunexplicit}",
		commands: []string{"{rerunexplicit}"},
		idle:     "Nothing to do yet: port {port} is reachable.",
	},
	probe.TLSUnavailable: {
		title:  "The server offers no encryption.",
		seen:   "[The server replied {reply}.|TLS was asked for and is not offered.]",
		head:   "TLS was asked for, but the server does not offer it. Modes not tested yet.",
		user:   "Ask the server admin to turn on TLS. Without it the password travels in clear.",
		server: "Turn on explicit TLS (AUTH TLS) in the FTP server.",
		idle:   "Nothing to do yet: port {port} is reachable.",
	},
	probe.TLSHandshakeFailed: {
		title:   "Encryption failed.",
		seen:    "The TLS handshake with {server} failed[: {alert}].",
		head:    "The TLS handshake with the server failed. Modes not tested yet.",
		user:    "Send this report to the server admin.",
		server:  "Check the FTP server's TLS settings and its log. If the log shows no handshake, a device on the way ends it.",
		network: "Check that no FTP inspection or proxy ends TLS on TCP port {port} to {server}.",
	},
	probe.TLSBlockedByMiddlebox: {
		title:   "Encryption is blocked.",
		seen:    "The connection dies at the start of TLS, not before.",
		means:   "A device on the way {likely}does not let TLS pass.",
		head:    "A device on the way does not let TLS pass. Modes not tested yet.",
		user:    "Send this report to your network admin, or try from another network.",
		network: "Exempt TCP port {port} to {server} from FTP inspection or the proxy: it {likely}ends FTP under TLS.",
		server:  "Check the FTP server's log: if it shows no TLS handshake, a device on the way stops it, perhaps at your end.",
	},
	probe.TLSCertificate: {
		title:  "The certificate is not right.",
		seen:   "{certificate}",
		head:   "The server's certificate is not right, so the password was not sent. Modes not tested yet.",
		user:   "Ask the server admin whether this certificate is theirs before you accept it.",
		server: "Install a valid certificate for {host}.",
	},
	probe.SessionRefused: {
		title:  "The server turns this computer away.",
		seen:   "[It replied {reply}.|It closed the connection without an answer.]",
		head:   "The server turns this computer away. Modes not tested yet.",
		user:   "Close other FTP programs, wait some minutes, and check again: {rerun}",
		server: "Check connection limits, bans and address rules for {outer}.",
		idle:   "Nothing to do yet: port {port} is reachable.",

		commands: []string{"{rerun}"},
	},
}
