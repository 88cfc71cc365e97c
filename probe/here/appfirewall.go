package here

import "strings"

// appFirewallStates are the numbers in "Firewall is enabled. (State = 1)": off,
// on for what the user has not allowed, on for everything but the system's own
// services. The sentence around them differs between versions.
var appFirewallStates = map[string]Tri{"0": No, "1": Yes, "2": Yes}

// appFirewall reads the state of the application firewall of macOS. The packet
// filter pf below it is hidden from users; macOS ships with it off.
func appFirewall(env Env) Firewall {
	part := Part{Name: "application firewall"}
	if env.AppFirewall != nil {
		if text, err := env.AppFirewall(); err == nil {
			_, rest, _ := strings.Cut(text, "(State = ")
			number, _, _ := strings.Cut(rest, ")")
			part.On = appFirewallStates[number]
		}
	}
	return Firewall{On: part.On, Parts: []Part{part}}
}
