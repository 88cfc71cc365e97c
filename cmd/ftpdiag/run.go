package main

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"ftpdiag/probe"
	"ftpdiag/report"
	"ftpdiag/report/term"
)

// codeUsage is the exit code of wrong use: nothing was sent.
const codeUsage = 2

// run does what the command line says and returns the exit code. It is the
// whole program; all it touches comes from env. When ctx ends, what is known
// so far is printed.
func run(ctx context.Context, args []string, env environment) (code int) {
	a := &app{env: env, args: args}
	alone := len(args) == 0 && env.ownConsole()
	defer func() {
		if problem := recover(); problem != nil {
			a.print(crashMessage(problem))
			code = codeBug
			if alone {
				_, _ = env.readLine(ctx, "Press Enter to close: ") // else the window goes before it is read
			}
		}
	}()
	if alone {
		return a.converse(ctx)
	}
	if len(args) == 0 && env.isTerminal(env.stderr) {
		a.tell(shortHelp)
		return codeUsage
	}
	err := a.execute(ctx)
	var own *complaint
	var signal stopped
	switch {
	case err == nil:
		return a.code
	case errors.As(err, &signal):
		return signal.exitCode()
	case errors.As(err, &own) && a.asksForHelp():
		// Whoever adds -h to a line that was refused wants to read, not
		// to be told again.
		a.showHelp("check")
		return a.code
	case errors.As(err, &own):
		a.say(own.what, own.advice...)
		if a.opts.format == report.FormatNagios {
			// A plugin that was called wrongly is no sign of a broken server.
			a.show("FTP " + report.NagiosUnknown.String() + " - " + strings.ReplaceAll(own.what, "|", "/") + "\n")
			return int(report.NagiosUnknown)
		}
		return codeUsage
	default:
		panic(err) // every error of a person is a complaint
	}
}

// app is one run of the program.
type app struct {
	env  environment
	args []string
	opts options
	code int // exit code of a command that ran

	anyCommand bool                     // a shell completes the first word, which may become a command
	primary    probe.Code               // the first finding of an examination that ran
	shown      *probe.Examination       // that of the last report; nil: there was none
	known      report.Context           // of the last report
	pages      map[string][]optionGroup // options of each command, for its help
}

// say writes one message on stderr, as wide as its window if that is narrow.
func (a *app) say(what string, advice ...string) {
	width := messageWidth
	if a.env.isTerminal(a.env.stderr) {
		width = min(width, term.StyleFor(a.env.stderr, a.look(), a.env.getenv).Columns())
	}
	a.print(messageWithin(width, what, advice...))
}

// print writes a message on stderr. Only the program's name is coloured.
func (a *app) print(lines []string) {
	palette := term.NewPalette(a.colorOnStderr())
	w := console(a.env.stderr)
	for _, line := range lines {
		if rest, ok := strings.CutPrefix(line, program); ok {
			line = palette.Error(program) + rest
		}
		_, _ = io.WriteString(w, line+"\n") // as in tell
	}
}

// tell writes plain text on stderr. If that fails, nobody is left to tell.
func (a *app) tell(text string) { _, _ = io.WriteString(a.env.stderr, text) }

// show writes a page on stdout.
func (a *app) show(text string) {
	_, err := io.WriteString(a.env.stdout, text)
	a.written(err)
}

// colorOnStderr decides colour for messages and progress.
func (a *app) colorOnStderr() bool {
	return term.WantColor(a.opts.color, a.env.getenv, a.env.isTerminal(a.env.stderr))
}

// asksForHelp tells whether -h or --help stands among the options.
func (a *app) asksForHelp() bool {
	options := a.args
	if i := slices.Index(options, "--"); i >= 0 {
		options = options[:i]
	}
	return slices.Contains(options, "-h") || slices.Contains(options, "--help")
}
