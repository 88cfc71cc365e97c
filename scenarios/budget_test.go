package scenarios

import (
	"context"
	"path"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"ftpdiag/probe"
)

// patience is how long a person on the phone waits for a default examination.
const patience = 12 * time.Second

// SlowServers are the scenarios whose servers that take longer by themselves, or their way does, and why.
var SlowServers = map[string]string{
	"banner-never":                         "no greeting",
	"transparent-proxy-accepts-everything": "a proxy gives up after 30 s",
	"tls-silent":                           "no reply to a ClientHello",
	"late-226-slow-greeting":               "greeting",
	"slow-greeting-slow-auth":              "greeting and AUTH",
	"slow-greeting-auth-swallowed":         "greeting and AUTH",
	"auth-takes-4-s-active-blocked":        "AUTH",
	"feat-after-16-s":                      "FEAT",
	"slow-port-passive-refused":            "PORT",
	"slow-login-own-firewall":              "login",
	"noise-beside-blocked-calls":           "login",
	"slow-login-slow-call":                 "login and LIST",
	"slow-login-slow-folder":               "login and LIST",
	"slow-login-slow-list-active-refused":  "login and LIST",
	"slow-login-ipv6-refused":              "login",
	"slow-port-and-tls":                    "PORT",
	"session-dies-at-pasv":                 "login, and no reply to PASV",
	"slow-login-two-families":              "login",
	"slow-second-user":                     "second login",
	"folder-never-answered":                "no reply to CWD",
	"refusal-behind-silence":               "no reply to FEAT",
	"stalls-and-one-connection":            "one connection at a time",
	"one-listing-broken-slow-server":       "LIST",
	"slow-port-pasv-silent":                "PORT, and no reply to PASV",
	"two-closed-ports-long-way":            "a way of 300 ms",
	"active-after-slow-entry":              "greeting and lost packets",
}

// TestTwelveSeconds: no question pushes a default examination over twelve seconds,
// whether the server offers TLS or not.
func TestTwelveSeconds(t *testing.T) {
	files, err := catalogue.ReadDir("catalogue")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := catalogue.ReadFile(path.Join("catalogue", file.Name()))
		if err != nil {
			t.Fatal(err)
		}
		for _, change := range []struct{ name, from, to string }{
			{"as it is", "", ""},
			{"with TLS", "\nstyle: ", "\ntls: offered\nstyle: "},
		} {
			s, err := parse(file.Name(), []byte(strings.Replace(string(text), change.from, change.to, 1)))
			if err != nil {
				continue // it has its own TLS, or none
			}
			t.Run(s.Name+"/"+change.name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					run, err := s.StartInMemory()
					if err != nil {
						t.Fatal(err)
					}
					defer run.Close()
					if run.Plan.Deep || run.Plan.Samples > 0 || run.Plan.OtherPort != 0 {
						return // the person asked for more
					}
					p := probe.Prober{Network: run.Network, Plan: run.Plan}
					e := p.Run(context.Background(), run.Target)
					switch why := SlowServers[s.Name]; {
					case why == "" && e.Took > patience:
						t.Errorf("it took %v", e.Took)
					case why != "" && change.from == "" && e.Took <= patience:
						t.Errorf("it took %v: slow no longer (%s)", e.Took, why)
					}
				})
			})
		}
	}
}
