package report

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"ftpdiag/probe"
	"ftpdiag/probe/ftp"
)

// labelledPorts is "port 50112 (EPSV)", "ports 50112 (EPSV), 50113 (PASV)" or, of
// more, "ports 50112-50114 (EPSV, PASV)".
func labelledPorts(attempts []*probe.Attempt) string {
	var ports []uint16
	var methods, items []string
	for _, a := range attempts {
		n, m := dataPort(a), strings.ToUpper(a.Method.String())
		if n == 0 || a.Method.Mode() != probe.Passive {
			continue
		}
		if item := port(n) + " (" + m + ")"; !slices.Contains(items, item) {
			items = append(items, item)
		}
		if !slices.Contains(methods, m) {
			methods = append(methods, m)
		}
		ports = append(ports, n)
	}
	switch len(items) {
	case 0:
		return ""
	case 1:
		return "port " + items[0]
	case 2:
		return "ports " + strings.Join(items, ", ")
	default:
		return "ports " + join(portRanges(ports)) + " (" + strings.Join(methods, ", ") + ")"
	}
}

// portNumbers lists the passive ports of attempts, each once.
func portNumbers(attempts []*probe.Attempt) []string {
	var ports []uint16
	for _, a := range attempts {
		if n := dataPort(a); n != 0 && a.Method.Mode() == probe.Passive {
			ports = append(ports, n)
		}
	}
	return portRanges(ports)
}

// dataPort is the port of the listening side: the server's in passive mode,
// ours in active mode. 0: none was named.
func dataPort(a *probe.Attempt) uint16 {
	if a.Method.Mode() == probe.Active {
		return a.Announced.Port()
	}
	return cmp.Or(a.Dialled.Port(), a.Offer.Port)
}

// methodNames are the commands a finding speaks of.
func methodNames(c *story, f probe.Finding) []string {
	if len(f.Methods) > 0 {
		return verbs(f.Methods)
	}
	var methods []probe.Method
	for _, a := range c.attempts(f) {
		if !slices.Contains(methods, a.Method) {
			methods = append(methods, a.Method)
		}
	}
	return verbs(methods)
}

// oneMethod is the command a finding speaks of, if it is one.
func oneMethod(c *story, f probe.Finding) string {
	if names := methodNames(c, f); len(names) == 1 {
		return names[0]
	}
	return ""
}

// subject is what a sentence about some methods begins with: the command, or
// the mode if there are several.
func subject(c *story, f probe.Finding) string {
	if name := oneMethod(c, f); name != "" {
		return name
	}
	return modeName(modeOf(f)) + " mode"
}

// side is the mode at the start of a sentence; empty if a finding is about
// both.
func side(_ *story, f probe.Finding) string {
	if modeOf(f) == 0 {
		return ""
	}
	return modeName(modeOf(f))
}

// whichData names the data connections a finding is about.
func whichData(_ *story, f probe.Finding) string {
	if modeOf(f) == 0 {
		return "data connections"
	}
	return modeOf(f).String() + " data connections"
}

func workingMethods(c *story, f probe.Finding) string { return join(verbs(c.worked(modeOf(f)))) }

func announced(c *story, f probe.Finding) string {
	for _, a := range c.attempts(f) {
		if a.Announced.IsValid() {
			return addrText(a.Announced.Addr())
		}
	}
	return ""
}

func caller(c *story, f probe.Finding) string {
	for _, a := range c.attempts(f) {
		if len(a.Strangers) > 0 {
			return addrText(a.Strangers[0].Addr())
		}
		if a.Caller.IsValid() {
			return addrText(a.Caller.Addr())
		}
	}
	return ""
}

// transferred is how much arrived before it ended, empty if nothing did.
func transferred(c *story, f probe.Finding) string {
	var most int64
	for _, a := range c.attempts(f) {
		most = max(most, a.Bytes)
	}
	if most == 0 {
		return ""
	}
	return count(most, "byte", "bytes")
}

// tries are all attempts of the same kind as a finding's, over the same address
// and protection: those of its methods, or of every passive port that was tried
// at the server's own address where it is about ports.
func tries(c *story, f probe.Finding) []*probe.Attempt {
	named := c.attempts(f)
	if len(named) == 0 {
		return nil
	}
	remote := func(a *probe.Attempt) netip.Addr {
		if s := c.e.Session(a.Session); s != nil {
			return s.Remote.Addr().Unmap()
		}
		return netip.Addr{}
	}
	var found []*probe.Attempt
	for _, a := range c.all {
		same := slices.ContainsFunc(named, func(b *probe.Attempt) bool {
			return a.Protection == b.Protection && remote(a) == remote(b) &&
				(a.Method == b.Method || f.Code == probe.PassiveRangePartlyOpen && a.Method.Mode() == b.Method.Mode())
		})
		dialled := f.Code != probe.PassiveRangePartlyOpen || a.Dialled.IsValid() && a.Dialled.Addr().Unmap() == remote(a)
		if same && dialled && a.Proper() {
			found = append(found, a)
		}
	}
	return found
}

// tally is "2 of 3" over the attempts of a finding and others of their kind.
func tally(c *story, f probe.Finding) string {
	worked, tried := 0, 0
	for _, a := range tries(c, f) {
		tried++
		if a.Delivered() {
			worked++
		}
	}
	if worked == 0 || worked == tried {
		return ""
	}
	return port(uint16(worked)) + " of " + port(uint16(tried))
}

// portsWhere lists the passive ports that answered, or those that did not.
func portsWhere(c *story, f probe.Finding, answered bool) string {
	var ports []uint16
	for _, a := range tries(c, f) {
		if n := dataPort(a); n != 0 && (a.Reached >= probe.StageConnected) == answered {
			ports = append(ports, n)
		}
	}
	return join(portRanges(ports))
}

// portRanges writes ports in order, three or more neighbours as first and last,
// and no more of them than somebody reads.
func portRanges(ports []uint16) []string {
	const enough = 8
	slices.Sort(ports)
	ports = slices.Compact(ports)
	var list []string
	for i := 0; i < len(ports); {
		end := i
		for end+1 < len(ports) && ports[end+1] == ports[end]+1 {
			end++
		}
		if end-i >= 2 {
			list = append(list, port(ports[i])+"-"+port(ports[end]))
			i = end + 1
		} else {
			list = append(list, port(ports[i]))
			i++
		}
		if len(list) == enough && i < len(ports) {
			return append(list, fmt.Sprintf("%d others", len(ports)-i))
		}
	}
	return list
}

// denial is what a listing said in place of names.
func denial(c *story, f probe.Finding) string {
	for _, a := range c.attempts(f) {
		if a.Denied != "" {
			return `"` + ftp.CleanLimit(a.Denied, quoteLimit) + `"`
		}
	}
	return ""
}
