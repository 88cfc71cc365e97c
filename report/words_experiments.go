package report

import (
	"ftpdiag/probe"
	"ftpdiag/probe/ftp"
)

// decision is what the answer to a follow-up question decides, in half a sentence
// behind "yes" or "no".
type decision struct{ yes, no string }

// decisions are those of every question that an examination asks. They say no more
// than the answer carries; what becomes of it is the findings' business.
var decisions = map[string]decision{
	"control-alive": {"only the reply to this command is missing", "the whole session is dead since then"},
	"simultaneous-open": {
		"the server does call, and the way in is closed",
		"something met the call, but no folder list came of it",
	},
	"alone": {
		"this program's own connections stood in its way: their number is limited",
		"the company of other connections is not the reason",
	},
	"second-port":  {"not every passive port is closed", "not every passive port is open"},
	"hops":         {"the path shows where they end", "this port is open, so that not all are closed"},
	"seen-address": {"only the announced address was refused: NAT is the reason", "the address is not the reason"},
	"hidden-command": {
		"it needs nobody on the way who reads it",
		"a device on the way reads it, and cannot under TLS",
	},
	"hidden-reply": {
		"it needs nobody on the way who reads the reply",
		"a device on the way reads the reply, and cannot under TLS",
	},
	"tiny-listing": {
		"the server does list, and the end of its data connection arrives",
		"it is neither the folder nor the size of the packets",
	},
	"small-segments": {"large packets get lost on the way", "the size of the packets is not the reason"},
	"own-filter": {
		"this computer itself throws the server's calls away",
		"it throws away as much when nobody calls",
	},
	"fresh-tls": {"programs that cannot resume a TLS session work as well", "programs must resume the TLS session"},
	"folder-status": {
		"the folder may be listed: the empty list is no refusal",
		"the folder is not shown to this user",
	},
	"same-listing":   {"nothing on the way changes what is listed", "what is listed in clear is changed on the way"},
	"clear-again":    {"TLS is what makes the difference", "it does not work in clear any more, either: TLS is not the reason"},
	"fresh-session":  {"the refusal was about what the session had asked before", "the command is refused whatever was asked before"},
	"other-port":     {"nothing is in its way there", "over that port it is refused or blocked"},
	"retry":          {"the failure was a passing one", "the failure was not chance"},
	"malformed-port": {"a device on the way reads the dialogue", "nothing on the way swallows what it cannot read"},
	"parser-hop":     {"the router that reads the dialogue is on record", "the router was not found"},
}

// decided is what an experiment decided; empty: nothing, or nobody knows what a
// newer version asked.
func decided(x probe.Experiment) string {
	switch d := decisions[x.Name]; x.Answer {
	case probe.Yes:
		return d.yes
	case probe.No:
		return d.no
	default:
		return ""
	}
}

// questionFacts is one follow-up question in a line: its name, of whom and what
// was asked, the answer, and what that decided.
func (c *story) questionFacts(x probe.Experiment) string {
	text := ftp.Clean(x.Name)
	if s := c.e.Session(x.Session); s != nil && s.Remote.IsValid() {
		text += ", of " + addrText(s.Remote.Addr()) + " on C" + port(uint16(s.ID))
	}
	text += ": " + ftp.Clean(x.Question)
	switch what := decided(x); {
	case x.Answer == probe.NoAnswer:
		return text + " No answer, which decides nothing."
	case what == "":
		return text + " " + upperFirst(x.Answer.String()) + "."
	default:
		return text + " " + upperFirst(x.Answer.String()) + ": " + what + "."
	}
}
