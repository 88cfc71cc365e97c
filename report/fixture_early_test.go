package report

import (
	"net/netip"
	"strings"
	"time"

	"ftpdiag/probe"
	"ftpdiag/probe/ftp"
)

// earlyFixtures ended before a data connection was tried.
func earlyFixtures() []fixture {
	return []fixture{
		loginFixture(), anonymousFixture(), tlsRequiredFixture(), notFTPFixture(), nameFixture(), dnsFixture(),
		filteredFixture(), portRefusedFixture(), bannedFixture(), silentFixture(), certificateFixture(), unverifiedFixture(), stoppedEarlyFixture(), longNameFixture(),
	}
}

func loginFixture() fixture {
	m := start(private, 400*time.Millisecond).user("maria").greet(probe.Clear, "220 (vsFTPd 3.0.5)")
	m.session.Login = []probe.Exchange{
		m.exchange("USER maria", "331 Please specify the password."),
		m.exchange("PASS ********", "530 Login incorrect."),
	}
	return fixture{"login-refused", m.e, []probe.Finding{m.finding(probe.LoginRejected, severe, probe.PartyCredentials, 0)}, Undetermined, 4}
}

func anonymousFixture() fixture {
	m := start(private, 400*time.Millisecond).greet(probe.Clear, "220 ProFTPD Server ready.")
	m.session.Login = []probe.Exchange{m.exchange("USER anonymous", "530 This FTP server does not allow anonymous logins.")}
	return fixture{"anonymous-refused", m.e, []probe.Finding{m.finding(probe.LoginRejected, severe, probe.PartyCredentials, 0)}, Undetermined, 4}
}

func tlsRequiredFixture() fixture {
	m := start(private, 400*time.Millisecond).user("maria").greet(probe.Clear, "220 (vsFTPd 3.0.5)")
	m.e.Target.TLS = probe.TLSOff
	m.session.Login = []probe.Exchange{m.exchange("USER maria", "530 Non-anonymous sessions must use encryption.")}
	return fixture{"tls-required", m.e, []probe.Finding{m.finding(probe.TLSRequired, severe, probe.PartyUser, 0)}, Undetermined, 4}
}

func notFTPFixture() fixture {
	m := start(private, 200*time.Millisecond)
	m.e.Target.Port = 22
	m.connect(probe.Clear)
	m.session.Greeting = probe.Exchange{Reply: ftp.Reply{Lines: []string{"SSH-2.0-OpenSSH_9.2p1"}, Raw: []byte("SSH-2.0-OpenSSH_9.2p1\r\n")}, Took: 20 * time.Millisecond}
	m.session.Protocol = ftp.ProtocolSSH
	m.note(probe.Receive, probe.Control, "SSH-2.0-OpenSSH_9.2p1")
	return fixture{"not-ftp", m.e, []probe.Finding{m.finding(probe.NotFTP, severe, probe.PartyUser, 0)}, Undetermined, 5}
}

func nameFixture() fixture {
	m := start(private, 300*time.Millisecond)
	m.e.Target.Host, m.e.Target.Input = "ftp.exmaple.com", "ftp.exmaple.com"
	m.e.Resolution = probe.Resolution{Resolver: "system", Outcome: probe.NameMissing, Took: 80 * time.Millisecond, Servers: []probe.ServerReply{
		{Server: netip.MustParseAddrPort("192.0.2.53:53"), Proto: "udp", Name: "ftp.exmaple.com", Question: "A", Outcome: probe.NameMissing, Rcode: "NXDOMAIN"},
	}}
	return fixture{"name-missing", m.e, []probe.Finding{m.finding(probe.DNSNoSuchHost, severe, probe.PartyUser, 0)}, Undetermined, 5}
}

