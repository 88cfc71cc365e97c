package ftp

// Meaning is what a server's reply says, as far as its text is known. It is a
// statement of the server (or of a device that answers in its place), not a
// conclusion: "permission denied" for PORT and for a folder is the same Meaning.
// Zero means that the reply says nothing that is known.
type Meaning uint8

// The meanings. Those before LimitPerAddress apply only where nothing more
// particular is said.
const (
	Unrecognised Meaning = iota

	// NotUnderstood: command unknown or not implemented (500, 502, 504).
	NotUnderstood
	// SyntaxError: the argument is not accepted as written (501).
	SyntaxError
	// ArgumentRefused: the argument is refused, for its form or its content;
	// IIS says it of a foreign address in PORT.
	ArgumentRefused
	// NotLoggedIn: nobody is logged in. To PASS that is a refusal, to any
	// other command a demand for a login first.
	NotLoggedIn
	// DataConnectionFailed: no data connection came about, cause not told (425).
	DataConnectionFailed
	// TransferAborted: the data connection broke off (426).
	TransferAborted

	// LimitPerAddress: too many connections from the client's address.
	LimitPerAddress
	// LimitTotal: too many connections in all.
	LimitTotal
	// LimitPerUser: too many sessions of this account.
	LimitPerUser
	// Banned: refused for earlier misbehaviour, for a time.
	Banned
	// AddressNotAllowed: the client's address may not use the server.
	AddressNotAllowed

	// TLSRequired: login or session refused without encryption.
	TLSRequired
	// TLSForbidden: refused because of encryption (anonymous accounts).
	TLSForbidden
	// TLSUnavailable: AUTH refused, no TLS here.
	TLSUnavailable
	// TLSHandshakeFailed: the server could not complete the TLS handshake.
	TLSHandshakeFailed

	// AnonymousOnly: only anonymous logins.
	AnonymousOnly
	// AnonymousForbidden: no anonymous logins.
	AnonymousForbidden
	// BadCredentials: user name or password refused.
	BadCredentials
	// PolicyRefused: refused by a rule before the password counts (user list,
	// virtual host).
	PolicyRefused
	// AccountNeeded: ACCT is wanted (332, 532).
	AccountNeeded
	// HomeUnusable: password accepted, home folder unusable.
	HomeUnusable

	// ForeignAddress: PORT or EPRT refused because the address is not the
	// client's as the server sees it, or because of the port; the text of most
	// servers is the same for both.
	ForeignAddress
	// PrivilegedPort: PORT or EPRT refused because of a port below 1024.
	PrivilegedPort
	// ModeDisabled: active or passive mode is switched off.
	ModeDisabled
	// FamilyNotSupported: wrong address family for the command (522).
	FamilyNotSupported
	// EPSVAllInEffect: refused because of an earlier EPSV ALL.
	EPSVAllInEffect
	// PortsExhausted: the server could not open a passive port, in most cases
	// because all of its range are in use.
	PortsExhausted
	// PASVMangled: the reply quotes P@SW: a router on the way defaced PASV.
	PASVMangled
	// PRETNeeded: PASV is answered only after PRET, which announces the transfer.
	PRETNeeded
	// ServerBroken: the server reports a fault of its own (vsftpd's 500 OOPS,
	// after which it answers so to everything). To PASV and EPSV it is in most
	// cases that no passive port is free, to a transfer that port 20 is taken:
	// the text is the same (privops.c). A wrong pasv_address gives it as well.
	ServerBroken

	// ConnectRefused: the server's connection to us was refused.
	ConnectRefused
	// ConnectTimedOut: it got no answer.
	ConnectTimedOut
	// NoRoute: "No route to host".
	NoRoute
	// NetworkUnreachable: "Network is unreachable".
	NetworkUnreachable
	// HostUnreachable: "Host is unreachable".
	HostUnreachable
	// LocalPermission: EPERM or EACCES at the server. ProFTPD says the same of
	// a TLS session that was not reused and of a passive data connection from
	// a foreign address (measured).
	LocalPermission
	// AddressInUse: EADDRINUSE at the server.
	AddressInUse
	// CannotAssign: EADDRNOTAVAIL at the server.
	CannotAssign
	// DataPeerRejected: our data connection came from another address than
	// the control connection.
	DataPeerRejected

	// ReuseRequired: the data connection must resume the control connection's
	// TLS session.
	ReuseRequired
	// ProtectionRequired: the data connection must be encrypted (PROT P), or
	// this protection level is refused.
	ProtectionRequired
	// DataTLSFailed: another TLS failure of the data connection.
	DataTLSFailed

	// FolderUnreadable: the listing is empty because the folder could not be
	// opened.
	FolderUnreadable
	// NoSuchFile: file or folder does not exist, or cannot be entered; vsftpd
	// has one text for both.
	NoSuchFile
	// PermissionDenied: refused for lack of permission. vsftpd says the same of
	// PORT and PASV when the mode is switched off.
	PermissionDenied
	// LocalError: the server's disk, quota or file system (451, 452, 551, 552).
	LocalError
	// TransferStalled: the server gave up on a data connection without
	// progress.
	TransferStalled
	// NoDataConnection: a transfer was asked for without PORT or PASV.
	NoDataConnection

	// IdleTimeout: session ended because no command or login came in time.
	IdleTimeout
	// Shutdown: the server is going down.
	Shutdown
	// NotAvailable: service not available, cause not told.
	NotAvailable
)

