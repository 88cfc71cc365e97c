package report

import (
	"slices"

	"ftpdiag/probe"
	"ftpdiag/report/remedies"
)

// remedyFacts are the addresses and ports that were seen.
func (c *story) remedyFacts(f probe.Finding) remedies.Facts {
	facts := remedies.Facts{Port: c.e.Target.Port, Server: serverOf(c, f), Host: c.e.Target.Host, Client: clientOf(c, f)}
	facts.FirstPort, facts.LastPort = c.portRange(f)
	for _, a := range c.attempts(f) {
		if probe.ScopeOf(a.Offer.Addr) == probe.ScopePrivate && addrText(a.Offer.Addr) != facts.Server {
			facts.Inside = addrText(a.Offer.Addr)
		}
	}
	return facts
}

// firewallFacts are the same for a firewall's lines. Where the server names ports
// from anywhere, a range of our own would open others than those it uses, and
// only its own admin can set one: whoever else has to open its range is given
// none, and neither is anybody where a part of the range is open already.
func (c *story) firewallFacts(f probe.Finding, task string) remedies.Facts {
	facts := c.remedyFacts(f)
	if _, _, ok := c.seenRange(); ok || modeOf(f) == probe.Active {
		return facts
	}
	partly := f.Code == probe.PassiveRangePartlyOpen || f.Code == probe.PassiveIPv6Unusable
	if partly || task == "let-range-out" && f.Code != probe.ALGNoPinhole { // a pinhole's place is taken by a range that is set
		facts.FirstPort, facts.LastPort = 0, 0 // not known, so that no line is filled in
	}
	return facts
}

// The range to propose where none was seen, and how wide one may be that was.
// 50000 to 50100 is the default of SFTPGo (sftpgo.json); a hundred ports are
// enough for some dozens of transfers at a time, because a port stays taken for
// some minutes after each.
const (
	firstPort, lastPort = 50000, 50100
	widestRange         = 1000
)

// portRange is a range of ports for data connections: in active mode the one
// that the person asked for, in passive mode the one that was seen.
func (c *story) portRange(f probe.Finding) (first, last uint16) {
	if given := c.e.Plan.ActivePorts; modeOf(f) == probe.Active && given[0] != 0 {
		return given[0], given[1]
	}
	if first, last, ok := c.seenRange(); modeOf(f) != probe.Active && ok {
		return first, last
	}
	return firstPort, lastPort
}

// seenRange is the whole hundreds around the passive ports that the server
// named, if they lie together.
func (c *story) seenRange() (first, last uint16, ok bool) {
	var seen []int
	for _, a := range c.all {
		if n := dataPort(a); n != 0 && a.Method.Mode() == probe.Passive {
			seen = append(seen, int(n))
		}
	}
	if len(seen) == 0 {
		return 0, 0, false
	}
	low, high := slices.Min(seen)/100*100, slices.Max(seen)/100*100+99
	return uint16(low), uint16(high), low >= 1024 && high <= 65535 && high-low < widestRange
}

// passiveRange is how the report writes the range.
func passiveRange(c *story, f probe.Finding) string {
	first, last := c.portRange(f)
	return port(first) + "-" + port(last)
}
