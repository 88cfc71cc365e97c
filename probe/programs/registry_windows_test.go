package programs

import (
	"strings"
	"testing"

	"golang.org/x/sys/windows/registry"
)

// TestRegistry writes a part of the registry of its own, reads it as if it were
// the person's, and removes it.
func TestRegistry(t *testing.T) {
	const base = `Software\ftpdiag-test\`
	write := func(key string, values map[string]any) {
		k, _, err := registry.CreateKey(registry.CURRENT_USER, base+key, registry.ALL_ACCESS)
		if err != nil {
			t.Fatal(err)
		}
		defer k.Close()
		for name, value := range values {
			switch v := value.(type) {
			case string:
				err = k.SetStringValue(name, v)
			case uint32:
				err = k.SetDWordValue(name, v)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		t.Cleanup(func() {
			for key := strings.TrimSuffix(base+key, `\`); strings.HasPrefix(key, strings.TrimSuffix(base, `\`)); key = key[:strings.LastIndex(key, `\`)] {
				_ = registry.DeleteKey(registry.CURRENT_USER, key) // fails while another test key is below it
			}
		})
	}
	write(ftpKey, map[string]any{"Use PASV": "no"})
	write(winSCPKey+`\Work%20server`, map[string]any{"HostName": "ftp.example.com", "FSProtocol": uint32(5), "FtpPasvMode": uint32(0), "Password": "CANARY"})

	c := &Computer{OS: "windows", Getenv: func(string) string { return "" }, Registry: userRegistry{base}}
	want := `winscp: passive yes by default
  mode: FtpPasvMode = "0" at HKCU\Software\Martin Prikryl\WinSCP 2\Sessions:0 passive=no on=false sites=1 here="Work server"
ie: passive no
  mode: Use PASV = "no" at HKCU\Software\Microsoft\Ftp:0 passive=no on=false
`
	if got := dump(Read(c, "ftp.example.com")); got != want {
		t.Errorf("found\n%swant\n%s", got, want)
	}
	write(ftpKey, map[string]any{"Use PASV": uint32(1)})
	list := Read(c, "")
	if x := list[len(list)-1]; len(x.Problems) != 1 || x.Problems[0].Trouble != BadValue {
		t.Errorf("a number passes for a text: %+v", x)
	}
	// The person's own part can be read, whatever stands there.
	for _, p := range Read(System(), "") {
		for _, x := range p.Problems {
			if x.Trouble == Unreadable && strings.HasPrefix(x.Place, "HKCU") {
				t.Errorf("%+v", x)
			}
		}
	}
}
