package probe

import "fmt"

// Code is the number of a finding, as people say it on the phone (F201).
// Numbers never change and are never used again. Zero: none.
type Code uint16

// The findings. Their meaning is one line each in the table below; the first
// digit is the family.
const (
	// both modes work
	BothModesWork Code = 100
	// active mode
	ActiveBlocked             Code = 201
	ActiveRejectedEnRoute     Code = 202
	ActiveNATUnhelped         Code = 203
	ActiveDisabled            Code = 204
	ActiveServerCannotConnect Code = 205
	ActiveWrongPeer           Code = 206
	ActiveLocalFirewall       Code = 207
	ActiveDependsOnALG        Code = 208
	EPRTPortDiffer            Code = 209
	// passive mode
	PassivePortFiltered    Code = 301
	PassivePortRefused     Code = 302
	PASVAddressPrivate     Code = 303
	PASVAddressZero        Code = 304
	PASVAddressWrong       Code = 305
	PassiveDisabled        Code = 306
	PassiveAcceptClosed    Code = 307
	PassiveReplyMalformed  Code = 308
	PassivePortsExhausted  Code = 309
	DataSourceMismatch     Code = 310
	EPSVBroken             Code = 311
	PASVBroken             Code = 312
	PassiveIPv6Unusable    Code = 313
	PassiveRangePartlyOpen Code = 314
	// devices on the way
	ALGPresent          Code = 401
	ALGRewrites         Code = 402
	ALGSwallowsControl  Code = 403
	ALGNoPinhole        Code = 404
	TLSBlindsALG        Code = 405
	MiddleboxBlocksMode Code = 406
	ControlIntercepted  Code = 407
	ClientBehindNAT     Code = 408
	ALGCorruptsData     Code = 409
	// data connections, whatever the mode
	DataTLSReuseRequired   Code = 501
	DataProtectionRequired Code = 502
	DataTLSFailed          Code = 503
	DataMTUBlackhole       Code = 504
	DataStalled            Code = 505
	DataReset              Code = 506
	PathDenied             Code = 507
	ListingEmpty           Code = 508
	CompletionMissing      Code = 509
	ControlLost            Code = 510
	ServerLocalError       Code = 511
	// TLS and login
	LoginRejected         Code = 601
	LoginPolicy           Code = 602
	LoginHomeUnusable     Code = 603
	TLSRequired           Code = 604
	TLSUnavailable        Code = 605
	TLSHandshakeFailed    Code = 606
	TLSBlockedByMiddlebox Code = 607
	TLSCertificate        Code = 608
	SessionRefused        Code = 609
	// reaching the server
	DNSNoSuchHost      Code = 701
	DNSFailure         Code = 702
	AddressDead        Code = 703
	ControlRefused     Code = 704
	ControlFiltered    Code = 705
	ControlUnreachable Code = 706
	GreetingMissing    Code = 707
	GreetingDelayed    Code = 708
	PortExpectsTLS     Code = 709
	NotFTP             Code = 710
	// this tool
	ToolLimited Code = 901
	NoListener  Code = 902
	ResultsVary Code = 903
	Stopped     Code = 904
)

// codeRow is what a code stands for: its id, its usual severity and who
// usually has to act. A finding may carry other values where the evidence
// says so (a wrong 227 address is a warning while EPSV works).
type codeRow struct {
	code     Code
	id       string
	severity Severity
	party    Party
}

