package here

import (
	"errors"
	"io/fs"
)

// Where Windows keeps the settings of its firewall, below HKEY_LOCAL_MACHINE:
// the computer's own (the store behind "netsh advfirewall"), and an
// organisation's policy, which wins ([MS-GPFAS] section 2.2).
const (
	ownFirewall    = `SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy`
	policyFirewall = `SOFTWARE\Policies\Microsoft\WindowsFirewall`
)

// profiles are the kinds of network for which Windows keeps settings. Its own
// store has the private one under the name it had before Windows Vista; a
// policy may use either name.
var profiles = []struct {
	name   string
	own    string
	policy []string
}{
	{"domain", "DomainProfile", []string{"DomainProfile"}},
	{"private", "StandardProfile", []string{"PrivateProfile", "StandardProfile"}},
	{"public", "PublicProfile", []string{"PublicProfile"}},
}

// windowsFirewall reads the profiles. Which of them applies to the network at
// hand is not in the registry, so only what all of them say is said of On.
func windowsFirewall(env Env) Firewall {
	if env.Registry == nil {
		return Firewall{}
	}
	var f Firewall
	on, off := 0, 0
	for _, p := range profiles {
		part := Part{Name: p.name, On: env.registryFlag(ownFirewall+`\`+p.own, "EnableFirewall")}
		for _, name := range p.policy {
			if set := env.registryFlag(policyFirewall+`\`+name, "EnableFirewall"); set != Unknown {
				part.On, part.Policy = set, true
				break
			}
		}
		switch part.On {
		case Yes:
			on++
		case No:
			off++
		case Unknown:
		}
		f.Parts = append(f.Parts, part)
	}
	switch len(profiles) {
	case on:
		f.On = Yes
	case off:
		f.On = No
	}
	f.StatefulFTP = env.statefulFTP(on+off > 0)
	return f
}

// statefulFTP tells whether the firewall helps FTP. A store that says "disable"
// wins over one that does not, and where neither says anything the firewall
// helps (Microsoft's Firewall CSP, MdmStore/Global/DisableStatefulFtp). But
// that nothing is said is only known where the store could be read.
func (e Env) statefulFTP(readable bool) Tri {
	answer := Unknown
	if readable {
		answer = Yes
	}
	for _, store := range []string{policyFirewall, ownFirewall} {
		value, err := e.Registry(store, "DisableStatefulFTP")
		switch {
		case err == nil && value != 0:
			return No
		case err == nil && answer == Unknown:
			answer = Yes
		case err != nil && !errors.Is(err, fs.ErrNotExist):
			return Unknown
		}
	}
	return answer
}

// registryFlag is a number of the registry that means yes or no.
func (e Env) registryFlag(key, value string) Tri {
	number, err := e.Registry(key, value)
	if err != nil {
		return Unknown
	}
	return triOf(number != 0)
}
