package report

import (
	"net/netip"
	"slices"

	"ftpdiag/probe"
	"ftpdiag/probe/ftp"
)

// Conditions under which a wording of words_variants_modes.go or words_variants_session.go
// applies.

// strangerCame: somebody from outside this network got through to this
// computer while the server did not. Neighbours prove nothing.
func strangerCame(c *story, f probe.Finding) bool {
	return slices.ContainsFunc(c.attempts(f), func(a *probe.Attempt) bool {
		return slices.ContainsFunc(a.Strangers, func(from netip.AddrPort) bool {
			return probe.ScopeOf(from.Addr()) == probe.ScopePublic
		})
	})
}

// replied tells whether what prepared a finding's connection was refused with
// a reply of that meaning.
func replied(m ftp.Meaning) func(*story, probe.Finding) bool {
	return func(c *story, f probe.Finding) bool {
		return slices.ContainsFunc(c.attempts(f), func(a *probe.Attempt) bool { return ftp.Recognise(a.Setup.Reply) == m })
	}
}

var (
	mangled      = replied(ftp.PASVMangled)
	afterEPSVAll = replied(ftp.EPSVAllInEffect)
)

// inOtherWords: a finding rests on words of a refusal that the server's program does
// not have; had the same command been accepted anywhere, it would rest on that.
func inOtherWords(c *story, f probe.Finding) bool { return restsOnWords(c.e, f) }

// restsOnWords is inOtherWords without a story.
func restsOnWords(e *probe.Examination, f probe.Finding) bool {
	all := e.AllAttempts()
	for _, i := range f.Attempts {
		if i >= len(all) || all[i].Reached != probe.StageNone || !ftp.OtherWords(softwareOf(e.Session(all[i].Session)), all[i].Setup.Reply) {
			return false
		}
	}
	return f.Code == probe.MiddleboxBlocksMode && len(f.Attempts) > 0
}

// otherMethodWorks: of a pair of commands the device lets the other one pass.
func otherMethodWorks(c *story, f probe.Finding) bool {
	return inOtherWords(c, f) && f.Severity == probe.SeverityWarning && len(c.worked(modeOf(f))) > 0
}

func mangledBeside(c *story, f probe.Finding) bool {
	return mangled(c, f) && slices.Contains(c.worked(probe.Passive), probe.EPSV)
}

// onlyActiveUnderTLS: active mode delivers under TLS while passive mode does
// not.
func onlyActiveUnderTLS(c *story, f probe.Finding) bool {
	return modeOf(f) == probe.Passive && slices.ContainsFunc(c.all, func(a *probe.Attempt) bool {
		return a.Method.Mode() == probe.Active && a.Protection.Encrypted() && a.Delivered()
	})
}

func activeFails(c *story, _ probe.Finding) bool { return !delivers(c.active.Status) }

// alerted: the other side of a TLS handshake said itself that it fails.
func alerted(c *story, f probe.Finding) bool {
	s := c.session(f)
	return s != nil && s.TLS != nil && s.TLS.Alert != ""
}

// dnsSaidNo: DNS answered, only not with an address.
func dnsSaidNo(c *story, _ probe.Finding) bool {
	return c.e.Resolution.Outcome == probe.NameServFail || c.e.Resolution.Outcome == probe.NameRefused
}

// dnsOverTCPOnly: what answered over TCP was silent over UDP, which the system asks
// over.
func dnsOverTCPOnly(c *story, f probe.Finding) bool { return len(tcpOnly(c)) > 0 && !dnsSaidNo(c, f) }

// serverNamed: the person said which DNS server to ask, so that this computer's own
// were not.
func serverNamed(c *story, _ probe.Finding) bool { return c.e.Resolution.Named() }

func namedSaidNo(c *story, f probe.Finding) bool { return serverNamed(c, f) && dnsSaidNo(c, f) }

// namedRefused: REFUSED is a server's own policy (RFC 1035 section 4.1.1), so that
// the zone is not at fault.
func namedRefused(c *story, f probe.Finding) bool {
	return c.e.Resolution.Named() && c.e.Resolution.Outcome == probe.NameRefused
}

