package report

import (
	"net/netip"
	"time"

	"ftpdiag/probe"
)

const (
	quick  = 300 * time.Millisecond
	slower = 400 * time.Millisecond
	cannot = "425 Can't open data connection."
)

// modeFixtures got through the login.
func modeFixtures() []fixture {
	return []fixture{
		eitherFixture(), passiveFixture(), activeFixture(), bothFixture(), epsvFixture(), privateFixture(),
		deniedFixture(), folderFixture(), reuseFixture(), mtuFixture(), refusedFixture(), limitedFixture(),
		listenerFixture(), interruptedFixture(), onlyActiveFixture(), tlsDiffersFixture(), varyFixture(), hostileFixture(), ipv6Fixture(),
	}
}

func eitherFixture() fixture {
	m := start(public, 1600*time.Millisecond).login(probe.Clear)
	m.delivers(m.passive(probe.EPSV, server, 50112), quick)
	m.delivers(m.passive(probe.PASV, server, 50113), quick)
	m.delivers(m.active(probe.EPRT, 51044), slower)
	m.delivers(m.active(probe.PORT, 51045), slower)
	return fixture{"either", m.e, []probe.Finding{m.finding(probe.BothModesWork, info, probe.PartyNone, 0)}, Either, 0}
}

func passiveFixture() fixture {
	m := start(private, 9400*time.Millisecond).login(probe.Clear)
	m.delivers(m.passive(probe.EPSV, server, 50112), quick)
	m.delivers(m.passive(probe.PASV, server, 50113), quick)
	m.silent(m.active(probe.EPRT, 51044), cannot)
	m.silent(m.active(probe.PORT, 51045), cannot)
	return fixture{"passive-required", m.e, []probe.Finding{
		m.finding(probe.ActiveBlocked, severe, probe.PartyClientNetwork, probe.Active, probe.EPRT, probe.PORT),
		m.finding(probe.ClientBehindNAT, info, probe.PartyNone, 0),
	}, PassiveRequired, 0}
}

func activeFixture() fixture {
	m := start(public, 9900*time.Millisecond).login(probe.Clear)
	m.silent(m.passive(probe.EPSV, server, 50112), "")
	m.silent(m.passive(probe.PASV, server, 50113), "")
	f := m.finding(probe.PassivePortFiltered, severe, probe.PartyServerNetwork, probe.Passive, probe.EPSV, probe.PASV)
	m.delivers(m.active(probe.EPRT, 51044), slower)
	m.delivers(m.active(probe.PORT, 51045), slower)
	return fixture{"active-required", m.e, []probe.Finding{f}, ActiveRequired, 0}
}

func bothFixture() fixture {
	m := start(private, 10200*time.Millisecond).login(probe.Clear)
	m.silent(m.passive(probe.EPSV, server, 50112), "")
	m.silent(m.passive(probe.PASV, server, 50113), "")
	f := m.finding(probe.PassivePortFiltered, severe, probe.PartyPath, probe.Passive, probe.EPSV, probe.PASV)
	m.silent(m.active(probe.EPRT, 51044), cannot)
	m.silent(m.active(probe.PORT, 51045), cannot)
	return fixture{"both-blocked", m.e, []probe.Finding{
		f, m.finding(probe.ActiveBlocked, severe, probe.PartyClientNetwork, probe.Active, probe.EPRT, probe.PORT),
	}, Neither, 1}
}

func epsvFixture() fixture {
	m := start(private, 10*time.Second).login(probe.Clear)
	m.delivers(m.passive(probe.EPSV, server, 50112), quick)
	m.silent(m.passive(probe.PASV, "10.0.0.5", 50117), "")
	f := m.finding(probe.PASVAddressPrivate, warning, probe.PartyServerConfig, probe.Passive, probe.PASV)
	f.Explains = []probe.Code{probe.PASVBroken}
	folded := m.finding(probe.PASVBroken, warning, probe.PartyServerConfig, probe.Passive, probe.PASV)
	folded.Folded = true
	m.silent(m.active(probe.EPRT, 51044), "")
	m.silent(m.active(probe.PORT, 51045), "")
	return fixture{"pasv-private-epsv-works", m.e, []probe.Finding{
		f, m.finding(probe.ActiveBlocked, severe, probe.PartyClientNetwork, probe.Active, probe.EPRT, probe.PORT), folded,
	}, PassiveRequired, 0}
}

// privateFixture: a private 227 and closed ports, so that no way in is left.
func privateFixture() fixture {
	m := start(private, 10*time.Second).login(probe.Clear)
	m.silent(m.passive(probe.EPSV, server, 50112), "")
	m.silent(m.passive(probe.PASV, "10.0.0.5", 50117), "")
	f := m.finding(probe.PASVAddressPrivate, severe, probe.PartyServerConfig, probe.Passive, probe.PASV)
	f.Explains = []probe.Code{probe.PassivePortFiltered}
	folded := m.finding(probe.PassivePortFiltered, severe, probe.PartyServerNetwork, probe.Passive, probe.EPSV)
	folded.Folded = true
	m.silent(m.active(probe.EPRT, 51044), cannot)
	m.silent(m.active(probe.PORT, 51045), cannot)
	return fixture{"private-227-no-way-in", m.e, []probe.Finding{
		f, m.finding(probe.ActiveBlocked, severe, probe.PartyClientNetwork, probe.Active, probe.EPRT, probe.PORT), folded,
	}, Neither, 1}
}

