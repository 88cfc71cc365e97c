package main

import (
	"context"

	"ftpdiag/probe"
	"ftpdiag/report"
	"ftpdiag/report/term"
)

// look is what the person said about the look of text.
func (a *app) look() term.Options {
	return term.Options{Color: a.opts.color, Width: a.opts.width, ASCII: a.opts.ascii, Verbose: a.opts.verbose}
}

// examine runs the prober and shows what happens meanwhile.
func (a *app) examine(ctx context.Context, prober *probe.Prober, target probe.Target) *probe.Examination {
	prober.Version = toolVersion()
	kind := a.progressFor()
	dialogue := kind == progressStatus && a.opts.verbose > 0 && !a.opts.redact
	live := startProgress(console(a.env.stderr), kind, dialogue,
		term.StyleFor(a.env.stderr, a.look(), a.env.getenv).Columns(), term.NewPalette(a.colorOnStderr()), prober.Plan.Timeouts.WithDefaults())
	prober.Observe = live.observe
	exam := prober.Run(ctx, target)
	live.end()
	if kind == progressLines {
		a.summarise(exam)
	}
	return exam
}

// present prints the report on an examination and settles the exit code.
func (a *app) present(ctx context.Context, exam *probe.Examination, known report.Context) {
	a.shown, a.known = exam, known
	rep := report.ForClient(exam, a.opts.client)
	if a.opts.redact {
		rep = rep.Redacted()
		known.Meant, known.Result = "", redactedWord(known.Result)
	}
	rep.WithContext(known)
	rep.Wanted = a.opts.expect.modes()
	if len(rep.Findings) > 0 {
		a.primary = rep.Findings[0].Code
	}
	a.code = a.exitCode(ctx, rep)
	a.writeOutputs(rep)
	a.written(a.write(rep, term.StyleFor(a.env.stdout, a.look(), a.env.getenv)))
}

// redactedWord is the word for a result as it may be told: a server's name may
// not, a number may.
func redactedWord(word string) string {
	if word == "" || allDigits(word) {
		return word
	}
	return "RESULT"
}

// write prints the report in the form asked for.
func (a *app) write(rep *report.Report, style term.Style) error {
	w := a.env.stdout
	switch {
	case a.opts.quiet && !a.forProgram():
		return rep.WriteLine(w)
	case a.opts.format == report.FormatText:
		return rep.WriteText(console(w), style)
	default:
		return rep.Write(w, a.opts.format, style)
	}
}

// forProgram tells whether a program reads what is printed.
func (a *app) forProgram() bool {
	return a.opts.format != report.FormatText && a.opts.format != report.FormatPlain
}

// summarise ends the lines of a log with what became of the modes. The steps
// before have been told as they happened.
func (a *app) summarise(exam *probe.Examination) {
	for _, mode := range []struct {
		step probe.Step
		mode probe.Mode
	}{{probe.StepPassive, probe.Passive}, {probe.StepActive, probe.Active}} {
		st := exam.Mode(mode.mode)
		entries := ""
		for _, m := range []probe.Method{probe.EPSV, probe.PASV, probe.EPRT, probe.PORT} {
			if shown := st.Methods[m].Shown; shown != nil && shown.Delivered() && entries == "" {
				entries = ", " + report.Entries(shown.Entries)
			}
		}
		a.tell(program + " " + label(mode.step) + ": " + became(st.Status) + entries + "\n")
	}
}

// written deals with an error of writing the result. A reader that has seen
// enough, such as head, is none.
func (a *app) written(err error) {
	if err == nil || readerGone(err) {
		return
	}
	a.say("cannot write the result: " + fileProblem(err))
	a.code = report.ExitNoVerdict
}
