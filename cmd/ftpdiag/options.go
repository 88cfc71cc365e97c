package main

import (
	"fmt"
	"net/netip"
	"strconv"
	"time"

	"github.com/spf13/pflag"

	"ftpdiag/probe"
	"ftpdiag/report"
	"ftpdiag/report/term"
)

// options is what the command line said besides the server. The zero value is
// what happens when it said nothing.
type options struct {
	// Login
	user         string
	passwordFile string
	netrc        bool
	path         string
	// Test
	port            uint16
	methods         []probe.Method
	tls             probe.TLSMode
	insecure        bool
	ipv4, ipv6      bool
	timeout         time.Duration
	dataTimeout     time.Duration
	serial, deep    bool
	gentle          bool
	samples         int      // further passive ports; 0: as the evidence demands
	otherPort       uint16   // another control port of the server, to compare; 0: none
	ask, without    []string // experiments to make, and not to make
	listExperiments bool
	source          netip.Addr
	activePorts     [2]uint16
	activeAddress   netip.Addr
	resolver        netip.AddrPort
	// Output
	verbose  int
	quiet    bool
	json     bool
	format   report.Format
	outputs  []output
	redact   bool
	color    term.ColorFlag
	progress when
	ascii    bool
	width    int    // 0: as wide as suits the output
	client   string // the person's FTP program; empty: not said
	noSave   bool
	noInput  bool
	// Scripts
	expect   *expectation // nil: nothing is expected
	detailed bool
	// Demo and saved results
	list bool
}

// when is a choice that is usually left to the program. Zero: auto.
type when uint8

const (
	auto when = iota
	always
	never
)

var whenWords = []string{"auto", "always", "never"}

// expectation is what --expect demands of the result. Zero: that any mode
// works.
type expectation uint8

const (
	expectWorks expectation = iota
	expectEither
	expectPassive
	expectActive
)

var expectWords = []string{"works", "either", "passive", "active"}

var tlsWords = []string{"auto", "off", "explicit", "implicit"} // in the order of probe.TLSMode

// optionGroup is a headed part of the option list in the help.
type optionGroup struct {
	title string
	flags *pflag.FlagSet
}

// checkGroups are the options that say what to examine, and how.
func (o *options) checkGroups() []optionGroup {
	login := newGroup("Login")
	login.text("user", "u", "NAME", "user name; asks for the password [anonymous]", func(s string) error {
		if s == "" || hasLineEnd(s) {
			return complain("--user needs a name", "Leave it out to log in as anonymous.")
		}
		o.user = s
		return nil
	})
	login.text("password-file", "", "FILE", "read the password from FILE (-: stdin)", func(s string) error {
		o.passwordFile = s
		return nil
	})
	login.flags.BoolVar(&o.netrc, "netrc", false, "take name and password from your .netrc file")
	login.text("path", "", "FOLDER", "folder to list [the folder after login]", func(s string) error {
		if hasLineEnd(s) {
			return complain("--path cannot hold a line break")
		}
		o.path = s
		return nil
	})

	test := newGroup("Test")
	test.text("port", "p", "N", "control port [21; 990 with --tls implicit]", func(s string) (err error) {
		o.port, err = parsePort(s, "--port")
		return err
	})
	test.text("only", "", "LIST", "active, passive, or: port, eprt, pasv, epsv [all]", func(s string) error {
		return parseMethods(s, &o.methods)
	})
	test.text("tls", "", "MODE", "auto, off, explicit, implicit [auto]", func(s string) error {
		return choose("--tls", s, tlsWords, &o.tls)
	})
	test.flags.BoolVar(&o.insecure, "tls-insecure", false, "go on with a bad certificate (it is still reported)")
	test.flags.BoolVarP(&o.ipv4, "ipv4", "4", false, "use IPv4 only")
	test.flags.BoolVarP(&o.ipv6, "ipv6", "6", false, "use IPv6 only")
	test.text("timeout", "", "TIME", "limit for one step, such as 10s or 1m [10s to connect, 15s for a reply, 35s for a greeting]", func(s string) error {
		return parseTime("--timeout", s, &o.timeout)
	})
	test.text("data-timeout", "", "TIME", "limit for opening a data connection [8s]", func(s string) error {
		return parseTime("--data-timeout", s, &o.dataTimeout)
	})
	test.flags.BoolVar(&o.serial, "serial", false, "one connection at a time (slower, gentler)")
	o.depthOptions(test)
	test.text("source", "", "ADDRESS", "local address to use", func(s string) error {
		return parseIP("--source", s, &o.source)
	})
	test.text("active-ports", "", "A-B", "local ports to offer in active mode [any free]", func(s string) error {
		return parsePortRange(s, &o.activePorts)
	})
	test.text("active-address", "", "ADDR", "address to announce in active mode [the local one]", func(s string) error {
		return parseIP("--active-address", s, &o.activeAddress)
	})
	test.text("resolver", "", "ADDR", "ask this DNS server, ADDR or ADDR:PORT [the system's]", func(s string) error {
		return parseResolver(s, &o.resolver)
	})
	return []optionGroup{login, test}
}

