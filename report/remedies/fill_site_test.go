package remedies

import "testing"

// TestSite: a line that names the server leads to the server that was examined,
// whatever its port and the family of its address, and to nothing else.
func TestSite(t *testing.T) {
	for want, f := range map[string]Facts{
		"SERVER":               StandIns,
		"198.51.100.20":        {Server: "198.51.100.20", Port: 21},
		"ftp.example.com":      {Server: "198.51.100.20", Host: "ftp.example.com", Port: 21},
		"ftp.example.com:2121": {Server: "198.51.100.20", Host: "ftp.example.com", Port: 2121},
		"[2001:db8::20]":       {Server: "2001:db8::20", Host: "2001:db8::20"},
		"[2001:db8::20]:2121":  {Server: "2001:db8::20", Port: 2121},
		"192.0.2.7:990":        {Server: "192.0.2.7", Host: "$(reboot)", Port: 990},
		"":                     {Port: 2121},
	} {
		if got := f.value("site"); got != want {
			t.Errorf("%+v: %q, want %q", f, got, want)
		}
	}
}
