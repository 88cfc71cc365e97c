package report

import (
	"slices"

	"ftpdiag/probe"
)

// otherCause is what keeps a finding from being certain.
type otherCause struct {
	otherwise string // what else fits the same facts
	settle    string // what would tell; a question of this program's is named in ask
	ask       string // an experiment that can settle it where it was not asked; empty: none can from here
}

// otherCauses are those to the findings that are ever given as likely.
var otherCauses = map[probe.Code]otherCause{
	// Names and the way to the server.
	probe.DNSFailure:          {"the DNS servers of this computer, or those of the name's zone", "other names, and another DNS server (--resolver)", ""},
	probe.AddressDead:         {"lost packets", "another run", ""},
	probe.NotFTP:              {"an FTP server with unusual words", "its admin", ""},
	probe.GreetingMissing:     {"a service that waits for its client", "its admin", ""},
	probe.PortExpectsTLS:      {"a service with TLS that is not FTP", "its admin", ""},
	probe.SessionRefused:      {"a limit, a ban, or a rule about addresses", "another try in some minutes, and one from another address", ""},
	probe.GreetingDelayed:     {"a slow or busy server", "the same server from another network", ""},
	probe.ClientBehindNAT:     {"a network that routes private addresses", "the server's log, which shows the address it sees", ""},
	probe.ALGPresent:          {"a server that words its replies like that", "a malformed PORT, which such devices swallow", "malformed-port"},
	probe.ALGRewrites:         {"a server that puts its own idea of the address in", "the same command where nobody on the way can read it", "hidden-command"},
	probe.ALGNoPinhole:        {"a firewall that blocks the ports whatever is announced", "a capture on both sides of the device", "malformed-port"},
	probe.ALGCorruptsData:     {"a folder that changed meanwhile", "the same listing once more", "same-listing"},
	probe.ActiveDependsOnALG:  {"an open network without such a device", "the same command under TLS", "hidden-command"},
	probe.TLSBlindsALG:        {"a limit of connections, or closed ports among open ones", "the same in clear once more", "clear-again"},
	probe.ALGSwallowsControl:  {"a server that hangs at this command", "the same command from beside the server", "control-alive"},
	probe.MiddleboxBlocksMode: {"a server that is set up to refuse the command with these words", "the same command from beside the server", "hidden-command"},
	probe.ControlIntercepted:  {"a server with this software behind that name", "its greeting, as its admin knows it", ""},

	// Login and TLS.
	probe.LoginRejected:         {"a server that refuses for another reason than it says", "its log", ""},
	probe.LoginHomeUnusable:     {"another fault of the server's after the password", "its log", ""},
	probe.TLSRequired:           {"a server that refuses the login for another reason", "a run with --tls explicit", ""},
	probe.TLSHandshakeFailed:    {"a device on the way that does not let TLS pass", "the same server from another network", "malformed-port"},
	probe.TLSBlockedByMiddlebox: {"a server whose TLS is broken", "the same server from another network", "malformed-port"},
	probe.DataTLSReuseRequired:  {"another fault of TLS on data connections", "a data connection with a new TLS session", "fresh-tls"},
	probe.DataTLSFailed:         {"a device that does not let TLS pass on data ports", "the same server from another network", "fresh-tls"},

	// Active mode.
	probe.ActiveBlocked:             {"a server that did not call, or lost packets", "the server's log, and another run", "simultaneous-open"},
	probe.ActiveRejectedEnRoute:     {"this computer's own firewall", "a capture on this computer", ""},
	probe.ActiveNATUnhelped:         {"a rule of the server's about addresses", "the same command with the address that the server sees", "seen-address"},
	probe.ActiveDisabled:            {"a server that refuses this address only", "the same command with another address", "seen-address"},
	probe.ActiveServerCannotConnect: {"a fault that passes", "another run", "retry"},
	probe.ActiveLocalFirewall:       {"other packets that were thrown away meanwhile", "the log of this computer's firewall", "own-filter"},
	probe.EPRTPortDiffer:            {"lost packets, or a fault that passes", "another run", "retry"},

	// Passive mode.
	probe.PassivePortFiltered:    {"closed ports among open ones", "more passive ports (--samples 8)", "second-port"},
	probe.PassivePortRefused:     {"closed ports among open ones", "more passive ports (--samples 8)", "second-port"},
	probe.PassiveIPv6Unusable:    {"closed ports among open ones", "more passive ports (-6 --samples 8)", "second-port"},
	probe.PassiveDisabled:        {"a fault that passes", "another run", "retry"},
	probe.PassiveAcceptClosed:    {"a server that is slow at LIST", "the server's log", ""},
	probe.PassiveReplyMalformed:  {"a device on the way that changes the reply", "the same command under TLS", "hidden-reply"},
	probe.PassivePortsExhausted:  {"another fault of the server's", "its log, and another run", "retry"},
	probe.PASVBroken:             {"one closed port, or lost packets", "more passive ports (--samples 8)", "second-port"},
	probe.EPSVBroken:             {"one closed port, or lost packets", "more passive ports (--samples 8)", "second-port"},
	probe.PassiveRangePartlyOpen: {"a limit on connections, or lost packets", "more passive ports (--samples 8)", "second-port"},
	probe.DataSourceMismatch:     {"a server that refuses for another reason", "its log", ""},

	// Transfers.
	probe.DataStalled:       {"large packets that get lost on the way", "the same listing in small packets", "small-segments"},
	probe.DataMTUBlackhole:  {"a stall that has passed meanwhile", "another run", "small-segments"},
	probe.DataReset:         {"a server that breaks the transfer off", "its log", ""},
	probe.PathDenied:        {"an empty folder", "the folder with another account", "folder-status"},
	probe.CompletionMissing: {"a server that is slow to complete", "another run", ""},
	probe.ControlLost:       {"the server, or a device on the way", "the server's log", ""},
	probe.ServerLocalError:  {"a fault that passes", "another run", ""},
	probe.ResultsVary:       {"lost packets, closed ports among open ones, or a limit on connections", "more passive ports (--samples 8), and another run", "second-port"},
}

