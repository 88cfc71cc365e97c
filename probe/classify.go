package probe

import (
	"cmp"
	"slices"
)

// Classify draws the conclusions from the facts of an examination: every
// finding the evidence carries, the primary one first, those that another one
// explains (Folded) last. It is pure, total and deterministic.
func Classify(e *Examination) []Finding {
	v := newView(e)
	var all []Finding
	for _, r := range rules {
		for _, f := range r.judge(v) {
			row := f.Code.row()
			f.Severity = cmp.Or(f.Severity, row.severity)
			f.Party = cmp.Or(f.Party, row.party)
			if f.Confidence == ConfidenceUnknown {
				f.Confidence = ConfidenceCertain
			}
			if party := v.reader(e.Session(f.Session)); party != 0 && readersOwn[f.Code] {
				f.Party = party
			}
			if s := v.whole.Session(f.Session); len(f.Evidence) == 0 && s != nil {
				f.Evidence = last(s.Connect.Events) // what was said is gone: at least the connection is known
			}
			slices.Sort(f.Evidence)
			f.Evidence = slices.Compact(f.Evidence)
			all = merge(all, f)
		}
	}
	fold(all)
	slices.SortStableFunc(all, func(a, b Finding) int {
		return cmp.Or(order(a)-order(b), int(a.Code)-int(b.Code))
	})
	return all
}

// rule is one way from facts to findings.
type rule struct {
	premise   string // what must hold before the rule may speak
	evidence  string // what its findings point to
	otherwise string // what else fits the same facts, for which it lowers its confidence to likely, and the question that would settle it
	judge     func(*view) []Finding
}

// rules are asked in the order of the wire.
var rules = []rule{
	{"the name gave no address", "the last answer of a resolver",
		"the zone's servers or this computer's: other names tell", nameRules},
	{"no address, or not every one, took a connection on the control port", "the connects, by address",
		"a refusal by the server or by a firewall before it: an ICMP sender tells", connectRules},
	{"connected, and the first bytes were not an ordinary greeting", "what came, also in place of a TLS handshake",
		"a service that waits for its client: HELP within TLS tells", greetingRules},
	{"TLS was wanted", "the reply to AUTH, the alert, the certificate",
		"a device that does not carry TLS, or a server whose TLS is broken: malformed-port tells", tlsRules},
	{"greeted, and the login did not end with 2yz", "the replies to USER, PASS and ACCT",
		"a limit, a ban or a rule, where the text is not known: another address tells", loginRules},
	{"logged in, and the wanted folder was refused", "the reply to CWD",
		"nothing", folderRules},
	{"logged in, and no active method delivered over a path", "the listener, the caller, the replies to PORT, EPRT and LIST",
		"NAT or a rule about addresses: seen-address; the way or this computer: own-filter; a server that does not call: simultaneous-open; whose refusal it is: TLS, other-port", activeRules},
	{"logged in, and no passive method delivered over a path", "the address and port announced, the connect, the replies to PASV, EPSV and LIST",
		"a limit of connections: alone; closed ports among open ones: second-port; who refused: the round trip, hops, or of a command TLS, other-port", passiveRules},
	{"a data connection opened, and the listing did not arrive whole", "bytes, end of file, the reply that ended it",
		"large packets or a stall: small-segments; TLS resumption: fresh-tls; empty or forbidden: folder-status", transferRules},
	{"one method of a mode delivered, the other did not", "both attempts, and what repeats them",
		"chance: second-port and retry; what the session had asked before: fresh-session", methodRules},
	{"an experiment or a comparison shows a device on the way", "the experiment, or the attempts in clear and under TLS",
		"a server with unusual replies: hidden-command and malformed-port, twice", middleboxRules},
	{"a listing arrived", "the attempts that delivered",
		"nothing", deliveryRules},
	{"this tool kept something from being tested", "the attempts that were not made",
		"nothing", toolRules},
}

// merge adds a finding, joining its evidence to an earlier one with the same
// code: one fault seen twice is one fault.
func merge(all []Finding, f Finding) []Finding {
	for i := range all {
		g := &all[i]
		if g.Code != f.Code {
			continue
		}
		g.Severity = max(g.Severity, f.Severity)
		g.Confidence = max(g.Confidence, f.Confidence)
		for _, m := range f.Methods {
			if !slices.Contains(g.Methods, m) {
				g.Methods = append(g.Methods, m)
			}
		}
		g.Attempts = append(g.Attempts, f.Attempts...)
		g.Evidence = append(g.Evidence, f.Evidence...)
		slices.Sort(g.Evidence)
		g.Evidence = slices.Compact(g.Evidence)
		if g.Family != f.Family {
			g.Family = 0
		}
		if g.Party != f.Party {
			g.Party = PartyPath // here one, there another: the finding as a whole names neither
		}
		if g.Mode != f.Mode {
			g.Mode = 0
		}
		return all
	}
	return append(all, f)
}

