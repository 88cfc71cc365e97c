package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// stopped is the cause of a context that a signal has ended.
type stopped struct{ signal os.Signal }

func (s stopped) Error() string { return "stopped by " + s.signal.String() }

// Exit codes of a stopped run: 128 plus the signal's number, as shells have it.
const (
	codeInterrupted = 130
	codeTerminated  = 143
)

// exitCode is the code for the signal.
func (s stopped) exitCode() int {
	if s.signal == syscall.SIGTERM {
		return codeTerminated
	}
	return codeInterrupted
}

// untilSignal returns a context that ends at the first Ctrl-C or SIGTERM, so
// that what is known can still be reported. From then on signals do what they
// usually do: a second Ctrl-C ends the program at once. release gives the
// signals back before that.
func untilSignal(parent context.Context) (ctx context.Context, release func()) {
	ctx, cancel := context.WithCancelCause(parent)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		select {
		case s := <-signals:
			signal.Stop(signals)
			cancel(stopped{s})
		case <-ctx.Done():
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		cancel(context.Canceled)
	}
}
