package report

import (
	"fmt"
	"slices"

	"ftpdiag/probe"
)

// Who is a person who may have to act. Zero: the person at this computer.
type Who uint8

const (
	User Who = iota
	NetworkAdmin
	ServerAdmin
)

var whoNames = [...]string{"user", "network-admin", "server-admin"}

// String is the name that scripts rely on.
func (w Who) String() string {
	if int(w) < len(whoNames) {
		return whoNames[w]
	}
	return fmt.Sprintf("who(%d)", w)
}

// MarshalText writes the name.
func (w Who) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

// Title is how people read it.
func (w Who) Title() string {
	switch w {
	case NetworkAdmin:
		return "Network admin"
	case ServerAdmin:
		return "Server admin"
	default:
		return "You"
	}
}

// Action is what one person does next.
type Action struct {
	Who      Who
	Text     string       // empty: nothing to change
	Idle     string       // what is said instead, if anything beyond "Nothing to change."
	Commands []string     // lines to copy, those within Text among them; after "# NAME" they are for that program
	Fixes    []probe.Code // the findings that it repairs

	local string // the end of Text that says what is set on this computer
}

// mostAdvice is how many findings' advice is given to one admin, and
// adviceRoom how long it may get with the second one, so that the report fits
// on a screen. What is left out still has its line in the details.
const (
	mostAdvice = 2
	adviceRoom = 130
)

// actions gives one entry for each person: first the one at this computer, then
// the admin who must act, then the other.
func (c *story) actions() []Action {
	user := c.withSettings(c.userAction())
	network, server := c.withSettings(c.adminAction(NetworkAdmin)), c.withSettings(c.adminAction(ServerAdmin))
	if c.serverFirst() {
		return []Action{user, server, network}
	}
	return []Action{user, network, server}
}

// serverFirst tells whether the first finding to repair is the server's side.
func (c *story) serverFirst() bool {
	for _, f := range c.advising() {
		switch f.Party {
		case probe.PartyServerConfig, probe.PartyServerNetwork, probe.PartyCredentials:
			return true
		case probe.PartyClientNetwork, probe.PartyPath:
			return false
		default: // nobody's, or the person's own: the next finding decides
		}
	}
	return false
}

// concerns tells whether a finding matters to somebody who follows the
// recommendation: what is wrong with active mode does not, as long as passive
// mode works.
// What TLS changes does, because then the two answers differ, and so does what
// makes active mode work by chance.
func (c *story) concerns(f probe.Finding) bool {
	switch f.Code {
	case probe.TLSBlindsALG, probe.ALGRewrites, probe.ActiveDependsOnALG, probe.ActiveWrongPeer:
		return true
	default:
		return modeOf(f) != probe.Active || c.passive.Status != probe.Works
	}
}

// advising lists the findings whose advice is given, passive mode before active
// mode, because it is the one to repair first. A certificate that nobody asked
// about has advice only where its evidence is told too.
func (c *story) advising() []probe.Finding {
	var told map[probe.Code]bool
	if c.loggedIn() {
		_, told = c.reasons()
	}
	list := slices.DeleteFunc(c.shownFindings(), func(f probe.Finding) bool {
		return !c.concerns(f) || f.Code == probe.TLSCertificate && told != nil && !told[f.Code]
	})
	slices.SortStableFunc(list, func(a, b probe.Finding) int {
		return adviceRank(a) - adviceRank(b)
	})
	return list
}

func adviceRank(f probe.Finding) int {
	switch {
	case modeOf(f) == probe.Active:
		return 1
	case f.Severity == probe.SeverityError:
		return 0
	default:
		return 2
	}
}

// adminAction collects the advice for an admin.
func (c *story) adminAction(who Who) Action {
	a := Action{Who: who}
	for _, f := range c.advising() {
		w := c.say(f)
		text := w.network
		if who == ServerAdmin {
			text = w.server
		}
		if who == NetworkAdmin && a.Idle == "" {
			a.Idle = w.idle
		}
		crowded := len(a.Fixes) > 0 && len(a.Text)+len(text) > adviceRoom
		if text == "" || crowded || len(a.Fixes) == mostAdvice || c.secondOpinion(f) {
			continue
		}
		a.Text = sentences(a.Text, text)
		a.Fixes = append(a.Fixes, f.Code)
	}
	switch {
	case a.Text != "":
		a.Idle = ""
	case who == NetworkAdmin && c.verdict.ID == PassiveRequired && c.inboundBlocked():
		a.Idle = "Do not open incoming ports for this."
	}
	return a
}

// secondOpinion tells whether advice on active mode would stand beside advice
// on something else: passive mode repaired is enough.
func (c *story) secondOpinion(f probe.Finding) bool {
	if modeOf(f) != probe.Active {
		return false
	}
	return slices.ContainsFunc(c.advising(), func(other probe.Finding) bool {
		w := c.words(other)
		better := modeOf(other) == probe.Passive || modeOf(other) == 0 && other.Severity == probe.SeverityError
		return better && w.network+w.server != ""
	})
}

// inboundBlocked tells whether somebody could come to think that incoming ports
// must be opened.
func (c *story) inboundBlocked() bool {
	return c.has(probe.ActiveBlocked) || c.has(probe.ActiveRejectedEnRoute) || c.has(probe.ActiveNATUnhelped) || c.has(probe.ActiveLocalFirewall)
}