// resultGroups are the options that say how to show the result and how to
// leave. They suit every command that has a result; more adds to the output
// what only some of them have.
func (o *options) resultGroups(more ...func(output optionGroup)) []optionGroup {
	output := newGroup("Output")
	o.verboseOption(output)
	output.flags.BoolVarP(&o.quiet, "quiet", "q", false, "print the result line only")
	o.outputOptions(output)
	o.lookOptions(output)
	o.clientOption(output)
	for _, add := range more {
		add(output)
	}

	scripts := newGroup("Scripts")
	scripts.text("expect", "", "RESULT", "exit 1 unless: works, either, passive, active", func(s string) error {
		o.expect = new(expectation)
		return choose("--expect", s, expectWords, o.expect)
	})
	scripts.flags.BoolVar(&o.detailed, "detailed-exit-code", false, "exit 10 if passive is required, 11 if active is, 12 if only a work-around works")
	return []optionGroup{output, scripts}
}

func (o *options) verboseOption(output optionGroup) {
	output.flags.VarPF(&counter{&o.verbose}, "verbose", "v", "add the FTP dialogue and all details").NoOptDefVal = "+1"
}

// saveOption suits every command with a result that is kept.
func (o *options) saveOption(output optionGroup) {
	output.flags.BoolVar(&o.noSave, "no-save", false, "do not keep the result for show, ticket and compare")
}

// runOptions suit every command that sends something.
func (o *options) runOptions(output optionGroup) {
	output.flags.BoolVar(&o.noInput, "no-input", false, "never ask anything")
	output.text("progress", "", "WHEN", "auto, always, never [auto]", func(s string) error {
		return choose("--progress", s, whenWords, &o.progress)
	})
}

// lookOptions say how text looks. They suit every command that shows some.
func (o *options) lookOptions(output optionGroup) {
	output.text("color", "", "WHEN", "auto, always, never [auto]; NO_COLOR is respected", func(s string) error {
		return choose("--color", s, whenWords, &o.color)
	})
	output.flags.BoolVar(&o.ascii, "ascii", false, "no symbols, no line drawing")
	output.text("width", "", "N", "line length [the window, at most 99]", func(s string) error {
		n, err := strconv.Atoi(s)
		if err != nil || n < term.MinWidth || n > term.MaxWidth {
			return complain("--width cannot be "+quote(s), fmt.Sprintf("Use a number from %d to %d.", term.MinWidth, term.MaxWidth))
		}
		o.width = n
		return nil
	})
}

// demoGroups are the options that only demo has.
func (o *options) demoGroups() []optionGroup {
	demo := newGroup("Demo")
	demo.flags.BoolVar(&o.list, "list", false, "list the cases")
	// Whoever gives it to every check need not leave it out here.
	demo.flags.BoolVar(&o.noSave, "no-save", false, "changes nothing: a demo is never kept")
	return []optionGroup{demo}
}

func newGroup(title string) optionGroup {
	flags := pflag.NewFlagSet(title, pflag.ContinueOnError)
	flags.SortFlags = false
	return optionGroup{title, flags}
}

// text adds an option with a value. In the help it is called by the value's
// name.
func (g optionGroup) text(option, short, value, usage string, parse func(string) error) {
	g.flags.VarP(&setter{kind: value, parse: parse}, option, short, usage)
}

// counter is -v: each one adds, --verbose=2 sets.
type counter struct{ n *int }

func (c *counter) String() string { return strconv.Itoa(*c.n) }
func (c *counter) Type() string   { return "" }
func (c *counter) Set(s string) error {
	if s == "+1" {
		*c.n++
		return nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return complain("--verbose takes no value, or a number such as --verbose=2, not " + quote(s))
	}
	*c.n = n
	return nil
}
