package main

import (
	"context"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/spf13/pflag"

	"ftpdiag/probe"
)

// asked reads a command line into what the examination is asked to do.
func asked(t *testing.T, args ...string) (probe.Target, probe.Plan) {
	t.Helper()
	a := &app{env: newWorld("").environment, args: args}
	flags := pflag.NewFlagSet("check", pflag.ContinueOnError)
	for _, g := range slices.Concat(a.opts.checkGroups(), a.opts.resultGroups(a.opts.saveOption, a.opts.runOptions)) {
		flags.AddFlagSet(g.flags)
	}
	if err := flags.Parse(args); err != nil {
		t.Fatalf("%q: %v", args, err)
	}
	said, err := parseAddress(flags.Arg(0))
	if err != nil {
		t.Fatalf("%q: %v", args, err)
	}
	target, err := a.opts.target(said)
	if err != nil {
		t.Fatalf("%q: %v", args, err)
	}
	plan, err := a.opts.plan(target, a.env.ownAddresses)
	if err != nil {
		t.Fatalf("%q: %v", args, err)
	}
	return target, plan
}

// TestEveryOptionReachesTheExamination: an option that does nothing is a lie.
func TestEveryOptionReachesTheExamination(t *testing.T) {
	base := probe.Target{Input: "h", Host: "h", Port: 21, User: "anonymous", Password: probe.PublicPassword}
	with := func(change func(*probe.Target)) probe.Target { target := base; change(&target); return target }
	for _, tt := range []struct {
		args   string
		target probe.Target
		plan   probe.Plan
	}{
		{"h", base, probe.Plan{}},
		{"-u maria h", with(func(t *probe.Target) { t.User, t.Password = "maria", "" }), probe.Plan{}},
		{"-u ftp h", with(func(t *probe.Target) { t.User = "ftp" }), probe.Plan{}},
		{"--path /in h", with(func(t *probe.Target) { t.Path = "/in" }), probe.Plan{}},
		{"-p 2121 h", with(func(t *probe.Target) { t.Port = 2121 }), probe.Plan{}},
		{"--tls implicit h", with(func(t *probe.Target) { t.TLS, t.Port = probe.TLSImplicit, 990 }), probe.Plan{}},
		{"--tls implicit -p 21 h", with(func(t *probe.Target) { t.TLS = probe.TLSImplicit }), probe.Plan{}},
		{"--tls explicit h", with(func(t *probe.Target) { t.TLS = probe.TLSExplicit }), probe.Plan{}},
		{"--tls off h", with(func(t *probe.Target) { t.TLS = probe.TLSOff }), probe.Plan{}},
		{"ftps://h", with(func(t *probe.Target) { t.Input, t.TLS, t.Port = "ftps://h", probe.TLSImplicit, 990 }), probe.Plan{}},
		{"--tls-insecure h", base, probe.Plan{Insecure: true}},
		{"-4 h", base, probe.Plan{Family: probe.IPv4}},
		{"-6 h", base, probe.Plan{Family: probe.IPv6}},
		{"--only active h", base, probe.Plan{Methods: []probe.Method{probe.PORT, probe.EPRT}}},
		{"--only passive h", base, probe.Plan{Methods: []probe.Method{probe.PASV, probe.EPSV}}},
		{"--only epsv,port,EPSV h", base, probe.Plan{Methods: []probe.Method{probe.PORT, probe.EPSV}}},
		{"--timeout 2s h", base, probe.Plan{Timeouts: probe.Timeouts{Connect: 2 * time.Second, Greeting: 2 * time.Second, Reply: 2 * time.Second, PortReply: 2 * time.Second}}},
		{"--data-timeout 1m h", base, probe.Plan{Timeouts: probe.Timeouts{Data: time.Minute}}},
		{"--serial h", base, probe.Plan{Serial: true}},
		{"--deep h", base, probe.Plan{Deep: true}},
		{"--gentle h", base, probe.Plan{Gentle: true}},
		{"--samples 4 h", base, probe.Plan{Samples: 4}},
		{"--other-port 2121 h", base, probe.Plan{OtherPort: 2121}},
		{"--experiments retry,alone h", base, probe.Plan{Ask: []string{"retry", "alone"}}},
		{"--experiments -hops h", base, probe.Plan{Without: []string{"hops"}}},
		{"--source 192.0.2.1 h", base, probe.Plan{Source: netip.MustParseAddr("192.0.2.1")}},
		{"--active-ports 50000-50100 h", base, probe.Plan{ActivePorts: [2]uint16{50000, 50100}}},
		{"--active-ports 50000 h", base, probe.Plan{ActivePorts: [2]uint16{50000, 50000}}},
		{"--active-address 203.0.113.9 h", base, probe.Plan{ActiveAddress: netip.MustParseAddr("203.0.113.9")}},
		{"--resolver 192.0.2.53 h", base, probe.Plan{Resolver: netip.MustParseAddrPort("192.0.2.53:53")}},
		{"--resolver 192.0.2.53:5353 h", base, probe.Plan{Resolver: netip.MustParseAddrPort("192.0.2.53:5353")}},
		{"--resolver [2001:db8::53]:5353 h", base, probe.Plan{Resolver: netip.MustParseAddrPort("[2001:db8::53]:5353")}},
		{"--resolver 2001:db8::53 h", base, probe.Plan{Resolver: netip.MustParseAddrPort("[2001:db8::53]:53")}},
	} {
		target, plan := asked(t, strings.Fields(tt.args)...)
		compare := cmp.Options{cmpopts.EquateComparable(netip.Addr{}, netip.AddrPort{}), cmpopts.EquateEmpty()}
		if diff := cmp.Diff(tt.target, target, compare); diff != "" {
			t.Errorf("%s: target (-want +got)\n%s", tt.args, diff)
		}
		if diff := cmp.Diff(tt.plan, plan, compare); diff != "" {
			t.Errorf("%s: plan (-want +got)\n%s", tt.args, diff)
		}
	}
}