func eitherWorks(c *story, _ probe.Finding) bool { return c.verdict.ID == Either }

func loggedInAnyway(c *story, f probe.Finding) bool { return c.loggedIn() }

// unverifiedBeside: the check went on although this computer did not verify the
// certificate.
func unverifiedBeside(c *story, f probe.Finding) bool {
	return f.Party == probe.PartyTool && loggedInAnyway(c, f)
}

func encrypted(c *story, f probe.Finding) bool {
	s := c.session(f)
	return s != nil && s.Protection.Encrypted()
}

func speaksSSH(c *story, f probe.Finding) bool {
	s := c.session(f)
	return s != nil && s.Protocol == ftp.ProtocolSSH
}

// knowsNoUSER: what answers has not said what it speaks, and does not know the
// first command of FTP.
func knowsNoUSER(c *story, f probe.Finding) bool {
	s := c.session(f)
	return s != nil && s.Protocol == ftp.ProtocolUnknown && len(s.Login) > 0
}

// refuserKnown: an ICMP message said who refuses, and it is not the server.
func refuserKnown(c *story, f probe.Finding) bool {
	return f.Party == probe.PartyPath && slices.ContainsFunc(c.attempts(f), func(a *probe.Attempt) bool { return a.Stop.From.IsValid() })
}

// besideWrongAddress: the advice about the address in 227 asks for open ports too.
func besideWrongAddress(c *story, _ probe.Finding) bool {
	return slices.ContainsFunc(c.findings, func(f probe.Finding) bool {
		return wrongAddress(f.Code) && f.Severity == probe.SeverityError && !f.Folded
	})
}

// lastOfLogin is the exchange that a login ended with; false if it succeeded, or
// was not begun.
func lastOfLogin(c *story, f probe.Finding) (probe.Exchange, bool) {
	s := c.session(f)
	if s == nil || s.LoggedIn || len(s.Login) == 0 {
		return probe.Exchange{}, false
	}
	return s.Login[len(s.Login)-1], true
}

// duringLogin: the connection ended where the login wanted a reply.
func duringLogin(c *story, f probe.Finding) bool {
	x, ok := lastOfLogin(c, f)
	return ok && x.Reply.Code == 0
}

// slowToLogIn: the login was waited for in vain, and nobody hung up.
func slowToLogIn(c *story, f probe.Finding) bool {
	x, ok := lastOfLogin(c, f)
	return ok && x.Stop.Cause == probe.Timeout
}

// refusedForNow: AUTH was refused with 4yz, which may pass (RFC 959 section
// 4.2.1), and the check ended there.
func refusedForNow(c *story, f probe.Finding) bool {
	s := c.session(f)
	return s != nil && s.Auth.Reply.Code.Transient() && !s.LoggedIn
}

// wantsAccount: the login ends with 332, which asks for ACCT (RFC 959 section
// 5.4).
func wantsAccount(c *story, f probe.Finding) bool {
	s := c.session(f)
	return s != nil && len(s.Login) > 0 && s.Login[len(s.Login)-1].Reply.Code == 332
}

// accepted: the server took PORT or EPRT, so that nothing was refused.
func accepted(c *story, f probe.Finding) bool {
	list := c.attempts(f)
	return len(list) > 0 && !slices.ContainsFunc(list, func(a *probe.Attempt) bool { return attemptRefusal(a) != "" })
}

func unsure(_ *story, f probe.Finding) bool { return f.Confidence == probe.ConfidenceLikely }

// notListed: LIST was refused without a word about a right.
func notListed(c *story, f probe.Finding) bool {
	return unsure(c, f) && slices.ContainsFunc(c.attempts(f), func(a *probe.Attempt) bool { return a.Transfer.Reply.Code.Negative() })
}

// offeredPortsDiffer: the person chose the ports for active mode, and the tries
// offered different ones.
func offeredPortsDiffer(c *story, f probe.Finding) bool {
	if c.e.Plan.ActivePorts[0] == 0 || modeOf(f) != probe.Active {
		return false
	}
	offered := map[uint16]bool{}
	for _, a := range c.attempts(f) {
		offered[a.Announced.Port()] = true
	}
	return len(offered) > 1
}

