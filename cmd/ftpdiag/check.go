package main

import (
	"context"
	"net/netip"
	"strconv"
	"strings"

	"ftpdiag/probe"
	"ftpdiag/report"
)

// runCheck examines one server.
func (a *app) runCheck(ctx context.Context, args []string) error {
	if slashHelp(args) {
		a.showHelp("check")
		return nil
	}
	if err := a.opts.settle(); err != nil {
		return err
	}
	if a.opts.listExperiments {
		a.show(experimentList())
		return nil
	}
	word, err := oneServer(args)
	if err != nil {
		return err
	}
	said, err := parseAddress(word)
	if err != nil {
		return err
	}
	target, err := a.opts.target(said)
	if err != nil {
		return err
	}
	plan, err := a.opts.plan(target, a.env.ownAddresses)
	if err != nil {
		return err
	}
	target, err = a.env.password(ctx, &a.opts, target)
	if err != nil {
		return err
	}
	if said.password != "" && !target.Anonymous() {
		a.say("the password is now in your command history",
			"Next time leave it out (ftpdiag asks), or use --password-file FILE.")
	}
	a.announceFirewall(target, plan)
	set := a.readPrograms(target.Host)
	exam := a.examine(ctx, &probe.Prober{Network: a.env.network, Plan: plan}, target)
	a.present(ctx, exam, report.Context{Meant: a.meant(exam), Kept: a.keep(exam), Programs: set()})
	a.hintAtCommand(word)
	return nil
}

// slashHelp recognises how old Windows programs were asked for help.
func slashHelp(args []string) bool {
	return len(args) == 1 && (args[0] == "/?" || args[0] == "/h" || args[0] == "/help")
}

// oneServer demands exactly one server.
func oneServer(args []string) (string, error) {
	switch {
	case len(args) == 0:
		return "", complain("no server given", "Name the server to check, for example: ftpdiag "+exampleServer)
	case len(args) == 1:
		return args[0], nil
	}
	what := "one server at a time, but " + counted(len(args)) + " were given"
	if a, err := parseAddress(args[0]); len(args) == 2 && allDigits(args[1]) && err == nil && a.port == 0 {
		// ftp.exe, telnet and nc take the port as a second word.
		return "", complain(what, "If "+clip(args[1])+" is the port: ftpdiag "+clip(withPort(a, args[1])))
	}
	return "", complain(what, "Leave one out, or run ftpdiag once for each.")
}

// withPort writes an address with its port.
func withPort(a address, port string) string {
	if ip, err := netip.ParseAddr(a.host); err == nil && ip.Is6() {
		return "[" + a.host + "]:" + port
	}
	return a.host + ":" + port
}

// settle resolves options that concern each other.
func (o *options) settle() error {
	if o.json {
		if o.format != report.FormatText && o.format != report.FormatJSON {
			return complain("--json and --format "+o.format.String()+" cannot be used together", "Leave one of them out.")
		}
		o.format = report.FormatJSON
	}
	if o.quiet && o.verbose > 0 {
		return complain("-q and -v cannot be used together", "Leave one of them out.")
	}
	if o.deep && o.gentle {
		return complain("--deep and --gentle cannot be used together", "Leave one of them out.")
	}
	return o.settleOutputs()
}

// hintAtCommand helps after a name that does not exist and looks like a
// command or its option: anything that is not a command is taken for a server.
func (a *app) hintAtCommand(word string) {
	if a.primary != probe.DNSNoSuchHost || strings.ContainsAny(word, ".:/") {
		return
	}
	switch near := nearest(word, append(commands, "version")); near {
	case "":
	case "version":
		a.say(strconv.Quote(word)+" was taken for a server", "For the version: ftpdiag --version")
	default:
		a.say(strconv.Quote(word)+" was taken for a server", "Did you mean the command: ftpdiag "+near)
	}
}
