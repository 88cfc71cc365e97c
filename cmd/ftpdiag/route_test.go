package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

func TestRoute(t *testing.T) {
	var o options
	flags := pflag.NewFlagSet("check", pflag.ContinueOnError)
	for _, g := range slices.Concat(o.checkGroups(), o.resultGroups(o.saveOption, o.runOptions)) {
		flags.AddFlagSet(g.flags)
	}
	for line, want := range map[string]string{
		"ftp.example.com":          "check ftp.example.com",
		"--json ftp.example.com":   "check --json ftp.example.com",
		"ftp.example.com --json":   "check ftp.example.com --json",
		"demo":                     "demo",
		"--json demo":              "demo --json",
		"-v demo all-good -q":      "demo -v all-good -q",
		"check demo":               "check demo",
		"demo check":               "demo check",
		"ftp.example.com demo":     "check ftp.example.com demo",
		"-u demo h":                "check -u demo h",
		"-udemo h":                 "check -udemo h",
		"-vu demo h":               "check -vu demo h",
		"--user demo demo":         "demo --user demo",
		"--user=demo demo":         "demo --user=demo",
		"-- demo":                  "check -- demo",
		"help modes":               "help modes",
		"-h":                       "check -h",
		"--no-such demo":           "demo --no-such",
		"-p":                       "check -p",
		"Demo":                     "check Demo",
		"-\xc3\xbc demo":           "demo -\xc3\xbc",
		"- demo":                   "check - demo",
		"-4 -p 21 help --expect x": "help -4 -p 21 --expect x",
	} {
		if got := strings.Join(route(strings.Fields(line), commands, flags), " "); got != want {
			t.Errorf("%s: got %s, want %s", line, got, want)
		}
	}
}

func TestNearest(t *testing.T) {
	words := []string{"json", "serial", "source", "timeout", "tls", "netrc"}
	for typed, want := range map[string]string{
		"jsn": "json", "josn": "json", "JSON": "json", "timout": "timeout", "tiemout": "timeout", "netrcs": "netrc",
		"xyz": "", "foo": "", "sls": "tls", "t": "", "ts": "tls", "sourec": "source", "": "",
	} {
		if got := nearest(typed, words); got != want {
			t.Errorf("%q: got %q, want %q", typed, got, want)
		}
	}
}
