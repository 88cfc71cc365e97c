package main

import (
	"context"
	"fmt"
	"strings"

	"ftpdiag/probe/ftp"
	"ftpdiag/report"
)

const showHelpHead = `Show the last result again, or a saved one, in any form. Nothing is sent. The
exit code is that of the check.

  ftpdiag show                 the last result
  ftpdiag show -v              with the FTP dialogue and all details
  ftpdiag show 2               the one before the last
  ftpdiag show ftp.example.com   the last one of this server
  ftpdiag show report.html     one that was written with -o, as .html or .json
  ftpdiag show --list          all saved results

The last 50 results are kept for you alone; see ftpdiag help privacy.
`

const ticketHelpHead = `Print the last result, or a saved one, as text for a ticket or a mail: Markdown
in plain ASCII, with what each person is asked to do and the FTP dialogue.

  ftpdiag ticket               the last result
  ftpdiag ticket 2             the one before the last
  ftpdiag ticket ftp.example.com   the last one of this server
  ftpdiag ticket --redact      without names and addresses
`

// showGroups are the options of show.
func (o *options) showGroups() []optionGroup {
	show := newGroup("Show")
	show.flags.BoolVar(&o.list, "list", false, "list the saved results")
	return append([]optionGroup{show}, o.resultGroups()...)
}

// ticketGroups are the options of ticket.
func (o *options) ticketGroups() []optionGroup {
	output := newGroup("Output")
	o.verboseOption(output)
	o.redactOption(output)
	o.clientOption(output)
	return []optionGroup{output}
}

// runShow shows a saved result.
func (a *app) runShow(ctx context.Context, args []string) error {
	if err := a.opts.settle(); err != nil {
		return err
	}
	if a.opts.list {
		return a.listResults(args)
	}
	result, err := a.oneResult(args)
	if err != nil {
		return err
	}
	a.present(ctx, result.exam, report.Context{Kept: true, Result: result.word})
	return nil
}

// runTicket prints a saved result as Markdown.
func (a *app) runTicket(ctx context.Context, args []string) error {
	result, err := a.oneResult(args)
	if err != nil {
		return err
	}
	a.opts.format = report.FormatMarkdown
	a.present(ctx, result.exam, report.Context{Kept: true, Result: result.word})
	if a.env.isTerminal(a.env.stdout) {
		hint := "It contains server names and addresses; add --redact to hide them."
		if a.opts.redact {
			hint = "Read it before you send it: replies may hold names that do not look like any."
		}
		a.say("copy the text above into the ticket", hint)
	}
	return nil
}

// oneResult finds the result that is meant: none named is the last one.
func (a *app) oneResult(args []string) (found, error) {
	switch len(args) {
	case 0:
		return a.findLast()
	case 1:
		return a.find(args[0])
	default:
		return found{}, complain("one result at a time, but "+counted(len(args))+" were given", "To tell what changed between two: ftpdiag compare BEFORE AFTER")
	}
}

// listResults prints one line for each saved result, the last one first, with
// the number by which it is found.
func (a *app) listResults(args []string) error {
	if len(args) > 0 {
		return complain("--list shows all results and takes none", "To show one: ftpdiag show "+clip(args[0]))
	}
	all, err := a.saved(0)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return noResultYet()
	}
	hosts, width := make([]string, len(all)), 0
	for i, exam := range all {
		hosts[i] = ftp.Clean(exam.Target.Host)
		if exam.Target.Port != controlPort {
			hosts[i] += " port " + number(exam.Target.Port)
		}
		width = max(width, len(hosts[i]))
	}
	var b strings.Builder
	for i, exam := range all {
		fmt.Fprintf(&b, "%3d  %s  %-*s  %s\n", i+1, exam.Started.Local().Format("2006-01-02 15:04"), width, hosts[i], report.New(exam).Result())
	}
	a.show(b.String())
	return nil
}