// causeBeside is what else a finding may be; ok is false where it is certain.
func causeBeside(e *probe.Examination, f probe.Finding) (d otherCause, ok bool) {
	if f.Confidence != probe.ConfidenceLikely {
		return otherCause{}, false
	}
	sizeIsNot := func(x probe.Experiment) bool {
		return (x.Name == "small-segments" || x.Name == "tiny-listing") && x.Answer == probe.No
	}
	const unread = "the same command under TLS, or over another control port (--other-port)"
	swallowedNothing := func(x probe.Experiment) bool { return x.Name == "malformed-port" && x.Answer == probe.No }
	d, ok = otherCauses[f.Code]
	about := func(is func(*probe.Attempt) bool) bool {
		all := e.AllAttempts()
		return slices.ContainsFunc(f.Attempts, func(i int) bool { return i < len(all) && is(all[i]) })
	}
	switch {
	case ok && restsOnWords(e, f):
		d = otherCause{"a server whose texts were changed, or that is not what it calls itself", unread, ""}
	case f.Code == probe.ALGPresent && slices.ContainsFunc(e.Experiments, swallowedNothing):
		d.settle = unread
	case ok && about(func(a *probe.Attempt) bool { return a.Variant == probe.OtherPort }):
		d = otherCause{"a server that is set up differently on the other port", "its settings", ""}
	case f.Code == probe.ActiveNATUnhelped && about(func(a *probe.Attempt) bool { return a.Stop.Cause == probe.Timeout }):
		d = otherCause{"a server whose own network lets no calls out", "whether a device on the way reads PORT", "malformed-port"}
	case f.Code == probe.TLSHandshakeFailed && f.Party == probe.PartyCredentials:
		d = otherCause{"another fault in the server's TLS settings", "its log", ""}
	case f.Code == probe.CompletionMissing && about(func(a *probe.Attempt) bool { return a.NoNotify }):
		d = otherCause{"a list that was cut off", "the server's log", ""}
	case f.Code == probe.PathDenied && len(f.Attempts) == 0:
		d = otherCause{"a server that reads the name in another code page than UTF-8", "a folder whose name is in plain letters (--path), and the server's log", ""}
	case f.Code == probe.DataStalled && slices.ContainsFunc(e.Experiments, sizeIsNot):
		d = otherCause{"a server that is slow, or a device that holds data back", "another folder (--path), and the server's log", ""}
	}
	return d, ok
}

// words is the other cause as the end of a line of facts. A question that was asked
// already is not named again.
func (d otherCause) words(e *probe.Examination) string {
	text := "It may also be " + d.otherwise + "; to tell: " + d.settle
	if d.ask != "" && !slices.ContainsFunc(e.Experiments, func(x probe.Experiment) bool { return x.Name == d.ask }) {
		text += " (--experiments " + d.ask + ")"
	}
	return text + "."
}
