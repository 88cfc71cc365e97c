package report

import (
	"net/netip"
	"slices"
	"strings"
	"time"

	"ftpdiag/probe"
	"ftpdiag/probe/ftp"
)

// offered is the address that 227 announced.
func offered(c *story, f probe.Finding) string {
	for _, a := range c.attempts(f) {
		if a.Offer.Addr.IsValid() {
			return addrText(a.Offer.Addr)
		}
	}
	return ""
}

// offeredKind says what is wrong with the announced address.
func offeredKind(c *story, f probe.Finding) string {
	for _, a := range c.attempts(f) {
		if !a.Offer.Addr.IsValid() {
			continue
		}
		switch probe.ScopeOf(a.Offer.Addr) {
		case probe.ScopePrivate:
			return "a private address inside the server's own network"
		case probe.ScopeShared:
			return "an address inside a provider's own network"
		case probe.ScopeLinkLocal:
			return "an address that works only beside the server"
		case probe.ScopeLoopback:
			return "an address that every computer uses for itself"
		case probe.ScopeUnspecified:
			return "which is no address"
		default:
			return "which is not the server's address"
		}
	}
	return ""
}

// addressSettings name the setting for the outside address in each server
// program (their manuals and example files).
var addressSettings = []struct{ software, setting string }{
	{"vsftpd", "pasv_address"},
	{"ProFTPD", "MasqueradeAddress"},
	{"Pure-FTPd", "ForcePassiveIP"},
	{"pyftpdlib", "masquerade_address"},
	{"FileZilla Server", "Passive mode, public address"},
	{"Microsoft FTP Service", "externalIp4Address"},
	{"Apache FtpServer", "external-address"},
	{"SFTPGo", "force_passive_ip"},
	{"Synology", "Report external IP in PASV mode"},
}

// addressSetting is that of the server's own program, or of the usual ones.
func addressSetting(c *story, f probe.Finding) string {
	name := strings.ToLower(softwareOf(c.session(f)))
	for _, row := range addressSettings {
		if name != "" && strings.HasPrefix(name, strings.ToLower(row.software)) {
			return row.software + ": " + row.setting
		}
	}
	return "vsftpd: pasv_address, ProFTPD: MasqueradeAddress"
}

// connectTime is how long the control connection took, or how long it was
// tried in vain.
func connectTime(c *story) time.Duration {
	if c.lead != nil && c.lead.Connect.Took > 0 {
		return c.lead.Connect.Took
	}
	var longest time.Duration
	for _, k := range c.e.Connects {
		longest = max(longest, k.Took)
	}
	return longest
}

// deadAddresses says which addresses of the server answer and which do not.
func deadAddresses(c *story, _ probe.Finding) string {
	var dead, alive []string
	for _, k := range c.e.Connects {
		text := addrText(k.Remote.Addr())
		switch {
		case !k.Stop.Stopped() && !slices.Contains(alive, text):
			alive = append(alive, text)
		case k.Stop.Stopped() && k.Stop.Cause != probe.Canceled && !slices.Contains(dead, text):
			dead = append(dead, text)
		}
	}
	switch {
	case len(dead) == 0:
		return ""
	case len(alive) == 0:
		return "No answer from " + join(dead) + "."
	default:
		return "No answer from " + join(dead) + "; " + join(alive) + " answers."
	}
}

// lastAlias is the name that the server's name is an alias of in the end.
func lastAlias(c *story, _ probe.Finding) string {
	if list := c.e.Resolution.CNAME; len(list) > 0 {
		return ftp.Clean(list[len(list)-1])
	}
	return ""
}

// tcpOnly are the DNS servers that were silent over UDP and answered over TCP.
func tcpOnly(c *story) map[netip.AddrPort]bool {
	silent, answers := map[netip.AddrPort]bool{}, map[netip.AddrPort]bool{}
	for _, s := range c.e.Resolution.Servers {
		switch {
		case s.Proto == "udp" && s.Outcome == probe.NameTimeout:
			silent[s.Server] = true
		case s.Proto == "tcp" && s.Rcode != "" && silent[s.Server]:
			answers[s.Server] = true
		}
	}
	return answers
}