func TestPasswordTyped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld("")
		w.onTerminal(w.stdin, w.stderr)
		w.typed = "hunter2"
		args := w.in(t, "login-530")
		if code := w.run(append(args, "-u", "bob", "-q")...); code != 4 {
			t.Errorf("exit code %d, want 4: the password should have been sent and refused\n%s", code, w.err.String())
		}
		if want := "Password for bob on " + args[len(args)-1] + " (not shown): "; w.asked != want {
			t.Errorf("asked %q, want %q", w.asked, want)
		}
	})
	for _, anonymous := range []string{"anonymous", "ftp"} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld("")
			w.onTerminal(w.stdin, w.stderr)
			w.run(append(w.in(t, "all-good"), "-u", anonymous, "-q")...)
			if w.asked != "" {
				t.Errorf("%s needs no password, asked %q", anonymous, w.asked)
			}
		})
	}
}

// TestPasswordFile reads what editors of all systems write.
func TestPasswordFile(t *testing.T) {
	for content, want := range map[string]probe.Secret{
		"secret":                  "secret",
		"secret\n":                "secret",
		"secret\r\nsecond\r\n":    "secret",
		"\ufeffsecret\r\n":        "secret",
		" sec ret \n":             " sec ret ",
		"pässword\n":              "pässword",
		"":                        "",
		"\n":                      "",
		"s\x00e\x00c\x00r\x00":    "",
		"a\rb\n":                  "",
		strings.Repeat("x", 5000): "",
	} {
		got, err := newWorld(content).fromFile("-")
		if got != want || (err != nil) != (want == "") {
			t.Errorf("%.20q: got %.20q, %v", content, string(got), err)
		}
	}
}

// TestReadPasswordEnds: where nobody types, asking ends with the context at the
// latest.
func TestReadPasswordEnds(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	if _, err := readPassword(ctx, ""); err == nil {
		t.Error("a password came from nowhere")
	}
}
