package here

// Firewall is what can be read about this computer's own packet filter.
type Firewall struct {
	// On: Yes if a filter for incoming connections is switched on. It may
	// still let a given program or port pass. No is only said on systems whose
	// settings name every filter they bring along; a filter bought elsewhere
	// is not seen.
	On Tri `json:"on"`
	// Parts are the settings that On is drawn from, in the order read.
	Parts []Part `json:"parts,omitempty"`
	// StatefulFTP: the filter reads the control connection and opens the data
	// ports that FTP announces there (Windows only). It cannot read a control
	// connection under TLS.
	StatefulFTP Tri `json:"stateful_ftp"`
}

// Part is one setting: a rule manager on Linux, a profile on Windows, the
// application firewall on macOS.
type Part struct {
	Name string `json:"name"` // ufw, firewalld, nftables, domain, private, public, application firewall
	On   Tri    `json:"on"`
	// Policy: the setting is an organisation's policy, which its user cannot
	// change.
	Policy bool `json:"policy,omitempty"`
}

// firewall reads the settings of the system at hand.
func firewall(env Env) Firewall {
	switch env.OS {
	case "linux":
		return linuxFirewall(env)
	case "windows":
		return windowsFirewall(env)
	case "darwin":
		return appFirewall(env)
	default:
		return Firewall{}
	}
}
