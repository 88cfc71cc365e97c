//go:build !windows

package main

import (
	"errors"
	"syscall"
)

// readerGone tells whether the program at the other end of a pipe has ended.
// For stdout and stderr the Go runtime ends the program before, with SIGPIPE,
// as other programs end; this is for streams of other numbers.
func readerGone(err error) bool { return errors.Is(err, syscall.EPIPE) }
