package remedies

import (
	"slices"
	"strings"
	"testing"
)

func TestCatalogueIsSound(t *testing.T) {
	c, err := load()
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range c.components {
		if k.Kind == Server && len(k.Marks) == 0 && !strings.HasPrefix(k.ID, "docker-") {
			t.Errorf("%s: no greeting can lead to it", k.ID)
		}
		for _, e := range k.Remedies {
			for _, text := range append([]string{k.Name, k.Default, k.Where, k.Verify, k.Note, e.Setting, e.Note}, e.Commands...) {
				if strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' }) || strings.TrimSpace(text) != text {
					t.Errorf("%s: %q is not one line of plain ASCII", k.ID, text)
				}
			}
		}
	}
}

// TestChecksFindMistakes breaks sound data in every way that matters.
func TestChecksFindMistakes(t *testing.T) {
	for name, spoil := range map[string]func(*catalogue){
		"is missing":               func(c *catalogue) { c.components[0].Remedies[0].Confidence = 0 },
		"the setting is missing":   func(c *catalogue) { c.components[0].Remedies[0].Setting = "" },
		"nothing is called {addr}": func(c *catalogue) { c.components[0].Remedies[0].Commands = []string{"x {addr}"} },
		"stands there twice": func(c *catalogue) {
			k := c.components[0]
			k.Remedies = append(slices.Clone(k.Remedies), k.Remedies[0])
		},
		"not the only one": func(c *catalogue) { c.components = append(c.components, c.components[0]) },
		"cannot do what":   func(c *catalogue) { c.components[0].Kind = Server },
		"no component": func(c *catalogue) {
			c.tasks = append(c.tasks, &Task{ID: "idle", Kind: Client, Who: User, Title: "x", Findings: []string{"y"}})
		},
		"platforms": func(c *catalogue) { c.components[0].Platforms = nil },
	} {
		c, err := load()
		if err != nil {
			t.Fatal(err)
		}
		spoil(c)
		if err := c.check(); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWordsOfTheDataAreClosed(t *testing.T) {
	var k Kind
	var p Platform
	var c Confidence
	var w Who
	for _, err := range []error{k.UnmarshalText([]byte("clinet")), p.UnmarshalText([]byte("")), c.UnmarshalText([]byte("sure")), w.UnmarshalText([]byte("nobody"))} {
		if err == nil {
			t.Error("a word that stands for nothing is accepted")
		}
	}
	for _, value := range []Platform{AnyPlatform, Windows, MacOS, Linux, BSD, ZOS, IBMi, Device, Router, CloudService} {
		if err := p.UnmarshalText([]byte(value.String())); err != nil || p != value {
			t.Errorf("%s: %v, %v", value, p, err)
		}
	}
}

// TestProgramsPeopleUse demands the programs that help desks are asked about.
func TestProgramsPeopleUse(t *testing.T) {
	for _, id := range []string{"filezilla", "winscp", "ie", "explorer", "ftp.exe", "curl", "lftp", "wget", "cyberduck", "finder", "rclone", "totalcmd",
		"ncftp", "tnftp", "mc", "gvfs", "kde", "python", "perl", "php", "dotnet", "commons-net", "xerox"} {
		k := Find(id)
		if k == nil || k.Kind != Client {
			t.Errorf("nothing is known of %s", id)
			continue
		}
		for _, topic := range []string{"passive", "active"} {
			if len(ForTopic(topic, id)) != 1 {
				t.Errorf("%s: %s mode is not explained once", id, topic)
			}
		}
	}
	for _, id := range []string{"vsftpd", "proftpd", "pure-ftpd", "iis", "filezilla-server", "nftables", "iptables", "firewalld", "ufw", "windows-firewall",
		"cisco-asa", "pfsense", "mikrotik", "aws", "azure", "gcp", "kubernetes"} {
		if Find(id) == nil {
			t.Errorf("nothing is known of %s", id)
		}
	}
}

// TestInternetExplorer: both values must be set, and the folder view is a trap.
func TestInternetExplorer(t *testing.T) {
	e := ForTopic("passive", "ie")[0]
	all := strings.Join(append(e.Commands, e.Setting, e.Note, e.Component.Note, e.Component.Where), "\n")
	for _, want := range []string{`/v "Use PASV" /t REG_SZ /d yes`, `/v "Use Web Based FTP" /t REG_SZ /d yes`, "folder view", "the other way round", "KB 309816", "KB 323446"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is missing", want)
		}
	}
}
