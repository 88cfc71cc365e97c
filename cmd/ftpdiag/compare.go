package main

import (
	"context"
	"strings"

	"ftpdiag/probe"
	"ftpdiag/report"
	"ftpdiag/report/term"
)

const compareHelpHead = `Tell what changed between two results: the proof of a repair, or why it works
at home and not in the office. Exit code 0: the same or better, 1: worse, 3:
nobody knows.

  ftpdiag compare                    the last two results of the last server
  ftpdiag compare 3 1                saved results, see ftpdiag show --list
  ftpdiag compare home.json office.html   files that were written with -o
`

// compareGroups are the options of compare.
func (o *options) compareGroups() []optionGroup {
	output := newGroup("Output")
	o.verboseOption(output)
	o.lookOptions(output)
	return []optionGroup{output}
}

// runCompare compares two saved results.
func (a *app) runCompare(_ context.Context, args []string) error {
	var before, after *probe.Examination
	var err error
	switch len(args) {
	case 0:
		before, after, err = a.lastTwo()
	case 2:
		before, after, err = a.findTwo(args[0], args[1])
	default:
		err = complain("compare needs two results, but "+counted(len(args))+" "+wasOrWere(len(args))+" given",
			"Name both, or none for the last two: ftpdiag compare BEFORE AFTER")
	}
	if err != nil {
		return err
	}
	c := report.Compare(report.New(before), report.New(after))
	a.code = c.ExitCode()
	a.written(c.WriteText(console(a.env.stdout), term.StyleFor(a.env.stdout, a.look(), a.env.getenv)))
	return nil
}

func wasOrWere(n int) string {
	if n == 1 {
		return "was"
	}
	return "were"
}

func (a *app) findTwo(first, second string) (before, after *probe.Examination, err error) {
	b, err := a.find(first)
	if err != nil {
		return nil, nil, err
	}
	f, err := a.find(second)
	return b.exam, f.exam, err
}

// lastTwo picks the last result and the one before it of the same server, or
// of any if that server was checked only once.
func (a *app) lastTwo() (before, after *probe.Examination, err error) {
	all, err := a.saved(0)
	switch {
	case err != nil:
		return nil, nil, err
	case len(all) == 0:
		return nil, nil, noResultYet()
	case len(all) == 1:
		return nil, nil, complain("there is only one saved result", "Check the server again, then compare.")
	}
	for _, exam := range all[1:] {
		if strings.EqualFold(exam.Target.Host, all[0].Target.Host) && exam.Target.Port == all[0].Target.Port {
			return exam, all[0], nil
		}
	}
	return all[1], all[0], nil
}
