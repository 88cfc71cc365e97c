package main

import (
	"context"
	"time"

	"ftpdiag/probe"
	"ftpdiag/probe/programs"
	"ftpdiag/report"
	"ftpdiag/report/term"
)

const settingsHelpHead = `Show how the FTP programs on this computer are set: from their files, the
environment and, on Windows, the registry. Nothing is changed or sent, and no
password or server is shown. Compared with the last check, it says which
programs cannot work with that server, and what to change.

  ftpdiag settings                 compare with the last result, if any
  ftpdiag settings ftp.example.com   compare with the last one of this server
`

// settingsGroups are the options of settings.
func (o *options) settingsGroups() []optionGroup {
	output := newGroup("Output")
	o.lookOptions(output)
	return []optionGroup{output}
}

// runSettings lists the settings of the programs on this computer.
func (a *app) runSettings(_ context.Context, args []string) error {
	last, err := a.toCompare(args)
	if err != nil {
		return err
	}
	var rep *report.Report
	host := ""
	if last != nil {
		rep, host = report.New(last), last.Target.Host
	}
	list := a.env.programs(host)
	a.written(report.WritePrograms(console(a.env.stdout), list, rep, term.StyleFor(a.env.stdout, a.look(), a.env.getenv)))
	return nil
}

// toCompare is the check to compare the settings with; nil if none was named
// and none is kept.
func (a *app) toCompare(args []string) (*probe.Examination, error) {
	if len(args) > 0 {
		result, err := a.oneResult(args)
		return result.exam, err
	}
	kept, err := a.saved(1)
	if err != nil || len(kept) == 0 {
		return nil, err
	}
	return kept[0], nil
}

// systemPrograms reads the settings on the real computer.
func systemPrograms(host string) []programs.Program { return programs.Read(programs.System(), host) }

// settingsWait is how long a report waits for the settings after the check.
// They are read meanwhile, which takes some milliseconds; only a home folder on
// a server that is gone could take longer, and no report waits for that.
const settingsWait = 100 * time.Millisecond

// readPrograms begins to read the settings, beside a check. The function
// returned gives them, or nothing if they are late.
func (a *app) readPrograms(host string) func() []programs.Program {
	done := make(chan []programs.Program, 1) // so that a late reader ends all the same
	go func() {
		defer func() {
			if recover() != nil { // what is only an addition never costs the result of a check
				done <- nil
			}
		}()
		done <- a.env.programs(host)
	}()
	return func() []programs.Program {
		select {
		case list := <-done:
			return list
		case <-time.After(settingsWait):
			return nil
		}
	}
}
