package report

import (
	"fmt"

	"ftpdiag/probe"
	"ftpdiag/probe/hops"
)

// lostAt says where on the path the connections to a passive port die, as far
// as the hops show it, and no nearer; empty if they were not followed.
func lostAt(c *story, _ probe.Finding) string {
	for _, x := range c.e.Experiments {
		if x.Hops == nil || x.Answer != probe.Yes {
			continue
		}
		k := x.Hops.Comparison
		switch {
		case k.Diverges > 0:
			return "" // load is shared over several paths
		case k.Fate == hops.Unreachable && k.Role == hops.ThisComputer:
			return "This computer itself rejects them."
		case k.Fate == hops.Unreachable && k.Role == hops.AtHop:
			return fmt.Sprintf("The router %s, %s from here, rejects them.", k.Refuser, steps(k.RoleTTL))
		case k.Fate == hops.Unreachable && k.Refuser.IsValid():
			return fmt.Sprintf("%s rejects them.", k.Refuser)
		case k.Fate == hops.RST && k.Early:
			return fmt.Sprintf("The refusal comes from a device %s from here, not from the server.", steps(k.FateTTL))
		case k.Fate == hops.RST:
			if same, known := x.Hops.SameTTL(); known && !same {
				return "The refusal comes from a device before the server."
			}
		case k.Fate == hops.Silent && k.FirstSilent == 1:
			return "They are lost at this computer or at the first router."
		case k.Fate == hops.Silent && k.FirstSilent > 0 && k.LastAddr.IsValid():
			return fmt.Sprintf("They pass %s, %s from here, and are lost behind it.", k.LastAddr, steps(k.Last))
		}
	}
	return ""
}

// steps counts routers on the way.
func steps(n int) string {
	if n == 1 {
		return "1 step"
	}
	return fmt.Sprintf("%d steps", n)
}

// rejected tells whether an ICMP message refused the passive ports: an answer,
// not silence.
func rejected(c *story, f probe.Finding) bool {
	list := c.attempts(f)
	for _, a := range list {
		switch a.Stop.Cause {
		case probe.HostUnreachable, probe.NetUnreachable, probe.Prohibited:
		default:
			return false
		}
	}
	return len(list) > 0
}