// deniedFixture: the data connections are fine, the folder may not be listed.
func deniedFixture() fixture {
	m := start(public, 900*time.Millisecond).user("maria")
	m.e.Target.Path = "/in"
	m.login(probe.Clear)
	for _, method := range allMethods {
		a := m.offered(method)
		a.Reached = probe.StageConnected
		a.Transfer = m.exchange("LIST", "550 Permission denied.")
		a.Stop = probe.Stop{Cause: probe.ByReply}
	}
	return fixture{"path-denied", m.e, []probe.Finding{m.finding(probe.PathDenied, severe, probe.PartyServerConfig, 0)}, Neither, 1}
}

// folderFixture: the folder cannot be entered, the modes work elsewhere.
func folderFixture() fixture {
	f := eitherFixture()
	f.exam.Target.Path = "/secret"
	s := &f.exam.Sessions[0]
	s.Folder = probe.Exchange{Command: "CWD /secret", Reply: reply("550 Failed to change directory."), Events: []int{3}}
	f.name = "folder-refused"
	f.findings = append([]probe.Finding{{Code: probe.PathDenied, Severity: severe, Confidence: probe.ConfidenceCertain, Party: probe.PartyServerConfig, Session: 1, Evidence: []int{3}}}, f.findings...)
	return f
}

func reuseFixture() fixture {
	m := start(private, 2100*time.Millisecond).user("maria").login(probe.ExplicitTLS)
	m.session.TLS = &probe.TLSFacts{Version: "TLS 1.3", Cipher: "TLS_AES_128_GCM_SHA256", Certificate: probe.CertFacts{Subject: "ftp.example.com", Trusted: true, NameOK: true}}
	for _, method := range allMethods {
		a := m.offered(method)
		a.Reached = probe.StageSecured
		a.Transfer = m.exchange("LIST", "150 Here comes the directory listing.")
		a.Final = m.exchange("", "522 SSL connection failed: session reuse required")
		a.Stop = probe.Stop{Cause: probe.ByReply}
	}
	return fixture{"tls-reuse", m.e, []probe.Finding{m.finding(probe.DataTLSReuseRequired, severe, probe.PartyServerConfig, 0)}, Neither, 1}
}

func mtuFixture() fixture {
	m := start(private, 12*time.Second).login(probe.Clear)
	for _, method := range allMethods {
		a := m.offered(method)
		a.Reached = probe.StageConnected
		a.Transfer = m.exchange("LIST", "150 Here comes the directory listing.")
		a.Stop, a.Waited = probe.Stop{Cause: probe.Timeout}, 8*time.Second
	}
	f := m.finding(probe.DataMTUBlackhole, severe, probe.PartyPath, 0)
	small := m.passive(probe.EPSV, server, 50119)
	small.Variant = probe.SmallSegments
	m.delivers(small, quick)
	small.Bytes = 38872 // more than one segment carries: measured in the lab
	return fixture{"mtu", m.e, []probe.Finding{f}, Neither, 1}
}

// refusedFixture: the server refuses active mode, and PORT from behind NAT.
func refusedFixture() fixture {
	m := start(private, 1500*time.Millisecond).login(probe.Clear)
	m.delivers(m.passive(probe.EPSV, server, 50112), quick)
	m.delivers(m.passive(probe.PASV, server, 50113), quick)
	for _, method := range []probe.Method{probe.EPRT, probe.PORT} {
		a := m.active(method, 51044)
		a.Reached, a.Stop = probe.StageNone, probe.Stop{Cause: probe.ByReply}
		a.Setup.Reply = reply("500 Illegal " + verbs([]probe.Method{method})[0] + " command.")
	}
	m.session.SeenAs = netip.MustParseAddr("203.0.113.9")
	return fixture{"nat-unhelped", m.e, []probe.Finding{
		m.finding(probe.ActiveNATUnhelped, severe, probe.PartyClientNetwork, probe.Active, probe.EPRT, probe.PORT),
	}, PassiveRequired, 0}
}

// limitedFixture: the second control connection was refused.
func limitedFixture() fixture {
	m := start(private, 1100*time.Millisecond).login(probe.Clear)
	m.delivers(m.passive(probe.EPSV, server, 50112), quick)
	m.delivers(m.passive(probe.PASV, server, 50113), quick)
	m.greet(probe.Clear, "421 There are too many connections from your internet address.")
	m.session.Extra = true
	f := m.finding(probe.ToolLimited, info, probe.PartyTool, probe.Active)
	f.Session = 2
	return fixture{"tool-limited", m.e, []probe.Finding{f}, Undetermined, 0}
}