var meaningNames = [...]string{
	Unrecognised:         "unrecognised",
	NotUnderstood:        "not-understood",
	SyntaxError:          "syntax-error",
	ArgumentRefused:      "argument-refused",
	NotLoggedIn:          "not-logged-in",
	DataConnectionFailed: "data-connection-failed",
	TransferAborted:      "transfer-aborted",
	LimitPerAddress:      "limit-per-address",
	LimitTotal:           "limit-total",
	LimitPerUser:         "limit-per-user",
	Banned:               "banned",
	AddressNotAllowed:    "address-not-allowed",
	TLSRequired:          "tls-required",
	TLSForbidden:         "tls-forbidden",
	TLSUnavailable:       "tls-unavailable",
	TLSHandshakeFailed:   "tls-handshake-failed",
	AnonymousOnly:        "anonymous-only",
	AnonymousForbidden:   "anonymous-forbidden",
	BadCredentials:       "bad-credentials",
	PolicyRefused:        "policy-refused",
	AccountNeeded:        "account-needed",
	HomeUnusable:         "home-unusable",
	ForeignAddress:       "foreign-address",
	PrivilegedPort:       "privileged-port",
	ModeDisabled:         "mode-disabled",
	FamilyNotSupported:   "family-not-supported",
	EPSVAllInEffect:      "epsv-all-in-effect",
	PortsExhausted:       "ports-exhausted",
	PASVMangled:          "pasv-mangled",
	PRETNeeded:           "pret-needed",
	ServerBroken:         "server-broken",
	ConnectRefused:       "connect-refused",
	ConnectTimedOut:      "connect-timed-out",
	NoRoute:              "no-route",
	NetworkUnreachable:   "network-unreachable",
	HostUnreachable:      "host-unreachable",
	LocalPermission:      "local-permission",
	AddressInUse:         "address-in-use",
	CannotAssign:         "cannot-assign",
	DataPeerRejected:     "data-peer-rejected",
	ReuseRequired:        "reuse-required",
	ProtectionRequired:   "protection-required",
	DataTLSFailed:        "data-tls-failed",
	FolderUnreadable:     "folder-unreadable",
	NoSuchFile:           "no-such-file",
	PermissionDenied:     "permission-denied",
	LocalError:           "local-error",
	TransferStalled:      "transfer-stalled",
	NoDataConnection:     "no-data-connection",
	IdleTimeout:          "idle-timeout",
	Shutdown:             "shutdown",
	NotAvailable:         "not-available",
}

// String returns the name that files carry, "unrecognised" for a value outside
// the enumeration.
func (m Meaning) String() string { return nameOf(meaningNames[:], m) }

// MarshalText implements encoding.TextMarshaler.
func (m Meaning) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; an unknown name is an
// error.
func (m *Meaning) UnmarshalText(text []byte) error {
	return parseName(meaningNames[:], "meaning", text, m)
}