// What people have to do to get at their files.
const (
	switchToPassive = "Switch your FTP program to passive mode."
	useActive       = "Use active mode for this server only."
)

// userAction is what the person at this computer does.
func (c *story) userAction() Action {
	a := Action{Who: User}
	advice, f := c.userAdvice()
	if advice.user != "" {
		a.Fixes = []probe.Code{f.Code}
		a.Commands = advice.commands
	}
	mode := c.verdict.Mode
	switch {
	case c.primary().Code == probe.PathDenied:
		a.Text = advice.user
	case c.verdict.ID == Either && mode == probe.Active:
		a.Text = "Use active mode for this server until its passive mode is repaired."
		a.Fixes, a.Commands = c.codesOf(probe.Passive), nil
	case c.verdict.ID == Either && advice.user == "" && c.troubled():
		a.Text = "Leave your FTP program in " + lowerMode(mode) + " mode. If it still cannot open the folder, check its user name, folder and TLS setting."
	case c.verdict.ID == Either && advice.user == "":
		a.Text = "Leave your FTP program in " + lowerMode(mode) + " mode. If it still cannot open the folder, the network is not the cause: check its user name, folder and TLS setting."
	case c.verdict.ID == Either:
		a.Text = sentences("Leave your FTP program in "+lowerMode(mode)+" mode.", advice.user)
	case c.verdict.ID == PassiveRequired && advice.user != "":
		a.Text = advice.user
		if modeOf(f) != probe.Passive {
			a.Text = sentences(switchToPassive, advice.user)
		}
	case c.verdict.ID == PassiveRequired && c.onlyEPSV():
		a.Text = c.say(probe.Finding{Code: probe.PASVBroken}).user
		a.Fixes = c.codesOf(probe.Passive)
	case c.verdict.ID == PassiveRequired:
		a.Text = switchToPassive
		a.Fixes = c.codesOf(probe.Active)
	case c.verdict.ID == ActiveRequired:
		a.Text = useActive + " It may fail elsewhere; the real fix is " + c.passiveRepair() + "."
		a.Fixes = c.codesOf(probe.Passive)
	case c.verdict.ID == Unreliable:
		a.Text = sentences("Use "+lowerMode(mode)+" mode.", advice.user)
	case c.verdict.ID == Neither:
		a.Text = c.neitherAdvice(advice.user)
	case mode != 0:
		a.Text = sentences("Use "+lowerMode(mode)+" mode: it works from this computer.", advice.user)
	case advice.user != "":
		a.Text = advice.user
	case c.e.Interrupted:
		a.Text = "Run the check again and let it finish: " + c.command()
		a.Commands = []string{c.command()}
	case len(c.e.Plan.Methods) > 0:
		a.Text = "Run the check again for both modes: " + c.command()
		a.Commands = []string{c.command()}
	default:
		a.Text = "Send this report to your network admin."
	}
	// Without the encryption that the server demands, no other advice helps.
	for _, need := range c.shownFindings() {
		if (need.Code == probe.PortExpectsTLS || need.Code == probe.TLSRequired) && need.Code != f.Code && mode != 0 {
			a.Text = sentences(c.say(need).user, a.Text)
			a.Fixes = append(a.Fixes, need.Code)
		}
	}
	a.Text = sentences(a.Text, c.throughProxy(a.Text))
	return a
}

// troubled tells whether something is wrong although both modes work: then it
// may be the cause of what the person sees.
func (c *story) troubled() bool {
	return c.tone() != ToneGood || c.has(probe.ResultsVary) || slices.ContainsFunc(c.advising(), func(f probe.Finding) bool { return f.Severity > probe.SeverityInfo })
}

// passiveRepair says where passive mode is repaired.
func (c *story) passiveRepair() string {
	for _, f := range c.shownFindings() { // the first: its repair helps most
		if modeOf(f) != probe.Passive {
			continue
		}
		if f.Party == probe.PartyPath || f.Party == probe.PartyClientNetwork {
			return "to let passive mode through"
		}
		break
	}
	return "at the server"
}

// neitherAdvice is said when no data comes in either mode.
func (c *story) neitherAdvice(advice string) string {
	if advice != "" {
		return sentences(notTheMode, advice)
	}
	send := "Send this report to your network team."
	if c.serverFirst() {
		send = "Send this report to the server admin."
	}
	if first := c.checkHere(); first != "" {
		return sentences(notTheMode, first, "Then "+lowerFirst(send))
	}
	return sentences(notTheMode, send)
}

// userAdvice is the first finding that tells the user something to do.
func (c *story) userAdvice() (wording, probe.Finding) {
	for _, f := range c.advising() {
		if f.Party == probe.PartyTool && c.verdict.ID != Undetermined {
			continue // what the tool left out changed nothing
		}
		if w := c.say(f); w.user != "" {
			return w, f
		}
	}
	return wording{}, probe.Finding{}
}

// codesOf lists the findings about a mode.
func (c *story) codesOf(m probe.Mode) []probe.Code {
	var codes []probe.Code
	for _, f := range c.shownFindings() {
		if modeOf(f) == m {
			codes = append(codes, f.Code)
		}
	}
	return codes
}

func lowerMode(m probe.Mode) string { return lowerFirst(modeName(m)) }
