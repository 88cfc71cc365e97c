package here

import (
	"fmt"
	"io/fs"
	"testing"
)

const (
	systemd = "etc/systemd/system/"

	// What Debian installs: it filters nothing.
	emptyRules = "#!/usr/sbin/nft -f\nflush ruleset\ntable inet filter {\n\tchain input {\n\t\t" +
		"type filter hook input priority filter;\n\t}\n\tchain forward {\n\t\ttype filter hook forward priority 0; policy drop;\n\t}\n}\n"
	dropRules = "table inet filter {\n\tchain input {\n\t\ttype filter hook input priority 0; policy drop;\n" +
		"\t\tct state established,related accept\n\t}\n}\n"
	wordyRules = "table inet filter { chain input { type filter hook input priority 0; # drop nothing\n" +
		"\t\ttcp dport 22 accept comment \"we do not drop it\"\n\t}\n}\n"
)

func TestLinuxFirewall(t *testing.T) {
	for _, tt := range []struct {
		name                     string
		files                    map[string]string
		on, ufw, firewalld, nfts Tri
	}{
		{"nothing installed", map[string]string{systemd + "x.service": ""}, Unknown, No, No, No},
		{"ufw on", map[string]string{"etc/ufw/ufw.conf": "# comment\nENABLED=yes\nLOGLEVEL=low\n"}, Yes, Yes, Unknown, Unknown},
		{"ufw off", map[string]string{"etc/ufw/ufw.conf": "ENABLED=no\n"}, Unknown, No, Unknown, Unknown},
		{"ufw hidden", map[string]string{"etc/ufw/ufw.conf": "-"}, Unknown, Unknown, Unknown, Unknown},
		{"firewalld on", map[string]string{systemd + "multi-user.target.wants/firewalld.service": ""}, Yes, No, Yes, No},
		{"nftables with rules", map[string]string{systemd + "sysinit.target.wants/nftables.service": "",
			"etc/nftables.conf": dropRules}, Yes, No, No, Yes},
		{"nftables as installed", map[string]string{systemd + "sysinit.target.wants/nftables.service": "",
			"etc/nftables.conf": emptyRules}, Unknown, No, No, No},
		{"the word drop in comments", map[string]string{systemd + "sysinit.target.wants/nftables.service": "",
			"etc/nftables.conf": wordyRules}, Unknown, No, No, No},
		{"rules in other files", map[string]string{systemd + "sysinit.target.wants/nftables.service": "",
			"etc/nftables.conf": "include \"/etc/nftables.d/*.nft\"\n"}, Unknown, No, No, Unknown},
		{"rules hidden", map[string]string{systemd + "sysinit.target.wants/nftables.service": "",
			"etc/nftables.conf": "-"}, Unknown, No, No, Unknown},
		{"rules that nothing loads", map[string]string{systemd + "x.service": "", "etc/nftables.conf": dropRules},
			Unknown, No, No, No},
	} {
		f := firewall(Env{OS: "linux", Root: files(tt.files)})
		got := []Tri{f.On, f.Parts[0].On, f.Parts[1].On, f.Parts[2].On}
		if want := []Tri{tt.on, tt.ufw, tt.firewalld, tt.nfts}; fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: on, ufw, firewalld, nftables are %v, want %v", tt.name, got, want)
		}
	}
}

// fakeRegistry is the numbers of a registry; a negative one may not be read.
type fakeRegistry map[string]int

func (r fakeRegistry) get(key, value string) (uint64, error) {
	number, ok := r[key+`\`+value]
	switch {
	case !ok:
		return 0, fs.ErrNotExist
	case number < 0:
		return 0, errDenied
	default:
		return uint64(number), nil
	}
}

// windows makes a registry with the computer's own profiles set, and more.
func windows(domain, private, public int, more fakeRegistry) fakeRegistry {
	r := fakeRegistry{
		ownFirewall + `\DomainProfile\EnableFirewall`:   domain,
		ownFirewall + `\StandardProfile\EnableFirewall`: private,
		ownFirewall + `\PublicProfile\EnableFirewall`:   public,
	}
	for name, number := range more {
		r[name] = number
	}
	return r
}

func TestWindowsFirewall(t *testing.T) {
	for _, tt := range []struct {
		name     string
		registry fakeRegistry
		on, ftp  Tri
		policy   bool // of the public profile
	}{
		{"as installed", windows(1, 1, 1, nil), Yes, Yes, false},
		{"off", windows(0, 0, 0, nil), No, Yes, false},
		{"off at work only", windows(0, 1, 1, nil), Unknown, Yes, false},
		{"one profile hidden", windows(1, 1, -1, nil), Unknown, Yes, false},
		{"switched on by policy", windows(1, 1, 0, fakeRegistry{policyFirewall + `\PublicProfile\EnableFirewall`: 1}), Yes, Yes, true},
		{"private profile by policy", windows(1, 0, 1, fakeRegistry{policyFirewall + `\PrivateProfile\EnableFirewall`: 1}), Yes, Yes, false},
		{"no help for FTP", windows(1, 1, 1, fakeRegistry{ownFirewall + `\DisableStatefulFTP`: 1}), Yes, No, false},
		{"no help for FTP by policy", windows(1, 1, 1, fakeRegistry{policyFirewall + `\DisableStatefulFTP`: 1,
			ownFirewall + `\DisableStatefulFTP`: 0}), Yes, No, false},
		{"help for FTP", windows(1, 1, 1, fakeRegistry{ownFirewall + `\DisableStatefulFTP`: 0}), Yes, Yes, false},
		{"setting for FTP hidden", windows(1, 1, 1, fakeRegistry{ownFirewall + `\DisableStatefulFTP`: -1}), Yes, Unknown, false},
		{"everything hidden", windows(-1, -1, -1, nil), Unknown, Unknown, false},
		{"empty registry", fakeRegistry{}, Unknown, Unknown, false},
	} {
		f := firewall(Env{OS: "windows", Registry: tt.registry.get})
		if f.On != tt.on || f.StatefulFTP != tt.ftp || len(f.Parts) != 3 || f.Parts[2].Policy != tt.policy {
			t.Errorf("%s: %+v, want on %v, help for FTP %v", tt.name, f, tt.on, tt.ftp)
		}
	}
}

func TestAppFirewall(t *testing.T) {
	for _, tt := range []struct {
		text string
		err  error
		want Tri
	}{
		{"Firewall is disabled. (State = 0)\n", nil, No},
		{"Firewall is enabled. (State = 1)\n", nil, Yes},
		{"Firewall is on with block all. (State = 2)\n", nil, Yes},
		{"Firewall is enabled. (State = 7)\n", nil, Unknown},
		{"Firewall is enabled.\n", nil, Unknown},
		{"", nil, Unknown},
		{"Firewall is enabled. (State = 1)\n", errDenied, Unknown},
	} {
		f := firewall(Env{OS: "darwin", AppFirewall: func() (string, error) { return tt.text, tt.err }})
		if f.On != tt.want || f.Parts[0].On != tt.want || f.StatefulFTP != Unknown {
			t.Errorf("%q: %+v, want %v", tt.text, f, tt.want)
		}
	}
}