// readersOwn are the findings about the device that reads PORT.
var readersOwn = map[Code]bool{ALGSwallowsControl: true, ALGNoPinhole: true, TLSBlindsALG: true, ALGRewrites: true, ActiveDependsOnALG: true}

// consequences lists, for a root cause, the findings that are nothing but its
// effects.
var consequences = map[Code][]Code{
	ALGNoPinhole:           {ActiveBlocked, ActiveRejectedEnRoute, ALGRewrites, ALGPresent, ClientBehindNAT},
	ActiveLocalFirewall:    {ActiveBlocked},
	TLSBlockedByMiddlebox:  {ALGPresent, TLSHandshakeFailed},
	PASVAddressPrivate:     {PASVBroken},
	PASVAddressWrong:       {PASVBroken},
	PASVAddressZero:        {PASVBroken},
	PassiveReplyMalformed:  {PASVBroken, EPSVBroken},
	PassiveRangePartlyOpen: {PASVBroken, EPSVBroken, PassivePortFiltered, PassivePortRefused},
	ALGSwallowsControl:     {PASVBroken, EPSVBroken, ALGPresent},
	ALGRewrites:            {ActiveDependsOnALG, ALGPresent, ClientBehindNAT},
	TLSBlindsALG: {ALGPresent, ALGRewrites, ActiveDependsOnALG, ActiveNATUnhelped, ActiveRejectedEnRoute, ActiveBlocked,
		ActiveDisabled, PassivePortFiltered, PassivePortRefused, PASVAddressPrivate, ClientBehindNAT},
	MiddleboxBlocksMode:       {PASVBroken, EPSVBroken, ALGPresent},
	ActiveNATUnhelped:         {ClientBehindNAT},
	DataTLSReuseRequired:      {DataTLSFailed, DataReset, ControlLost},
	DataProtectionRequired:    {DataReset},
	DataMTUBlackhole:          {DataStalled, ControlLost, CompletionMissing, TLSHandshakeFailed},
	PathDenied:                {ListingEmpty},
	NotFTP:                    {PortExpectsTLS, TLSHandshakeFailed, TLSCertificate},
	GreetingMissing:           {PortExpectsTLS, TLSCertificate},
	TLSRequired:               {LoginRejected, ControlLost},
	SessionRefused:            {LoginRejected, ControlLost},
	LoginHomeUnusable:         {LoginRejected, ControlLost},
	PassivePortsExhausted:     {EPSVBroken, PASVBroken},
	DataSourceMismatch:        {EPSVBroken, PASVBroken},
	PassiveIPv6Unusable:       {PassivePortFiltered, PassivePortRefused},
	ActiveServerCannotConnect: {EPRTPortDiffer},
}

// fold marks the findings that another one explains. A cause explains only
// what is no worse than itself: a warning never hides an error.
func fold(all []Finding) {
	for i := range all {
		for _, c := range consequences[all[i].Code] {
			for j := range all {
				if all[j].Code == c && !all[j].Folded && !all[i].Folded && all[j].Severity <= all[i].Severity {
					all[j].Folded = true
					all[i].Explains = append(all[i].Explains, c)
				}
			}
		}
	}
}

// order is the place of a finding: the one whose repair helps most comes
// first. Reachability, then TLS, login and limits, then TLS reuse and PROT,
// then permission, then address, then port, then devices on the way, then what
// happens to data; active after passive, because a passive repair serves every
// client. Then what merely warns, then what informs, then what is explained.
func order(f Finding) int {
	switch {
	case f.Folded:
		return 4000
	case f.Code == PASVAddressPrivate || f.Code == PASVAddressWrong:
		return rank(f.Code) // the one defect that hides behind clients that work around it
	case f.Severity == SeverityError && f.Code/100 == 5 && rank(f.Code) == 660 && f.Mode != Active:
		return 590 // what breaks passive listings: its repair serves every client, that of active mode few
	case f.Severity == SeverityInfo:
		return 3000 + rank(f.Code)
	case f.Severity == SeverityWarning:
		return 2000 + rank(f.Code)
	default:
		return rank(f.Code)
	}
}

// rank orders codes of one severity.
func rank(c Code) int {
	switch c {
	case PASVAddressPrivate, PASVAddressWrong, PASVAddressZero:
		return 500
	case DataTLSReuseRequired, DataProtectionRequired, DataTLSFailed:
		return 300
	case PathDenied:
		return 400
	case BothModesWork:
		return 50
	case TLSCertificate:
		return 750 // as a warning; it becomes an error only where it kept the login from being tried
	}
	switch c / 100 {
	case 7:
		return 100
	case 6:
		return 200
	case 3:
		return 550
	case 4:
		return 580
	case 2:
		return 600
	case 5:
		return 660
	default:
		return 700
	}
}
