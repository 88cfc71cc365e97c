package scenarios_test

import (
	"testing"
	"testing/synctest"

	"ftpdiag/probe"
	"ftpdiag/scenarios"
)

// What the gentle examination does not send.
const (
	hidden    = "only a hidden command tells"
	malformed = "only a malformed PORT tells"
	unasked   = "how the server sees the client is not asked"
)

// What another examination has, and the default one has not.
const (
	timely  = "there is time for more ports"
	patient = "there is time to see that the second listing stalls as well"
	thrice  = "there is time to ask again, and it fails again"
	frozen  = "there is time to find out that nobody swallows it"
	ranged  = "there is time for more ports, so that closed ones show"
)

// plans are other ways to examine the same server.
var plans = []struct {
	name   string
	change func(*probe.Plan)
	// differs are the scenarios of which this way cannot find out the same, and
	// why.
	differs map[string]string
	// first are the scenarios of which this way finds the same, and something else matters
	// more by what it has seen, and why.
	first map[string]string
}{
	{"serial", func(p *probe.Plan) { p.Serial = true }, map[string]string{
		"last-address-dead":                 "no connection beside another",
		"one-time-password":                 "the second login is not needed",
		"firewall-limits-connections":       "the limit is not reached",
		"firewall-limits-connections-drops": "the limit is not reached",
		"no-time-for-more-ports":            timely,
		"listing-lost-twice":                patient,
		"second-session-421":                "there is no second session",
		"three-connections-and-no-more":     "the control port still answers: a limit looks like closed ports",
	}, map[string]string{
		"one-listing-stalls-then-nothing": thrice, "active-listing-stalls-then-blocked": thrice,
		"session-dies-at-pasv": frozen, "two-closed-ports-long-way": ranged,
	}},
	{"deep", func(p *probe.Plan) { p.Deep = true }, map[string]string{
		"no-time-for-more-ports":  timely,
		"listing-lost-twice":      patient,
		"other-port-slow-listing": "the questions give a call less than the 4 s that it takes here",
	}, map[string]string{
		"one-listing-stalls-then-nothing": thrice, "active-listing-stalls-then-blocked": thrice,
		"session-dies-at-pasv": frozen, "two-closed-ports-long-way": ranged,
	}},
	{"samples", func(p *probe.Plan) { p.Samples = 5 }, map[string]string{
		"no-time-for-more-ports": timely,
		"listing-lost-twice":     patient,
		"slow-port-pasv-silent":  malformed + ", and no time is left for one",
	}, map[string]string{
		"one-listing-stalls-then-nothing": thrice, "active-listing-stalls-then-blocked": thrice,
		"session-dies-at-pasv": frozen, "two-closed-ports-long-way": ranged,
	}},
	{"gentle", func(p *probe.Plan) { p.Gentle = true }, map[string]string{
		"last-address-dead":                           "no more than one address of a family is connected to",
		"nat-drops-accepted-port":                     hidden,
		"private-address-routed":                      hidden,
		"helper-without-pinhole-and-tls":              hidden,
		"helper-knows-port-only":                      hidden,
		"lenient-server-accepts-foreign":              hidden,
		"private-address-routed-active-blocked":       hidden,
		"netfilter-nat-helper":                        hidden,
		"ftp-proxy-line-based":                        hidden,
		"strict-inspector-kills-pipelining":           hidden,
		"helper-swallows-split-commands":              hidden,
		"https-silent":                                "nothing is said to a port that does not greet",
		"alg-rewrites-port":                           hidden,
		"auth-tls-blinds-alg":                         hidden,
		"auth-tls-eof-at-hello":                       malformed,
		"auth-tls-eof-at-hello-auto":                  malformed,
		"pasv-explicit-address-alg-only":              malformed,
		"alg-swallows-malformed-port":                 malformed,
		"session-dies-at-pasv":                        malformed,
		"slow-port-pasv-silent":                       malformed,
		"own-address-called-illegal":                  unasked,
		"nat64-own-prefix":                            unasked,
		"helper-works-server-lets-nothing-out":        hidden,
		"helper-works-strict-server-lets-nothing-out": hidden,
		"other-port-accepts-active":                   unasked,
		"tls-demanded-and-cut":                        malformed,
		"helper-opens-the-port":                       hidden,
		"firewall-answers-every-port":                 malformed,
		"nonsense-refused-in-other-words":             malformed,
		"pure-ftpd-in-german":                         unasked,
	}, nil},
}

// TestPlansAgree: what is asked beside, or one after the other, does not change
// what is true.
func TestPlansAgree(t *testing.T) {
	for _, plan := range plans {
		t.Run(plan.name, func(t *testing.T) {
			for _, s := range scenarios.All() {
				t.Run(s.Name, func(t *testing.T) {
					t.Parallel()
					if why := plan.differs[s.Name]; why != "" {
						t.Skip(why)
					}
					synctest.Test(t, func(t *testing.T) {
						run, err := s.StartInMemory()
						if err != nil {
							t.Fatal(err)
						}
						plan.change(&run.Plan)
						r, _ := examine(run)
						expected := *s
						if plan.first[s.Name] != "" {
							expected.Primary = 0
						}
						check(t, &expected, r)
						if t.Failed() {
							t.Log(story(r))
						}
					})
				})
			}
		})
	}
}