func dnsFixture() fixture {
	m := start(private, 10*time.Second)
	m.e.Resolution = probe.Resolution{Resolver: "system", Outcome: probe.NameTimeout, Took: 5 * time.Second, Servers: []probe.ServerReply{
		{Server: netip.MustParseAddrPort("192.0.2.53:53"), Proto: "udp", Name: "ftp.example.com", Question: "A", Outcome: probe.NameTimeout, Stop: probe.Stop{Cause: probe.Timeout}},
		{Server: netip.MustParseAddrPort("192.0.2.54:53"), Proto: "udp", Name: "ftp.example.com", Question: "A", Outcome: probe.NameServFail, Rcode: "SERVFAIL"},
	}}
	return fixture{"dns-failure", m.e, []probe.Finding{m.finding(probe.DNSFailure, severe, probe.PartyClientNetwork, 0)}, Undetermined, 5}
}

// unreachable adds a failed connect to port 21.
func (m *maker) unreachable(cause probe.Cause, took time.Duration) *maker {
	m.e.Connects = []probe.Connect{{Remote: netip.AddrPortFrom(m.remote, 21), Took: took, Stop: probe.Stop{Cause: cause, Text: "dial tcp"}, Events: []int{1}}}
	m.note(probe.Note, probe.Control, "connect failed: "+cause.String())
	return m
}

func filteredFixture() fixture {
	m := start(private, 10*time.Second).unreachable(probe.Timeout, 10*time.Second)
	return fixture{"port-filtered", m.e, []probe.Finding{m.finding(probe.ControlFiltered, severe, probe.PartyPath, 0)}, Undetermined, 5}
}

func portRefusedFixture() fixture {
	m := start(private, 40*time.Millisecond).unreachable(probe.Refused, 21*time.Millisecond)
	return fixture{"port-refused", m.e, []probe.Finding{m.finding(probe.ControlRefused, severe, probe.PartyServerNetwork, 0)}, Undetermined, 5}
}

func bannedFixture() fixture {
	m := start(private, 40*time.Millisecond).greet(probe.Clear, "421 Too many connections (8) from this IP")
	return fixture{"banned", m.e, []probe.Finding{m.finding(probe.SessionRefused, severe, probe.PartyServerConfig, 0)}, Undetermined, 5}
}

func silentFixture() fixture {
	m := start(private, 35*time.Second).connect(probe.Clear)
	m.session.Greeting = probe.Exchange{Stop: probe.Stop{Cause: probe.Timeout}, Took: 35 * time.Second, Events: []int{m.note(probe.Note, probe.Control, "no greeting in 35 s")}}
	return fixture{"no-greeting", m.e, []probe.Finding{m.finding(probe.GreetingMissing, severe, probe.PartyServerConfig, 0)}, Undetermined, 5}
}

func certificateFixture() fixture {
	m := start(private, 300*time.Millisecond).user("maria").greet(probe.ExplicitTLS, "220 ready")
	m.session.Auth = m.exchange("AUTH TLS", "234 Proceed with negotiation.")
	m.session.Withheld = true
	m.session.TLS = &probe.TLSFacts{Version: "TLS 1.3", Certificate: probe.CertFacts{Subject: "a.example.com", Names: []string{"a.example.com"}, Trusted: true, Problem: "x509: other name"}}
	return fixture{"certificate", m.e, []probe.Finding{m.finding(probe.TLSCertificate, severe, probe.PartyServerConfig, 0)}, Undetermined, 5}
}

func unverifiedFixture() fixture {
	f := certificateFixture()
	f.name, f.findings[0].Party = "certificate-unverified", probe.PartyTool
	f.exam.Sessions[0].TLS.Certificate = probe.CertFacts{Subject: "ftp.example.com", Names: []string{"ftp.example.com"}, NameOK: true, Unverified: true, Problem: "not verified in time"}
	return f
}

func stoppedEarlyFixture() fixture {
	m := start(private, 2*time.Second).greet(probe.Clear, "220 ready")
	m.e.Interrupted = true
	return fixture{"stopped-early", m.e, []probe.Finding{m.finding(probe.Stopped, info, probe.PartyTool, 0)}, Undetermined, 130}
}

// longNameFixture has a host name that fits into no line of the report.
func longNameFixture() fixture {
	f := loginFixture()
	f.name = "long-name"
	f.exam.Target.Host = strings.Repeat("department-", 9) + "ftp.example.com"
	f.exam.Target.Input = f.exam.Target.Host
	return f
}