var codeTable = []codeRow{
	{BothModesWork, "both-modes-work", SeverityInfo, PartyNone},
	{ActiveBlocked, "active-blocked", SeverityError, PartyPath},
	{ActiveRejectedEnRoute, "active-rejected-en-route", SeverityError, PartyPath},
	{ActiveNATUnhelped, "active-nat-unhelped", SeverityError, PartyClientNetwork},
	{ActiveDisabled, "active-disabled", SeverityError, PartyServerConfig},
	{ActiveServerCannotConnect, "active-server-cannot-connect", SeverityError, PartyServerNetwork},
	{ActiveWrongPeer, "active-wrong-peer", SeverityWarning, PartyServerConfig},
	{ActiveLocalFirewall, "active-local-firewall", SeverityError, PartyUser},
	{ActiveDependsOnALG, "active-depends-on-alg", SeverityWarning, PartyClientNetwork},
	{EPRTPortDiffer, "eprt-port-differ", SeverityWarning, PartyServerConfig},
	{PassivePortFiltered, "passive-port-filtered", SeverityError, PartyPath},
	{PassivePortRefused, "passive-port-refused", SeverityError, PartyServerNetwork},
	{PASVAddressPrivate, "pasv-address-private", SeverityError, PartyServerConfig},
	{PASVAddressZero, "pasv-address-zero", SeverityWarning, PartyServerConfig},
	{PASVAddressWrong, "pasv-address-wrong", SeverityError, PartyServerConfig},
	{PassiveDisabled, "passive-disabled", SeverityError, PartyServerConfig},
	{PassiveAcceptClosed, "passive-accept-closed", SeverityError, PartyServerNetwork},
	{PassiveReplyMalformed, "passive-reply-malformed", SeverityWarning, PartyServerConfig},
	{PassivePortsExhausted, "passive-ports-exhausted", SeverityError, PartyServerConfig},
	{DataSourceMismatch, "data-source-mismatch", SeverityError, PartyPath},
	{EPSVBroken, "epsv-broken", SeverityWarning, PartyServerConfig},
	{PASVBroken, "pasv-broken", SeverityWarning, PartyServerConfig},
	{PassiveIPv6Unusable, "passive-ipv6-unusable", SeverityWarning, PartyServerNetwork},
	{PassiveRangePartlyOpen, "passive-range-partly-open", SeverityWarning, PartyServerNetwork},
	{ALGPresent, "alg-present", SeverityInfo, PartyNone},
	{ALGRewrites, "alg-rewrites", SeverityWarning, PartyClientNetwork},
	{ALGSwallowsControl, "alg-swallows-control", SeverityError, PartyPath},
	{ALGNoPinhole, "alg-no-pinhole", SeverityError, PartyPath},
	{TLSBlindsALG, "tls-blinds-alg", SeverityWarning, PartyClientNetwork},
	{MiddleboxBlocksMode, "middlebox-blocks-mode", SeverityError, PartyPath},
	{ControlIntercepted, "control-intercepted", SeverityWarning, PartyClientNetwork},
	{ClientBehindNAT, "client-behind-nat", SeverityInfo, PartyNone},
	{ALGCorruptsData, "alg-corrupts-data", SeverityError, PartyPath},
	{DataTLSReuseRequired, "data-tls-reuse-required", SeverityWarning, PartyServerConfig},
	{DataProtectionRequired, "data-protection-required", SeverityError, PartyServerConfig},
	{DataTLSFailed, "data-tls-failed", SeverityError, PartyServerConfig},
	{DataMTUBlackhole, "data-mtu-blackhole", SeverityError, PartyPath},
	{DataStalled, "data-stalled", SeverityError, PartyPath},
	{DataReset, "data-reset", SeverityError, PartyPath},
	{PathDenied, "path-denied", SeverityError, PartyServerConfig},
	{ListingEmpty, "listing-empty", SeverityInfo, PartyNone},
	{CompletionMissing, "completion-missing", SeverityWarning, PartyServerConfig},
	{ControlLost, "control-lost", SeverityError, PartyPath},
	{ServerLocalError, "server-local-error", SeverityError, PartyServerConfig},
	{LoginRejected, "login-rejected", SeverityError, PartyCredentials},
	{LoginPolicy, "login-policy", SeverityError, PartyServerConfig},
	{LoginHomeUnusable, "login-home-unusable", SeverityError, PartyServerConfig},
	{TLSRequired, "tls-required", SeverityError, PartyUser},
	{TLSUnavailable, "tls-unavailable", SeverityError, PartyServerConfig},
	{TLSHandshakeFailed, "tls-handshake-failed", SeverityError, PartyServerConfig},
	{TLSBlockedByMiddlebox, "tls-blocked-by-middlebox", SeverityError, PartyClientNetwork},
	{TLSCertificate, "tls-certificate", SeverityWarning, PartyServerConfig},
	{SessionRefused, "session-refused", SeverityError, PartyServerConfig},
	{DNSNoSuchHost, "dns-no-such-host", SeverityError, PartyUser},
	{DNSFailure, "dns-failure", SeverityError, PartyClientNetwork},
	{AddressDead, "address-dead", SeverityWarning, PartyServerConfig},
	{ControlRefused, "control-refused", SeverityError, PartyServerNetwork},
	{ControlFiltered, "control-filtered", SeverityError, PartyPath},
	{ControlUnreachable, "control-unreachable", SeverityError, PartyPath},
	{GreetingMissing, "greeting-missing", SeverityError, PartyServerConfig},
	{GreetingDelayed, "greeting-delayed", SeverityWarning, PartyServerConfig},
	{PortExpectsTLS, "implicit-tls", SeverityError, PartyUser},
	{NotFTP, "not-ftp", SeverityError, PartyUser},
	{ToolLimited, "tool-limited", SeverityInfo, PartyTool},
	{NoListener, "no-listener", SeverityInfo, PartyTool},
	{ResultsVary, "results-vary", SeverityWarning, PartyPath},
	{Stopped, "stopped", SeverityInfo, PartyTool},
}

// Codes lists every code, in order, so that tests can demand a text for each.
func Codes() []Code {
	all := make([]Code, len(codeTable))
	for i, row := range codeTable {
		all[i] = row.code
	}
	return all
}

// row finds what a code stands for; the zero row for an unknown code.
func (c Code) row() codeRow {
	for _, row := range codeTable {
		if row.code == c {
			return row
		}
	}
	return codeRow{}
}

// Number is the code as people say it, such as F201; empty for no code.
func (c Code) Number() string {
	if c == 0 {
		return ""
	}
	return fmt.Sprintf("F%03d", uint16(c))
}

// String is the id, such as active-blocked; empty for no code.
func (c Code) String() string { return c.row().id }

// MarshalText writes the id.
func (c Code) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads an id or a number.
func (c *Code) UnmarshalText(b []byte) error {
	for _, row := range codeTable {
		if row.id == string(b) || row.code.Number() == string(b) {
			*c = row.code
			return nil
		}
	}
	return fmt.Errorf("no finding is called %q", b)
}
