package main

import (
	"context"
	"errors"
	"strings"

	"ftpdiag/report"
)

// converse is the program for somebody who started it with a double click: it
// asks for the server, shows the report and waits, because the window closes
// with the program. It returns the exit code of the check.
func (a *app) converse(ctx context.Context) int {
	a.tell("ftpdiag " + toolVersion() + " checks an FTP server from this computer.\n\n")
	for {
		check, err := a.askServer(ctx)
		if err == nil {
			err = check.execute(ctx)
		}
		var own *complaint
		var signal stopped
		switch {
		case errors.As(err, &own):
			a.say(own.what, own.advice...)
			a.tell("\n") // and ask again
		case errors.As(err, &signal):
			return signal.exitCode()
		case err != nil: // nobody answers
			return codeUsage
		default:
			check.lookAgain(ctx)
			return check.code
		}
	}
}

// askServer asks for what a command line would say.
func (a *app) askServer(ctx context.Context) (*app, error) {
	check := &app{env: a.env}
	server, err := a.env.readLine(ctx, "Server to check (for example "+exampleServer+"): ")
	if err != nil {
		return check, err
	}
	said, err := parseAddress(strings.TrimSpace(server))
	if err != nil {
		return check, err
	}
	args := []string{"check"}
	if said.user == "" {
		user, err := a.env.readLine(ctx, "User name (Enter for anonymous): ")
		if err != nil {
			return check, err
		}
		if user = strings.TrimSpace(user); user != "" {
			args = append(args, "--user="+user)
		}
	}
	check.args = append(args, "--", strings.TrimSpace(server))
	return check, nil
}

// lookAgain offers other forms of the report until the person has seen enough.
func (a *app) lookAgain(ctx context.Context) {
	for a.shown != nil {
		answer, err := a.env.readLine(ctx, "\nPress T for the ticket text, V for the full dialogue, Enter to close: ")
		if err != nil {
			return
		}
		again := &app{env: a.env, opts: a.opts}
		switch strings.ToLower(strings.TrimSpace(answer)) {
		case "":
			return
		case "t":
			again.opts.format = report.FormatMarkdown
		case "v":
			again.opts.verbose = 1
		default:
			continue
		}
		again.present(ctx, a.shown, a.known)
	}
}
