package here

import (
	"encoding/json"
	"errors"
	"io/fs"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
)

// files makes a file system; a text of "-" is a file nobody may read.
func files(texts map[string]string) fs.FS {
	root := fstest.MapFS{}
	for name, text := range texts {
		root[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return denying{root}
}

// denying refuses to open the files whose text is "-".
type denying struct{ fstest.MapFS }

func (d denying) Open(name string) (fs.File, error) {
	if f := d.MapFS[name]; f != nil && string(f.Data) == "-" {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return d.MapFS.Open(name)
}

func (d denying) Stat(name string) (fs.FileInfo, error) { return d.MapFS.Stat(name) }

// An environment that tells nothing must not be taken for one where nothing is.
func TestLookAtNothingKnowsNothing(t *testing.T) {
	for _, system := range []string{"linux", "windows", "darwin", "plan9"} {
		f := Look(Env{OS: system})
		if f.Firewall.On != Unknown || f.Firewall.StatefulFTP != Unknown || f.Container.Inside != Unknown ||
			f.Tunnels.IPv4.Tunnel != Unknown || f.Tunnels.IPv6.Tunnel != Unknown || f.Proxies != nil {
			t.Errorf("%s: %+v", system, f)
		}
		for _, part := range f.Firewall.Parts {
			if part.On != Unknown {
				t.Errorf("%s: %+v", system, part)
			}
		}
	}
}

func TestFactsSurviveJSON(t *testing.T) {
	facts := Facts{
		Firewall: Firewall{On: Yes, Parts: []Part{{Name: "public", On: No, Policy: true}}, StatefulFTP: No},
		Tunnels:  Tunnels{Interfaces: []string{"wg0"}, IPv4: Route{Interface: "wg0", Tunnel: Yes}},
		Proxies:  []Proxy{{"ftp_proxy", "http://proxy.example:3128"}},
	}
	text, err := json.Marshal(facts)
	if err != nil {
		t.Fatal(err)
	}
	var back Facts
	if err := json.Unmarshal(text, &back); err != nil || !reflect.DeepEqual(back, facts) {
		t.Errorf("%s reads back as %+v (%v)", text, back, err)
	}
	if !strings.Contains(string(text), `"wsl":"unknown"`) {
		t.Errorf("what is not known is not called so in %s", text)
	}
	if err := json.Unmarshal([]byte(`"maybe"`), new(Tri)); err == nil {
		t.Error("maybe is taken for an answer")
	}
}

// On the computer at hand nothing may go wrong, whatever it is.
func TestLookAtThisComputer(t *testing.T) {
	env := This(t.Context())
	if env.OS != runtime.GOOS {
		t.Errorf("this computer runs %q", env.OS)
	}
	nics, err := env.Interfaces()
	if err != nil || len(nics) == 0 {
		t.Errorf("interfaces: %v, %v", nics, err)
	}
	if f := Look(env); runtime.GOOS == "linux" && (f.Container.WSL == Unknown || len(f.Firewall.Parts) != 3) {
		t.Errorf("too little is known: %+v", f)
	}
}

func TestContainer(t *testing.T) {
	for _, tt := range []struct {
		name  string
		files map[string]string
		want  Container
	}{
		{"a whole system", map[string]string{"proc/1/cgroup": "0::/init.scope\n", "proc/sys/kernel/osrelease": "6.1.0-18-amd64\n"},
			Container{No, No}},
		{"Docker", map[string]string{".dockerenv": "", "proc/1/cgroup": "0::/\n", "proc/sys/kernel/osrelease": "6.1.0\n"},
			Container{Yes, No}},
		{"Podman", map[string]string{"run/.containerenv": "-"}, Container{Yes, Unknown}},
		{"Kubernetes with version 1 groups", map[string]string{"proc/1/cgroup": "4:memory:/kubepods/burstable/pod1/a\n"},
			Container{Yes, Unknown}},
		{"systemd in a container", map[string]string{"run/systemd/container": "lxc\n", "proc/1/cgroup": "0::/init.scope\n"},
			Container{Yes, Unknown}},
		{"no sign either way", map[string]string{"proc/1/cgroup": "0::/\n"}, Container{Unknown, Unknown}},
		{"WSL 2", map[string]string{"proc/sys/kernel/osrelease": "5.15.90.1-microsoft-standard-WSL2\n"}, Container{Unknown, Yes}},
		{"WSL 1", map[string]string{"proc/sys/kernel/osrelease": "4.4.0-19041-Microsoft\n"}, Container{Unknown, Yes}},
		{"nothing may be read", map[string]string{"proc/1/cgroup": "-", "proc/sys/kernel/osrelease": "-"}, Container{}},
	} {
		if got := container(Env{OS: "linux", Root: files(tt.files)}); got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
		}
	}
	if got := container(Env{OS: "windows"}); got.WSL != No {
		t.Errorf("Windows is called WSL: %+v", got)
	}
}

func TestProxies(t *testing.T) {
	env := map[string]string{
		"ftp_proxy":  "http://user:pa/ss@w0rd?@proxy.example:3128/path?token=secret",
		"FTP_PROXY":  "user:secret@other.example",
		"ALL_PROXY":  "socks5h://[2001:db8::1]:1080",
		"http_proxy": "",
		"no_proxy":   "localhost,.example\x1b[31m",
	}
	want := []Proxy{
		{"ftp_proxy", "http://proxy.example:3128"},
		{"FTP_PROXY", "other.example"},
		{"ALL_PROXY", "socks5h://[2001:db8::1]:1080"},
		{"no_proxy", "localhost,.example[31m"},
	}
	if got := proxies(Env{OS: "linux", Getenv: func(n string) string { return env[n] }}); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	// On Windows both spellings read the same setting, which is one.
	same := func(name string) string {
		if strings.EqualFold(name, "ftp_proxy") {
			return "proxy.example:8080"
		}
		return ""
	}
	if got := proxies(Env{OS: "windows", Getenv: same}); len(got) != 1 || got[0].Value != "proxy.example:8080" {
		t.Errorf("on Windows: %+v", got)
	}
}

// However the value is put together, the password is not in what is kept.
func TestProxyNeverKeepsThePassword(t *testing.T) {
	const secret = "hunter2"
	for _, value := range []string{
		"http://user:" + secret + "@proxy:1", "user:" + secret + "@proxy", secret + "@proxy",
		"http://" + secret + "@", "http://u:a@b:" + secret + "@proxy", "http://u:/" + secret + "@proxy",
		"u:http://" + secret + "@proxy", "u:" + secret + "://x@proxy", "http://u:" + secret,
		"http://proxy/?password=" + secret, "http://proxy#" + secret, "http:///" + secret + "@proxy",
	} {
		if got := withoutSecrets(value); strings.Contains(got, secret) {
			t.Errorf("%s becomes %s", value, got)
		}
	}
	if got := bounded(strings.Repeat("ä", 500)); len(got) > longestValue || !strings.HasPrefix(got, "ää") {
		t.Errorf("a long value becomes %d bytes", len(got))
	}
}

var errDenied = errors.New("access is denied")
