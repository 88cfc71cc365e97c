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

// deepPatience is the most that a deep examination takes of servers that answer in
// time.
const deepPatience = 40 * time.Second

// healthyTime is the most that an examination takes of a server where nothing is wrong
// and that is next door: nothing in it may wait for what does not come.
const healthyTime = 1200 * time.Millisecond

// nextDoor is the latency of one way where a round trip takes a tenth of a millisecond.
const nextDoor = 50 * time.Microsecond

// deepSlow are the scenarios whose deep examination takes longer, and why.
var deepSlow = map[string]string{}

// leisurely are the scenarios of which both modes work, and whose examination takes
// longer than a healthy one, and why.
var leisurely = map[string]string{
	"banner-120-then-220":               "greeting",
	"pasv-reply-delayed":                "PASV",
	"passive-reply-after-7-s":           "PASV",
	"passive-reply-late-one-connection": "PASV, and one connection at a time",
	"second-226-and-slow-pasv":          "PASV",
	"slow-listing":                      "LIST",
	"two-greetings-slow-user":           "USER",
	"eprt-answered-after-the-call":      "EPRT",
	"scanner-before-the-server":         "its calls, whose SYNs get lost",
	"scanner-before-early-call":         "its calls, whose SYNs get lost",
	"slow-list-two-families":            "LIST",
	"one-listing-lost-slow-server":      "LIST, and one that stays without a reply",
	"ports-busy-reply-late":             "PORT, and port 20 is in use for a while",
	"slow-folder-one-listing-stalls":    "LIST, and one listing that stalls",
	"slow-login-slow-folder":            "login and LIST",
	"slow-login-slow-call":              "login and LIST",
	"feat-never-answered":               "no reply to FEAT",
	"feat-after-16-s":                   "FEAT",
	"folder-never-answered":             "no reply to CWD",
	"second-connection-not-greeted":     "no greeting for the second connection",
	"other-port-slow-listing":           "LIST, over two ports",
	"other-port-opens-no-ports":         "a device on the way, over the other port",
	"alg-swallows-malformed-port":       "a device on the way, and the person asked for more",
	"dns-over-tcp-only":                 "no DNS over UDP",
}

// TestFortySeconds: no question pushes a deep examination over forty seconds, but for
// servers that are slow by themselves.
func TestFortySeconds(t *testing.T) {
	for _, s := range All() {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				run, err := s.StartInMemory()
				if err != nil {
					t.Fatal(err)
				}
				defer run.Close()
				if run.Plan.OtherPort != 0 {
					return // that has a time of its own
				}
				run.Plan.Deep = true
				p := probe.Prober{Network: run.Network, Plan: run.Plan}
				e := p.Run(t.Context(), run.Target)
				why, listed := deepSlow[s.Name]
				switch {
				case e.Took > deepPatience && !listed && SlowServers[s.Name] == "":
					t.Errorf("it took %v", e.Took)
				case e.Took <= deepPatience && listed:
					t.Errorf("it took %v: slow no longer (%s)", e.Took, why)
				}
			})
		})
	}
}

// TestHealthyTakesAboutASecond: where both modes work and the server takes no time, an
// examination waits for nothing.
func TestHealthyTakesAboutASecond(t *testing.T) {
	for _, s := range All() {
		if s.Verdict != "either" || s.Primary != probe.BothModesWork {
			continue
		}
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			near := *s
			near.network.latency = nextDoor
			synctest.Test(t, func(t *testing.T) {
				run, err := near.StartInMemory()
				if err != nil {
					t.Fatal(err)
				}
				defer run.Close()
				p := probe.Prober{Network: run.Network, Plan: run.Plan}
				e := p.Run(t.Context(), run.Target)
				why, listed := leisurely[s.Name]
				switch {
				case e.Took > healthyTime && !listed:
					t.Errorf("it took %v", e.Took)
				case e.Took <= healthyTime && listed:
					t.Errorf("it took %v: slow no longer (%s)", e.Took, why)
				}
			})
		})
	}
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