// notYetValid: by this computer's clock the certificate begins later.
func notYetValid(c *story, f probe.Finding) bool {
	s := c.session(f)
	return s != nil && s.TLS != nil && s.TLS.Certificate.NotBefore.After(c.e.Started)
}

// unhelpedLikely: PORT or EPRT was accepted, and whether something translates the
// address was not proven.
func unhelpedLikely(c *story, f probe.Finding) bool {
	return unsure(c, f) && accepted(c, f)
}

// seenLocally: the server has a public address and sees this computer under a local
// one, so that the translation is at its end, or at both.
func seenLocally(c *story, f probe.Finding) bool {
	s := c.session(f)
	if s == nil || probe.ScopeOf(s.Remote.Addr()) != probe.ScopePublic {
		return false
	}
	return probe.ScopeOf(c.e.SeenAs(s.Remote.Addr())).Local()
}

// leftOpen: the data connection stayed open, and nothing came over it.
func leftOpen(c *story, f probe.Finding) bool {
	return slices.ContainsFunc(c.attempts(f), func(a *probe.Attempt) bool { return a.Stop.Cause == probe.Timeout && !a.EOF })
}

// refusedTwoAddresses: PORT or EPRT was refused with more than one address of
// this computer's.
func refusedTwoAddresses(c *story, f probe.Finding) bool {
	var first netip.Addr
	for _, a := range c.all {
		addr := a.Announced.Addr()
		switch {
		case a.Method.Mode() != probe.Active || attemptRefusal(a) == "" || !addr.IsValid():
		case !first.IsValid():
			first = addr
		case addr != first:
			return true
		}
	}
	return false
}

// mute: the finding is about a control connection that opened.
func mute(c *story, f probe.Finding) bool {
	s := c.e.Session(f.Session)
	return s != nil && s.Remote.IsValid() && !s.Connect.Stop.Stopped()
}

func folderAsked(c *story, _ probe.Finding) bool { return c.e.Target.Path != "" }

func nameExists(c *story, _ probe.Finding) bool { return c.e.Resolution.Outcome == probe.NameEmpty }

// aliasLeadsNowhere: the name is an alias of one that does not exist, or has no
// address.
func aliasLeadsNowhere(c *story, _ probe.Finding) bool { return len(c.e.Resolution.CNAME) > 0 }

// nameMisread: the server may have read another name than was sent.
func nameMisread(_ *story, f probe.Finding) bool {
	return f.Confidence == probe.ConfidenceLikely && len(f.Attempts) == 0
}

// deniedInWords: the refusal came over the data connection.
func deniedInWords(c *story, f probe.Finding) bool { return denial(c, f) != "" }

// fromHosts: a line of the hosts file took the place of DNS.
func fromHosts(c *story, _ probe.Finding) bool { return c.e.Resolution.InHosts }

// thrownAway: this computer discarded packets while the server should have called,
// and whether they were its calls was not asked.
func thrownAway(c *story, f probe.Finding) bool {
	for _, x := range c.e.Experiments {
		if x.Name == "own-filter" && x.Answer != probe.NoAnswer {
			return false
		}
	}
	return slices.ContainsFunc(c.attempts(f), func(a *probe.Attempt) bool { return a.Discarded > 0 && f.Confidence == probe.ConfidenceLikely })
}

// endUnproven: TLS did not say that the data connection ends here, and the server said
// nothing either.
func endUnproven(c *story, f probe.Finding) bool {
	return slices.ContainsFunc(c.attempts(f), func(a *probe.Attempt) bool { return a.NoNotify && a.Final.Reply.Code == 0 })
}

// oneStalled: a listing that stalled is all there is to the finding; it was not
// asked for again.
func oneStalled(c *story, f probe.Finding) bool {
	list := c.attempts(f)
	return len(list) == 1 && list[0].Stop.Cause == probe.Timeout && list[0].Reached >= probe.StageConnected && tally(c, f) == ""
}