// dnsAnswers says what the DNS servers that were asked one by one replied.
func dnsAnswers(c *story, _ probe.Finding) string {
	servers := c.e.Resolution.Servers
	names := map[string]bool{}
	for _, s := range servers {
		names[s.Name] = true
	}
	var answers []string
	asked := map[string][]string{} // the names asked for, by answer
	overTCP := tcpOnly(c)
	silent := map[netip.AddrPort]bool{}
	for _, s := range servers {
		text := s.Server.Addr().Unmap().String()
		switch {
		case s.Proto == "udp" && overTCP[s.Server], s.Proto == "tcp" && silent[s.Server] && s.Rcode == "":
			continue // the answer over TCP tells both; that there is none over TCP either tells nothing more
		case s.Stop.Cause == probe.Limit:
			continue // it was not waited for
		case s.Rcode != "" && overTCP[s.Server]:
			text += " replied " + ftp.Clean(s.Rcode) + " over TCP only"
		case s.Rcode != "":
			text += " replied " + ftp.Clean(s.Rcode)
		case s.Stop.Cause == probe.Timeout:
			text += " did not answer"
		default:
			text += " could not be asked"
		}
		silent[s.Server] = silent[s.Server] || s.Rcode == ""
		if !slices.Contains(answers, text) {
			answers = append(answers, text)
		}
		if name := ftp.Clean(s.Name); !slices.Contains(asked[text], name) {
			asked[text] = append(asked[text], name)
		}
	}
	if len(names) > 1 {
		for i, text := range answers {
			answers[i] += " for " + join(asked[text])
		}
	}
	const enough = 3 // more names nobody reads; the rest stands in the dialogue
	return join(answers[:min(len(answers), enough)])
}

// tlsWords are the server's alert, or the system's words about a handshake
// that failed.
func tlsWords(c *story, f probe.Finding) string {
	s := c.session(f)
	if s == nil || s.TLS == nil {
		return ""
	}
	if s.TLS.Alert != "" {
		return `the server said "` + ftp.CleanLimit(s.TLS.Alert, quoteLimit) + `"`
	}
	switch s.TLS.Stop.Cause {
	case probe.Reset:
		return "the connection was reset"
	case probe.Closed:
		return "the server ended the connection"
	case probe.Timeout:
		return "no answer" + within(s.TLS.Took)
	default:
		return ""
	}
}

// within is a wait as the end of a sentence.
func within(d time.Duration) string {
	if d < worthSaying {
		return ""
	}
	return " in " + span(d)
}

// certificateProblem says what is wrong with the certificate, and what would
// be right.
func certificateProblem(c *story, f probe.Finding) string {
	s := c.session(f)
	if s == nil || s.TLS == nil {
		return ""
	}
	k := s.TLS.Certificate
	switch {
	case k.Expired && k.NotBefore.After(c.e.Started):
		return "It is not valid yet, by this computer's clock."
	case k.Expired:
		return "It expired on " + k.NotAfter.UTC().Format(time.DateOnly) + "."
	case !k.NameOK && len(k.Names) > 0:
		return "It is for " + ftp.CleanLimit(k.Names[0], quoteLimit) + ", not for " + ftp.Clean(c.e.Target.Host) + "."
	case !k.NameOK:
		return "It is not for " + ftp.Clean(c.e.Target.Host) + "."
	case !k.Trusted && k.Issuer != "":
		return "Its issuer, " + ftp.CleanLimit(k.Issuer, quoteLimit) + ", is not known to this computer."
	case k.Problem == "" && k.Weak != "":
		return "It is too weak: " + k.Weak + "."
	default:
		return ftp.CleanLimit(k.Problem, quoteLimit)
	}
}
