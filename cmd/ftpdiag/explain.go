package main

import (
	"context"
	"runtime"
	"slices"
	"strings"

	"ftpdiag/probe"
	"ftpdiag/report"
	"ftpdiag/report/term"
)

const explainHelpHead = `Explain a finding: what happened, why, how to tell the causes apart, and what
to do, with the setting in each program. Works without a network.

  ftpdiag explain                        list all findings
  ftpdiag explain F201                   explain one, by its number or its name
  ftpdiag explain passive                where passive mode is set, by program
  ftpdiag explain passive --client curl  the same for one program
  ftpdiag explain vsftpd                 all settings of a program or firewall

After a check, the lines to copy for a server or firewall hold the addresses
and ports of that check.
`

// explainGroups are the options of explain.
func (o *options) explainGroups() []optionGroup {
	explain := newGroup("Explain")
	o.clientOption(explain)
	output := newGroup("Output")
	o.lookOptions(output)
	return []optionGroup{explain, output}
}

// clientOption adds --client.
func (o *options) clientOption(g optionGroup) {
	g.text("client", "", "NAME", "your FTP program, for its own settings (ftpdiag help clients)", func(s string) error {
		names := report.Clients()
		name := strings.ToLower(s)
		if slices.Contains(names, name) {
			o.client = name
			return nil
		}
		if near := nearest(name, names); near != "" {
			return complain("--client does not know "+quote(s), "Did you mean: --client "+near)
		}
		return complain("--client does not know "+quote(s), "All names: ftpdiag help clients")
	})
}

// runExplain explains a finding, a mode or a program.
func (a *app) runExplain(_ context.Context, args []string) error {
	if len(args) > 1 {
		return complain("one finding at a time, but "+counted(len(args))+" were given", "List all: ftpdiag explain")
	}
	if len(args) == 0 {
		if a.opts.client != "" {
			args = []string{a.opts.client}
		} else {
			a.written(report.WriteFindingList(console(a.env.stdout), a.reader()))
			return nil
		}
	}
	subject, ok := report.FindSubject(args[0])
	if !ok {
		return noSuchSubject(args[0])
	}
	if subject.IsProgram() && a.opts.client != "" && !strings.EqualFold(args[0], a.opts.client) {
		return complain("--client "+a.opts.client+" says nothing about "+clip(args[0]), "Leave one of them out.")
	}
	reader := a.reader()
	reader.Last = a.lastCheck()
	a.written(subject.Write(console(a.env.stdout), reader))
	return nil
}

// lastCheck is the newest saved result that can be read; nil if there is none.
func (a *app) lastCheck() *probe.Examination {
	for r, err := range a.store().Newest() {
		if err == nil {
			return r.Examination
		}
	}
	return nil
}

// reader is who reads an explanation on stdout.
func (a *app) reader() report.Reader {
	return report.Reader{OS: runtime.GOOS, Client: a.opts.client, Style: term.StyleFor(a.env.stdout, a.look(), a.env.getenv)}
}

// noSuchSubject names the nearest finding, or word.
func noSuchSubject(typed string) error {
	near := report.NearestFinding(typed)
	if near == "" {
		near = nearest(strings.ReplaceAll(typed, "_", "-"), report.SubjectWords())
	}
	advice := "List all: ftpdiag explain"
	if near != "" {
		advice = "Closest: " + near + ". " + advice
	}
	return complain("no finding is called "+quote(typed), advice)
}
