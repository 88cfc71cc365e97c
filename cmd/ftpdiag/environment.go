package main

import (
	"context"
	"io"
	"os"
	"runtime"

	"ftpdiag/probe"
	"ftpdiag/probe/programs"
	"ftpdiag/report/term"
)

// environment is everything of the outside world that the program uses. Tests
// bring their own.
type environment struct {
	goos           string // runtime.GOOS
	network        probe.Network
	getenv         func(string) string
	stdin          io.Reader
	stdout, stderr io.Writer
	isTerminal     func(stream any) bool
	// readPassword asks on the terminal, without showing what is typed. It
	// returns the context's error if the person stops the program meanwhile.
	readPassword func(ctx context.Context, prompt string) (string, error)
	// readLine asks on the terminal and reads a line. It returns the context's
	// error like readPassword, and io.EOF if nobody answers.
	readLine     func(ctx context.Context, prompt string) (string, error)
	ownAddresses func() []ownAddress
	// programs reads how the FTP programs here are set, for a server.
	programs func(host string) []programs.Program
	// ownConsole tells whether the terminal goes away with the program.
	ownConsole func() bool
}

// system is the real environment.
func system() environment {
	return environment{
		goos:         runtime.GOOS,
		network:      probe.System{},
		getenv:       os.Getenv,
		stdin:        os.Stdin,
		stdout:       os.Stdout,
		stderr:       os.Stderr,
		isTerminal:   term.IsTerminal,
		readPassword: readPassword,
		readLine:     lineReader(os.Stdin, os.Stderr),
		ownConsole:   ownConsole,
		ownAddresses: ownAddresses,
		programs:     systemPrograms,
	}
}

// console is where coloured text for a stream goes.
func console(stream io.Writer) io.Writer {
	if f, ok := stream.(*os.File); ok {
		return term.Console(f)
	}
	return stream
}
