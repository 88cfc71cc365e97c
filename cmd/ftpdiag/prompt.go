package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// readPassword asks on stderr and reads from the terminal on stdin without
// echo. If ctx ends first, the terminal gets its echo back; the pending read
// cannot be ended and stays behind until the program does.
func readPassword(ctx context.Context, prompt string) (string, error) {
	fd := int(os.Stdin.Fd())
	before, err := term.GetState(fd)
	if err != nil {
		return "", err
	}
	fmt.Fprint(os.Stderr, prompt)
	defer fmt.Fprintln(os.Stderr) // the person's Enter was not shown either
	type answer struct {
		text []byte
		err  error
	}
	answers := make(chan answer, 1)
	go func() {
		text, err := term.ReadPassword(fd)
		answers <- answer{text, err}
	}()
	select {
	case a := <-answers:
		return string(a.text), a.err
	case <-ctx.Done():
		_ = term.Restore(fd, before)
		return "", context.Cause(ctx)
	}
}

// lineReader returns a function that asks on out and reads a line from in,
// without its end. If ctx ends first, the pending read stays behind until the
// program ends. A last line without an end counts; then io.EOF comes.
func lineReader(in io.Reader, out io.Writer) func(ctx context.Context, prompt string) (string, error) {
	buffered := bufio.NewReader(in)
	return func(ctx context.Context, prompt string) (string, error) {
		if _, err := fmt.Fprint(out, prompt); err != nil {
			return "", err
		}
		type answer struct {
			text string
			err  error
		}
		answers := make(chan answer, 1)
		go func() {
			text, err := buffered.ReadString('\n')
			answers <- answer{text, err}
		}()
		select {
		case a := <-answers:
			if a.text != "" {
				a.err = nil
			}
			return strings.TrimRight(a.text, "\r\n"), a.err
		case <-ctx.Done():
			return "", context.Cause(ctx)
		}
	}
}
