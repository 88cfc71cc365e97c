package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"

	"ftpdiag/probe"
)

// longestPassword is more than any server takes; a file that holds a longer
// first line is not a password file.
const longestPassword = 4096

// password finds the password of a login with a name, and with --netrc the
// name too. It asks the person only where nothing else gives it, and complains
// where nobody can be asked.
func (e environment) password(ctx context.Context, o *options, t probe.Target) (probe.Target, error) {
	switch {
	case o.netrc && o.passwordFile != "":
		return t, complain("--netrc and --password-file cannot be used together", "Leave one of them out.")
	case t.Password != "" && !t.Anonymous() && (o.netrc || o.passwordFile != ""):
		return t, complain("the address holds a password already", "Leave it out there, or leave out --password-file and --netrc.")
	case o.netrc:
		return e.fromNetrc(t, o.user != "")
	case o.passwordFile != "" && t.User == anonymousUser: // an account may be called ftp
		return t, complain("--password-file needs a user name", "Add it with --user NAME.")
	case o.passwordFile != "":
		secret, err := e.fromFile(o.passwordFile)
		t.Password = secret
		return t, err
	case t.Password != "":
		return t, nil
	case o.noInput || !e.isTerminal(e.stdin) || !e.isTerminal(e.stderr):
		return t, complain("a password is needed for user "+clip(t.User)+", and nobody can be asked here",
			"Give it with --password-file FILE, or --password-file - to read stdin.")
	}
	typed, err := e.readPassword(ctx, "Password for "+clip(t.User)+" on "+clip(t.Host)+" (not shown): ")
	switch {
	case err == nil && typed != "":
	case err == nil, errors.Is(err, io.EOF):
		return t, complain("no password was typed", "To log in without one, leave out --user.")
	case ctx.Err() != nil, errors.As(err, new(stopped)):
		return t, err
	default:
		return t, complain("the password cannot be read from the terminal: "+fileProblem(err), "Give it with --password-file FILE.")
	}
	if hasLineEnd(typed) {
		return t, complain("a password cannot hold a line break")
	}
	t.Password = probe.Secret(typed)
	return t, nil
}

// fromFile reads the first line of a file, or of stdin for "-". Windows
// editors begin files with a byte order mark and end lines with CR LF.
func (e environment) fromFile(path string) (probe.Secret, error) {
	in, shown := e.stdin, "stdin"
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return "", complain("cannot read "+quotePath(path)+": "+fileProblem(err), "--password-file needs a file that holds the password in its first line.")
		}
		defer func() { _ = f.Close() }() // it was only read
		in, shown = f, quotePath(path)
	}
	line, err := bufio.NewReader(io.LimitReader(in, longestPassword)).ReadString('\n')
	if err != nil && err != io.EOF {
		return "", complain("cannot read " + shown + ": " + fileProblem(err))
	}
	line = strings.TrimSuffix(strings.TrimSuffix(strings.TrimPrefix(line, "\ufeff"), "\n"), "\r")
	switch {
	case line == "":
		return "", complain("there is no password in "+shown, "It belongs in the first line.")
	case hasLineEnd(line), len(line) >= longestPassword-1:
		return "", complain("the first line of "+shown+" is not a password", "Save the file as plain text (UTF-8).")
	}
	return probe.Secret(line), nil
}

// fileProblem says in plain words why a file could not be read.
func fileProblem(err error) string {
	var path *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "no such file"
	case errors.Is(err, fs.ErrPermission):
		return "you may not read it"
	case errors.As(err, &path):
		return path.Err.Error()
	default:
		return err.Error()
	}
}
