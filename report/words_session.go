package report

import (
	"slices"

	"ftpdiag/probe"
	"ftpdiag/probe/ftp"
)

// turnedAway tells whether the server refused the session, before or at the
// login, with a reply of one of the meanings.
func turnedAway(meanings ...ftp.Meaning) func(*story, probe.Finding) bool {
	return func(c *story, f probe.Finding) bool {
		r, ok := c.dismissal(f)
		return ok && slices.Contains(meanings, ftp.Recognise(r))
	}
}

// turnedAwayForGood: the refusal is a lasting one (5yz) and its reason is not known.
func turnedAwayForGood(c *story, f probe.Finding) bool {
	r, ok := c.dismissal(f)
	return ok && r.Code >= 500 && turnedAway(ftp.Unrecognised, ftp.NotUnderstood, ftp.PermissionDenied)(c, f)
}

// dismissal is the reply that refused a session; false: it ended without one.
func (c *story) dismissal(f probe.Finding) (ftp.Reply, bool) {
	if s := c.session(f); s != nil {
		for _, x := range append(slices.Clone(s.Login), s.Greeting) {
			if x.Reply.Code.Negative() {
				return x.Reply, true
			}
		}
	}
	return ftp.Reply{}, false
}

// outerAddress is this computer's address as a server sees it, as far as anybody
// knows: behind NAT its own says nothing.
func outerAddress(c *story, f probe.Finding) string {
	if seen := seenAs(c, f); seen != "" || c.e.BehindNAT(c.client(), c.server()) {
		return seen
	}
	return clientOf(c, f)
}

// sessionWords are the wordings of a refused session by what the server says: who
// waits, who closes programs, and who must be asked is another in each case.
var sessionWords = []variant{
	{turnedAway(ftp.LimitPerAddress), wording{
		title:  "Too many connections from here.",
		means:  "Everybody behind the same NAT counts together.",
		head:   "The server's limit for this address is reached. Modes not tested yet.",
		server: "Check the limit of connections for {outer}.",
	}},
	{turnedAway(ftp.LimitPerUser), wording{
		title:  "Too many sessions of this user.",
		head:   "The server's limit for this user is reached. Modes not tested yet.",
		user:   "Close other FTP programs that log in as {user}, wait some minutes, and check again: {rerun}",
		server: "Check the limit of sessions for {user}, and whether dead ones count.",
	}},
	{turnedAway(ftp.LimitTotal), wording{
		title:  "The server is full.",
		means:  "It limits connections in all, not those of this computer.",
		head:   "The server is full. Modes not tested yet.",
		user:   "Wait some minutes, and check again: {rerun}",
		server: "Check the limit of connections in all, and whether dead ones count.",
	}},
	{turnedAway(ftp.Banned), wording{
		title:  "This computer is banned.",
		means:  "Bans end by themselves in most servers; further tries may prolong them.",
		head:   "The server has banned this computer. Modes not tested yet.",
		user:   "Ask the server admin to lift the ban, or wait, and check again: {rerun}",
		server: "Find the ban on {outer}, and lift it once its cause is known.",
	}},
	{turnedAway(ftp.AddressNotAllowed), wording{
		title:    "This address is not admitted.",
		means:    "The server admits certain addresses only, or has banned this one.",
		head:     "The server does not admit this address. Modes not tested yet.",
		user:     "Ask the server admin to admit {outer}.",
		commands: []string{},
		server:   "Allow {outer} to connect, or lift its ban.",
	}},
	{turnedAway(ftp.Shutdown), wording{
		title:  "The server is closed for now.",
		head:   "The server is closed for now. Modes not tested yet.",
		user:   "Wait until the server is back, and check again: {rerun}",
		server: "Start the FTP server again when the maintenance is over.",
	}},
	{turnedAway(ftp.NotAvailable), wording{
		means:  "It does not say why.",
		user:   "Wait some minutes, and check again: {rerun}",
		server: "Check address rules (with vsftpd: hosts.allow), bans and connection limits for {outer}.",
	}},
	{turnedAway(ftp.ServerBroken), wording{
		title:    "The server is out of order.",
		means:    "The fault is the server's own.",
		head:     "The server is out of order. Modes not tested yet.",
		user:     "Send this report to the server admin.",
		commands: []string{},
		server:   "Repair the FTP server: check its log, its configuration and its rights.",
	}},
	{turnedAwayForGood, wording{
		means:    "Waiting is unlikely to help.",
		user:     "Send this report to the server admin.",
		commands: []string{},
		server:   "Check the FTP server's log: an address rule, a ban or a fault refuses {outer}.",
	}},
}