func listenerFixture() fixture {
	m := start(private, 1100*time.Millisecond).login(probe.Clear)
	m.silent(m.passive(probe.EPSV, server, 50112), "")
	m.silent(m.passive(probe.PASV, server, 50113), "")
	f := m.finding(probe.PassivePortFiltered, severe, probe.PartyPath, probe.Passive)
	a := m.attempt(probe.EPRT)
	a.Stop = probe.Stop{Cause: probe.Local, Text: "listen tcp4 192.168.1.50:0: socket: permission denied"}
	return fixture{"no-listener", m.e, []probe.Finding{f, m.finding(probe.NoListener, info, probe.PartyTool, probe.Active)}, Undetermined, 3}
}

func interruptedFixture() fixture {
	m := start(private, 3*time.Second).login(probe.Clear)
	m.delivers(m.passive(probe.EPSV, server, 50112), quick)
	a := m.active(probe.EPRT, 51044)
	a.Stop, a.Waited = probe.Stop{Cause: probe.Canceled}, 2*time.Second
	m.e.Interrupted = true
	return fixture{"interrupted", m.e, []probe.Finding{m.finding(probe.Stopped, info, probe.PartyTool, 0)}, Undetermined, 130}
}

func onlyActiveFixture() fixture {
	m := start(private, 8*time.Second).login(probe.Clear)
	m.e.Plan.Methods = []probe.Method{probe.PORT, probe.EPRT}
	m.silent(m.active(probe.EPRT, 51044), cannot)
	m.silent(m.active(probe.PORT, 51045), cannot)
	return fixture{"only-active-asked", m.e, []probe.Finding{
		m.finding(probe.ActiveBlocked, severe, probe.PartyClientNetwork, probe.Active),
	}, Undetermined, 3}
}

// tlsDiffersFixture: active works in clear through a helper, not under TLS.
func tlsDiffersFixture() fixture {
	m := start(private, 10*time.Second).login(probe.Clear)
	m.delivers(m.passive(probe.EPSV, server, 50112), quick)
	m.delivers(m.active(probe.PORT, 51045), slower)
	m.login(probe.ExplicitTLS)
	m.delivers(m.passive(probe.EPSV, server, 50114), quick)
	m.silent(m.active(probe.PORT, 51046), cannot)
	f := m.finding(probe.TLSBlindsALG, warning, probe.PartyClientNetwork, probe.Active, probe.PORT)
	f.Confidence = probe.ConfidenceLikely
	return fixture{"tls-differs", m.e, []probe.Finding{f}, Either, 0}
}

// varyFixture: some passive ports answer, others do not, and active fails.
// Whether the modes count as unreliable is decided from the attempts.
func varyFixture() fixture {
	m := start(private, 10*time.Second).login(probe.Clear)
	m.delivers(m.passive(probe.EPSV, server, 50112), quick)
	again := m.passive(probe.EPSV, server, 50190)
	again.Variant = probe.SecondPort
	m.silent(again, "")
	m.silent(m.passive(probe.PASV, server, 50191), "")
	f := m.finding(probe.PassiveRangePartlyOpen, warning, probe.PartyServerNetwork, probe.Passive)
	f.Attempts = []int{0, 1, 2}
	m.silent(m.active(probe.EPRT, 51044), "")
	return fixture{"range-partly-open", m.e, []probe.Finding{
		f, m.finding(probe.ActiveBlocked, severe, probe.PartyClientNetwork, probe.Active),
	}, Unreliable, 1}
}

// hostileFixture: the server's words try to take over the terminal.
func hostileFixture() fixture {
	m := start(private, 9*time.Second).login(probe.Clear)
	m.session.Greeting = m.exchange("", hostile)
	m.silent(m.passive(probe.EPSV, server, 50112), "")
	f := m.finding(probe.PassivePortFiltered, severe, probe.PartyPath, probe.Passive)
	m.silent(m.active(probe.EPRT, 51044), "425 \x1b[31m\u202eno\x00\x07 \xff")
	return fixture{"hostile", m.e, []probe.Finding{f, m.finding(probe.ActiveBlocked, severe, probe.PartyClientNetwork, probe.Active)}, Neither, 1}
}

// ipv6Fixture has the longest addresses.
func ipv6Fixture() fixture {
	m := start(private, 1600*time.Millisecond)
	m.local = netip.MustParseAddr("2001:db8:1111:2222:3333:4444:5555:6666")
	m.remote = netip.MustParseAddr("2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff")
	m.e.Resolution.Addresses = []netip.Addr{m.remote}
	m.login(probe.Clear)
	m.delivers(m.passive(probe.EPSV, m.remote.String(), 50112), quick)
	m.delivers(m.active(probe.EPRT, 51044), slower)
	return fixture{"ipv6", m.e, []probe.Finding{m.finding(probe.BothModesWork, info, probe.PartyNone, 0)}, Either, 0}
}
