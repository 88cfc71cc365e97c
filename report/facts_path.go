package report

import (
	"fmt"

	"ftpdiag/probe"
	"ftpdiag/probe/hops"
)

// lostAt says where on the path the connections to a passive port die, as far
// as the hops or an ICMP message show it, and no nearer; empty if nothing does.
func lostAt(c *story, f probe.Finding) string {
	for _, a := range c.attempts(f) {
		switch from := a.Stop.From.Unmap(); {
		case !from.IsValid() || from == a.Dialled.Addr().Unmap():
		case f.Party == probe.PartyUser:
			return "This computer itself rejects them."
		default:
			return from.String() + " rejects them."
		}
	}
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
			return fmt.Sprintf("The refusal comes from a device at most %s from here, not from the server.", steps(k.FateTTL))
		case k.Fate == hops.RST:
			if same, known := x.Hops.SameTTL(); known && !same {
				return "The refusal comes from a device before the server."
			}
		case k.Fate == hops.Silent && k.FirstSilent == 1:
			return "They are lost at this computer or at the first router."
		case k.Fate == hops.Silent && k.FirstSilent > 0 && k.LastAddr.IsValid():
			return fmt.Sprintf("They reach %s, %s from here, and are lost there or behind it.", k.LastAddr, steps(k.Last))
		}
	}
	return ""
}

// readerAt names the router that reads the dialogue, where it was found.
func readerAt(c *story, _ probe.Finding) string {
	for _, x := range c.e.Experiments {
		if x.Name != "parser-hop" || x.Answer != probe.Yes {
			continue
		}
		switch {
		case x.Hop == 0:
			return "It is this computer or the first router."
		case x.HopAddress.IsValid():
			return fmt.Sprintf("It is the router %s, %s from here, or stands just behind it.", x.HopAddress, steps(x.Hop))
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
